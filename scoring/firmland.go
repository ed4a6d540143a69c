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

// landOf adds up own and leased land of the year: the title area (else drawn area) times the firm's part of the floor area and
// the year. Days on which the firm was at work but occupied nothing are left out of the year, so that land and figures speak of the
// same time.
func (l *ledger) landOf(f int, sites []site, without exclusions) firmLand {
	var land firmLand
	days := float64(l.year.days())
	scale := days / (days - float64(l.daysOf[f].away))
	for _, h := range l.of(f) {
		s := &l.stakes[h.stake]
		land.owns = land.owns || s.own
		if s.parcel < 0 {
			continue
		}
		at := &sites[s.parcel]
		m2 := s.land * (at.landM2 - at.leftOutM2(without)) * scale
		if s.early {
			land.buildingM2 += m2
			if without.buildingPeriod {
				continue
			}
		} else {
			land.otherM2 += m2
		}
		land.m2 += m2
		land.known = land.known || at.landM2 > 0
		land.floorM2 += s.floorDays / days * scale
		land.used = land.used || s.floorDays > 0
		land.floorGap = land.floorGap || (!s.stated && !at.floor().OK())
	}
	return land
}

// exclusions are the kinds of land that count for nobody.
type exclusions struct{ buildingPeriod, undelivered, public bool }

// exclusions are those of an evaluation set; none where there is no set.
func (s *RuleSet) exclusions() exclusions {
	if s == nil {
		return exclusions{}
	}
	e := s.Evaluation
	return exclusions{e.ExcludeBuildingPeriod, e.ExcludeUndelivered, e.ExcludePublic}
}

// leftOutM2 is the land of a parcel that its certificate names and that counts for nobody: what the government has not delivered, and
// public roads and green. Never more than the parcel has.
func (s *site) leftOutM2(without exclusions) (out float64) {
	if without.undelivered {
		out += s.undeliveredM2
	}
	if without.public {
		out += s.publicM2
	}
	return min(out, s.landM2)
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
