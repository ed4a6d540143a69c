package scoring

import "muchan/parcels"

// firmLand is the land and floor area a firm is rated on.
type firmLand struct {
	m2         float64 // over the days the firm occupied anything; excluded land left out
	buildingM2 float64 // land inside its contractual building period, excluded or not
	otherM2    float64 // land that is not
	floorM2    float64 // floor area it used over the same days, of the land that counts
	owns       bool    // it holds land of its own
	known      bool    // some of it lies in the snapshot with a known area
	used       bool    // it uses some floor area
	floorGap   bool    // some of that is only assumed, because the parcel's floor area is not known
}

// rated is the denominator in mu; missing when no land is known.
func (l *firmLand) rated() parcels.Opt[float64] { return someIf(muOf(l.m2), l.known && l.m2 > 0) }

// floor is the floor area used in m²; missing when some of it is not known.
func (l *firmLand) floor() parcels.Opt[float64] { return someIf(l.floorM2, l.used && !l.floorGap) }

// onlyBuilding reports whether all the firm's land is still being built on within the contract's time.
func (l *firmLand) onlyBuilding() bool { return l.buildingM2 > 0 && l.otherM2 == 0 }

// landOf adds up own and leased land of a ledger's year: the title area (else drawn area) times the firm's part of the floor area and
// the year. Days on which the firm was at work but occupied nothing are left out of the year, so that land and figures speak of the
// same time.
func (r *run) landOf(in *ledger, f int) firmLand {
	var l firmLand
	away := int(in.daysOf[f].away)
	scale := float64(in.year.days()) / float64(in.year.days()-away)
	rules := r.evaluationOf(f)
	for _, h := range in.of(f) {
		s := &in.stakes[h.stake]
		l.owns = l.owns || s.own
		if s.parcel < 0 {
			continue
		}
		m2 := s.land * (r.sites[s.parcel].landM2 - r.leftOutM2(int(s.parcel), rules)) * scale
		if s.early {
			l.buildingM2 += m2
			if rules.ExcludeBuildingPeriod {
				continue
			}
		} else {
			l.otherM2 += m2
		}
		l.m2 += m2
		l.known = l.known || r.sites[s.parcel].landM2 > 0
		l.floorM2 += s.floorDays / float64(in.year.days()) * scale
		l.used = l.used || s.floorDays > 0
		l.floorGap = l.floorGap || (!s.stated && !r.sites[s.parcel].floor().OK())
	}
	return l
}

// evaluationOf is the body of the set that a firm is rated by; one that excludes nothing where there is none.
func (r *run) evaluationOf(f int) *Evaluation {
	if r.ratedBy[f] == nil {
		return &Evaluation{}
	}
	return r.ratedBy[f].Evaluation
}

// leftOutM2 is the land of a parcel that its certificate names and that counts for nobody by the set: what the government has not
// delivered, and public roads and green. Never more than the parcel has.
func (r *run) leftOutM2(p int, rules *Evaluation) float64 {
	site, out := &r.sites[p], 0.0
	if rules.ExcludeUndelivered {
		out += site.undeliveredM2
	}
	if rules.ExcludePublic {
		out += site.publicM2
	}
	return min(out, site.landM2)
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
