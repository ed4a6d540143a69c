package scoring_test

import (
	"math"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

func replaceOnce(t *testing.T, text, old, with string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q occurs %d times", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, with, 1)
}

// poor is a parcel of 30 mu that fails investment (100 of 175 万元/亩) and benefit (1 of 5), and passes the others.
func poor() parcels.Rows {
	rows := rated(1, func(int) float64 { return 30 })
	rows.Zones = []parcels.Zone{blockLine(1, 1)}
	rows.Parcels[0] = plot(1, 30)
	rows.Parcels[0].Contract.FAIWan = wan(3000)
	rows.Parcels[0].YardAreaM2 = m2(10_000)
	rows.Buildings = []parcels.Building{plant("b", 1, 20_000)}
	rows.Figures[0].OutputWan = wan(30 * 150)
	return rows
}

func TestExitCandidate(t *testing.T) {
	s := run(t, poor(), shipped(t), someDay)
	if len(s.Exit) != 1 || s.Parcels[0].Exit != 0 {
		t.Fatalf("candidates %+v", s.Exit)
	}
	c := s.Exit[0]
	want := map[string]struct {
		value, limit float64
		failed       bool
	}{
		"fai_per_mu": {100, 175, true}, "benefit_per_mu": {1, 5, true}, "output_per_mu": {150, 150, false},
		"coefficient": {0, 30, false}, "far": {1, 0.8, false},
	}
	for _, test := range testsOf(s) {
		w := want[test.ID]
		if test.ID != "coefficient" {
			near(t, test.ID, test.Value, w.value, 1e-9)
		}
		if test.Threshold != w.limit || test.Failed != w.failed || test.Rule.Document == "" || test.Rule.Verified {
			t.Errorf("%s: %+v", test.ID, test)
		}
	}
	if c.Failed != 2 || math.Abs(c.Severity-(75.0/175+0.8)) > 1e-9 {
		t.Errorf("failed %d severity %v", c.Failed, c.Severity)
	}
}

func TestExitBoundaries(t *testing.T) {
	cases := []struct {
		name   string
		change func(*parcels.Rows)
		want   bool
	}{
		{"as it is", func(*parcels.Rows) {}, true},
		{"investment exactly at the threshold", func(r *parcels.Rows) { r.Parcels[0].Contract.FAIWan = wan(175 * 30) }, false},
		{"benefit exactly 5", func(r *parcels.Rows) { r.Figures[0].VATWan = wan(150) }, false},
		{"investment missing", func(r *parcels.Rows) { r.Parcels[0].Contract.FAIWan = parcels.Opt[parcels.Wan]{} }, false},
		{"one group failing twice is one group", func(r *parcels.Rows) {
			r.Parcels[0].Contract.FAIWan = wan(9000)
			r.Figures[0].OutputWan = wan(1)
		}, false},
		{"yield and density", func(r *parcels.Rows) {
			r.Parcels[0].Contract.FAIWan = wan(9000)
			r.Buildings[0].Storeys[0].FloorM2 = 15_999
		}, true},
		{"government cause", func(r *parcels.Rows) { r.Parcels[0].Contract.GovernmentCause = parcels.Some(true) }, false},
		{"the last day of the contractual period", func(r *parcels.Rows) { r.Parcels[0].Contract.DueProductionOn = day(someDay) }, false},
		{"the day after", func(r *parcels.Rows) { r.Parcels[0].Contract.DueProductionOn = day("2026-11-21") }, true},
		{"a new firm", func(r *parcels.Rows) { r.Firms[0].RegisteredOn = day("2024-11-23") }, false},
		{"a firm of two years", func(r *parcels.Rows) { r.Firms[0].RegisteredOn = day("2024-01-01") }, true},
		{"a firm of two years to the day", func(r *parcels.Rows) { r.Firms[0].RegisteredOn = day("2024-11-22") }, true},
		{"completed, production due on the day", func(r *parcels.Rows) {
			r.Parcels[0].Contract.CompletedOn, r.Parcels[0].Contract.DueProductionOn = day("2020-01-01"), day(someDay)
		}, false},
		{"a low figure that is only a part of the whole", lackingNeighbour, false},
		{"exempted", func(r *parcels.Rows) { r.Events = []parcels.Event{event("exempted", 1, "2024-05-01")} }, false},
		{"commercial land", func(r *parcels.Rows) { r.Parcels[0].UseCode = "0901" }, false},
		{"land not yet built on", func(r *parcels.Rows) { r.Parcels[0].State = parcels.StateBuilding }, false},
		{"no use and no state on file", func(r *parcels.Rows) { r.Parcels[0].UseCode, r.Parcels[0].State = "", "" }, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := poor()
			c.change(&rows)
			if got := len(run(t, rows, shipped(t), someDay).Exit) == 1; got != c.want {
				t.Errorf("candidate %t, want %t", got, c.want)
			}
		})
	}
}

