package scoring

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"muchan/parcels"
)

// leaveByRule applies exempt and follow_owner, in this order; either takes the firm out of the ranking.
func (r *run) leaveByRule(t *rating) bool {
	fs := &r.out.Firms[t.firm]
	for hit := range r.hits(t, t.set.Evaluation.leaving) {
		effect := hit.rule.Effect
		fs.Steps = append(fs.Steps, Step{Effect: effect, Arg: hit.rule.ID, Evidence: hit.evidence, To: ClassNotRated})
		t.out, t.follow = true, effect == "follow_owner"
		return true
	}
	return false
}

// addPoints applies bonus and penalty before the ranking.
func (r *run) addPoints(t *rating) {
	fs := &r.out.Firms[t.firm]
	for hit := range r.hits(t, t.set.Evaluation.bonuses) {
		points := hit.rule.Points
		if hit.rule.When.Letting {
			points = hit.rule.First + hit.rule.Points*float64(hit.tenants-1)
		}
		fs.Points = parcels.Some(fs.Points.Or(0) + points)
		fs.Steps = append(fs.Steps, Step{
			Effect: "add_points", Arg: strconv.FormatFloat(points, 'f', -1, 64), Evidence: hit.evidence,
		})
	}
}

// changeClass applies cap, floor and set after the ranking. It does not rank the others anew, and leaves a firm without a class as
// it is unless the class is set outright.
func (r *run) changeClass(t *rating) {
	fs := &r.out.Firms[t.firm]
	for hit := range r.hits(t, t.set.Evaluation.reclassing) {
		to := fs.Class
		switch arg, effect := hit.rule.Class, hit.rule.Effect; {
		case effect == "set_class",
			effect == "cap_class" && graded(fs.Class) && worse(arg, fs.Class),
			effect == "floor_class" && graded(fs.Class) && worse(fs.Class, arg):
			to = arg
		}
		fs.Steps = append(fs.Steps, Step{
			Effect: hit.rule.Effect, Arg: string(hit.rule.Class), Evidence: hit.evidence, From: fs.Class, To: to,
		})
		fs.Class = to
	}
}

// followOwners gives tenants the class of their parcel's owner, and changes it by their own cap, floor and set. An owner that itself
// follows somebody has no class to give.
func (r *run) followOwners() {
	for f := range r.ratings {
		if !r.ratings[f].follow {
			continue
		}
		fs := &r.out.Firms[f]
		step := &fs.Steps[len(fs.Steps)-1]
		owner := r.ownerOver(f)
		if owner < 0 || r.ratings[owner].follow {
			step.Evidence += "; no rated owner of its parcel"
			continue
		}
		step.Evidence += "; owner " + r.snap.Firms[owner].USCC
		step.To = r.out.Firms[owner].Class
		fs.Class = step.To
	}
	// Only when every follower has its owner's class: the order of effects is fixed, and what a firm did itself comes after whom it follows.
	for f := range r.ratings {
		if r.ratings[f].follow {
			r.changeClass(&r.ratings[f])
		}
	}
}

// ownerOver returns the owner with the largest share of the parcel on which a firm used most floor area, or -1.
func (r *run) ownerOver(f int) int {
	parcel := r.ledger.mainParcel(f)
	if parcel < 0 {
		return -1
	}
	for _, share := range r.sharesOf(parcel) {
		if share.Owns && share.Firm != f {
			return share.Firm
		}
	}
	return -1
}

// hit is an override whose condition a firm meets.
type hit struct {
	rule     *Override
	evidence string
	tenants  int
}

// hits are those of some overrides that a firm meets.
func (r *run) hits(t *rating, overrides []*Override) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		for _, o := range overrides {
			h := hit{rule: o}
			if !r.applies(t, o, &h) {
				continue
			}
			if o.Document != "" {
				h.evidence += " [" + strings.TrimSpace(o.Document+" "+o.Clause) + "]"
			}
			if !yield(h) {
				return
			}
		}
	}
}

// applies reports whether an override is in force for a firm that meets its condition, and notes the evidence.
func (r *run) applies(t *rating, o *Override, h *hit) bool {
	return inForce(o.ValidFrom.Date, o.ValidTo.Date, r.in.AsOf) &&
		(len(o.Cohorts) == 0 || slices.Contains(o.Cohorts, t.cohort.ID)) &&
		!r.switchedOff(t.firm, o.Unless) && r.meets(t, &o.When, h)
}

func (r *run) switchedOff(f int, kinds []string) bool {
	return slices.ContainsFunc(kinds, func(kind string) bool { return r.eventIn(f, kind) != nil })
}

