package whatif

import (
	"fmt"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// ParcelChange is a parcel whose class differs: that of the firm with the largest share of it.
type ParcelChange struct {
	Code       string        `json:"code"`
	Park       string        `json:"park"`
	From       scoring.Class `json:"from"`
	To         scoring.Class `json:"to"`
	FirmBefore string        `json:"firm_before"` // credit code, "" for none
	FirmAfter  string        `json:"firm_after"`
}

// BandChange is a parcel whose band of stock industrial land differs; "" is no band.
type BandChange struct {
	Code          string               `json:"code"`
	Park          string               `json:"park"`
	From          string               `json:"from"`
	To            string               `json:"to"`
	BenefitBefore parcels.Opt[float64] `json:"benefit_before_wan_mu"`
	BenefitAfter  parcels.Opt[float64] `json:"benefit_after_wan_mu"`
}

// IdleChange is a parcel whose suspicion of idle land or an idle plant differs.
type IdleChange struct {
	Code   string    `json:"code"`
	Park   string    `json:"park"`
	Before IdleState `json:"before"`
	After  IdleState `json:"after"`
}

// IdleState is scoring.Idle for readers.
type IdleState struct {
	Type       string                   `json:"type"`
	Stage      string                   `json:"stage"`
	Since      parcels.Date             `json:"since"`
	Of         string                   `json:"of"`
	Government bool                     `json:"government"`
	Due        parcels.Date             `json:"due"`
	WarnOn     parcels.Date             `json:"warn_on"`
	TakeBackOn parcels.Date             `json:"take_back_on"`
	Days       int                      `json:"days"`
	DaysLeft   int                      `json:"days_left"`
	FeeWan     parcels.Opt[parcels.Wan] `json:"fee_wan"`
	Plant      bool                     `json:"plant"`
	PlantSince parcels.Date             `json:"plant_since"`
}

func idleState(i *scoring.Idle) IdleState {
	return IdleState{
		Type: i.Type, Stage: i.Stage, Since: i.Since, Of: i.Of, Government: i.Government, Due: i.Due, WarnOn: i.WarnOn, TakeBackOn: i.TakeBackOn,
		Days: i.Days, DaysLeft: i.DaysLeft, FeeWan: i.FeeWan, Plant: i.Plant, PlantSince: i.PlantSince,
	}
}

func (d *difference) parcel(p int) {
	b, a := &d.before.Parcels[p], &d.after.Parcels[p]
	park := func() string { return d.after.Snapshot().Parcels.At(p).Park }
	out, totals := d.out, &d.out.Totals
	out.Parcels.add(b.Class, a.Class)
	if b.Class != a.Class {
		note(d.window, &out.ParcelChanges, &totals.ParcelChanges, func() ParcelChange {
			return ParcelChange{Code: a.Code, Park: park(), From: b.Class, To: a.Class, FirmBefore: mainFirm(d.before, p), FirmAfter: mainFirm(d.after, p)}
		})
	}
	if b.Band != a.Band {
		note(d.window, &out.Stock, &totals.Stock, func() BandChange {
			return BandChange{Code: a.Code, Park: park(), From: b.Band, To: a.Band, BenefitBefore: b.BenefitPerMu, BenefitAfter: a.BenefitPerMu}
		})
	}
	if b.Idle != a.Idle && *b.Idle != *a.Idle {
		note(d.window, &out.Idle, &totals.Idle, func() IdleChange {
			return IdleChange{Code: a.Code, Park: park(), Before: idleState(b.Idle), After: idleState(a.Idle)}
		})
	}
}

func mainFirm(s *scoring.Scores, p int) string {
	if len(s.Parcels[p].Firms) == 0 {
		return ""
	}
	return s.Firms[s.Parcels[p].Firms[0].Firm].USCC
}

// ExitDifference is how the list of suspected exit candidates differs.
type ExitDifference struct {
	Before  int          `json:"before"` // length of the list
	After   int          `json:"after"`
	Added   []ExitChange `json:"added"`   // in the order of the list after
	Removed []ExitChange `json:"removed"` // in the order of the list before
	Moved   []ExitChange `json:"moved"`   // on both lists with another severity, in the order of the list after
}

// ExitChange is a parcel whose place on the list differs.
type ExitChange struct {
	Code           string               `json:"code"`
	Park           string               `json:"park"`
	RankBefore     int                  `json:"rank_before"` // 0 when it was not on the list
	RankAfter      int                  `json:"rank_after"`
	SeverityBefore parcels.Opt[float64] `json:"severity_before"`
	SeverityAfter  parcels.Opt[float64] `json:"severity_after"`
	Tests          []TestChange         `json:"tests"` // that differ, in the order of the rule set
	// Why says why a removed parcel is not tested or is excused, why an added one was, or that another number of groups must fail;
	// empty when only tests differ.
	Why scoring.Text `json:"why"`
}

// TestChange is an exit test of both runs; a side where it is not made, or not applied, has no value.
type TestChange struct {
	ID              string               `json:"id"`
	Title           string               `json:"title"`
	Unit            string               `json:"unit"`
	ValueBefore     parcels.Opt[float64] `json:"value_before"`
	ValueAfter      parcels.Opt[float64] `json:"value_after"`
	ThresholdBefore parcels.Opt[float64] `json:"threshold_before"`
	ThresholdAfter  parcels.Opt[float64] `json:"threshold_after"`
	FailedBefore    bool                 `json:"failed_before"`
	FailedAfter     bool                 `json:"failed_after"`
}

func (d *difference) exits() {
	e, totals := &d.out.Exit, &d.out.Totals
	*e = ExitDifference{Before: len(d.before.Exit), After: len(d.after.Exit), Added: []ExitChange{}, Removed: []ExitChange{}, Moved: []ExitChange{}}
	for i := range d.after.Exit {
		c := &d.after.Exit[i]
		switch was := d.before.Parcels[c.Parcel].Exit; {
		case was < 0:
			note(d.window, &e.Added, &totals.ExitAdded, func() ExitChange { return d.exit(c.Parcel, d.before) })
		case differ(parcels.Some(d.before.Exit[was].Severity), parcels.Some(c.Severity)):
			note(d.window, &e.Moved, &totals.ExitMoved, func() ExitChange { return d.exit(c.Parcel, nil) })
		}
	}
	for i := range d.before.Exit {
		if p := d.before.Exit[i].Parcel; d.after.Parcels[p].Exit < 0 {
			note(d.window, &e.Removed, &totals.ExitRemoved, func() ExitChange { return d.exit(p, d.after) })
		}
	}
}

// exit describes a parcel whose place on the list differs; off is the run in which it is not on it, nil when it is in both.
func (d *difference) exit(p int, off *scoring.Scores) ExitChange {
	c := ExitChange{Code: d.after.Parcels[p].Code, Park: d.after.Snapshot().Parcels.At(p).Park, Tests: d.tests(p)}
	if off != nil {
		_, c.Why = off.ExitTests(p)
	}
	if i := d.before.Parcels[p].Exit; i >= 0 {
		c.RankBefore, c.SeverityBefore = i+1, parcels.Some(d.before.Exit[i].Severity)
	}
	if i := d.after.Parcels[p].Exit; i >= 0 {
		c.RankAfter, c.SeverityAfter = i+1, parcels.Some(d.after.Exit[i].Severity)
	}
	if was, is := groupsFailed(d.before, p), groupsFailed(d.after, p); was != is && c.Why == (scoring.Text{}) {
		c.Why = scoring.Text{
			Zh: fmt.Sprintf("须未达标的检验组数由 %d 改为 %d", was, is),
			En: fmt.Sprintf("the number of groups of tests that must fail goes from %d to %d", was, is),
		}
	}
	return c
}

// groupsFailed is how many groups of tests must fail, 0 where no set applies.
func groupsFailed(s *scoring.Scores, p int) int {
	if set := s.RuleSet(scoring.KindExit, p); set != nil {
		return set.Exit.GroupsFailed
	}
	return 0
}

func (d *difference) tests(p int) []TestChange {
	b, _ := d.before.ExitTests(p)
	a, _ := d.after.ExitTests(p)
	out := []TestChange{}
	for _, t := range a {
		c := TestChange{ID: t.ID, Title: t.Rule.Title, Unit: t.Unit, ValueAfter: t.Value, ThresholdAfter: parcels.Some(t.Threshold), FailedAfter: t.Failed}
		if i := slices.IndexFunc(b, func(o scoring.Test) bool { return o.ID == t.ID }); i >= 0 {
			c.before(&b[i])
		}
		if c.differs() {
			out = append(out, c)
		}
	}
	for _, t := range b {
		if !slices.ContainsFunc(a, func(o scoring.Test) bool { return o.ID == t.ID }) {
			c := TestChange{ID: t.ID, Title: t.Rule.Title, Unit: t.Unit}
			c.before(&t)
			out = append(out, c)
		}
	}
	return out
}

func (c *TestChange) before(t *scoring.Test) {
	c.ValueBefore, c.ThresholdBefore, c.FailedBefore = t.Value, parcels.Some(t.Threshold), t.Failed
}

func (c *TestChange) differs() bool {
	return c.ValueBefore != c.ValueAfter || c.ThresholdBefore != c.ThresholdAfter || c.FailedBefore != c.FailedAfter
}
