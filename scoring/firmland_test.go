package scoring_test

import (
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// A firm that moved in on 1 July 2024 and was at work all year is rated on all its 30 mu: land and figures speak of the same days. It
// used 6000 m² for 184 of 366 days, so over the days it was there 6000 m².
func TestFirmThatCameInJulyIsRatedOnAllItsLand(t *testing.T) {
	own := holds(1, 1, "own", parcels.Opt[float64]{})
	own.From = day("2024-07-01")
	rows := parcels.Rows{
		Parcels: []parcels.Parcel{plot(1, 30)}, Buildings: []parcels.Building{plant("b1", 1, 6000)}, Firms: []parcels.Firm{firm(1, true)},
		Occupancies: []parcels.Occupancy{own}, Figures: []parcels.Figures{filed(1, 1000, 1000, 300, 60)},
	}
	book := scoring.Book{Sets: []scoring.RuleSet{parse(t, head("test", "evaluation")+`
evaluation:
  tax: [vat_wan]
  indicators: [{id: X1, title: 每平方米税收, title_en: Tax per square metre, unit: 万元/m², numerator: rated_tax_wan, denominator: floor_m2}]
  cohorts:
    - id: above_scale
      indicators:
        - {id: I1, weight: 50, base: {kind: fixed, value: 1}, missing: zero}
        - {id: X1, weight: 50, base: {kind: fixed, value: 1}, missing: zero}
      bounds: [{class: A, upto: 1}]
`)}}
	s := run(t, rows, book, someDay)
	near(t, "land", s.Firms[0].LandMu, 30, 1e-9)
	near(t, "I1", s.Firms[0].Indicators[0].Value, 60.0/30, 1e-12)
	near(t, "X1", s.Firms[0].Indicators[1].Value, 60.0/6000, 1e-15)
}

// A tenant follows the owner of its parcel, not the tenant with the largest share beside it.
func TestTenantFollowsTheOwnerNotTheLargerTenant(t *testing.T) {
	rows := parcels.Rows{
		Parcels: []parcels.Parcel{plot(1, 30), plot(2, 30)}, Buildings: []parcels.Building{plant("b1", 1, 10_000), plant("b2", 2, 10_000)},
		Firms: []parcels.Firm{firm(1, true), firm(2, true), firm(3, false)},
		Occupancies: []parcels.Occupancy{
			holds(1, 1, "own", m2(1000)), holds(1, 2, "lease", m2(8000)), holds(1, 3, "lease", m2(1000)), holds(2, 2, "own", parcels.Opt[float64]{}),
		},
		Figures: []parcels.Figures{filed(1, 0, 0, 0, 900), filed(2, 0, 0, 0, 1), filed(3, 0, 0, 0, 1)},
	}
	// Vacant land stays with an owner, so the tenant with 8000 m² holds most only while nothing is vacant.
	s := run(t, rows, ratingByTax(t, `
  overrides:
    - {id: follow, title: t, when: {tag: micro_park}, effect: follow_owner, source: s}
`), someDay)
	if s.Firms[0].Class == s.Firms[1].Class {
		t.Fatalf("owner and tenant are both %s: nothing would show", s.Firms[0].Class)
	}
	rows.Firms[2].Tags = []string{"micro_park"}
	s = run(t, rows, ratingByTax(t, `
  overrides:
    - {id: follow, title: t, when: {tag: micro_park}, effect: follow_owner, source: s}
`), someDay)
	if s.Firms[2].Class != s.Firms[0].Class {
		t.Errorf("the tenant is %s, its owner %s, the larger tenant %s", s.Firms[2].Class, s.Firms[0].Class, s.Firms[1].Class)
	}
}

// unless_tag leaves out the firms that carry it, whatever else the condition asks.
func TestUnlessTagLeavesOut(t *testing.T) {
	one := func(tags ...string) scoring.Class {
		f := firm(1, true)
		f.Tags = tags
		rows := parcels.Rows{
			Parcels: []parcels.Parcel{plot(1, 30)}, Buildings: []parcels.Building{plant("b1", 1, 6000)}, Firms: []parcels.Firm{f},
			Occupancies: []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})}, Figures: []parcels.Figures{filed(1, 0, 0, 0, 60)},
		}
		return run(t, rows, ratingByTax(t, `
  overrides:
    - {id: exempt, title: t, when: {tag: utility, unless_tag: logistics}, effect: exempt, source: s}
`), someDay).Firms[0].Class
	}
	if got := one("utility"); got != scoring.ClassNotRated {
		t.Errorf("a utility is %s, want not rated", got)
	}
	if got := one("utility", "logistics"); got == scoring.ClassNotRated {
		t.Error("a utility that unless_tag leaves out is not rated")
	}
	if got := one(); got == scoring.ClassNotRated {
		t.Error("a firm without tags is not rated")
	}
}

// Ages count to the last day of the evaluation year, 31 December 2024. "成立未满 2 年" holds from the day of registration to the day before
// two calendar years are full; of a firm registered after the year, none is.
func TestRegisteredLessThanTwoYears(t *testing.T) {
	for registered, exempt := range map[string]bool{
		"2022-12-31": false, "2023-01-01": true, "2024-12-31": true, "2025-01-01": true,
	} {
		f := firm(1, true)
		f.RegisteredOn = day(registered)
		rows := parcels.Rows{
			Parcels: []parcels.Parcel{plot(1, 30)}, Buildings: []parcels.Building{plant("b1", 1, 6000)}, Firms: []parcels.Firm{f},
			Occupancies: []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})}, Figures: []parcels.Figures{filed(1, 0, 0, 0, 60)},
		}
		got := run(t, rows, ratingByTax(t, `
  overrides:
    - {id: new, title: t, when: {registered_below_years: 2}, effect: exempt, source: s}
`), someDay).Firms[0].Class
		if (got == scoring.ClassNotRated) != exempt {
			t.Errorf("registered %s: class %q, exempt should be %t", registered, got, exempt)
		}
	}
}
