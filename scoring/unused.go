package scoring

import (
	"slices"

	"muchan/parcels"
)

// The signals that built land is not used (建而未用), in the order in which they are named.
const (
	SignalVacant   = "vacant"        // floor area vacant in share and time as the parameters say
	SignalRegister = "state_unused"  // the register says 建而未用
	SignalNobody   = "nobody"        // nobody has occupied any of it for so many months
	SignalChecked  = "vacancy_check" // seen empty on site
)

// unusedSignals lists them.
var unusedSignals = []string{SignalVacant, SignalRegister, SignalNobody, SignalChecked}

// builtUnused counts the signals; with as many as the set asks for the land is suspected.
func (j *landJudge) builtUnused() {
	set := j.run.ruleAt(KindIdlePlant, j.p)
	if set == nil {
		return
	}
	f := Finding{Type: FindBuiltUnused, Clause: set.Document}
	met := 0
	for _, signal := range unusedSignals {
		since, ok := j.signal(set.IdlePlant, signal)
		if !ok {
			continue
		}
		met++
		f.Why = f.Why.between("；", "; ", whyOf(signal))
		if !f.Since.OK() {
			f.Since = since
		}
		if signal == SignalVacant {
			f.Value, f.Limit, f.Unit = j.ps.VacantShare, parcels.Some(set.IdlePlant.VacantShare.Float()), "%"
		}
	}
	if met == 0 || met < set.IdlePlant.Signals {
		return
	}
	if met < set.IdlePlant.Confirm {
		f.Why = f.Why.between("；", "; ", whyOf("unconfirmed"))
	}
	j.add(f, set)
}

// signal reports whether a signal is there, and since when where that is on file.
func (j *landJudge) signal(rules *IdlePlantRules, signal string) (parcels.Date, bool) {
	switch signal {
	case SignalVacant:
		return j.ps.Idle.PlantSince, j.ps.Idle.Plant
	case SignalRegister:
		return 0, j.parcel.State == parcels.StateUnused
	case SignalNobody:
		since := j.emptySince(rules)
		return since, since.OK() && since.AddMonths(rules.Months) <= j.run.in.AsOf
	}
	return j.checkedEmpty(rules)
}

// emptySince is the day since which nobody has occupied a plant that stands on the parcel: the day the last one left, or its completion
// after that. Missing where somebody is there, where the register has it among the states of land at work, where occupancies of a parcel
// that ended may still go on here, and where no occupancy was ever filed: a gap in the files is no empty plant.
func (j *landJudge) emptySince(rules *IdlePlantRules) parcels.Date {
	atWork := builtState(j.parcel.State) && j.parcel.State != parcels.StateUnused
	if len(j.parcel.Parents) > 0 || atWork {
		return 0
	}
	since := j.plantCompleted(rules)
	filed := j.run.snap.OccupanciesAt(j.p)
	if !since.OK() || len(filed) == 0 {
		return 0
	}
	for _, i := range filed {
		o := &j.run.snap.Occupancies[i]
		if !o.To.OK() || o.To > j.run.in.AsOf {
			return 0
		}
		since = max(since, o.To)
	}
	return since
}

// plantCompleted is the day on which the first building of the rule's uses was completed by the as-of date.
func (j *landJudge) plantCompleted(rules *IdlePlantRules) (first parcels.Date) {
	for _, i := range j.run.snap.BuildingsAt(j.p) {
		b := j.run.snap.Buildings.At(i)
		on := b.CompletedOn
		if !on.OK() {
			on = j.contract.CompletedOn
		}
		if slices.Contains(rules.Uses, b.Use) && on.OK() && on <= j.run.in.AsOf && (!first.OK() || on < first) {
			first = on
		}
	}
	return first
}

// checkedEmpty looks for a check on site that still counts: one with a period within it, another for some months. Somebody who came
// after it makes it void.
func (j *landJudge) checkedEmpty(rules *IdlePlantRules) (parcels.Date, bool) {
	var on parcels.Date
	for _, i := range j.run.snap.EventsAt(j.p) {
		e := &j.run.snap.Events[i]
		to := e.ValidTo
		if !to.OK() {
			to = e.On.AddMonths(rules.CheckMonths)
		}
		if e.Kind == "vacancy_check" && e.On <= j.run.in.AsOf && j.run.in.AsOf < to {
			on = max(on, e.On)
		}
	}
	if !on.OK() {
		return 0, false
	}
	came := slices.ContainsFunc(j.run.snap.OccupanciesAt(j.p), func(i int) bool { return j.run.snap.Occupancies[i].From > on })
	return on, !came
}

// finds reports whether the parcel carries a type already.
func (j *landJudge) finds(kind string) bool {
	return slices.ContainsFunc(j.findings, func(f Finding) bool { return f.Type == kind })
}