// meets reports whether a firm meets every part of a condition, and notes the evidence.
func (r *run) meets(t *rating, c *Condition, h *hit) bool {
	if r.rulesOut(t, c) {
		return false
	}
	var e evidence
	r.noteOwn(t, c, &e)
	if c.LandYears > 0 {
		got, young := r.landGot(t.firm, c.LandYears)
		if !young {
			return false
		}
		e.note("parcels of %s handed_over_on %s", r.snap.Firms[t.firm].USCC, got)
	}
	if c.Letting {
		if h.tenants = r.tenantsBelowScale(t.firm); h.tenants == 0 {
			return false
		}
		e.note("occupancies: %d tenants below scale on parcels of %s", h.tenants, r.snap.Firms[t.firm].USCC)
	}
	if c.Indicator != "" {
		v, below := c.reads(t)
		if !below {
			return false
		}
		e.note("%s %v below %v", c.Indicator, v, c.Below)
	}
	if len(e) == 0 {
		e.note("cohort %s", t.cohort.ID)
	}
	h.evidence = strings.Join(e, "; ")
	return true
}

// rulesOut decides the parts that need no more than the firm's own rows, before any evidence is worded: most firms end here.
func (r *run) rulesOut(t *rating, c *Condition) bool {
	firm := &r.snap.Firms[t.firm]
	return c.UnlessTag != "" && r.hasTag(t.firm, c.UnlessTag) ||
		c.Tag != "" && !r.hasTag(t.firm, c.Tag) ||
		c.RegisteredYears > 0 && !r.younger(firm.RegisteredOn, c.RegisteredYears) ||
		c.ProducingYears > 0 && !r.younger(firm.ProducedOn, c.ProducingYears) ||
		c.WithinContract && !t.early ||
		c.Event != "" && r.eventIn(t.firm, c.Event) == nil
}

// noteOwn notes the evidence of the parts that rulesOut has decided.
func (r *run) noteOwn(t *rating, c *Condition, e *evidence) {
	firm := &r.snap.Firms[t.firm]
	if c.Event != "" {
		ev := r.eventIn(t.firm, c.Event)
		e.note("events %s %s %s %s", ev.ID, ev.Kind, ev.On, ev.Document)
	}
	if c.Tag != "" {
		if _, by := r.tagged(t.firm, c.Tag); by != nil {
			e.note("events %s %s %s %s", by.ID, by.Kind, by.On, by.Document)
		} else {
			e.note("firms %s tags %s", firm.USCC, c.Tag)
		}
	}
	if c.RegisteredYears > 0 {
		e.note("firms %s registered_on %s", firm.USCC, firm.RegisteredOn)
	}
	if c.ProducingYears > 0 {
		e.note("firms %s produced_on %s", firm.USCC, firm.ProducedOn)
	}
	if c.WithinContract {
		e.note("parcels of %s due_production_on", firm.USCC)
	}
}

// reads returns the value of the condition's indicator, and whether there is one below the bound.
func (c *Condition) reads(t *rating) (float64, bool) {
	if c.measure == nil {
		return 0, false
	}
	v, ok := c.measure.of(&t.in).Get()
	return v, ok && v < c.Below
}

// evidence lists what a condition rests on.
type evidence []string

func (e *evidence) note(format string, args ...any) {
	*e = append(*e, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

// eventIn returns the first event of a kind of a firm that counts in the evaluation year: its effect reaches into the year, or, when
// no period is stated, it happened in the year.
func (r *run) eventIn(f int, kind string) *parcels.Event {
	for _, i := range r.snap.EventsOf(f) {
		if e := &r.snap.Events[i]; e.Kind == kind && counts(e, r.ledger.year) {
			return e
		}
	}
	return nil
}

func counts(e *parcels.Event, year span) bool {
	if !e.ValidFrom.OK() && !e.ValidTo.OK() {
		return e.On >= year.from && e.On < year.to
	}
	from := e.ValidFrom
	if !from.OK() {
		from = e.On
	}
	return year.cut(from, e.ValidTo).days() > 0
}

// younger reports whether fewer than so many years had passed since a day at the end of the evaluation year. Of a day after it, none had.
func (r *run) younger(since parcels.Date, years int) bool {
	const longest = 366 // days of a year; most firms are much older, and need no calendar
	last := r.ledger.year.to - 1
	return since.OK() && int(last-since) <= years*longest && since.AddYears(years) > last
}

// landGot returns the day the firm's own land was handed over, the earliest one of several, and whether that is less than so many
// years ago.
func (r *run) landGot(f, years int) (parcels.Date, bool) {
	var first parcels.Date
	for _, h := range r.ledger.of(f) {
		s := &r.ledger.stakes[h.stake]
		if s.parcel < 0 || !s.own {
			continue
		}
		got := r.snap.Parcels.At(int(s.parcel)).Contract.HandedOverOn
		if !got.OK() {
			return 0, false
		}
		if !first.OK() || got < first {
			first = got
		}
	}
	return first, r.younger(first, years)
}
