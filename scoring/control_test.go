package scoring_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

func judged(t testing.TB, set scoring.RuleSet, indicator string, f scoring.ControlFacts) scoring.Judged {
	t.Helper()
	for _, j := range set.Control.Judge(set.Ref(), &f) {
		if j.Indicator == indicator {
			return j
		}
	}
	t.Fatalf("%s has no row for %s", set.ID, indicator)
	return scoring.Judged{}
}

// TestIndustryEditions: domain §5.3. Electronics is 39 in 2017 and 40 in 2002; 39 of 2002 is electrical machinery with 0.7, so a table
// of 2002 joined with codes of 2017 would give electronics 0.7 instead of 1.0.
func TestIndustryEditions(t *testing.T) {
	set := shippedSet(t, "control.2008")
	for _, c := range []struct {
		name, industry  string
		least, greatest float64 // 0: no value
		codes           string
	}{
		{"electronics", "39", 1.0, 0, "40"},
		{"electronic components", "3982", 1.0, 0, "40"},
		{"electrical machinery", "38", 0.7, 0, "39"},
		{"instruments", "40", 1.0, 0, "41"},
		{"general machinery", "34", 0.7, 0, "35"},
		{"special machinery", "3551", 0.7, 0, "36"},
		{"automobiles", "36", 0.7, 0, "37"},
		{"metal products", "33", 0.7, 0, "34"},
		{"textiles", "1711", 0.8, 0, "17"},
		{"garments", "1811", 1.0, 0, "18"},
		{"leather", "191", 1.0, 0, "19"},
		{"shoes were spread over four divisions", "1951", 0.8, 1.0, "18 19 29 30"},
		{"rubber and plastics were two divisions", "29", 0.8, 1.0, "29 30"},
		{"rubber", "2911", 0.8, 0, "29"},
		{"plastics", "2921", 1.0, 0, "30"},
		{"pharmaceuticals", "2710", 0.7, 0, "27"},
		{"not in the crosswalk", "43", 0, 0, ""},
		{"tobacco has no row", "16", 0, 0, ""},
		{"not on file", "", 0, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := judged(t, set, "far", scoring.ControlFacts{Industry: c.industry, FAR: m2(0.9)})
			if got := strings.Join(j.Codes, " "); got != c.codes {
				t.Errorf("codes %q, want %q", got, c.codes)
			}
			if got := j.Limit.Or(0); got != c.least || j.Upper.Or(0) != c.greatest {
				t.Errorf("limit %v to %v, want %v to %v", got, j.Upper.Or(0), c.least, c.greatest)
			}
			if c.least == 0 && (j.Outcome != scoring.Unknown || j.Note.Zh == "" || j.Note.En == "") {
				t.Errorf("no value, yet %s with the note %q", j.Outcome, j.Note)
			}
		})
	}
	if naive := set.Control.Rows[0].Industries["39"]; naive != 0.7 {
		t.Errorf("control: the code 39 of the table has %v; the trap is gone", naive)
	}
}

// TestSpreadWithAGap: where one of the codes an industry was spread over has no value, nobody knows the range.
func TestSpreadWithAGap(t *testing.T) {
	text, err := os.ReadFile("../seeds/rules/control.2008.yaml")
	if err != nil {
		t.Fatal(err)
	}
	set := parse(t, strings.Replace(string(text), "        \"29\": 0.8\n", "", 1))
	if j := judged(t, set, "far", scoring.ControlFacts{Industry: "195", FAR: m2(3)}); j.Limit.OK() || j.Outcome != scoring.Unknown {
		t.Errorf("%+v", j)
	}
}

func TestControlLimits(t *testing.T) {
	of2008, of2023 := shippedSet(t, "control.2008"), shippedSet(t, "control.2023")
	for _, c := range []struct {
		name, indicator, industry string
		set                       scoring.RuleSet
		value                     float64
		want                      string
		margin                    float64
	}{
		{"electronics at its floor", "far", "39", of2008, 1.0, scoring.Passed, 0},
		{"electronics below, where the naive row would pass", "far", "39", of2008, 0.99, scoring.Failed, -0.01},
		{"shoes below the least", "far", "195", of2008, 0.79, scoring.Failed, -0.01},
		{"shoes at the least", "far", "195", of2008, 0.8, scoring.Unknown, 0},
		{"shoes between", "far", "195", of2008, 0.9, scoring.Unknown, 0.1},
		{"shoes at the greatest", "far", "195", of2008, 1.0, scoring.Passed, 0.2},
		{"no table in 2023", "far", "39", of2023, 3.0, scoring.Unknown, math.NaN()},
		{"coefficient of 2008, met", "coefficient", "39", of2008, 0.30, scoring.Passed, 0},
		{"coefficient of 2008, missed", "coefficient", "39", of2008, 0.2999, scoring.Failed, -0.01},
		{"coefficient of 2023, met", "coefficient", "39", of2023, 0.40, scoring.Passed, 0},
		{"coefficient of 2023, missed", "coefficient", "39", of2023, 0.3999, scoring.Failed, -0.01},
		{"office land, met", "office_land", "39", of2023, 0.07, scoring.Passed, 0},
		{"office land, missed", "office_land", "39", of2023, 0.0701, scoring.Failed, -0.01},
		{"office floor, met", "office_floor", "39", of2023, 0.15, scoring.Passed, 0},
		{"office floor, missed", "office_floor", "39", of2023, 0.1501, scoring.Failed, -0.01},
		{"green of 2008, met", "green", "39", of2008, 0.20, scoring.Passed, 0},
		{"green of 2008, missed", "green", "39", of2008, 0.21, scoring.Failed, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := m2(c.value)
			j := judged(t, c.set, c.indicator, scoring.ControlFacts{Industry: c.industry, FAR: v, Coefficient: v, OfficeLand: v, OfficeFloor: v, Green: v})
			if j.Outcome != c.want {
				t.Errorf("%s, want %s (%v)", j.Outcome, c.want, j.Note)
			}
			if math.IsNaN(c.margin) {
				if j.Margin.OK() {
					t.Errorf("a margin of %v without a limit", j.Margin.Or(0))
				}
				return
			}
			near(t, "margin", j.Margin, c.margin, 1e-9)
		})
	}
}

