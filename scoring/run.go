package scoring

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"muchan/parcels"
)

// run holds what the steps of one Run share.
type run struct {
	in      Input
	snap    *parcels.Snapshot
	sites   []site
	heirs   *lineage
	ledger  *ledger
	rules   *chooser
	parkOf  []string  // by firm: park of the parcel it uses most of, "" for none
	taxOf   []taxMask // by firm: what its rule set sums
	out     *Scores
	ratings []rating           // by firm
	carried carried            // money on each parcel in the year
	past    []carried          // the same, k years back; past[0] is carried
	stock   []stockScope       // by parcel; nil when no park has a stock-land set
	factors map[*ExitTest]Text // what is to be said of a row's factor
	bases   map[baseKey]baseOn // what each indicator of a cohort was divided by
}

// Run scores every parcel and firm of a snapshot. It fails only on an input that makes no sense; missing data and missing rule
// sets leave their results missing and are told in Scores.Warnings.
func Run(in Input) (*Scores, error) {
	if in.Snapshot == nil {
		return nil, errors.New("scoring: no snapshot")
	}
	if in.Year < 1900 || in.Year > 2200 {
		return nil, fmt.Errorf("scoring: the year %d is not between 1900 and 2200", in.Year)
	}
	if !in.AsOf.OK() {
		return nil, errors.New("scoring: no as-of date")
	}
	r := &run{in: in, snap: in.Snapshot, out: &Scores{Year: in.Year, AsOf: in.AsOf, Version: in.Snapshot.Version}}
	r.out.run = r
	r.survey()
	r.allocate()
	r.evaluate()
	r.sortStock()
	r.judgeIdle()
	r.listExits()
	r.out.Rules, r.out.Warnings = r.rules.used()
	return r.out, nil
}

// survey measures land and buildings.
func (r *run) survey() {
	n := len(r.snap.Parcels)
	r.sites = make([]site, n)
	r.out.Parcels = make([]ParcelScore, n)
	eachChunk(n, func(from, to int) {
		for i := from; i < to; i++ {
			r.sites[i] = surveySite(r.snap, &r.snap.Parcels[i])
			r.out.Parcels[i] = measure(&r.snap.Parcels[i], &r.sites[i])
		}
	})
	r.out.Firms = make([]FirmScore, len(r.snap.Firms))
	r.heirs = newLineage(r.snap)
	r.ledger = newLedger(r.snap, r.sites, r.heirs, r.in.Year)
	r.rules = newChooser(r.in)
	r.askForRules()
	r.parkOf = make([]string, len(r.snap.Firms))
	r.taxOf = make([]taxMask, len(r.snap.Firms))
	for f := range r.parkOf {
		r.parkOf[f] = r.mainPark(f)
		r.taxOf[f] = maskOf(r.rules.of(KindEvaluation, r.parkOf[f]))
	}
}

// askForRules chooses every kind of set for every park with a parcel.
func (r *run) askForRules() {
	last := ""
	for i := range r.snap.Parcels {
		park := r.snap.Parcels[i].Park
		if i > 0 && park == last {
			continue
		}
		last = park
		for _, kind := range Kinds {
			r.rules.of(kind, park)
		}
	}
}

// mainPark returns the park in which a firm used most floor area over the year; equal ones go to the first parcel.
func (r *run) mainPark(f int) string {
	park, most := "", -1.0
	for _, k := range r.ledger.of(f) {
		if s := &r.ledger.stakes[k]; s.parcel >= 0 && s.floorDays > most {
			park, most = r.snap.Parcels[s.parcel].Park, s.floorDays
		}
	}
	return park
}

func (r *run) allocate() {
	c, lost := allocate(r.snap, r.ledger, func(f int) money { return r.moneyOf(f, r.in.Year) })
	r.out.Unassigned, r.carried = lost, c
	eachChunk(len(r.snap.Parcels), func(from, to int) {
		for p := from; p < to; p++ {
			r.out.Parcels[p].addMoney(c.sum[p])
			r.out.Parcels[p].Partial = c.partialOf(p)
			r.out.Parcels[p].addShares(r.ledger.at(p), r.ledger.restLand[p])
		}
	})
}

// moneyOf returns a firm's money of a year, with tax as the evaluation set of its park sums it.
func (r *run) moneyOf(f, year int) money {
	return moneyOf(r.snap.FiguresOf(r.snap.Firms[f].USCC, year), r.taxOf[f])
}

// chooser chooses each rule set once and remembers which were used.
type chooser struct {
	in     Input
	chosen map[[2]string]*RuleSet
	refs   []RuleRef
	warn   []string
}

func newChooser(in Input) *chooser { return &chooser{in: in, chosen: map[[2]string]*RuleSet{}} }

// optionalKinds may be absent without a warning: they bind some places only, or nobody needs them to score.
var optionalKinds = []string{KindStock, KindLowUse, KindControl, KindAdmission, KindZone}

// of returns the set of a kind for a park, or nil. After Run every kind and park of the snapshot has been asked for, so Explain only
// reads, from as many goroutines as it likes.
func (c *chooser) of(kind, park string) *RuleSet {
	key := [2]string{kind, park}
	if set, ok := c.chosen[key]; ok {
		return set
	}
	choice := c.in.Rules.Choose(kind, park, c.in.Year, c.in.AsOf)
	c.chosen[key] = choice.Set
	switch {
	case choice.Set == nil && !slices.Contains(optionalKinds, kind):
		c.warn = append(c.warn, fmt.Sprintf("no rule set of kind %s applies to park %q, year %d, as of %s", kind, park, c.in.Year, c.in.AsOf))
	case choice.Set != nil:
		c.note(choice.Set.Ref())
		for _, id := range choice.Overlaps {
			c.warn = append(c.warn, fmt.Sprintf("rule sets %s and %s overlap for park %q, year %d; %s was used", choice.Set.ID, id, park, c.in.Year, choice.Set.ID))
		}
	}
	return choice.Set
}

func (c *chooser) note(ref RuleRef) {
	if !slices.Contains(c.refs, ref) {
		c.refs = append(c.refs, ref)
	}
}

// used returns the sets that were used and the warnings, each in order.
func (c *chooser) used() ([]RuleRef, []string) {
	slices.SortFunc(c.refs, func(a, b RuleRef) int {
		return cmp.Or(slices.Index(Kinds, a.Kind)-slices.Index(Kinds, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	slices.Sort(c.warn)
	return c.refs, c.warn
}
