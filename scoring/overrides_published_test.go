package scoring_test

import (
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// 景宁 2022: 39 firms above scale are 11/21/7/0, so D may be empty and A more than a fifth; of 36 below scale only 28 are classed,
// 4/21/0/3, so not classed is a class of its own and C may be empty (domain §14.3).
func TestJingningIsRepresentable(t *testing.T) {
	bounds := func(text string, overrides string) scoring.Book {
		return scoring.Book{Sets: []scoring.RuleSet{parse(t, head("jingning", "evaluation")+`
evaluation:
  tax: [vat_wan]
  cohorts:
    - {id: above_scale, indicators: [{id: I1, weight: 100, base: {kind: fixed, value: 10}, missing: not_rated}], bounds: [`+text+`]}
`+overrides)}}
	}
	c := classes(run(t, rated(39, func(i int) float64 { return float64(100 - i) }), bounds("{class: A, upto: 11/39}, {class: B, upto: 32/39}, {class: C, upto: 1}", ""), someDay))
	if c["A"] != 11 || c["B"] != 21 || c["C"] != 7 || c["D"] != 0 {
		t.Errorf("39 firms: %v", c)
	}
	rows := rated(36, func(i int) float64 { return float64(100 - i) })
	for i := range 8 {
		rows.Firms[4*i].Tags = []string{"utility"}
	}
	c = classes(run(t, rows, bounds("{class: A, upto: 1/7}, {class: B, upto: 25/28}, {class: D, upto: 1}", "  overrides:\n    - {id: out, when: {tag: utility}, effect: exempt}\n"), someDay))
	if c["A"] != 4 || c["B"] != 21 || c["C"] != 0 || c["D"] != 3 || c[scoring.ClassNotRated] != 8 {
		t.Errorf("28 of 36 firms: %v", c)
	}
}

// 遂昌: land that does not produce yet is out, but counts past the agreed date of production, else of completion. The evaluation year is
// 2024; what the set excludes makes no difference to who is exempt.
func TestNotYetProducing(t *testing.T) {
	for name, c := range map[string]struct {
		contract parcels.Contract
		out      bool
	}{
		"agreed for later":                       {parcels.Contract{DueProductionOn: day("2025-01-01")}, true},
		"agreed for the last day of the year":    {parcels.Contract{DueProductionOn: day("2024-12-31")}, true},
		"agreed for the day before it":           {parcels.Contract{DueProductionOn: day("2024-12-30")}, false},
		"only completion agreed, for later":      {parcels.Contract{DueCompletionOn: day("2025-01-01")}, true},
		"only completion agreed, and past":       {parcels.Contract{DueCompletionOn: day("2024-12-30")}, false},
		"producing on the last day":              {parcels.Contract{DueProductionOn: day("2025-06-30"), ProducedOn: day("2024-12-31")}, false},
		"producing only after the year":          {parcels.Contract{DueProductionOn: day("2025-06-30"), ProducedOn: day("2025-01-01")}, true},
		"nothing agreed, so nothing to wait for": {parcels.Contract{}, false},
	} {
		for _, excludes := range []string{"", "  exclude_building_period: true\n"} {
			book := ratingByTax(t, excludes+"  overrides:\n    - {id: building, when: {within_contract: true}, effect: exempt}\n")
			rows := rated(1, func(int) float64 { return 100 })
			rows.Parcels[0].Contract = c.contract
			f := run(t, rows, book, someDay).Firms[0]
			if out := f.Class == scoring.ClassNotRated; out != c.out {
				t.Errorf("%s (%q): class %s, steps %+v", name, excludes, f.Class, f.Steps)
			}
		}
	}
}

// 江山 2023 draft: registered for less than two years, land for less than three; an agreement prevails, which is an exemption with its
// own period.
func TestNewFirmsAndAgreements(t *testing.T) {
	book := ratingByTax(t, `
  overrides:
    - {id: agreed, when: {event: exempted}, effect: exempt}
    - {id: registered, when: {registered_below_years: 2}, effect: exempt}
    - {id: land, when: {land_below_years: 3}, effect: exempt}
`)
	agreement := func(from, to string) []parcels.Event {
		return []parcels.Event{{ID: "e", USCC: uscc(1), Kind: "exempted", On: day("2015-01-01"), ValidFrom: day(from), ValidTo: day(to)}}
	}
	const long = "2001-01-01"
	for name, c := range map[string]struct {
		registered, land string
		events           []parcels.Event
		by               string // row that exempts, "" for none
	}{
		"old firm, old land":                       {long, long, nil, ""},
		"a day less than two years":                {"2023-01-01", long, nil, "registered"},
		"two years on the last day":                {"2022-12-31", long, nil, ""},
		"land a day less than three years":         {long, "2022-01-01", nil, "land"},
		"land three years on the last day":         {long, "2021-12-31", nil, ""},
		"an agreement into the year":               {long, long, agreement("2020-01-01", "2024-01-02"), "agreed"},
		"an agreement that ended before the year":  {long, long, agreement("2020-01-01", "2024-01-01"), ""},
		"an agreement that begins on the last day": {long, long, agreement("2024-12-31", "2026-01-01"), "agreed"},
		"an agreement that begins after the year":  {long, long, agreement("2025-01-01", "2026-01-01"), ""},
		"an agreement goes before the other rows":  {"2023-01-01", "2022-01-01", agreement("2020-01-01", "2026-01-01"), "agreed"},
	} {
		rows := rated(1, func(int) float64 { return 100 })
		rows.Firms[0].RegisteredOn, rows.Parcels[0].Contract.HandedOverOn, rows.Events = day(c.registered), day(c.land), c.events
		f := run(t, rows, book, someDay).Firms[0]
		by := ""
		if len(f.Steps) > 0 {
			by = f.Steps[0].Arg
		}
		if by != c.by || (c.by == "") == (f.Class == scoring.ClassNotRated) {
			t.Errorf("%s: by %q, class %s, want %q", name, by, f.Class, c.by)
		}
	}
}

// 衡阳 衡政办发〔2022〕4号: by value, not by rank: tax per mu below 4 万元 in the city's parks, below 2 万元 in the counties'. The value itself
// is not below.
func TestThresholdsByValue(t *testing.T) {
	for limit, rows := range map[string]map[float64]scoring.Class{
		"4": {39.9999: "D", 40: "A", 40.0001: "A"},
		"2": {19.9999: "D", 20: "A", 39: "A"},
	} {
		book := ratingByTax(t, "  overrides:\n    - {id: low, when: {indicator: I1, below: "+limit+"}, effect: set_class, class: D}\n")
		for tax, want := range rows {
			zone := rated(5, func(i int) float64 { return 1 })
			zone.Figures[0].VATWan = wan(tax) // on 10 mu, and the best of five
			if f := run(t, zone, book, someDay).Firms[0]; f.Rank != 1 || f.Class != want {
				t.Errorf("limit %s, tax %v on 10 mu: class %s (rank %d), want %s", limit, tax, f.Class, f.Rank, want)
			}
		}
	}
	// What is missing is below nothing.
	book := ratingByTax(t, "  overrides:\n    - {id: low, when: {indicator: I7, below: 4}, effect: set_class, class: D}\n")
	zone := rated(5, func(i int) float64 { return float64(100 - i) })
	zone.Figures[0].RevenueWan = parcels.Opt[parcels.Wan]{}
	if f := run(t, zone, book, someDay).Firms[0]; f.Class != "A" {
		t.Errorf("revenue not on file: class %s", f.Class)
	}
}
