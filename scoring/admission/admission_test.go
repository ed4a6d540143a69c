package admission_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/admission"
)

const (
	asOf   = "2026-11-22"
	inYear = 2025
)

func shipped(t testing.TB) scoring.Book {
	t.Helper()
	files, err := filepath.Glob("../../seeds/rules/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rule sets: %v", err)
	}
	var book scoring.Book
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set, err := scoring.ParseRuleSet(filepath.Base(name), text)
		if err != nil {
			t.Fatal(err)
		}
		book.Sets = append(book.Sets, set)
	}
	return book
}

// byTax is an evaluation of all by tax per mu with base 10 and, for those that state it, R&D; A to D at 20, 60, 95 and 100 %.
const byTax = `
id: test
kind: evaluation
title: test
valid_from: 2010-01-01
applies_to: [QM, GQ]
verified: true
evaluation:
  tax: [vat_wan]
  cohorts:
    - id: above_scale
      indicators:
        - {id: I1, weight: 60, base: {kind: fixed, value: 10}, cap_factor: 1.5, missing: not_rated}
        - {id: I2, weight: 40, base: {kind: cohort_mean}, missing: cohort_mean_points}
      bounds: [{class: A, upto: 20%}, {class: B, upto: 60%}, {class: C, upto: 95%}, {class: D, upto: 1}]
`

func code(n int) string { return fmt.Sprintf("350502001001GB%05d", n) }
func uscc(n int) string { return fmt.Sprintf("91359900%09dX", n) }

func square(lon, lat, size float64) geo.Shape {
	return geo.Shape{{{{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}}}}
}

func wan(v float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(v)
	if err != nil {
		panic(err)
	}
	return parcels.Some(w)
}

// zone has firms on 10 mu each with tax per mu of 2, 4, 6, 8 and output and value added ten and five times that, all in 清濛, and one
// with tax per mu of 100 in 官桥. The parcel of firm n lies at 118.58 + 0.01 n.
func zone() parcels.Rows {
	start := parcels.MustDate("2010-01-01")
	rows := parcels.Rows{}
	for n, tax := range []float64{2, 4, 6, 8, 100} {
		park := "QM"
		if n == 4 {
			park = "GQ"
		}
		rows.Parcels = append(rows.Parcels, parcels.Parcel{
			Code: code(n), Park: park, UseScheme: "ydyh2023", UseCode: "1001", State: parcels.StateInUse,
			TitleAreaM2: parcels.Some(20_000.0 / 3), ValidFrom: start, Shape: square(118.58+0.01*float64(n), 24.87, 0.001),
		})
		rows.Firms = append(rows.Firms, parcels.Firm{USCC: uscc(n), Name: "演示企业", Industry: "1951", AboveScale: parcels.Some(true), RegisteredOn: start})
		rows.Occupancies = append(rows.Occupancies, parcels.Occupancy{Parcel: code(n), USCC: uscc(n), Tenure: "own", From: start})
		rows.Figures = append(rows.Figures, parcels.Figures{USCC: uscc(n), Year: inYear, VATWan: wan(10 * tax), OutputWan: wan(100 * tax), ValueAddedWan: wan(50 * tax)})
	}
	rows.Parks = []parcels.Park{{Code: "QM", Shape: square(118.57, 24.85, 0.06)}}
	rows.Zones = []parcels.Zone{
		{ID: "L1", Park: "QM", Kind: parcels.ZoneBlockLine, Level: 1, Name: "一级", ValidFrom: start, Shape: square(118.579, 24.86, 0.015)},
		{ID: "L2", Park: "QM", Kind: parcels.ZoneBlockLine, Level: 2, Name: "二级", ValidFrom: start, Shape: square(118.599, 24.86, 0.015)},
		{ID: "R1", Park: "QM", Kind: parcels.ZoneRedLine, Name: "红线", ValidFrom: start, Shape: square(118.6109, 24.8705, 0.01)},
	}
	return rows
}

