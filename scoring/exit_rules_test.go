package scoring_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muchan/parcels"
	"muchan/scoring"
)

// exitSet is a set of exit tests for any park; body is what stands below exit.
func exitSet(body string) string {
	return "id: exit.t\nkind: exit\ntitle: t\nvalid_from: 2020-01-01\napplies_to: ['*']\nnotice: n\nexit:\n" + body
}

// withExit runs rows by the shipped sets, with the exit tests of text instead of theirs.
func withExit(t testing.TB, rows parcels.Rows, text string) *scoring.Scores {
	t.Helper()
	book := scoring.Book{Sets: []scoring.RuleSet{parse(t, text)}}
	for _, set := range shipped(t).Sets {
		if set.Kind != scoring.KindExit {
			book.Sets = append(book.Sets, set)
		}
	}
	return run(t, rows, book, someDay)
}

const threeTests = `  groups_failed: %s
  tests:
    - {id: fai_per_mu, group: investment, metric: fai_per_mu, threshold: 175}
    - {id: tax_per_mu, group: yield, metric: tax_per_mu, threshold: 4%s}
    - {id: far, group: density, metric: far, threshold: 0.8}
`

// poor() fails investment, 100 of 175, and tax, 1 of 4, and passes the floor-area ratio, 1 of 0.8.
func TestWhichGroupsMustFail(t *testing.T) {
	rich := func(r *parcels.Rows) { r.Parcels[0].Contract.FAIWan = wan(9000) }
	cases := []struct {
		name, groups, decisive string
		change                 func(*parcels.Rows)
		want                   bool
	}{
		{"one of one", "1", "", nil, true},
		{"two of two", "2", "", nil, true},
		{"two of three", "3", "", nil, false},
		{"yield must be among them and is", "2\n  required_groups: [yield]", "", nil, true},
		{"density must be among them and is not", "2\n  required_groups: [density]", "", nil, false},
		{"a decisive test fails alone", "3", ", decisive: true", rich, true},
		{"a decisive test needs no required group", "3\n  required_groups: [density]", ", decisive: true", rich, true},
		{"a test that is not decisive", "3", "", rich, false},
		{"a decisive test exactly at its threshold", "3", ", decisive: true", func(r *parcels.Rows) { r.Figures[0].VATWan = wan(120) }, false},
		{"a decisive test without a value", "3", ", decisive: true", func(r *parcels.Rows) { r.Figures = nil }, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := poor()
			if c.change != nil {
				c.change(&rows)
			}
			s := withExit(t, rows, exitSet(fmt.Sprintf(threeTests, c.groups, c.decisive)))
			if got := len(s.Exit) == 1; got != c.want || s.ExitVerdict(0).Candidate != c.want {
				t.Errorf("candidate %t, want %t", got, c.want)
			}
		})
	}
}

