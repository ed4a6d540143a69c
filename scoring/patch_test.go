package scoring_test

import (
	"strings"
	"testing"

	"muchan/scoring"
)

func shippedSet(t testing.TB, id string) scoring.RuleSet {
	t.Helper()
	for _, set := range shipped(t).Sets {
		if set.ID == id {
			return set
		}
	}
	t.Fatalf("no set %s", id)
	return scoring.RuleSet{}
}

func TestPatchChangesOnePlaceOnly(t *testing.T) {
	set := shippedSet(t, "evaluation.default")
	got, err := set.Patch(
		scoring.Patch{Path: "evaluation.cohorts.below_scale.indicators.I1.weight", Value: "70"},
		scoring.Patch{Path: "evaluation.cohorts.below_scale.indicators.I8.weight", Value: "30"},
		scoring.Patch{Path: "evaluation.cohorts.above_scale.bounds.A.upto", Value: "1/4"},
		scoring.Patch{Path: "evaluation.cohorts.tenant.bounds.B.upto", Value: "70%"},
		scoring.Patch{Path: "evaluation.tax", Value: "[vat_wan, income_tax_wan]"},
		scoring.Patch{Path: "evaluation.cohorts.above_scale.indicators.I6.cap_factor", Value: "none"},
		scoring.Patch{Path: "evaluation.cohorts.above_scale.indicators.I5.cap_factor", Value: ""},
	)
	if err != nil {
		t.Fatal(err)
	}
	e := got.Evaluation
	// The text says the weights of the three lower cohorts, and all bounds, once; the patch means one of them.
	weights := map[string]float64{"below_scale": 70, "below_scale_small": 50, "tenant": 50}
	for _, c := range e.Cohorts[1:] {
		if c.Indicators[0].Weight != weights[c.ID] {
			t.Errorf("%s: weight %v, want %v", c.ID, c.Indicators[0].Weight, weights[c.ID])
		}
		if c.Bounds[0].Upto != (scoring.Ratio{Num: 1, Den: 5}) {
			t.Errorf("%s: the bound of A is %v", c.ID, c.Bounds[0].Upto)
		}
	}
	if e.Cohorts[0].Bounds[0].Upto != (scoring.Ratio{Num: 1, Den: 4}) {
		t.Errorf("the bound of A is %v", e.Cohorts[0].Bounds[0].Upto)
	}
	for i, want := range []scoring.Ratio{{Num: 3, Den: 5}, {Num: 3, Den: 5}, {Num: 3, Den: 5}, {Num: 7, Den: 10}} {
		if got := e.Cohorts[i].Bounds[1].Upto; got != want {
			t.Errorf("%s: the bound of B is %v", e.Cohorts[i].ID, got)
		}
	}
	if strings.Join(e.Tax, " ") != "vat_wan income_tax_wan" {
		t.Errorf("tax %v", e.Tax)
	}
	if c := e.Cohorts[0].Indicators; !c[5].CapFactor.None || c[4].CapFactor.Set || c[3].CapFactor.Value != 1.5 {
		t.Errorf("caps %+v %+v %+v", c[5].CapFactor, c[4].CapFactor, c[3].CapFactor)
	}
	if got.Hash == set.Hash || set.Evaluation.Cohorts[1].Indicators[0].Weight != 50 || got.Notice != set.Notice {
		t.Error("the set itself changed, or the patched one passes for it")
	}
	if problems := got.Check(day(someDay)); len(problems) != len(set.Check(day(someDay))) {
		t.Errorf("problems %v", problems)
	}
}

