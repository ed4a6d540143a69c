package scoring_test

import (
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

const oneCohort = `source: test
evaluation:
  tax: [vat_wan]
  cohorts:
    - id: above_scale
      indicators: [{id: I1, weight: 100, base: {kind: fixed, value: 10}, missing: zero}]
      bounds: [{class: A, upto: 0.2}, {class: D, upto: 1}]
      source: test
      verified: true
`

func TestParseRefuses(t *testing.T) {
	good := head("x", "evaluation") + oneCohort
	cases := []struct {
		name, old, with string
		line            string
		reason          string
	}{
		{"unknown key", "title: test", "tittle: test", "line 3", "unknown key tittle"},
		{"unknown key deep inside", "weight: 100", "wieght: 100", "line 12", "unknown key wieght"},
		{"twice the same key", "kind: evaluation", "kind: evaluation\nkind: idle", "line 3", "already defined"},
		{"unknown kind", "kind: evaluation", "kind: grading", "line 2", `"grading" is not one of`},
		{"no such day", "valid_from: 2010-01-01", "valid_from: 2010-02-30", "line 4", "not a date"},
		{"no validity", "valid_from: 2010-01-01\n", "", "line 1", "valid_from is missing"},
		{"unknown tax", "tax: [vat_wan]", "tax: [vat]", "line 9", `"vat" is not one of`},
		{"unknown cohort", "id: above_scale", "id: big", "line 11", `"big" is not one of`},
		{"unknown class", "class: D", "class: E", "line 13", `"E" is not one of`},
		{"bound is no ratio", "upto: 0.2", "upto: most", "line 13", "not a ratio"},
		{"bound of nothing", "upto: 0.2", "upto: 1/0", "line 13", "not a ratio"},
		{"base of nothing", "value: 10", "value: 0", "line 12", "positive value"},
		{"weight is not a number", "weight: 100", "weight: .nan", "line 12", "out of range"},
		{"missing policy left out", ", missing: zero", "", "line 12", `"" is not one of`},
		{"body of another kind", "kind: evaluation", "kind: idle", "line 8", "does not belong"},
		{"two documents", "bounds:", "bounds: []\n---\nx:", "", "more than one YAML document"},
		{"no park", `applies_to: ["*"]`, "applies_to: []", "line 5", "applies_to is missing"},
		{"bad ID", "id: x\n", "id: ../x\n", "line 1", "not an ID"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := scoring.ParseRuleSet("ours.yaml", []byte(strings.Replace(good, c.old, c.with, 1)))
			if err == nil {
				t.Fatal("accepted")
			}
			for _, part := range []string{"ours.yaml", c.line, c.reason} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
		})
	}
	if _, err := scoring.ParseRuleSet("ours.yaml", []byte(good)); err != nil {
		t.Errorf("the form all cases break: %v", err)
	}
	if _, err := scoring.ParseRuleSet("ours.yaml", nil); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("an empty file: %v", err)
	}
}

func TestCheckAdvises(t *testing.T) {
	good := head("x", "evaluation") + oneCohort
	for name, c := range map[string]struct{ old, with, reason string }{
		"weights":           {"weight: 100", "weight: 99", "add up to 99, not 100"},
		"unknown indicator": {"id: I1", "id: I9", `"I9" is not one of the indicators`},
		"gap at the end":    {"upto: 1}", "upto: 0.95}", "a gap"},
		"overlap":           {"upto: 0.2", "upto: 1", "the bounds overlap"},
		"order of classes":  {"class: A", "class: D", "out of order"},
		"expired":           {"title: test", "title: test\nvalid_to: 2026-11-22", "expired"},
		"no notice":         {"verified: true", "verified: false", "needs a notice"},
	} {
		set := parse(t, strings.Replace(good, c.old, c.with, 1))
		problems := set.Check(day(someDay))
		if len(problems) == 0 || problems[0].Line == 0 || !strings.Contains(problems[0].Reason, c.reason) {
			t.Errorf("%s: %v", name, problems)
		}
	}
	set := parse(t, good)
	if problems := set.Check(day(someDay)); len(problems) > 0 {
		t.Errorf("nothing is wrong, yet: %v", problems)
	}
}