func TestThresholdOfTheContract(t *testing.T) {
	agreed := func(set func(*parcels.Contract)) func(*parcels.Rows) {
		return func(r *parcels.Rows) { set(&r.Parcels[0].Contract) }
	}
	cases := []struct {
		name, metric, factor string
		change               func(*parcels.Rows)
		applied, failed      bool
		threshold            float64
	}{
		{"tax of 1 where 1 is agreed", "tax_per_mu", "1", agreed(func(c *parcels.Contract) { c.AgreedTaxWanMu = parcels.Some(1.0) }), true, false, 1},
		{"tax of 1 where 1.01 is agreed", "tax_per_mu", "1", agreed(func(c *parcels.Contract) { c.AgreedTaxWanMu = parcels.Some(1.01) }), true, true, 1.01},
		{"half of what is agreed", "tax_per_mu", "0.5", agreed(func(c *parcels.Contract) { c.AgreedTaxWanMu = parcels.Some(2.0) }), true, false, 1},
		{"output of 150 where 160 is agreed", "output_per_mu", "1", agreed(func(c *parcels.Contract) { c.AgreedOutputWanMu = parcels.Some(160.0) }), true, true, 160},
		{"investment over 30 mu", "fai_per_mu", "1", agreed(func(c *parcels.Contract) { c.AgreedFAIWan = wan(3300) }), true, true, 110},
		{"lowest floor-area ratio", "far", "1", agreed(func(c *parcels.Contract) { c.MinFAR = parcels.Some(1.0) }), true, false, 1},
		{"nothing agreed", "tax_per_mu", "1", nil, false, false, 0},
		{"zero agreed", "tax_per_mu", "1", agreed(func(c *parcels.Contract) { c.AgreedTaxWanMu = parcels.Some(0.0) }), false, false, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rows := poor()
			if c.change != nil {
				c.change(&rows)
			}
			text := exitSet(fmt.Sprintf("  groups_failed: 1\n  tests:\n    - {id: x, group: yield, metric: %s, threshold_from: contract, factor: %s}\n", c.metric, c.factor))
			got := withExit(t, rows, text).ExitVerdict(0).Tests[0]
			if got.Value.OK() != c.applied || got.Failed != c.failed || math.Abs(got.Threshold-c.threshold) > 1e-9 || !got.OfContract {
				t.Errorf("%+v", got)
			}
			if !c.applied && (!strings.Contains(got.Note, "合同未约定该指标，未适用") || !strings.Contains(got.NoteEn, "the contract states no such value")) {
				t.Errorf("%q | %q", got.Note, got.NoteEn)
			}
		})
	}
}

// TestMarginIsAtMostOne: a negative value added counts as one whole failure, not as many. By hand: investment (175 − 100) / 175 =
// 0.428571, value added −30 / mu against 10: (10 + 30) / 10 = 4, capped at 1. A near miss, 100 against 100.00001, is not said to be 0.
func TestMarginIsAtMostOne(t *testing.T) {
	rows := poor()
	rows.Figures[0].ValueAddedWan = wan(-900)
	s := withExit(t, rows, exitSet(`  groups_failed: 2
  tests:
    - {id: fai_per_mu, group: investment, metric: fai_per_mu, threshold: 175}
    - {id: value_added_per_mu, group: yield, metric: value_added_per_mu, threshold: 10}
    - {id: near, title: 勉强, title_en: near miss, group: investment, metric: fai_per_mu, threshold: 100.00001}
`))
	if v := s.ExitVerdict(0); math.Abs(v.Severity-(75.0/175+1+1e-7)) > 1e-12 || v.Tests[1].Margin != 1 {
		t.Errorf("severity %v, margin %v", v.Severity, v.Tests[1].Margin)
	}
	contributions := map[string]string{}
	for _, o := range explained(t, s, code(1))["exit"].Inputs {
		if strings.HasSuffix(o.Name, "计入紧迫度") {
			contributions[o.NameEn] = o.Value
		}
	}
	if len(contributions) != 3 || contributions["near miss, adds to the severity"] != "<0.000001" || contributions["investment intensity, adds to the severity"] != "0.428571" || contributions["value added per mu, adds to the severity"] != "1" {
		t.Errorf("%v", contributions)
	}
}

// TestSharesAreInPerCent: a coefficient of exactly 0.3 passes 30 %, and both are said in per cent.
func TestSharesAreInPerCent(t *testing.T) {
	for _, c := range []struct {
		yard, value float64
		failed      bool
	}{{5800, 29, true}, {6000, 30, false}, {5999, 29.995, true}} {
		rows := poor()
		rows.Buildings = nil
		rows.Parcels[0].YardAreaM2 = m2(c.yard)
		for _, test := range run(t, rows, shipped(t), someDay).ExitVerdict(0).Tests {
			if test.ID == "coefficient" && (test.Unit != "%" || test.Threshold != 30 || test.Standard != 30 || test.Failed != c.failed || math.Abs(test.Value.Or(0)-c.value) > 1e-9) {
				t.Errorf("yard of %v m²: %+v", c.yard, test)
			}
		}
	}
	s := withExit(t, poor(), exitSet("  groups_failed: 1\n  tests:\n    - {id: density, group: density, metric: density, threshold: 0.29}\n"))
	if got := s.ExitVerdict(0).Tests[0]; got.Threshold != 29 || got.Unit != "%" {
		t.Errorf("%+v", got)
	}
}

func TestExitRowsAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ rows, reason string }{
		"the same ID twice":            {"{id: far, group: density, metric: far, threshold: 1}\n    - {id: far, group: density, metric: far, threshold: 2}", "no ID of its own"},
		"no ID":                        {"{group: density, metric: far, threshold: 1}", "no ID of its own"},
		"an ID that misleads":          {"{id: density, group: density, metric: coefficient, threshold: 0.3}", "compares coefficient"},
		"no contract states it":        {"{id: density, group: density, metric: density, threshold_from: contract}", "contracts state no density"},
		"a threshold beside contracts": {"{id: far, group: density, metric: far, threshold_from: contract, threshold: 1}", "would be ignored"},
		"from elsewhere":               {"{id: far, group: density, metric: far, threshold_from: habit}", "habit"},
		"no threshold":                 {"{id: far, group: density, metric: far}", "must be positive"},
	} {
		_, err := scoring.ParseRuleSet("t.yaml", []byte(exitSet("  groups_failed: 1\n  tests:\n    - "+c.rows+"\n")))
		if err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct{ body, reason string }{
		"an unknown path":  {"  groups_failed: 1\n  paths: [{id: confiscate}]\n", "confiscate"},
		"a path twice":     {"  groups_failed: 1\n  paths: [{id: expand}, {id: expand}]\n", "stands twice"},
		"an unknown group": {"  groups_failed: 1\n  required_groups: [tax]\n", `"tax"`},
		"too many tests":   {"  groups_failed: 1\n  tests:\n" + strings.Repeat("    - {id: x, group: yield, metric: far, threshold: 1}\n", 65), "at most 64"},
	} {
		_, err := scoring.ParseRuleSet("t.yaml", []byte(exitSet(c.body)))
		if err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRaisingAValueNeverFails: of two zones that differ in one figure, the better one has no candidate the other has not.
func TestRaisingAValueNeverFails(t *testing.T) {
	book := shipped(t)
	rapid.Check(t, func(rt *rapid.T) {
		tax, output := rapid.Float64Range(0, 800).Draw(rt, "tax"), rapid.Float64Range(0, 9000).Draw(rt, "output")
		fai, floor := rapid.Float64Range(0, 8000).Draw(rt, "fai"), rapid.Float64Range(0, 30_000).Draw(rt, "floor")
		which := rapid.SampledFrom([]string{"tax", "output", "fai", "floor"}).Draw(rt, "which")
		more := rapid.Float64Range(0, 9000).Draw(rt, "more")
		at := func(extra map[string]float64) scoring.ExitVerdict {
			rows := poor()
			rows.Figures[0].VATWan, rows.Figures[0].OutputWan = wan(tax+extra["tax"]), wan(output+extra["output"])
			rows.Parcels[0].Contract.FAIWan = wan(fai + extra["fai"])
			rows.Buildings[0].Storeys[0].FloorM2 = floor + extra["floor"]
			return run(t, rows, book, someDay).ExitVerdict(0)
		}
		before, after := at(nil), at(map[string]float64{which: more})
		if !before.Candidate && after.Candidate || after.Failed > before.Failed || after.Severity > before.Severity+1e-12 {
			rt.Fatalf("%v more %s: %+v to %+v", more, which, before, after)
		}
	})
}

// TestParcelsThatPassAllocateNothing: what listExits does to most of 10^6 parcels.
func TestParcelsThatPassAllocateNothing(t *testing.T) {
	rows := poor()
	rows.Parcels[0].Contract.FAIWan = wan(9000)
	s := run(t, rows, shipped(t), someDay)
	if n := testing.AllocsPerRun(100, func() { scoring.FailsEnough(s, 0) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