// TestControlRounding: a sum of floats that should be 0.8 and is 0.7999999999999999 meets 0.8, and limits in per cent carry no dust.
func TestControlRounding(t *testing.T) {
	tenth, rest := 0.1, 0.7
	if tenth+rest >= 0.8 {
		t.Fatal("control: this sum does not fall short")
	}
	if j := judged(t, shippedSet(t, "control.2008"), "far", scoring.ControlFacts{Industry: "17", FAR: m2(tenth + rest)}); j.Outcome != scoring.Passed || j.Margin.Or(1) != 0 {
		t.Errorf("%s by %v", j.Outcome, j.Margin)
	}
	for indicator, want := range map[string]float64{"coefficient": 40, "office_land": 7, "office_floor": 15} {
		if j := judged(t, shippedSet(t, "control.2023"), indicator, scoring.ControlFacts{}); j.Limit.Or(0) != want {
			t.Errorf("%s is limited to %v", indicator, j.Limit.Or(0))
		}
	}
}

// control52 is the parcel of domain §5.2: 20 000 m² of land; storeys of 6000 m² at 9.0 m, 6000 at 4.5 m and 2000 (offices) at 3.6 m;
// structures 800 m², yards 1200 m². The footprint is drawn, and stands in for the example's 6000 m².
func control52(t *testing.T) (*scoring.Scores, float64) {
	p := plot(1, 30)
	p.WorksAreaM2, p.YardAreaM2, p.GreenAreaM2 = m2(800), m2(1200), m2(2000)
	p.Contract.FAIWan = wan(30 * 350)
	main, office := plant("P", 1, 0), plant("O", 1, 0)
	main.Storeys = []parcels.Storey{{FloorM2: 6000, HeightM: 9}, {FloorM2: 6000, HeightM: 4.5}}
	main.Shape = box(0, 0, 100, 60)
	office.Use, office.Storeys, office.Shape = "office", []parcels.Storey{{FloorM2: 2000, HeightM: 3.6}}, nil
	f := firm(1, true)
	f.Industry = "3982"
	s := run(t, parcels.Rows{
		Parcels: []parcels.Parcel{p}, Buildings: []parcels.Building{main, office}, Firms: []parcels.Firm{f},
		Occupancies: []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})},
	}, shipped(t), someDay)
	return s, s.Parcels[0].FootprintM2.Or(0)
}

// TestControlOfAParcel: domain §5.2. FAR 28 000/20 000... is not the example's: its first storey counts twice, (12 000 + 6000 + 2000)
// / 20 000 = 1.00. Offices are 2000 of 14 000 m² of floor = 14.2857 %, which breaks 7 % of land and keeps 15 % of floor.
func TestControlOfAParcel(t *testing.T) {
	s, footprint := control52(t)
	for _, c := range []struct {
		set       string
		indicator string
		value     float64
		want      string
	}{
		{"control.2008", "far", 1.0, scoring.Passed},
		{"control.2023", "far", 1.0, scoring.Unknown},
		{"control.2023", "coefficient", 100 * (footprint + 2000) / 20_000, scoring.Passed},
		{"control.2023", "office_land", 100.0 / 7, scoring.Failed},
		{"control.2023", "office_floor", 100.0 / 7, scoring.Passed},
		{"control.2008", "green", 10, scoring.Passed},
		{"control.2023", "fai_per_mu", 350, scoring.Unknown},
	} {
		set := shippedSet(t, c.set)
		for _, j := range s.Control(0, &set) {
			if j.Indicator != c.indicator {
				continue
			}
			near(t, c.set+" "+c.indicator, j.Value, c.value, 1e-6)
			if j.Outcome != c.want || len(j.Inputs) == 0 || j.Rule.ID != c.set || j.Clause == "" {
				t.Errorf("%s %s: %+v, want %s", c.set, c.indicator, j, c.want)
			}
		}
	}
	if got := s.Control(0, nil); len(got) == 0 || got[0].Rule.ID != "control.2023" {
		t.Errorf("as of %s the set in force is not that of 2023", someDay)
	}
	near(t, "footprint", m2(footprint), 6000, 30) // drawn in degrees
}