func run(t testing.TB, rows parcels.Rows) *scoring.Scores {
	t.Helper()
	book := shipped(t)
	for i := len(book.Sets) - 1; i >= 0; i-- {
		if book.Sets[i].Kind == scoring.KindEvaluation {
			book.Sets = append(book.Sets[:i], book.Sets[i+1:]...)
		}
	}
	set, err := scoring.ParseRuleSet("test.yaml", []byte(byTax))
	if err != nil {
		t.Fatal(err)
	}
	book.Sets = append(book.Sets, set)
	s, err := scoring.Run(scoring.Input{
		Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), rows), Year: inYear, AsOf: parcels.MustDate(asOf), Rules: book,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// example is domain §5.2's project on 30 mu with the least 福州 asks: 350, 300 and 25 万元/亩.
func example() *admission.Project {
	p := &admission.Project{
		Park: "QM", Industry: "1951", LandMu: 30,
		Storeys:       []parcels.Storey{{FloorM2: 6000, HeightM: 9}, {FloorM2: 6000, HeightM: 4.5}, {FloorM2: 2000, HeightM: 3.6}},
		BuiltGroundM2: parcels.Some(8000.0), OfficeFloorM2: parcels.Some(2000.0),
		FAIWan: wan(30 * 350), TaxWan: wan(30 * 25), AboveScale: parcels.Some(true),
	}
	p.Figures.OutputWan, p.Figures.ValueAddedWan = wan(30*300), wan(30*30)
	return p
}

func try(t testing.TB, s *scoring.Scores, p *admission.Project) *admission.Result {
	t.Helper()
	if found := p.Check(); len(found) > 0 {
		t.Fatalf("%v", found)
	}
	r, err := admission.Try(s, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func find(t testing.TB, r *admission.Result, kind, indicator string, atMost bool) admission.Test {
	t.Helper()
	for _, test := range r.Tests {
		if test.Kind == kind && test.Indicator == indicator && test.AtMost == atMost {
			return test
		}
	}
	t.Fatalf("no test %s %s", kind, indicator)
	return admission.Test{}
}

func near(t *testing.T, what string, got parcels.Opt[float64], want float64) {
	t.Helper()
	if v, ok := got.Get(); !ok || math.Abs(v-want) > 1e-6*max(1, math.Abs(want)) {
		t.Errorf("%s = %v (present %t), want %v", what, v, ok, want)
	}
}

// TestWorkedExample: domain §5.2. FAR 1.00 with the doubled storey, coefficient 40 %, offices 14.29 % of floor: the land test fails, the
// floor test passes, and both are shown.
func TestWorkedExample(t *testing.T) {
	r := try(t, run(t, zone()), example())
	for _, c := range []struct {
		kind, indicator string
		atMost          bool
		value           float64
		outcome         string
		margin          float64
	}{
		{"control", "far", false, 1.0, scoring.Unknown, math.NaN()},
		{"control", "coefficient", false, 40, scoring.Passed, 0},
		{"control", "office_land", true, 100.0 / 7, scoring.Failed, 7 - 100.0/7},
		{"control", "office_floor", true, 100.0 / 7, scoring.Passed, 15 - 100.0/7},
		{"admission", "fai_per_mu", false, 350, scoring.Passed, 0},
		{"admission", "output_per_mu", false, 300, scoring.Passed, 0},
		{"admission", "tax_per_mu", false, 25, scoring.Passed, 0},
		{"planning", "far", true, 1.0, scoring.Unknown, math.NaN()},
	} {
		got := find(t, r, c.kind, c.indicator, c.atMost)
		near(t, c.kind+" "+c.indicator, got.Value, c.value)
		if got.Outcome != c.outcome || len(got.Inputs) == 0 || got.Title.Zh == "" || got.Title.En == "" {
			t.Errorf("%s %s: %+v, want %s", c.kind, c.indicator, got, c.outcome)
		}
		if math.IsNaN(c.margin) != !got.Margin.OK() {
			t.Errorf("%s %s: margin %v", c.kind, c.indicator, got.Margin)
		} else if got.Margin.OK() {
			near(t, c.indicator+" margin", got.Margin, c.margin)
		}
	}
	if r.Passed+r.Failed+r.Unknown != len(r.Tests) || r.Failed != 1 {
		t.Errorf("%d passed, %d failed, %d unknown of %d", r.Passed, r.Failed, r.Unknown, len(r.Tests))
	}
	if notice := find(t, r, "admission", "tax_per_mu", false).Rule.Notice; !strings.Contains(notice, "邻市参考") {
		t.Errorf("the notice is %q", notice)
	}
}

// TestRequirements: every requirement at its limit, just below it, for electronics, in other tiers, and where the value was not found.
func TestRequirements(t *testing.T) {
	s := run(t, zone())
	for _, c := range []struct {
		name, tier, industry, indicator string
		perMu                           float64
		want                            string
	}{
		{"investment at 350", "", "1951", "fai_per_mu", 350, scoring.Passed},
		{"investment below", "", "1951", "fai_per_mu", 349.999, scoring.Failed},
		{"output at 300", "", "1951", "output_per_mu", 300, scoring.Passed},
		{"output below", "", "1951", "output_per_mu", 299.999, scoring.Failed},
		{"tax at 25", "", "1951", "tax_per_mu", 25, scoring.Passed},
		{"tax below", "", "1951", "tax_per_mu", 24.999, scoring.Failed},
		{"electronics: investment at 400", "", "3982", "fai_per_mu", 400, scoring.Passed},
		{"electronics: investment below", "", "3982", "fai_per_mu", 399.999, scoring.Failed},
		{"electronics: output at 600", "", "39", "output_per_mu", 600, scoring.Passed},
		{"electronics: output below", "", "39", "output_per_mu", 599.999, scoring.Failed},
		{"electronics: tax as for all", "", "39", "tax_per_mu", 25, scoring.Passed},
		{"electrical machinery is no electronics", "", "38", "fai_per_mu", 350, scoring.Passed},
		{"no industry: below every requirement", "", "", "fai_per_mu", 349.999, scoring.Failed},
		{"no industry: enough for most", "", "", "fai_per_mu", 380, scoring.Unknown},
		{"no industry: just below the greatest", "", "", "fai_per_mu", 399.999, scoring.Unknown},
		{"no industry: enough for all", "", "", "fai_per_mu", 400, scoring.Passed},
		{"no industry: one requirement for all", "", "", "tax_per_mu", 25, scoring.Passed},
		{"coast: tax at 20", "coastal", "1951", "tax_per_mu", 20, scoring.Passed},
		{"coast: tax below", "coastal", "1951", "tax_per_mu", 19.999, scoring.Failed},
		{"coast: investment at 270", "coastal", "1951", "fai_per_mu", 270, scoring.Passed},
		{"coast: output below 260", "coastal", "1951", "output_per_mu", 259.999, scoring.Failed},
		{"mountains: investment at 220", "mountain", "1951", "fai_per_mu", 220, scoring.Passed},
		{"mountains: output at 140", "mountain", "1951", "output_per_mu", 140, scoring.Passed},
		{"mountains: output below", "mountain", "1951", "output_per_mu", 139.999, scoring.Failed},
		{"mountains: tax was not found", "mountain", "1951", "tax_per_mu", 1000, scoring.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := example()
			p.Tier, p.Industry = c.tier, c.industry
			p.FAIWan, p.TaxWan, p.Figures.OutputWan = wan(30*c.perMu), wan(30*c.perMu), wan(30*c.perMu)
			if got := find(t, try(t, s, p), "admission", c.indicator, false); got.Outcome != c.want {
				t.Errorf("%s, want %s: %+v", got.Outcome, c.want, got)
			}
		})
	}
}

func TestMissingIsNotDecided(t *testing.T) {
	r := try(t, run(t, zone()), &admission.Project{Park: "QM", Industry: "1951", LandMu: 30})
	if r.Unknown != len(r.Tests) || r.Passed+r.Failed != 0 {
		t.Errorf("of nothing stated %d passed and %d failed", r.Passed, r.Failed)
	}
	for _, test := range r.Tests {
		if test.Note.Zh == "" || test.Note.En == "" {
			t.Errorf("%s %s does not say why", test.Kind, test.Indicator)
		}
	}
	for _, k := range r.Ranks {
		if k.Rank != 0 || k.Note.Zh == "" || k.Note.En == "" {
			t.Errorf("%+v", k)
		}
	}
}

// TestPlannedRatio: the contract asks for 0.8 to 2.0; a plain floor area without heights is a lower bound.
func TestPlannedRatio(t *testing.T) {
	for _, c := range []struct {
		name        string
		far         float64
		plain       bool // heights not stated
		least, most string
	}{
		{"within", 1.5, false, scoring.Passed, scoring.Passed},
		{"at the least", 0.8, false, scoring.Passed, scoring.Passed},
		{"below", 0.7999, false, scoring.Failed, scoring.Passed},
		{"at the most", 2.0, false, scoring.Passed, scoring.Passed},
		{"above", 2.0001, false, scoring.Passed, scoring.Failed},
		{"lower bound above the least", 0.8, true, scoring.Passed, scoring.Unknown},
		{"lower bound below the least", 0.7, true, scoring.Unknown, scoring.Unknown},
		{"lower bound above the most", 2.1, true, scoring.Passed, scoring.Failed},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := zone()
			rows.Zones = nil // outside the block lines no document speaks of more
			rows.Parcels[1].Contract.MinFAR, rows.Parcels[1].Contract.MaxFAR = parcels.Some(0.8), parcels.Some(2.0)
			p := &admission.Project{Park: "QM", Parcel: code(1), LandMu: 10}
			if c.plain {
				p.FloorM2 = parcels.Some(c.far * 20_000 / 3)
			} else {
				p.FARFloorM2 = parcels.Some(c.far * 20_000 / 3)
			}
			r := try(t, run(t, rows), p)
			if got := find(t, r, "planning", "far", false).Outcome; got != c.least {
				t.Errorf("least: %s, want %s", got, c.least)
			}
			if got := find(t, r, "planning", "far", true).Outcome; got != c.most {
				t.Errorf("most: %s, want %s", got, c.most)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	s := run(t, zone())
	for _, c := range []struct {
		name       string
		parcel     string
		at         *geo.Point
		red, block string
	}{
		{"none", "", nil, scoring.Unknown, scoring.Unknown},
		{"level 1", "", &geo.Point{118.585, 24.865}, scoring.Passed, scoring.Passed},
		{"level 2", "", &geo.Point{118.605, 24.865}, scoring.Passed, scoring.Passed},
		{"between the lines", "", &geo.Point{118.597, 24.865}, scoring.Passed, scoring.Unknown},
		{"in the red line", "", &geo.Point{118.615, 24.8755}, scoring.Failed, scoring.Unknown},
		{"parcel in level 1", code(0), nil, scoring.Passed, scoring.Passed},
		{"parcel whose corner is in the red line", code(3), nil, scoring.Failed, scoring.Passed},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &admission.Project{Park: "QM", Parcel: c.parcel, At: c.at, LandMu: 10}
			r := try(t, s, p)
			red, block := find(t, r, "place", "red_line", false), find(t, r, "place", "block_line", false)
			if red.Outcome != c.red || block.Outcome != c.block {
				t.Errorf("red line %s, block line %s; want %s, %s", red.Outcome, block.Outcome, c.red, c.block)
			}
			if red.Rule.Document == "" || block.Rule.Document == "" {
				t.Error("no document")
			}
		})
	}
	rows := zone()
	rows.Zones = nil
	r := try(t, run(t, rows), &admission.Project{Park: "QM", At: &geo.Point{118.585, 24.865}, LandMu: 10})
	if got := find(t, r, "place", "red_line", false); got.Outcome != scoring.Unknown {
		t.Errorf("without a red line on file it is %s", got.Outcome)
	}
}

// TestRanks by hand. 清濛 has tax per mu of 8, 6, 4, 2; five firms are ranked by points, those of 官桥 with them.
// I1: 60 × tax/10, at most 90. I2: value added per mu is 5 × tax; its mean over the cohort is Σ 50·tax / 50 mu = 5 × 24 = 120; 40 × 5·tax/120.
// Points: tax 2 → 12 + 3.3333; 4 → 24 + 6.6667; 6 → 36 + 10; 8 → 48 + 13.3333; 100 → 90 + 166.6667.
func TestRanks(t *testing.T) {
	s := run(t, zone())
	for _, c := range []struct {
		name          string
		taxPerMu      float64
		addedPerMu    float64 // < 0: not stated
		tax, of       int
		points        float64
		rank, ranked  int
		class         scoring.Class
		filledSecond  bool
		pointsOfFirst float64
	}{
		// 42 + 40 × 36/120 = 54: between 61.3333 (tax 8) and 46 (tax 6): 3 of 6, 3/6 ≤ 60 % → B.
		{"between", 7, 36, 2, 5, 54, 3, 6, scoring.ClassB, false, 42},
		// equal to the firm with 6: both third of 6, and second by tax of 5.
		{"a tie takes the better rank", 6, 30, 2, 5, 46, 3, 6, scoring.ClassB, false, 36},
		// 34.8 + 40 × 29/120 = 44.4667, less than a point and less than a 万元/亩 below the firm with 6.
		{"little less is less", 5.8, 29, 3, 5, 34.8 + 29.0/3, 4, 6, scoring.ClassC, false, 34.8},
		{"the last", 1, 5, 5, 5, 6 + 5.0/3, 6, 6, scoring.ClassD, false, 6},
		// 60 × 30 / 10 = 180, capped at 90; 40 × 600/120 = 200.
		{"capped, the first", 30, 600, 1, 5, 290, 1, 6, scoring.ClassA, false, 90},
		// The mean of the second item's points: 40 × 5 × (2+4+6+8+100)/5 / 120 = 40.
		{"filled by the mean", 7, -1, 2, 5, 82, 2, 6, scoring.ClassB, true, 42},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := example()
			p.TaxWan, p.Figures.ValueAddedWan = wan(30*c.taxPerMu), parcels.Opt[parcels.Wan]{}
			if c.addedPerMu >= 0 {
				p.Figures.ValueAddedWan = wan(30 * c.addedPerMu)
			}
			r := try(t, s, p)
			if tax := r.Ranks[0]; tax.By != "tax_per_mu" || tax.Rank != c.tax || tax.Of != c.of {
				t.Errorf("by tax %d of %d, want %d of %d", tax.Rank, tax.Of, c.tax, c.of)
			}
			points := r.Ranks[2]
			near(t, "points", points.Value, c.points)
			if points.Rank != c.rank || points.Of != c.ranked || points.Class != c.class || points.Cohort != "above_scale" {
				t.Errorf("%d of %d, class %s; want %d of %d, %s", points.Rank, points.Of, points.Class, c.rank, c.ranked, c.class)
			}
			if points.Items[1].Filled != c.filledSecond || math.Abs(points.Items[0].Points-c.pointsOfFirst) > 1e-9 || math.Abs(points.Items[1].Base-120) > 1e-9 {
				t.Errorf("%+v", points.Items)
			}
		})
	}
	p := example() // output 300 per mu is more than the best firm's 80
	if output := try(t, s, p).Ranks[1]; output.Rank != 1 || output.Of != 5 {
		t.Errorf("by output %d of %d", output.Rank, output.Of)
	}
	p.TaxWan = parcels.Opt[parcels.Wan]{}
	if points := try(t, s, p).Ranks[2]; points.Rank != 0 || points.Class != "" {
		t.Errorf("without tax, which the set demands: %+v", points)
	}
	p = example()
	p.AboveScale = parcels.Some(false)
	if points := try(t, s, p).Ranks[2]; points.Rank != 0 || points.Note.En == "" {
		t.Errorf("in a cohort the set does not have: %+v", points)
	}
}