func TestExitTestOutOfForceIsNotApplied(t *testing.T) {
	s := run(t, poor(), shipped(t), "2026-01-31")
	if len(s.Exit) != 1 {
		t.Fatalf("candidates %+v", s.Exit)
	}
	before := testsOf(s)
	if got := before["benefit_per_mu"]; got.Failed || got.Value.OK() || !strings.Contains(got.Note, "依据不在有效期内，未适用") {
		t.Errorf("a threshold in force from 1 February 2026 was applied the day before: %+v", got)
	}
	if got := before["tax_per_mu"]; !got.Failed || got.Threshold != 12.5 {
		t.Errorf("without the document the tax of the year is tested: %+v", got)
	}
}

func TestExitOrder(t *testing.T) {
	var rows parcels.Rows
	for i := 1; i <= 4; i++ {
		one := poor()
		one.Parcels[0].Code, one.Occupancies[0].Parcel, one.Buildings[0].Parcel = code(i), code(i), code(i)
		one.Buildings[0].ID, one.Firms[0].USCC, one.Occupancies[0].USCC, one.Figures[0].USCC = code(i), uscc(i), uscc(i), uscc(i)
		if i == 3 {
			one.Figures[0].VATWan = wan(0)
		}
		rows.Parcels, rows.Buildings = append(rows.Parcels, one.Parcels...), append(rows.Buildings, one.Buildings...)
		rows.Firms, rows.Occupancies = append(rows.Firms, one.Firms...), append(rows.Occupancies, one.Occupancies...)
		rows.Figures = append(rows.Figures, one.Figures...)
	}
	s := run(t, rows, shipped(t), someDay)
	want := []int{2, 0, 1, 3} // the worst, then equal ones by code
	if len(s.Exit) != len(want) {
		t.Fatalf("%d candidates", len(s.Exit))
	}
	for i, w := range want {
		if s.Exit[i].Parcel != w || s.Parcels[w].Exit != i {
			t.Errorf("place %d is parcel %d, want %d", i, s.Exit[i].Parcel, w)
		}
	}
}

func TestWarnings(t *testing.T) {
	s := run(t, poor(), scoring.Book{}, someDay)
	if len(s.Warnings) != 4 || s.Firms[0].Class != scoring.ClassNotRated {
		t.Errorf("warnings %q", s.Warnings)
	}
	near(t, "tax without a set", s.Parcels[0].TaxPerMu(), 1, 1e-9)
}

// testsOf are the tests of the first candidate by ID.
func testsOf(s *scoring.Scores) map[string]scoring.Test {
	tests := map[string]scoring.Test{}
	list, _ := s.ExitTests(s.Exit[0].Parcel)
	for _, test := range list {
		tests[test.ID] = test
	}
	return tests
}

func TestExitYieldOutsideTheStockDocument(t *testing.T) {
	shift := func(level int, at int) func(*parcels.Rows) {
		return func(r *parcels.Rows) { r.Zones = []parcels.Zone{blockLine(level, at)} }
	}
	cases := []struct {
		name   string
		change func(*parcels.Rows)
		inside bool
	}{
		{"level 1", func(*parcels.Rows) {}, true},
		{"level 2", shift(2, 1), true},
		{"outside the lines", shift(1, 9), false},
		{"storage", func(r *parcels.Rows) { r.Parcels[0].UseCode = "110101" }, false},
		{"no use on file", func(r *parcels.Rows) { r.Parcels[0].UseCode = "" }, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := poor()
			c.change(&rows)
			s := run(t, rows, shipped(t), someDay)
			if len(s.Exit) != 1 {
				t.Fatal("no candidate")
			}
			tests := testsOf(s)
			benefit := tests["benefit_per_mu"]
			other, hasOther := tests["tax_per_mu"]
			if benefit.Failed != c.inside || benefit.Value.OK() != c.inside || hasOther == c.inside {
				t.Errorf("benefit %+v, instead of it %+v", benefit, other)
			}
			if !c.inside && (!other.Failed || other.Standard != 25 || other.Factor != 0.5 || other.Threshold != 12.5 || !strings.Contains(benefit.Note, "未适用")) {
				t.Errorf("benefit %+v, instead of it %+v", benefit, other)
			}
		})
	}
}