// TestControlOfIncompleteBuildings: a building without storeys makes the ratio a lower bound, which may pass and never fail.
func TestControlOfIncompleteBuildings(t *testing.T) {
	set := shippedSet(t, "control.2008")
	for floor, want := range map[float64]string{20_000: scoring.Passed, 19_999: scoring.Unknown} {
		bare := plant("B", 1, 0)
		bare.Storeys = nil
		f := firm(1, true)
		f.Industry = "39"
		s := run(t, parcels.Rows{
			Parcels: []parcels.Parcel{plot(1, 30)}, Buildings: []parcels.Building{plant("A", 1, floor), bare}, Firms: []parcels.Firm{f},
			Occupancies: []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})},
		}, shipped(t), someDay)
		if j := s.Control(0, &set)[0]; j.Outcome != want {
			t.Errorf("%v m²: %s (%v), want %s", floor, j.Outcome, j.Note, want)
		}
	}
}

func TestControlRefusals(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile("../seeds/rules/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, c := range []struct{ name, file, old, new, reason string }{
		{"edition", "control.2008.yaml", "industry_edition: 2002", "industry_edition: 2011", "industry_edition must be"},
		{"edition left out", "control.2008.yaml", "industry_edition: 2002", "", "industry_edition must be"},
		{"two limits", "control.2008.yaml", "at_least: 0.30", "at_least: 0.30, at_most: 0.5", "one of at_least"},
		{"per cent as a share", "control.2008.yaml", "at_least: 0.30", "at_least: 30", "no share"},
		{"unknown indicator", "control.2008.yaml", "indicator: coefficient", "indicator: density", "not one of"},
		{"unknown force", "control.2008.yaml", "force: binding", "force: maybe", "not one of"},
		{"crossing twice", "control.2008.yaml", `from: "14"`, `from: "13"`, "stands twice"},
		{"crossing to nowhere", "control.2008.yaml", `to: ["13"]`, `to: []`, "leads nowhere"},
		{"bad code", "control.2008.yaml", `from: "13"`, `from: "C13"`, "no industry code"},
		{"no limit and no reason", "control.2023.yaml", "at_least: 0.40, ", "", "must say in note"},
		{"unknown scheme", "control.2023.yaml", "gb50137:", "gb5013:", "not one of"},
		{"tier", "admission.default.yaml", "tier: national", "tier: zone", "none of the tiers"},
		{"tier twice", "admission.default.yaml", "id: coastal", "id: national", "stands twice"},
		{"level", "admission.default.yaml", "block_line_levels: [1, 2]", "block_line_levels: [1, 3]", "levels 1 and 2"},
		{"requirement without value or reason", "admission.default.yaml", ", at_least: 270", "", "must say in note"},
		{"requirement on nothing", "admission.default.yaml", "indicator: tax_per_mu, at_least: 25", "indicator: profit, at_least: 25", "not one of"},
		{"open without a start", "stock.qingmeng.yaml", "max_far: 2.5, open: true", "open: true", "open upward"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(read(c.file), c.old, c.new, 1)
			if _, err := scoring.ParseRuleSet(c.file, []byte(text)); err == nil || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("%v, want %q", err, c.reason)
			}
		})
	}
	for _, c := range []struct{ name, file, old, new, reason string }{
		{"unreached code", "control.2008.yaml", `from: "39", to: ["40"]`, `from: "39", to: ["39"]`, "would never be used"},
		{"no source", "control.2008.yaml", "source: 对 2008 年版的引文", `source: ""`, "names no source"},
		{"requirement twice", "admission.default.yaml", `at_least: 400, industries: ["39"]`, `at_least: 400`, "stands twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, err := scoring.ParseRuleSet(c.file, []byte(strings.Replace(read(c.file), c.old, c.new, 1)))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, p := range set.Check(day("2010-01-01")) {
				found = found || strings.Contains(p.Reason, c.reason) && p.Line > 1
			}
			if !found {
				t.Errorf("%v, want %q", set.Check(day("2010-01-01")), c.reason)
			}
		})
	}
}

func TestControlEditionByDate(t *testing.T) {
	book := shipped(t)
	for day, want := range map[string]string{"2020-01-01": "control.2008", "2023-06-24": "control.2008", "2023-06-25": "control.2023", someDay: "control.2023"} {
		if got := book.Choose(scoring.KindControl, "QM", 2020, parcels.MustDate(day)); got.Set == nil || got.Set.ID != want || len(got.Overlaps) > 0 {
			t.Errorf("%s: %+v, want %s", day, got, want)
		}
	}
}
