package scoring_test

import (
	"strings"
	"testing"

	"muchan/parcels"
)

// 小升规 is of a year: a tag given by an event holds while the event counts and takes the place of the register's, which has no date.
func TestTagOfAYear(t *testing.T) {
	dated := func(on, from, to string) []parcels.Event {
		e := event("newly_above_scale", 1, on)
		if from != "" {
			e.ValidFrom = day(from)
		}
		if to != "" {
			e.ValidTo = day(to)
		}
		return []parcels.Event{e}
	}
	for name, c := range map[string]struct {
		tags   []string
		events []parcels.Event
		want   string
		proof  string
	}{
		"the register's counts in every year":    {[]string{"newly_above_scale"}, nil, "C", "firms " + uscc(1) + " tags"},
		"an event of the year":                   {nil, dated("2024-03-01", "", ""), "C", "events newly_above_scale2024-03-01"},
		"an event of another year":               {nil, dated("2023-03-01", "", ""), "D", ""},
		"an event that reaches into the year":    {nil, dated("2022-03-01", "2022-03-01", "2024-01-02"), "C", "events"},
		"one that ended on its first day":        {nil, dated("2022-03-01", "2022-03-01", "2024-01-01"), "D", ""},
		"another year's goes before the undated": {[]string{"newly_above_scale"}, dated("2023-03-01", "", ""), "D", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows := rated(10, func(i int) float64 { return float64(100 * (i + 1)) })
			rows.Firms[0].Tags, rows.Events = c.tags, c.events
			s := run(t, rows, ratingByTax(t, `
  overrides:
    - {id: grown, title: t, when: {tag: newly_above_scale}, effect: floor_class, class: C, source: s}
`), someDay)
			if got := s.Firms[0]; string(got.Class) != c.want || (len(got.Steps) > 0) != (c.proof != "") {
				t.Fatalf("class %s, steps %+v, want %s", got.Class, got.Steps, c.want)
			} else if c.proof != "" && !strings.Contains(got.Steps[0].Evidence, c.proof) {
				t.Errorf("evidence %q lacks %q", got.Steps[0].Evidence, c.proof)
			}
			if got := s.Tagged(0, "newly_above_scale"); got != (c.proof != "") {
				t.Errorf("tagged: %v", got)
			}
		})
	}
}

// Whether a firm was 规上 in a year its figures of the year say, and only without them the register of today.
func TestScaleOfAYear(t *testing.T) {
	none := parcels.Opt[bool]{}
	for _, c := range []struct {
		register, year parcels.Opt[bool]
		cohort         string
	}{
		{parcels.Some(true), none, "above_scale"},
		{parcels.Some(true), parcels.Some(false), "below_scale"},
		{parcels.Some(false), parcels.Some(true), "above_scale"},
		{none, parcels.Some(true), "above_scale"},
		{none, none, ""},
	} {
		rows := rated(1, func(int) float64 { return 100 })
		rows.Firms[0].AboveScale, rows.Figures[0].AboveScale = c.register, c.year
		s := run(t, rows, ratingByTax(t, ""), someDay)
		if got := s.Firms[0].Cohort; got != c.cohort {
			t.Errorf("register %v, year %v: cohort %q, want %q", c.register, c.year, got, c.cohort)
		}
	}
}

// A tenant's scale of the year decides whether letting to it counts.
func TestLettingAsksForTheScaleOfTheYear(t *testing.T) {
	for _, above := range []bool{false, true} {
		rows := rated(1, func(int) float64 { return 100 })
		rows.Firms = append(rows.Firms, firm(10, !above))
		rows.Occupancies = append(rows.Occupancies, holds(1, 10, "lease", m2(0)))
		tenant := filed(10, 0, 0, 0, 1)
		tenant.AboveScale = parcels.Some(above)
		rows.Figures = append(rows.Figures, tenant)
		rows.Firms[0].AboveScale = parcels.Some(false)
		want := 90.0
		if above {
			want = 100
		}
		near(t, "points", run(t, rows, ratingByTax(t, wenling), someDay).Firms[0].Points, want, 1e-9)
	}
}

// domain §3.7: land that the government has not delivered, and public roads and green on the certificate, are left out where the set says
// so; shares of the parcel stay what they are.
func TestLandLeftOutOfTheDenominator(t *testing.T) {
	const mu = 2000.0 / 3
	for name, c := range map[string]struct {
		set                 string
		undelivered, public float64 // mu
		want                float64 // mu; 0 for not rated
	}{
		"nothing is left out by itself":       {"", 12, 3, 30},
		"not delivered":                       {"  exclude_undelivered: true\n", 12, 3, 18},
		"public":                              {"  exclude_public: true\n", 12, 3, 27},
		"both":                                {"  exclude_undelivered: true\n  exclude_public: true\n", 12, 3, 15},
		"never more than the certificate has": {"  exclude_undelivered: true\n  exclude_public: true\n", 25, 10, 0},
	} {
		t.Run(name, func(t *testing.T) {
			rows := rated(1, func(int) float64 { return 100 })
			rows.Parcels[0] = plot(1, 30)
			rows.Parcels[0].UndeliveredM2, rows.Parcels[0].PublicM2 = parcels.Some(c.undelivered*mu), parcels.Some(c.public*mu)
			s := run(t, rows, ratingByTax(t, c.set), someDay)
			if land, ok := s.Firms[0].LandMu.Get(); ok != (c.want > 0) || ok && (land < c.want-1e-9 || land > c.want+1e-9) {
				t.Errorf("rated on %v mu, want %v", s.Firms[0].LandMu, c.want)
			}
			near(t, "the parcel keeps its land", s.Parcels[0].LandMu, 30, 1e-9)
			said := strings.Contains(s.ExplainFirm(0)[1].Inputs[0].Name, "已扣除未交付或公共用地")
			if said != (c.want < 30) {
				t.Errorf("said: %v in %+v", said, s.ExplainFirm(0)[1].Inputs[0])
			}
		})
	}
}