// lackingNeighbour lets half of the poor parcel to a firm without figures of the year.
func lackingNeighbour(r *parcels.Rows) {
	r.Firms = append(r.Firms, firm(2, false))
	r.Occupancies = append(r.Occupancies, holds(1, 2, "lease", m2(5000)))
}

func TestPartialSumFailsNoExitTest(t *testing.T) {
	rows := poor()
	rows.Buildings[0].Storeys[0].FloorM2 = 15_999 // fails density, so that the parcel stays a candidate
	lackingNeighbour(&rows)
	s := run(t, rows, shipped(t), someDay)
	p := s.Parcels[0]
	if want := (scoring.Partial{Output: true, Revenue: true, ValueAdded: true, Tax: true, Benefit: true}); p.Partial != want {
		t.Errorf("partial %+v", p.Partial)
	}
	if p.Band != "" {
		t.Errorf("a lower bound of the benefit put the parcel into band %q", p.Band)
	}
	near(t, "benefit, as far as it is known", p.BenefitPerMu, 1, 1e-9)
	tests := testsOf(s)
	if got := tests["benefit_per_mu"]; got.Failed || got.Value.OK() || !strings.Contains(got.Note, "数据不完整（已知部分 1 万元/亩），未适用") || !strings.Contains(got.NoteEn, "incomplete") {
		t.Errorf("a low partial benefit: %+v", got)
	}
	if got := tests["output_per_mu"]; got.Failed || !got.Value.OK() || !strings.Contains(got.Note, "已知部分已达标") {
		t.Errorf("a partial output that reaches the threshold: %+v", got)
	}
	rows.Figures[0].OutputWan, rows.Figures[0].VATWan = wan(1), wan(25*30)
	s = run(t, rows, shipped(t), someDay)
	if got := testsOf(s)["output_per_mu"]; got.Failed || got.Value.OK() {
		t.Errorf("a low partial output: %+v", got)
	}
	if got := s.Parcels[0].Band; got != "far_above_2.5" {
		t.Errorf("a lower bound in the highest band gives %q", got)
	}
}

// Whichever of a parcel's firms lacks its figures, the first or the last, the sum is a lower bound.
func TestPartialWhicheverFirmLacksIt(t *testing.T) {
	for _, lacking := range []int{1, 2} {
		rows := poor()
		lackingNeighbour(&rows)
		for i := range rows.Figures {
			rows.Figures[i].USCC = firm(3-lacking, true).USCC
		}
		p := run(t, rows, shipped(t), someDay).Parcels[0]
		if len(p.Firms) != 2 || !p.Partial.Tax || !p.TaxPerMu().OK() {
			t.Errorf("firm %d lacks its figures: %d firms, partial %+v, tax %v", lacking, len(p.Firms), p.Partial, p.TaxPerMu())
		}
	}
}

func TestNothingIsPartialWhenAllLackIt(t *testing.T) {
	rows := poor()
	rows.Figures[0].OutputWan = parcels.Opt[parcels.Wan]{}
	p := run(t, rows, shipped(t), someDay).Parcels[0]
	if p.Partial != (scoring.Partial{}) || p.OutputPerMu().OK() {
		t.Errorf("partial %+v, output %v", p.Partial, p.OutputPerMu())
	}
}

func TestExitFactorHasItsOwnSource(t *testing.T) {
	s := run(t, poor(), shipped(t), someDay)
	got := testsOf(s)["fai_per_mu"]
	if got.Standard != 350 || got.Factor != 0.5 || got.Threshold != 175 || got.FactorSource == "" || got.FactorSourceEn == "" {
		t.Errorf("%+v", got)
	}
	for _, text := range []string{got.Note, got.NoteEn} {
		if !strings.Contains(text, "350 × 0.5 = 175") {
			t.Errorf("%q does not say how 175 comes about", text)
		}
	}
	if !strings.Contains(got.Note, got.FactorSource) || !strings.Contains(got.NoteEn, got.FactorSourceEn) {
		t.Errorf("%q, %q do not say where the factor is from", got.Note, got.NoteEn)
	}
	if limit := testsOf(s)["far"]; limit.Factor != 1 || limit.Standard != limit.Threshold || strings.Contains(limit.Note, "×") {
		t.Errorf("%+v", limit)
	}
	found := false
	for _, o := range explained(t, s, code(1))["exit"].Inputs {
		found = found || (strings.Contains(o.Name, "350 × 0.5 = 175") && strings.Contains(o.NameEn, "350 × 0.5 = 175") && o.Value == "175")
	}
	if !found {
		t.Error("the explanation does not show 350 × 0.5 = 175")
	}
}
