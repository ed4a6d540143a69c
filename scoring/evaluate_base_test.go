package scoring_test

import (
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// oneIndicator is an evaluation above scale by a single indicator.
func oneIndicator(t *testing.T, indicator string) scoring.Book {
	t.Helper()
	return scoring.Book{Sets: []scoring.RuleSet{parse(t, head("one", "evaluation")+`
evaluation:
  tax: [vat_wan]
  indicators:
    - {id: X1, title: 单位用水增加值, title_en: Value added per tonne of water, unit: 万元/吨, numerator: value_added_wan, denominator: water_t * 2}
  cohorts:
    - id: above_scale
      indicators: [`+indicator+`]
      bounds: [{class: A, upto: 1}]
`)}}
}

// withYear adds figures of another year to a firm: tax and water.
func withYear(rows *parcels.Rows, firm, year int, tax, water float64) {
	g := filed(firm, 1000, 1000, 300, tax)
	g.Year, g.WaterT = year, m2(water)
	rows.Figures = append(rows.Figures, g)
}

func TestBases(t *testing.T) {
	// Firm 1: 10 mu, tax 100 this year and 60 the year before. Firm 2: 30 mu, 500 and 300. Firm 3: 10 mu, 20 and no figures before.
	rows := func() parcels.Rows {
		rows := rated(3, func(i int) float64 { return []float64{100, 500, 20}[i-1] })
		rows.Parcels[1].TitleAreaM2 = m2(20_000)
		withYear(&rows, 1, 2023, 60, 1)
		withYear(&rows, 2, 2023, 300, 1)
		withYear(&rows, 1, 2022, 900, 1)
		return rows
	}
	for name, c := range map[string]struct {
		base string
		want float64
	}{
		"fixed":                           {"{kind: fixed, value: 7}", 7},
		"the cohort's mean of the year":   {"{kind: cohort_mean}", 620.0 / 50},
		"a multiple of a stated value":    {"{kind: multiple, value: 5, factor: 1.5}", 7.5},
		"a multiple of this year's mean":  {"{kind: multiple, factor: 2}", 2 * 620.0 / 50},
		"last year's mean":                {"{kind: last_year_mean}", 360.0 / 40},
		"a multiple of last year's mean":  {"{kind: last_year_mean, factor: 2}", 2 * 360.0 / 40},
		"a factor changes no cohort mean": {"{kind: cohort_mean, factor: 2}", 620.0 / 50},
	} {
		t.Run(name, func(t *testing.T) {
			s := run(t, rows(), oneIndicator(t, "{id: I1, weight: 100, base: "+c.base+", missing: zero}"), someDay)
			near(t, "base", m2(s.Firms[0].Indicators[0].Base), c.want, 1e-9)
			near(t, "points", m2(s.Firms[0].Indicators[0].Points), 10/c.want*100, 1e-9)
		})
	}
}

// A firm whose denominator is 0 gives the mean nothing, not even its numerator: 300 over 2 × 50 t, and 300 over none.
func TestMeanLeavesOutWhatHasNoDenominator(t *testing.T) {
	for _, water := range []float64{0, -10} {
		rows := rated(2, func(int) float64 { return 100 })
		rows.Figures[0].WaterT, rows.Figures[1].WaterT = m2(50), m2(water)
		s := run(t, rows, oneIndicator(t, "{id: X1, weight: 100, base: {kind: cohort_mean}, missing: zero}"), someDay)
		near(t, "base", m2(s.Firms[0].Indicators[0].Base), 3, 1e-9)
	}
}

func TestLastYearsLandIsThatOfLastYear(t *testing.T) {
	// Firm 1 held 10 mu in 2023 and 10 mu more from 2024: tax 60 over 10 mu then.
	rows := rated(2, func(int) float64 { return 100 })
	rows.Firms = rows.Firms[:1]
	rows.Figures = rows.Figures[:1]
	rows.Occupancies[1].USCC, rows.Occupancies[1].From = uscc(1), day("2024-01-01")
	withYear(&rows, 1, 2023, 60, 1)
	s := run(t, rows, oneIndicator(t, "{id: I1, weight: 100, base: {kind: last_year_mean}, missing: zero}"), someDay)
	near(t, "base", m2(s.Firms[0].Indicators[0].Base), 6, 1e-9)
	near(t, "value", s.Firms[0].Indicators[0].Value, 5, 1e-9)
}

func TestNobodyHasLastYearsFigures(t *testing.T) {
	s := run(t, rated(2, func(int) float64 { return 100 }), oneIndicator(t, "{id: I1, weight: 100, base: {kind: last_year_mean, factor: 2}, missing: zero}"), someDay)
	if item := s.Firms[0].Indicators[0]; item.Base != 0 || item.Points != 0 || !item.Filled {
		t.Errorf("without a base nobody gets points: %+v", item)
	}
}

func TestSeveralYears(t *testing.T) {
	// Firm 1 on 10 mu pays 100, 40 and 70 in 2024, 2023 and 2022: 10, 4 and 7 per mu. 2021 is out of sight.
	rows := rated(1, func(int) float64 { return 100 })
	withYear(&rows, 1, 2023, 40, 1)
	withYear(&rows, 1, 2022, 70, 1)
	withYear(&rows, 1, 2021, 1, 1)
	for name, c := range map[string]struct {
		with string
		want float64
	}{
		"one year":                         {"", 10},
		"the mean of three":                {"years: 3, aggregate: mean, ", 7},
		"the least of three":               {"years: 3, aggregate: min, ", 4},
		"each of three: the worst":         {"years: 3, aggregate: each, ", 4},
		"each, lower is better: the worst": {"years: 3, aggregate: each, direction: lower, ", 10},
		"the least, lower is better":       {"years: 3, aggregate: min, direction: lower, ", 4},
		"two years":                        {"years: 2, aggregate: mean, ", 7},
		"years without figures are left out": {
			"years: 10, aggregate: mean, ", (10 + 4 + 7 + 0.1) / 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := run(t, rows, oneIndicator(t, "{id: I1, weight: 100, "+c.with+"base: {kind: fixed, value: 10}, missing: zero}"), someDay)
			near(t, "value", s.Firms[0].Indicators[0].Value, c.want, 1e-9)
		})
	}
	// The cohort's mean is over the same years: (100 + 40 + 70) / 30.
	s := run(t, rows, oneIndicator(t, "{id: I1, weight: 100, years: 3, aggregate: min, base: {kind: cohort_mean}, missing: zero}"), someDay)
	near(t, "base of three years", m2(s.Firms[0].Indicators[0].Base), 7, 1e-9)
}

