package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

func TestStockBands(t *testing.T) {
	set := shipped(t).Choose(scoring.KindStock, "QM", 2024, day(someDay)).Set
	if set == nil {
		t.Fatal("no stock-land set for 清濛")
	}
	// domain §14.5
	for _, c := range []struct {
		mu, benefit float64
		want        string
	}{
		{45, 4.9999, "renew"},
		{45, 5, "far_2.5"},
		{45, 19.9999, "far_2.5"},
		{45, 20, "far_above_2.5"},
		{4.99, 25, "renew"},
		{5, 25, "far_above_2.5"},
		{45, -3, "renew"},
	} {
		if got := scoring.StockBandOf(set.Stock, m2(c.mu), m2(c.benefit)); got != c.want {
			t.Errorf("%v mu, %v 万元/亩: %q, want %q", c.mu, c.benefit, got, c.want)
		}
	}
	if got := scoring.StockBandOf(set.Stock, m2(45), parcels.Opt[float64]{}); got != "" {
		t.Errorf("a missing benefit is in band %q", got)
	}
	if c := shipped(t).Choose(scoring.KindStock, "GQ", 2024, day(someDay)); c.Set != nil {
		t.Error("the document does not name 官桥, yet its set is chosen there")
	}
	if c := shipped(t).Choose(scoring.KindStock, "QM", 2024, day("2026-01-31")); c.Set != nil {
		t.Error("the document is applied a day before it is in force")
	}
}

// threeYears pays 180, 240 and 270 万元 on 45 mu: domain §4.1.
func threeYears() parcels.Rows {
	rows := rated(1, func(int) float64 { return 270 })
	rows.Parcels[0].TitleAreaM2 = m2(30_000)
	rows.Zones = []parcels.Zone{blockLine(1, 1)}
	for year, tax := range map[int]float64{2022: 180, 2023: 240} {
		g := filed(1, 1000, 1000, 300, tax)
		g.Year = year
		rows.Figures = append(rows.Figures, g)
	}
	return rows
}

func TestBenefitOverThreeYears(t *testing.T) {
	text := string(shipped(t).Choose(scoring.KindStock, "QM", 2024, day(someDay)).Set.Text)
	for how, want := range map[string]struct {
		value float64
		band  string
	}{"mean": {230.0 / 45, "far_2.5"}, "min": {4, "renew"}, "each": {4, "renew"}} {
		set := parse(t, replaceOnce(t, text, "aggregate: mean", "aggregate: "+how))
		p := run(t, threeYears(), scoring.Book{Sets: []scoring.RuleSet{set}}, someDay).Parcels[0]
		near(t, how, p.BenefitPerMu, want.value, 1e-9)
		if p.Band != want.band {
			t.Errorf("%s: band %q, want %q", how, p.Band, want.band)
		}
	}
	rows := threeYears()
	rows.Figures = rows.Figures[:1]
	near(t, "two years missing", run(t, rows, shipped(t), someDay).Parcels[0].BenefitPerMu, 6, 1e-9)
}

// blockLine is an industrial block line around the n-th plot.
func blockLine(level, n int) parcels.Zone {
	return parcels.Zone{
		ID: "line", Park: "QM", Name: "区块线", Kind: parcels.ZoneBlockLine, Level: level, ValidFrom: day("2024-01-01"),
		Shape: box(float64(n)*500-100, -50, 400, 400),
	}
}

// domain §4.1: industrial land inside the block lines of level 1 and 2, and nothing else. Outside there is no figure and no band,
// not even for land below 5 mu.
func TestStockSetKeepsToItsScope(t *testing.T) {
	cases := []struct {
		name         string
		level, at    int
		scheme, code string
		want         bool
		why          string
	}{
		{"level 1", 1, 1, "ydyh2023", "1001", true, ""},
		{"level 2", 2, 1, "ydyh2023", "100102", true, ""},
		{"level 3", 3, 1, "ydyh2023", "1001", false, "区块线"},
		{"outside the lines", 1, 9, "ydyh2023", "1001", false, "区块线"},
		{"no lines at all", 0, 0, "ydyh2023", "1001", false, "区块线"},
		{"storage inside", 1, 1, "ydyh2023", "1101", false, "用途"},
		{"commerce inside", 2, 1, "ydyh2023", "0901", false, "用途"},
		{"industry by GB 50137", 1, 1, "gb50137", "M2", true, ""},
		{"storage by GB 50137", 1, 1, "gb50137", "W1", false, "用途"},
		{"industry by GB/T 21010", 1, 1, "gbt21010", "0601", true, ""},
		{"storage by GB/T 21010", 1, 1, "gbt21010", "0604", false, "用途"},
		{"use unknown", 1, 1, "ydyh2023", "", false, "用途"},
	}
	for _, c := range cases {
		for _, mu := range []float64{45, 4} {
			t.Run(fmt.Sprintf("%s, %v mu", c.name, mu), func(t *testing.T) {
				rows := threeYears()
				rows.Parcels[0].TitleAreaM2 = m2(mu * 2000 / 3)
				rows.Parcels[0].UseScheme, rows.Parcels[0].UseCode = c.scheme, c.code
				rows.Zones = nil
				if c.level > 0 {
					rows.Zones = []parcels.Zone{blockLine(c.level, c.at)}
				}
				s := run(t, rows, shipped(t), someDay)
				p := s.Parcels[0]
				if (p.Band != "") != c.want || p.BenefitPerMu.OK() != c.want {
					t.Errorf("band %q, benefit %v", p.Band, p.BenefitPerMu)
				}
				e := explained(t, s, code(1))["benefit_per_mu"]
				if told := strings.Contains(e.Note, "不适用") && strings.Contains(e.Note, c.why) && len(e.Inputs) == 0; told == c.want {
					t.Errorf("the explanation says %q with %d operands", e.Note, len(e.Inputs))
				}
			})
		}
	}
}

// A band that raises the ratio tells the document's conditions and the row on single parcels above 3.0; the lowest band raises none.
func TestBandsTellTheirProvisos(t *testing.T) {
	for tax, want := range map[float64]bool{4: false, 6: true, 25: true} {
		rows := threeYears()
		for i := range rows.Figures {
			rows.Figures[i].VATWan = wan(45 * tax)
		}
		note := explained(t, run(t, rows, shipped(t), someDay), code(1))["benefit_per_mu"].NoteEn
		if strings.Contains(note, "safety, process, terrain, townscape") != want || strings.Contains(note, "may exceed 3.0") != want {
			t.Errorf("%v 万元/亩: %q", tax, note)
		}
	}
}
