package scoring

import (
	"errors"
	"fmt"

	"muchan/parcels"
)

// run holds what the steps of one Run share.
type run struct {
	in        Input
	snap      *parcels.Snapshot
	use       *use
	sites     []site // of use
	ground    *ground
	heirs     *lineage
	ledger    *ledger
	before    *run   // an earlier run of the same year and day, begun with where its money was shared alike; nil for none
	moved     *moved // what the inputs that differ from the earlier run's reach
	rules     *chooser
	places    []Place                   // each distinct place of a parcel once
	placeOf   []int32                   // by parcel: position in places
	ratedBy   []*RuleSet                // by firm: the evaluation set of the place it uses most of, nil for none
	taxOf     []taxMask                 // by firm: what its rule set sums
	lookedAt  uint8                     // kinds of money that some set looks at in the years before, by bit
	lands     map[*RuleSet][][]firmLand // of firms, as an evaluation set counts it, by years back; see findLands
	out       *Scores
	ratings   []rating           // by firm
	rated     bool               // they were made by this run
	carried   carried            // money on each parcel in the year
	past      []carried          // the same, k years back; past[0] is carried
	stock     []stockScope       // by parcel; nil when no park has a stock-land set
	datedTags map[string]bool    // see datedTagsOf
	bases     map[baseKey]baseOn // what each indicator of a cohort was divided by
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
	before := in.Before
	in.Before = nil // the scores must not keep all earlier ones alive
	if before != nil && before.run != nil && before.Year == in.Year && before.AsOf == in.AsOf {
		if touched, ok := in.Snapshot.TouchedSince(before.run.snap); ok {
			if m, few := before.run.moves(in.Snapshot, touched, true); few {
				return runAfter(in, before.run, m), nil
			}
		}
	}
	return runAfter(in, nil, nil), nil
}

// runAfter runs on a sound input. before, when there is one, is an earlier run of the same year and day by other rules or on rows that
// differ where m says: what neither the changed rules nor the changed rows have a part in is taken over from it.
func runAfter(in Input, before *run, m *moved) *Scores {
	r := &run{in: in, snap: in.Snapshot, before: before, moved: m, datedTags: datedTagsOf(in.Snapshot.Events)}
	r.out = &Scores{Year: in.Year, AsOf: in.AsOf, Version: in.Snapshot.Version}
	r.out.run = r
	r.survey()
	if r.takesOver() {
		r.takeOver()
	} else {
		r.before = nil
		r.out.Parcels = make([]ParcelScore, r.snap.Parcels.Len())
		r.carried, r.out.Unassigned = r.carriedIn(r.in.Year, 1<<moneyKinds-1)
	}
	if r.rated = r.evaluationDue(); r.rated {
		r.evaluate()
	}
	r.judge()
	r.out.Rules, r.out.Warnings = r.rules.used()
	r.before, r.moved = nil, nil // an earlier run must not live as long as this one
	return r.out
}

// survey finds what stands on the land, who uses it, and which sets apply where.
func (r *run) survey() {
	r.ground, r.use = groundOf(r.snap), useOf(r.snap)
	r.heirs, r.sites = r.ground.heirs, r.use.sites
	r.ledger = r.use.ledgerOf(r.in.Year)
	r.locate()
	r.rules = newChooser(r.in, r.places)
	r.chooseForFirms()
	r.lookedAt = r.rules.moneyLookedAt()
}

// chooseForFirms gives every firm the evaluation set of the parcel it uses most of; a firm without one is rated by what applies to
// any park.
func (r *run) chooseForFirms() {
	n := len(r.snap.Firms)
	r.ratedBy, r.taxOf = make([]*RuleSet, n), make([]taxMask, n)
	evaluation := r.rules.sets(KindEvaluation)
	masks := make([]taxMask, len(evaluation))
	for i, set := range evaluation {
		masks[i] = maskOf(set)
	}
	for f := range r.ratedBy {
		if p := r.ledger.mainParcel(f); p >= 0 {
			at := r.placeOf[p]
			r.ratedBy[f], r.taxOf[f] = evaluation[at], masks[at]
		} else {
			r.ratedBy[f] = r.rules.nowhere()
			r.taxOf[f] = maskOf(r.ratedBy[f])
		}
	}
}

// begin starts the score of every parcel that is due: what its land and buildings come to, its money and its firms.
func (r *run) begin(d due) func(p int) {
	if d.all < 0 {
		return func(p int) {
			r.out.Parcels[p] = ParcelScore{} // what was taken over
			r.carry(p, make([]Share, 0, len(r.ledger.at(p))))
		}
	}
	start := r.ledger.parcelStart
	shares := make([]Share, start[len(start)-2]) // one array for all: a firm has at most as many shares on a parcel as stakes
	return func(p int) { r.carry(p, shares[start[p]:start[p]:start[p+1]]) }
}

// carry gives an empty score of a parcel its land, its money and its firms, and no class or suspicion. It puts the shares into the room, which must suffice.
func (r *run) carry(p int, room []Share) {
	ps := &r.out.Parcels[p]
	ps.Code, ps.Measured, ps.Idle, ps.Exit = r.snap.Parcels.At(p).Code, r.use.measured[p], notIdle, -1
	ps.addMoney(&r.carried, p)
	ps.addShares(room, r.ledger.at(p), r.ledger.restLand[p])
}

// sharesOf lists the firms of a parcel before the parcel is scored.
func (r *run) sharesOf(p int) []Share {
	ps := ParcelScore{Measured: r.use.measured[p]}
	ps.addShares(make([]Share, 0, len(r.ledger.at(p))), r.ledger.at(p), r.ledger.restLand[p])
	return ps.Firms
}

// moneyOf returns a firm's money of a year, with tax as the evaluation set the firm is rated by sums it; of a year before, what some set
// looks at.
func (r *run) moneyOf(f, year int) money {
	m := moneyOf(r.snap.FiguresAt(f, year), r.taxOf[f])
	for kind := range m {
		if year != r.in.Year && r.lookedAt&(1<<kind) == 0 {
			m[kind] = parcels.Opt[parcels.Wan]{}
		}
	}
	return m
}