func TestOwnIndicator(t *testing.T) {
	// Value added 300 over 2 × 50 t of water is 3; base 4, weight 100: 75 points. Water that is missing or 0 leaves it missing.
	book := oneIndicator(t, "{id: X1, weight: 100, base: {kind: fixed, value: 4}, missing: zero}")
	for name, c := range map[string]struct {
		water  parcels.Opt[float64]
		points float64
		filled bool
	}{
		"on file": {m2(50), 75, false}, "missing": {parcels.Opt[float64]{}, 0, true}, "zero": {m2(0), 0, true}, "negative": {m2(-1), 0, true},
	} {
		rows := rated(1, func(int) float64 { return 100 })
		rows.Figures[0].WaterT = c.water
		s := run(t, rows, book, someDay)
		item := s.Firms[0].Indicators[0]
		if item.Filled != c.filled || item.Value.OK() == c.filled {
			t.Errorf("%s: %+v", name, item)
		}
		near(t, name, m2(item.Points), c.points, 1e-9)
		if zh, en, unit := s.IndicatorTitle(0, "X1"); zh != "单位用水增加值" || en != "Value added per tonne of water" || unit != "万元/吨" {
			t.Errorf("titles %q %q %q", zh, en, unit)
		}
	}
}

func TestFloorAreaIsAnInput(t *testing.T) {
	set := strings.ReplaceAll(string(oneIndicator(t, "{id: X1, weight: 100, base: {kind: fixed, value: 1}, missing: zero}").Sets[0].Text), "water_t * 2", "floor_m2")
	book := scoring.Book{Sets: []scoring.RuleSet{parse(t, set)}}
	rows := rated(1, func(int) float64 { return 100 })
	rows.Occupancies[0].FloorM2 = m2(600)
	rows.Buildings = []parcels.Building{plant("b", 1, 1000)}
	near(t, "stated floor area", run(t, rows, book, someDay).Firms[0].Indicators[0].Value, 300.0/600, 1e-9)
	rows.Occupancies[0].FloorM2 = parcels.Opt[float64]{}
	near(t, "all there is", run(t, rows, book, someDay).Firms[0].Indicators[0].Value, 300.0/1000, 1e-9)
	rows.Buildings = nil
	if v := run(t, rows, book, someDay).Firms[0].Indicators[0].Value; v.OK() {
		t.Errorf("a floor area nobody knows was used: %v", v)
	}
}