func TestChoose(t *testing.T) {
	make := func(id, changes string, pairs ...string) scoring.RuleSet {
		text := strings.NewReplacer(pairs...).Replace(head(id, "evaluation")) + changes + oneCohort
		return parse(t, text)
	}
	anyPark := make("any", "")
	named := make("named", "", `"*"`, "QM")
	ofYear := make("year", "evaluation_years: [2024]\n")
	newer := make("newer", "", "2010-01-01", "2020-01-01")
	ended := make("ended", "valid_to: 2026-11-22\n", `"*"`, "QM")
	unsure := make("a-unverified", "notice: n\n", "verified: true", "verified: false")
	cases := []struct {
		name     string
		sets     []scoring.RuleSet
		want     string
		overlaps int
	}{
		{"the park's own", []scoring.RuleSet{anyPark, named}, "named", 0},
		{"the year's own", []scoring.RuleSet{anyPark, ofYear}, "year", 0},
		{"the park before the year", []scoring.RuleSet{ofYear, named}, "named", 0},
		{"verified first", []scoring.RuleSet{unsure, anyPark}, "any", 0},
		{"the newer of two, with the overlap told", []scoring.RuleSet{newer, anyPark}, "newer", 1},
		{"not after its last day", []scoring.RuleSet{ended, anyPark}, "any", 0},
		{"none", []scoring.RuleSet{ended}, "", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, sets := range [][]scoring.RuleSet{c.sets, reversed(c.sets)} {
				got := scoring.Book{Sets: sets}.Choose(scoring.KindEvaluation, "QM", 2024, day(someDay))
				id := ""
				if got.Set != nil {
					id = got.Set.ID
				}
				if id != c.want || len(got.Overlaps) != c.overlaps {
					t.Errorf("%q with overlaps %v, want %q", id, got.Overlaps, c.want)
				}
			}
		})
	}
	if p := (scoring.Book{Sets: []scoring.RuleSet{newer, anyPark}}).Check(day(someDay)); len(p) != 1 || !strings.Contains(p[0].Reason, "both in force") {
		t.Errorf("overlap: %v", p)
	}
	if p := (scoring.Book{Sets: []scoring.RuleSet{anyPark, anyPark}}).Check(day(someDay)); len(p) != 1 || !strings.Contains(p[0].Reason, "used twice") {
		t.Errorf("same ID: %v", p)
	}
}

func reversed(sets []scoring.RuleSet) []scoring.RuleSet {
	out := make([]scoring.RuleSet, len(sets))
	for i := range sets {
		out[len(sets)-1-i] = sets[i]
	}
	return out
}

func FuzzParseRuleSet(f *testing.F) {
	for _, set := range shipped(f).Sets {
		f.Add(set.Text)
	}
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("evaluation: {cohorts: [{small: {below: 1e9}}]}"))
	rows := poor()
	f.Fuzz(func(t *testing.T, text []byte) {
		set, err := scoring.ParseRuleSet("f.yaml", text)
		if err != nil {
			return
		}
		set.Check(day(someDay))
		again, err := scoring.ParseRuleSet("f.yaml", set.Text)
		if err != nil || again.Hash != set.Hash {
			t.Fatalf("a set does not read back: %v", err)
		}
		// Whatever is accepted must score without a panic.
		_, err = scoring.Run(scoring.Input{
			Snapshot: parcels.NewSnapshot(1, day(someDay), clone(rows)), Year: inYear, AsOf: day(someDay), Rules: scoring.Book{Sets: []scoring.RuleSet{set}},
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestScopeAndFactorsAreChecked(t *testing.T) {
	texts := map[string]string{}
	for _, set := range shipped(t).Sets {
		texts[set.ID] = string(set.Text)
	}
	for name, c := range map[string]struct{ id, old, with, reason string }{
		"a scheme nobody uses":             {"stock.qingmeng", "gb50137:", "gb50317:", `"gb50317" is not one of`},
		"a substitute for no test":         {"exit.qingmeng", "instead_of: benefit_per_mu", "instead_of: tax", "which is no earlier test"},
		"a substitute that comes too soon": {"exit.qingmeng", "instead_of: benefit_per_mu", "instead_of: far", "which is no earlier test"},
	} {
		_, err := scoring.ParseRuleSet(name, []byte(replaceOnce(t, texts[c.id], c.old, c.with)))
		if err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v, want %q", name, err, c.reason)
		}
	}
	set := parse(t, strings.ReplaceAll(texts["exit.qingmeng"], "factor_source_en", "note_en"))
	if found := set.Check(day(someDay)); len(found) != 3 || !strings.Contains(found[0].Reason, "no source for its factor") {
		t.Errorf("factors without a source: %v", found)
	}
}
