package scoring_test

import (
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

func TestStockSetInsideBlockLines(t *testing.T) {
	text := string(shipped(t).Choose(scoring.KindStock, "QM", 2024, day(someDay)).Set.Text) + "  block_line_levels: [1]\n"
	book := scoring.Book{Sets: []scoring.RuleSet{parse(t, text)}}
	line := parcels.Zone{ID: "z", Park: "QM", Name: "区块线", Kind: parcels.ZoneBlockLine, Level: 1, ValidFrom: day("2024-01-01"), Shape: box(400, -50, 400, 400)}
	for name, c := range map[string]struct {
		level int
		shift float64
		want  string
	}{"inside": {1, 0, "far_2.5"}, "another level": {2, 0, ""}, "elsewhere": {1, 5000, ""}} {
		rows := threeYears()
		z := line
		z.Level, z.Shape = c.level, box(400+c.shift, -50, 400, 400)
		rows.Zones = []parcels.Zone{z}
		if got := run(t, rows, book, someDay).Parcels[0].Band; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
