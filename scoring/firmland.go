package scoring

import "muchan/parcels"

// firmLand is the land a firm is rated on.
type firmLand struct {
	m2         float64 // over the days the firm occupied anything; excluded land left out
	excludedM2 float64 // land inside its contractual building period
	owns       bool    // it holds land of its own
	known      bool    // some of it lies in the snapshot with a known area
}

// rated is the denominator in mu; missing when no land is known.
func (l *firmLand) rated() parcels.Opt[float64] { return someIf(muOf(l.m2), l.known && l.m2 > 0) }

// onlyBuilding reports whether all the firm's land is still being built on within the contract's time.
func (l *firmLand) onlyBuilding() bool { return l.excludedM2 > 0 && l.m2 == 0 }

// landOf adds up own and leased land: the title area (else drawn area) times the firm's part of the floor area and the year. Days on
// which the firm was at work but occupied nothing are left out of the year, so that land and figures speak of the same time.
func (r *run) landOf(f int) firmLand {
	a := allocator{snap: r.snap, ledger: r.ledger}
	var l firmLand
	_, away := 0, 0
	if of := r.ledger.of(f); len(of) > 0 {
		_, away = a.daysOf(f)
	}
	scale := float64(r.ledger.year.days()) / float64(r.ledger.year.days()-away)
	exclude := r.excludesBuildingPeriod(f)
	for _, k := range r.ledger.of(f) {
		s := &r.ledger.stakes[k]
		l.owns = l.owns || s.own
		if s.parcel < 0 {
			continue
		}
		m2 := s.land * r.sites[s.parcel].landM2 * scale
		if exclude && inBuildingPeriod(&r.snap.Parcels[s.parcel].Contract, r.lastDay()) {
			l.excludedM2 += m2
			continue
		}
		l.m2 += m2
		l.known = l.known || r.sites[s.parcel].landM2 > 0
	}
	return l
}

func (r *run) excludesBuildingPeriod(f int) bool {
	set := r.rules.of(KindEvaluation, r.parkOf[f])
	return set != nil && set.Evaluation.ExcludeBuildingPeriod
}

// lastDay is the last day of the evaluation year.
func (r *run) lastDay() parcels.Date { return yearOf(r.in.Year).to - 1 }

// inBuildingPeriod reports whether a contract's land was, on a day, neither completed nor producing while the agreed date of
// production (else of completion) had not passed. Past that date it counts like any other land.
func inBuildingPeriod(c *parcels.Contract, day parcels.Date) bool {
	due := c.DueProductionOn
	if !due.OK() {
		due = c.DueCompletionOn
	}
	done := func(d parcels.Date) bool { return d.OK() && d <= day }
	return due.OK() && day <= due && !done(c.CompletedOn) && !done(c.ProducedOn)
}