// TestInsertedFirmRanksAlike: the run itself, given the project as one more firm with a fixed base, ranks it as Try does.
func TestInsertedFirmRanksAlike(t *testing.T) {
	fixed := strings.Replace(byTax, "{kind: cohort_mean}", "{kind: fixed, value: 120}", 1)
	set, err := scoring.ParseRuleSet("fixed.yaml", []byte(fixed))
	if err != nil {
		t.Fatal(err)
	}
	for _, tax := range []float64{1, 2, 5, 8, 9, 101} {
		rows := zone()
		score := func() *scoring.Scores {
			s, err := scoring.Run(scoring.Input{
				Snapshot: parcels.NewSnapshot(1, parcels.MustDate(asOf), rows), Year: inYear, AsOf: parcels.MustDate(asOf),
				Rules: scoring.Book{Sets: []scoring.RuleSet{set}},
			})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		p := &admission.Project{Park: "QM", LandMu: 10, TaxWan: wan(10 * tax), AboveScale: parcels.Some(true)}
		p.Figures.ValueAddedWan = wan(50 * tax)
		got := try(t, score(), p).Ranks[2]
		more := rows.Parcels[0]
		more.Code = code(9)
		rows.Parcels = append(rows.Parcels, more)
		rows.Firms = append(rows.Firms, parcels.Firm{USCC: uscc(9), AboveScale: parcels.Some(true)})
		rows.Occupancies = append(rows.Occupancies, parcels.Occupancy{Parcel: code(9), USCC: uscc(9), Tenure: "own", From: parcels.MustDate("2010-01-01")})
		rows.Figures = append(rows.Figures, parcels.Figures{USCC: uscc(9), Year: inYear, VATWan: wan(10 * tax), ValueAddedWan: wan(50 * tax)})
		s := score()
		for _, f := range s.Firms {
			if f.USCC == uscc(9) && (f.Rank != got.Rank || f.Of != got.Of || f.Class != got.Class || math.Abs(f.Points.Or(0)-got.Value.Or(-1)) > 1e-9) {
				t.Errorf("tax %v: %d of %d %s %v, the run says %d of %d %s %v", tax, got.Rank, got.Of, got.Class, got.Value, f.Rank, f.Of, f.Class, f.Points)
			}
		}
	}
}

// TestCohortOfAProject: land of exactly the limit is not small.
func TestCohortOfAProject(t *testing.T) {
	e := scoring.Evaluation{SmallBelowMu: 3, Cohorts: []scoring.Cohort{{ID: "above_scale"}, {ID: "below_scale"}, {ID: "below_scale_small"}}}
	for _, c := range []struct {
		above bool
		mu    float64
		want  string
	}{{true, 1, "above_scale"}, {false, 3, "below_scale"}, {false, 2.9999, "below_scale_small"}} {
		if got, _ := e.CohortFor(c.above, c.mu, "1951"); got == nil || got.ID != c.want {
			t.Errorf("%v: %+v", c, got)
		}
	}
}

func TestRefusals(t *testing.T) {
	s := run(t, zone())
	for _, c := range []struct {
		name string
		p    admission.Project
		want error
	}{
		{"park", admission.Project{Park: "XX", LandMu: 1}, admission.ErrUnknownPark},
		{"parcel", admission.Project{Park: "QM", Parcel: code(77), LandMu: 1}, admission.ErrUnknownParcel},
		{"parcel of another park", admission.Project{Park: "QM", Parcel: code(4), LandMu: 1}, admission.ErrUnknownParcel},
		{"tier", admission.Project{Park: "QM", Tier: "none", LandMu: 1}, admission.ErrUnknownTier},
	} {
		if _, err := admission.Try(s, &c.p); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	for _, c := range []struct {
		member string
		change func(*admission.Project)
	}{
		{"park", func(p *admission.Project) { p.Park = "" }},
		{"land_mu", func(p *admission.Project) { p.LandMu = 0 }},
		{"land_mu", func(p *admission.Project) { p.LandMu = math.NaN() }},
		{"land_mu", func(p *admission.Project) { p.LandMu = 100_001 }},
		{"industry", func(p *admission.Project) { p.Industry = "shoes" }},
		{"office_land_m2", func(p *admission.Project) { p.OfficeLandM2 = parcels.Some(20_001.0) }},
		{"office_floor_m2", func(p *admission.Project) { p.OfficeFloorM2 = parcels.Some(14_001.0) }},
		{"built_ground_m2", func(p *admission.Project) { p.BuiltGroundM2 = parcels.Some(-1.0) }},
		{"built_ground_m2", func(p *admission.Project) { p.BuiltGroundM2 = parcels.Some(20_001.0) }},
		{"floor_m2", func(p *admission.Project) { p.FloorM2, p.FARFloorM2 = parcels.Some(2000.1), parcels.Some(2000.0) }},
		{"storeys", func(p *admission.Project) { p.Storeys[0].HeightM = -1 }},
		{"fai_wan", func(p *admission.Project) { p.FAIWan = wan(-12_000) }},
		{"output_wan", func(p *admission.Project) { p.Figures.OutputWan = wan(-0.000001) }},
		{"revenue_wan", func(p *admission.Project) { p.Figures.RevenueWan = wan(-300) }},
		{"tax_wan", func(p *admission.Project) { p.TaxWan = wan(-1) }},
		{"rd_wan", func(p *admission.Project) { p.Figures.RDWan = wan(-1) }},
		{"energy_tce", func(p *admission.Project) { p.Figures.EnergyTce = parcels.Some(-10.0) }},
		{"emissions_t", func(p *admission.Project) { p.Figures.EmissionsT = parcels.Some(-1.0) }},
		{"staff", func(p *admission.Project) { p.Figures.Staff = parcels.Some(-5.0) }},
		{"staff", func(p *admission.Project) { p.Figures.Staff = parcels.Some(math.NaN()) }},
		{"electricity_mwh", func(p *admission.Project) { p.Figures.ElectricityMWh = parcels.Some(-1.0) }},
		{"storeys", func(p *admission.Project) { p.Storeys = make([]parcels.Storey, 501) }},
	} {
		p := example()
		c.change(p)
		found := p.Check()
		if len(found) == 0 || found[0].Member != c.member || found[0].Reason.Zh == "" || found[0].Reason.En == "" {
			t.Errorf("%s: %v", c.member, found)
		}
	}
}

// TestLossIsNoError: value added may be negative, and nothing is a number.
func TestLossIsNoError(t *testing.T) {
	p := example()
	p.Figures.ValueAddedWan, p.TaxWan, p.Figures.Staff = wan(-300), wan(0), parcels.Some(0.0)
	if found := p.Check(); len(found) > 0 {
		t.Errorf("%v", found)
	}
}

// TestStoreyHeight: domain §14 vector 6. Exactly 8.0 m counts once, 8.01 m twice.
func TestStoreyHeight(t *testing.T) {
	s := run(t, zone())
	for height, want := range map[float64]float64{8.0: 0.7, 8.01: 1.0} {
		p := example()
		p.Storeys[0].HeightM = height
		near(t, fmt.Sprint(height), find(t, try(t, s, p), "control", "far", false).Value, want)
	}
}