// A firm without land is rated by the set for any park, and looks back as far as that one does, however far the parks' own sets look.
func TestFirmWithoutLandLooksBackByItsOwnSet(t *testing.T) {
	book := oneIndicator(t, "{id: X1, weight: 100, years: 2, aggregate: min, base: {kind: fixed, value: 1}, missing: zero}")
	own := ratingByTax(t, "").Sets[0]
	text := strings.Replace(string(own.Text), `applies_to: ["*"]`, "applies_to: [QM]", 1)
	book.Sets = append(book.Sets, parse(t, strings.Replace(text, "id: test", "id: own", 1)))
	rows := rated(2, func(int) float64 { return 100 })
	rows.Occupancies = rows.Occupancies[:1]
	rows.Figures[1].WaterT = m2(25)
	withYear(&rows, 2, inYear-1, 80, 50)
	s := run(t, rows, book, someDay)
	if s.Firms[0].RuleSet != "own" || s.Firms[1].RuleSet != "one" {
		t.Fatalf("rated by %s and %s", s.Firms[0].RuleSet, s.Firms[1].RuleSet)
	}
	near(t, "the least of 300/50 and 300/100", s.Firms[1].Indicators[0].Value, 3, 1e-9)
}

func TestExplanationOfBaseAndYears(t *testing.T) {
	rows := rated(2, func(i int) float64 { return float64(100 * i) })
	withYear(&rows, 1, 2023, 40, 50)
	withYear(&rows, 2, 2023, 80, 50)
	for name, c := range map[string]struct{ indicator, zh, en string }{
		"last year": {
			"{id: I1, weight: 100, base: {kind: last_year_mean, factor: 2}, missing: zero}",
			"I1 基准（2023 年同组 2 家企业 Σ评价税收 ÷ Σ用地面积 = 6 × 2）=12",
			"I1 base (Σ rated tax ÷ Σ land of 2 firms of the cohort in 2023 = 6 × 2)",
		},
		"own formula over two years": {
			"{id: X1, weight: 100, years: 2, aggregate: min, base: {kind: cohort_mean}, missing: zero}",
			"X1 基准（2023—2024 年同组 2 家企业 Σ工业增加值 ÷ Σ（用水量 × 2））=3",
			"X1 base (Σ value added ÷ Σ (water used × 2) of 2 firms of the cohort in 2023–2024)",
		},
		"the formula of an own indicator": {
			"{id: X1, weight: 100, base: {kind: fixed, value: 4}, missing: zero}",
			"X1 公式=工业增加值 ÷ （用水量 × 2）", "X1 formula",
		},
		"the single years": {
			"{id: X1, weight: 100, years: 2, aggregate: min, base: {kind: cohort_mean}, missing: zero}",
			"X1 2023 年=3", "X1 in 2023",
		},
		"how they are taken together": {
			"{id: X1, weight: 100, years: 2, aggregate: each, base: {kind: cohort_mean}, missing: zero}",
			"X1 取值=逐年均须达到（取最低年）", "X1 is the",
		},
		"the worst where lower is better": {
			"{id: X1, weight: 100, years: 2, aggregate: each, direction: lower, base: {kind: cohort_mean}, missing: zero}",
			"X1 取值=逐年均须达到（取最高年）", "X1 is the",
		},
	} {
		s := run(t, rows, oneIndicator(t, c.indicator), someDay)
		var zh, en []string
		for _, e := range s.Explain(code(1)) {
			for _, o := range e.Inputs {
				zh, en = append(zh, o.Name+"="+o.Value), append(en, o.NameEn)
			}
		}
		if !strings.Contains(strings.Join(zh, "\n"), c.zh) || !strings.Contains(strings.Join(en, "\n"), c.en) {
			t.Errorf("%s: want %q and %q in\n%s\n%s", name, c.zh, c.en, strings.Join(zh, "\n"), strings.Join(en, "\n"))
		}
	}
}

// domain §3.3: where lower is better an item is (2 − x/base) × w, and nothing from twice the base on.
func TestLowerIsBetter(t *testing.T) {
	in := &scoring.Indicator{Weight: 30, Direction: "lower"}
	for x, want := range map[float64]float64{0: 60, 5: 45, 10: 30, 15: 15, 20: 0, 25: 0} {
		if got := scoring.ItemPoints(in, x, 10); got != want {
			t.Errorf("%v over a base of 10 gives %v points, want %v", x, got, want)
		}
	}
}
