package scoring

import (
	"strings"

	"muchan/geo"
	"muchan/parcels"
)

// ParkOf returns the park in which a firm used most floor area over the year, "" for none. f is a position in Firms.
func (s *Scores) ParkOf(f int) string {
	if p := s.run.ledger.mainParcel(f); p >= 0 {
		return s.run.places[s.run.placeOf[p]].Park
	}
	return ""
}

// SetOf returns the set of a kind that the run chose for a park, nil for none and for a park without a parcel.
func (s *Scores) SetOf(kind, park string) *RuleSet {
	// The chooser remembers what it is asked; it has been asked for every park with a parcel and is only read here.
	for _, p := range s.run.snap.Parcels.All() {
		if p.Park == park {
			return s.run.rules.of(kind, park)
		}
	}
	return nil
}

// SetAt returns the set of a kind in force at a point of a park: the zones in force around the point count as they do for a parcel.
func (s *Scores) SetAt(kind, park string, at geo.Point) *RuleSet {
	place := Place{Park: park}
	for i := range s.run.snap.Zones {
		if z := &s.run.snap.Zones[i]; s.InForce(z) && geo.Contains(z.Shape, at) {
			place.Zones = append(place.Zones, PlaceZone{z.Kind, z.Level})
		}
	}
	return s.run.in.Rules.ChooseAt(kind, place, s.Year, s.AsOf).Set
}

// InForce reports whether a zone is in force on the as-of date.
func (s *Scores) InForce(z *parcels.Zone) bool { return inForce(z.ValidFrom, z.ValidTo, s.AsOf) }

// StockApplies reports whether the stock-land set of a parcel's place speaks of the parcel, by use and block line, whatever its benefit.
func (s *Scores) StockApplies(p int) bool {
	return s.run.stock != nil && s.run.stock[p] == stockApplies
}

// RedLineSlackM2 is the overlap with the ecological red line, in m², up to which it is taken for a drawing error. No document states
// one; it is this program's.
const RedLineSlackM2 = 1.0

// CohortFor returns the cohort in which a firm with land of its own is ranked, nil when the set has none, and its industry group, ""
// for a cohort that is not grouped.
func (e *Evaluation) CohortFor(aboveScale bool, landMu float64, industry string) (cohort *Cohort, group string) {
	cohort = e.cohortOf(aboveScale, true, parcels.Some(landMu))
	if cohort != nil && cohort.Grouped {
		group = groupOf(e, industry)
	}
	return cohort, group
}

// ValueOf returns an indicator for figures that no firm has filed; tax is summed by the caller. It is missing when a part of it is.
func (e *Evaluation) ValueOf(id string, landMu parcels.Opt[float64], tax parcels.Opt[parcels.Wan], figures *parcels.Figures) parcels.Opt[float64] {
	m := e.measure(id)
	if m == nil {
		return parcels.Opt[float64]{}
	}
	return m.of(&indicatorInput{landMu: landMu, tax: tax, figures: figures, energyBasis: e.EnergyBasis})
}

// Industrial reports whether land is of one of the uses a control set speaks of; known is false when its use is not on file.
func (r *ControlRules) Industrial(p *parcels.Parcel) (is, known bool) {
	if len(r.Uses) == 0 {
		return true, true
	}
	if strings.TrimSpace(p.UseCode) == "" {
		return false, false
	}
	return hasPrefix(p.UseCode, r.Uses[p.UseScheme]), true
}