func TestPatchRefuses(t *testing.T) {
	cases := []struct{ name, id, path, value, reason string }{
		{"unknown step", "evaluation.default", "evaluation.cohorts.big.grouped", "true", `there is no "big"`},
		{"unknown key", "evaluation.default", "evaluation.cohorts.above_scale.wieght", "3", "unknown key wieght"},
		{"unknown item", "exit.default", "exit.tests.none.threshold", "1", `there is no "none"`},
		{"below a value", "exit.default", "exit.groups_failed.x", "1", "nothing below it"},
		{"a word for a number", "exit.default", "exit.tests.far.threshold", "much", "cannot unmarshal"},
		{"out of range", "exit.default", "exit.tests.far.threshold", "-1", "out of range"},
		{"another set", "exit.default", "id", "x", "another set"},
		{"another kind", "exit.default", "kind", "idle", "another set"},
		{"a mapping", "exit.default", "exit.tests.far.threshold", "{a: 1}", "neither a plain value nor a list"},
		{"an anchor", "exit.default", "exit.tests.far.threshold", "&a 1", "neither a plain value nor a list"},
		{"an alias", "exit.default", "exit.tests.far.threshold", "*a", "is not a value"},
		{"a list of lists", "evaluation.default", "evaluation.tax", "[[vat_wan]]", "neither a plain value nor a list"},
		{"a long value", "exit.default", "exit.tests.far.threshold", strings.Repeat("1", 5000), "too long"},
		{"a needed key taken away", "exit.default", "exit.tests.far.threshold", "", "must be positive"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			set := shippedSet(t, c.id)
			_, err := set.Patch(scoring.Patch{Path: c.path, Value: c.value})
			if err == nil || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("%v, want %q", err, c.reason)
			}
		})
	}
}

// Two bands that move together break the order of bands in between; the set is judged when both have moved.
func TestPatchesBelongTogether(t *testing.T) {
	set := shippedSet(t, "stock.qingmeng")
	last := set.Stock.Bands[len(set.Stock.Bands)-1]
	first := set.Stock.Bands[len(set.Stock.Bands)-2]
	got, err := set.Patch(
		scoring.Patch{Path: "stock.bands." + first.ID + ".from", Value: "100"},
		scoring.Patch{Path: "stock.bands." + last.ID + ".from", Value: "200"},
	)
	if err != nil || got.Stock.Bands[len(got.Stock.Bands)-1].From != 200 {
		t.Errorf("%v", err)
	}
	if _, err := set.Patch(scoring.Patch{Path: "stock.bands." + first.ID + ".from", Value: "100"}); err == nil {
		t.Error("bands out of order were accepted")
	}
}

func TestNormalised(t *testing.T) {
	set := shippedSet(t, "evaluation.default")
	off, err := set.Patch(scoring.Patch{Path: "evaluation.cohorts.above_scale.indicators.I1.weight", Value: "80"})
	if err != nil {
		t.Fatal(err)
	}
	if ids := off.OffWeights(); len(ids) != 1 || ids[0] != "above_scale" {
		t.Errorf("off: %v", ids)
	}
	got, err := off.Normalised()
	if err != nil || len(got.OffWeights()) != 0 {
		t.Fatalf("%v, off %v", err, got.OffWeights())
	}
	// 80 of 150, and 20 of 150.
	if c := got.Evaluation.Cohorts[0].Indicators; c[0].Weight != 80*100.0/150 || c[1].Weight != 20*100.0/150 {
		t.Errorf("weights %v %v", c[0].Weight, c[1].Weight)
	}
	if same, err := set.Normalised(); err != nil || same.Hash != set.Hash {
		t.Errorf("a set whose weights add up was changed: %v", err)
	}
}

func TestRerun(t *testing.T) {
	rows := rated(10, func(i int) float64 { return float64(i) })
	base := run(t, clone(rows), ratingByTax(t, ""), someDay)
	was := encoded(t, base)
	again, err := base.Rerun(ratingByTax(t, ""), nil)
	if err != nil || string(encoded(t, again)) != string(was) {
		t.Errorf("the same rules and inputs give other results: %v", err)
	}
	key := uscc(1) + "|2024"
	edited, err := base.Rerun(ratingByTax(t, ""), []scoring.Edit{{Table: "figures", Key: key, Column: "vat_wan", Value: "12345.678901"}})
	if err != nil {
		t.Fatal(err)
	}
	changed := clone(rows)
	changed.Figures[0].VATWan = wan(12345.678901)
	if string(encoded(t, edited)) != string(encoded(t, run(t, changed, ratingByTax(t, ""), someDay))) {
		t.Error("a rerun with an edit is not what Run makes of the edited rows")
	}
	if string(encoded(t, base)) != string(was) {
		t.Error("the base changed")
	}
	if _, err := (&scoring.Scores{}).Rerun(scoring.Book{}, nil); err == nil {
		t.Error("scores that were not made by Run were rerun")
	}
}

func encoded(t testing.TB, s *scoring.Scores) []byte {
	t.Helper()
	b, err := scoring.EncodeResults(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
