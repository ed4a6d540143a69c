package scoring

import (
	"slices"
	"strconv"

	"muchan/parcels"
)

// What on file shows that building on a parcel began (动工), the best first.
const (
	StartFiled     = "started_on"
	StartCompleted = "completed_on" // completion is on file, the start is not
	StartProduced  = "produced_on"
	StartBuilding  = "building" // a building that was put up under the contract
	StartState     = "state"    // the register says that the land is being built on or is built
	StartOutput    = "output"   // output of a firm that has no other land
)

// Start is the evidence that building began. The order asks for an actual start; where nobody filed its day, other rows may show that
// there was one, and land that is at work is not called unstarted because a column is empty.
type Start struct {
	By string // see above; "" when nothing shows a start

	// Where it is on file. The parts are put together when somebody asks: every parcel of a zone has a start.
	table, key, columns string
	year                int // of figures
}

// Source names table, key and columns of the evidence.
func (s Start) Source() string {
	key := s.key
	if s.year != 0 {
		key += "|" + strconv.Itoa(s.year)
	}
	return s.table + " " + key + " " + s.columns
}

// shown reports whether anything shows a start.
func (s Start) shown() bool { return s.By != "" }

// filed reports whether the contract itself records it.
func (s Start) filed() bool {
	return s.By == StartFiled || s.By == StartCompleted || s.By == StartProduced
}

// defaultStartStates are the register's states that show a start where the rule set names none.
var defaultStartStates = []string{
	parcels.StateBuilding, parcels.StateUnused, parcels.StatePartial, parcels.StateInUse, parcels.StateLow,
}

// shows reports whether a state of the register shows a start.
func (r *IdleRules) shows(state string) bool {
	if r.StartStates == nil {
		return slices.Contains(defaultStartStates, state)
	}
	return slices.Contains(r.StartStates, state)
}

// startOf finds the best evidence of a start on a parcel.
func (r *run) startOf(p int, rules *IdleRules) Start {
	parcel := r.snap.Parcels.At(p)
	if s := startFiled(&parcel.Contract, parcel.Code, r.in.AsOf); s.shown() {
		return s
	}
	for _, i := range r.snap.BuildingsAt(p) {
		if b := r.snap.Buildings.At(i); r.showsStart(p, b, rules) {
			return Start{By: StartBuilding, table: "buildings", key: b.ID, columns: "completed_on storeys"}
		}
	}
	if rules.shows(parcel.State) {
		return Start{By: StartState, table: "parcels", key: parcel.Code, columns: "state"}
	}
	if f := r.producerOn(p); f >= 0 {
		return Start{By: StartOutput, table: "figures", key: r.snap.Firms[f].USCC, year: r.in.Year, columns: "output_wan"}
	}
	return Start{}
}

// startAt is startOf by the set about idle land that applies.
func (r *run) startAt(p int) Start {
	if set := r.ruleAt(KindIdle, p); set != nil {
		return r.startOf(p, set.Idle)
	}
	return r.startOf(p, &IdleRules{})
}

// startFiled is what the contract records by a day.
func startFiled(c *parcels.Contract, code string, asOf parcels.Date) Start {
	for _, d := range [3]struct {
		by string
		on parcels.Date
	}{{StartFiled, c.StartedOn}, {StartCompleted, c.CompletedOn}, {StartProduced, c.ProducedOn}} {
		if d.on.OK() && d.on <= asOf {
			return Start{By: d.by, table: "parcels", key: code, columns: d.by}
		}
	}
	return Start{}
}

// showsStart reports whether a building shows that building began under the parcel's contract. One completed before does not, since an
// earlier holder put it up; only where the register is silent may the land have been got with what stands on it. One whose day is not on
// file counts with its storeys, since only what stands has them. A gatehouse is no start: beside plants, warehouses and laboratories a
// building must have some floor area, and so must any that is older than the contract.
func (r *run) showsStart(p int, b *parcels.Building, rules *IdleRules) bool {
	if b.CompletedOn.OK() && b.CompletedOn > r.in.AsOf || !b.CompletedOn.OK() && len(b.Storeys) == 0 {
		return false
	}
	parcel := r.snap.Parcels.At(p)
	old := predates(b, &parcel.Contract)
	if !old && (b.Use == "" || b.Use == "plant" || b.Use == "warehouse" || b.Use == "research") {
		return true
	}
	once, _ := floors(b)
	large := !rules.StartFloor.above(once, r.sites[p].landM2)
	if old {
		return parcel.State == "" && once > 0 && large
	}
	return len(b.Storeys) == 0 || large
}

// predates reports whether a building was completed before the contract, or the hand-over where that came first.
func predates(b *parcels.Building, c *parcels.Contract) bool {
	since := contractDay(c)
	return since.OK() && b.CompletedOn.OK() && b.CompletedOn < since
}

// contractDay is the day from which the holder could build: signing or hand-over, the earlier one; missing when neither is on file.
func contractDay(c *parcels.Contract) parcels.Date {
	if !c.SignedOn.OK() || c.HandedOverOn.OK() && c.HandedOverOn < c.SignedOn {
		return c.HandedOverOn
	}
	return c.SignedOn
}

// producerOn returns a firm on the parcel that filed output for the year and had no other land in it, so that it can only have produced
// here; -1 for none. A year that began before the contract speaks of an earlier holder's time.
func (r *run) producerOn(p int) int {
	if since := contractDay(&r.snap.Parcels.At(p).Contract); since.OK() && r.ledger.year.from < since {
		return -1
	}
	for i := range r.ledger.at(p) {
		f := int(r.ledger.at(p)[i].firm)
		if f < 0 || !r.onlyOn(f, p) {
			continue
		}
		if g := r.snap.FiguresAt(f, r.in.Year); g != nil && g.OutputWan.Or(0) > 0 {
			return f
		}
	}
	return -1
}

// onlyOn reports whether all that a firm occupied in the year lies on one parcel.
func (r *run) onlyOn(f, p int) bool {
	return !slices.ContainsFunc(r.ledger.of(f), func(h holding) bool { return int(h.parcel) != p })
}

// finished reports whether a completed building stands on the parcel. What an earlier holder left counts only where something
// other than the contract's own days shows that the land is at work; a building without a day of completion counts where the register says that the
// land is built and the contract has no later day of completion.
func (r *run) finished(p int, start Start) bool {
	parcel := r.snap.Parcels.At(p)
	for _, i := range r.snap.BuildingsAt(p) {
		b := r.snap.Buildings.At(i)
		switch {
		case !b.CompletedOn.OK():
			if len(b.Storeys) > 0 && builtState(parcel.State) && parcel.Contract.CompletedOn <= r.in.AsOf {
				return true
			}
		case b.CompletedOn > r.in.AsOf:
		case !predates(b, &parcel.Contract) || start.shown() && !start.filed():
			return true
		}
	}
	return false
}

// builtState reports whether the register says that something stands finished.
func builtState(state string) bool {
	switch state {
	case parcels.StateUnused, parcels.StatePartial, parcels.StateInUse, parcels.StateLow:
		return true
	}
	return false
}
