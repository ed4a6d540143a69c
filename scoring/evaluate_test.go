package scoring_test

import (
	"math"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// huangyanZone is the worked example of domain §3.9: 75 mu, tax 1500, value added 8000, 2500 tce, 1.6 t, 420 people, R&D 720, revenue
// 30 000 万元. It lies in 黄岩 so that the published set is chosen.
func huangyanZone() parcels.Rows {
	p := plot(1, 75)
	p.Park = "huangyan"
	g := filed(1, 0, 30_000, 8000, 1500)
	g.Year, g.EnergyTce, g.EnergyBasis, g.EmissionsT, g.Staff, g.RDWan = 2022, m2(2500), "equivalent", m2(1.6), m2(420), wan(720)
	return parcels.Rows{
		Parcels: []parcels.Parcel{p}, Firms: []parcels.Firm{firm(1, true)},
		Occupancies: []parcels.Occupancy{holds(1, 1, "own", parcels.Opt[float64]{})}, Figures: []parcels.Figures{g},
	}
}

func scoreHuangyan(t *testing.T, rows parcels.Rows, book scoring.Book) *scoring.Scores {
	t.Helper()
	s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day(someDay), rows), Year: 2022, AsOf: day(someDay), Rules: book})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestHuangyanExample(t *testing.T) {
	s := scoreHuangyan(t, huangyanZone(), shipped(t)).Firms[0]
	if s.RuleSet != "evaluation.huangyan.2022" {
		t.Fatalf("scored by %q", s.RuleSet)
	}
	near(t, "points", s.Points, 92.9134, 5e-5)
	want := []float64{24.8994, 15.6678, 23.7565, 10.1424, 10.5003, 7.9470}
	values := []float64{20, 106.6667, 3.2, 5000, 19.0476, 0.024}
	for i, item := range s.Indicators {
		if math.Abs(item.Points-want[i]) > 5e-5 {
			t.Errorf("%s gives %.4f points, want %.4f", item.ID, item.Points, want[i])
		}
		near(t, item.ID, item.Value, values[i], 5e-5)
	}
	if s.Class != scoring.ClassNotRated || s.Rank != 1 {
		t.Errorf("class %q rank %d: the notice has no bounds, so there is a rank and no class", s.Class, s.Rank)
	}
}

func TestCapAndFloorChangeTheScore(t *testing.T) {
	rows := huangyanZone()
	rows.Figures[0].VATWan, rows.Figures[0].ValueAddedWan = wan(80*75), wan(-100)
	// With negative value added I2 to I5 all fall; domain §3.9 leaves I3 to I5 as they were, so they get their values from fixed bases.
	text := string(huangyanText(t))
	capped := strings.ReplaceAll(text, "cap_factor: none", "cap_factor: 1.5")
	for name, c := range map[string]struct {
		text   string
		i1, i2 float64
	}{
		"uncapped":                {text, 99.5975, 0},
		"capped at 1.5, floor 0":  {capped, 45, 0},
		"capped at 1.5, no floor": {strings.ReplaceAll(capped, "floor: 0", "floor: none"), 45, -100.0 / 75 / 136.16 * 20},
	} {
		t.Run(name, func(t *testing.T) {
			set := parse(t, c.text)
			got := scoreHuangyan(t, rows, scoring.Book{Sets: []scoring.RuleSet{set}}).Firms[0].Indicators
			near(t, "I1", m2(got[0].Points), c.i1, 5e-5)
			near(t, "I2", m2(got[1].Points), c.i2, 5e-5)
		})
	}
	// The domain's total keeps the other four items: 45 + 0 + 23.7565 + 10.1424 + 10.5003 + 7.9470.
	set := parse(t, capped)
	items := set.Evaluation.Cohorts[0].Indicators
	total := 0.0
	for i, x := range []float64{80, -1.5, 3.2, 5000, 8000.0 / 420, 0.024} {
		total += scoring.ItemPoints(&items[i], x, items[i].Base.Value)
	}
	if math.Abs(total-97.3462) > 5e-5 {
		t.Errorf("capped total %.4f, want 97.3462", total)
	}
}

func huangyanText(t *testing.T) []byte {
	t.Helper()
	for _, set := range shipped(t).Sets {
		if set.ID == "evaluation.huangyan.2022" {
			return set.Text
		}
	}
	t.Fatal("the published set is not shipped")
	return nil
}

func TestMissingEmissionGetsTheCohortsMean(t *testing.T) {
	rows := huangyanZone()
	for f := 2; f <= 3; f++ {
		p := plot(f, 75)
		p.Park = "huangyan"
		g := rows.Figures[0]
		g.USCC = uscc(f)
		g.EmissionsT = parcels.Opt[float64]{}
		if f == 2 {
			g.EmissionsT = m2(3.2) // half the value added per tonne
		}
		rows.Parcels, rows.Firms = append(rows.Parcels, p), append(rows.Firms, firm(f, true))
		rows.Occupancies, rows.Figures = append(rows.Occupancies, holds(f, f, "own", m2(1))), append(rows.Figures, g)
	}
	for name, emission := range map[string]parcels.Opt[float64]{"missing": {}, "zero": m2(0)} {
		rows.Figures[2].EmissionsT = emission
		s := scoreHuangyan(t, rows, shipped(t))
		item := s.Firms[2].Indicators[3]
		if !item.Filled || item.Value.OK() {
			t.Errorf("%s: item %+v", name, item)
		}
		near(t, name+" emission", m2(item.Points), (10.1424+5.0712)/2, 1e-4)
	}
}

func TestCohortMeanIsSumOverSum(t *testing.T) {
	set := parse(t, head("mean", "evaluation")+`
evaluation:
  tax: [vat_wan]
  cohorts:
    - id: above_scale
      indicators: [{id: I1, weight: 60, base: {kind: cohort_mean}, missing: not_rated}, {id: I7, weight: 40, base: {kind: multiple, factor: 2}, missing: zero}]
      bounds: [{class: A, upto: 1}]
`)
	rows := rated(2, func(i int) float64 { return float64(i * 100) }) // 100 and 200 万元 on 10 mu and 30 mu
	rows.Parcels[1].TitleAreaM2 = m2(20_000)
	s := run(t, rows, scoring.Book{Sets: []scoring.RuleSet{set}}, someDay)
	near(t, "base of I1", m2(s.Firms[0].Indicators[0].Base), 300.0/40, 1e-9)
	near(t, "base of I7, twice the mean", m2(s.Firms[0].Indicators[1].Base), 2*2000.0/40, 1e-9)
}

// rated is n firms above scale on 10 mu each, the i-th (from 1) paying tax(i) 万元.
func rated(n int, tax func(i int) float64) parcels.Rows {
	var rows parcels.Rows
	for i := 1; i <= n; i++ {
		rows.Parcels = append(rows.Parcels, plot(i, 10))
		rows.Firms = append(rows.Firms, firm(i, true))
		rows.Occupancies = append(rows.Occupancies, holds(i, i, "own", parcels.Opt[float64]{}))
		rows.Figures = append(rows.Figures, filed(i, 1000, 1000, 300, tax(i)))
	}
	return rows
}

func classes(s *scoring.Scores) map[scoring.Class]int {
	count := map[scoring.Class]int{}
	for i := range s.Firms {
		count[s.Firms[i].Class]++
	}
	return count
}

func TestClassCounts(t *testing.T) {
	book := ratingByTax(t, "")
	for n, want := range map[int][4]int{112: {22, 45, 39, 6}, 8: {1, 3, 3, 1}, 1: {0, 0, 0, 1}, 20: {4, 8, 7, 1}} {
		c := classes(run(t, rated(n, func(i int) float64 { return float64(1000 - i) }), book, someDay))
		if got := [4]int{c["A"], c["B"], c["C"], c["D"]}; got != want {
			t.Errorf("N = %d gives %v, want %v", n, got, want)
		}
	}
}

func TestTiesShareTheBestRank(t *testing.T) {
	taxes := []float64{50, 40, 40, 40, 30}
	s := run(t, rated(5, func(i int) float64 { return taxes[i-1] }), ratingByTax(t, ""), someDay)
	want := []int{1, 2, 2, 2, 5}
	for i := range s.Firms {
		if s.Firms[i].Rank != want[i] || s.Firms[i].Of != 5 {
			t.Errorf("firm %d has rank %d of %d, want %d", i+1, s.Firms[i].Rank, s.Firms[i].Of, want[i])
		}
	}
	if s.Firms[3].Class != "B" {
		t.Errorf("a tie at rank 2 of 5 is %s", s.Firms[3].Class)
	}
}

func TestSmallCohorts(t *testing.T) {
	cohort := scoring.Cohort{Bounds: []scoring.ClassBound{{Class: "A", Upto: scoring.Ratio{Num: 1, Den: 5}}, {Class: "C", Upto: scoring.Ratio{Num: 19, Den: 20}}, {Class: "D", Upto: scoring.Ratio{Num: 1, Den: 1}}}}
	for policy, want := range map[string]scoring.Class{"as_is": "D", "no_last": "C", "not_rated": "T"} {
		cohort.Small = scoring.SmallCohort{Below: 20, Policy: policy}
		if got := cohort.ClassOf(8, 8); got != want {
			t.Errorf("%s: %s, want %s", policy, got, want)
		}
		if got := cohort.ClassOf(20, 20); got != "D" {
			t.Errorf("%s: a cohort of 20 is not small, got %s", policy, got)
		}
	}
}

func TestCohorts(t *testing.T) {
	rows := rated(4, func(int) float64 { return 10 })
	small := plot(3, 2.99)
	rows.Parcels[2] = small
	for i := 1; i < 4; i++ {
		rows.Firms[i].AboveScale = parcels.Some(false)
	}
	rows.Occupancies[3].Tenure = "lease"
	unknown := firm(5, true)
	unknown.AboveScale = parcels.Opt[bool]{}
	rows.Firms = append(rows.Firms, unknown)
	s := run(t, rows, ratingByTax(t, ""), someDay)
	for i, want := range []string{"above_scale", "below_scale", "below_scale_small", "tenant", ""} {
		if s.Firms[i].Cohort != want {
			t.Errorf("firm %d is in %q, want %q", i+1, s.Firms[i].Cohort, want)
		}
	}
	last := s.Firms[4]
	if last.Class != scoring.ClassNotRated || len(last.Steps) != 1 || last.Steps[0].Arg != "scale_unknown" {
		t.Errorf("unknown scale: %+v", last)
	}
}

func TestIndustryGroupsAreRankedApart(t *testing.T) {
	set := parse(t, head("groups", "evaluation")+`
evaluation:
  tax: [vat_wan]
  groups: [{id: textile, industries: ["17", "195"]}]
  cohorts:
    - {id: above_scale, grouped: true, indicators: [{id: I1, weight: 100, base: {kind: fixed, value: 10}, missing: zero}], bounds: [{class: A, upto: 0.5}, {class: B, upto: 1}]}
`)
	rows := rated(4, func(i int) float64 { return float64(100 - i) })
	rows.Firms[2].Industry, rows.Firms[3].Industry = "3921", "3922"
	s := run(t, rows, scoring.Book{Sets: []scoring.RuleSet{set}}, someDay)
	for i, want := range []struct {
		group string
		rank  int
	}{{"textile", 1}, {"textile", 2}, {"other", 1}, {"other", 2}} {
		if f := s.Firms[i]; f.Group != want.group || f.Rank != want.rank || f.Of != 2 {
			t.Errorf("firm %d: %s %d of %d", i+1, f.Group, f.Rank, f.Of)
		}
	}
}

func TestEnergyOnAnotherBasisIsMissing(t *testing.T) {
	rows := huangyanZone()
	rows.Figures[0].EnergyBasis = "calorific"
	if item := scoreHuangyan(t, rows, shipped(t)).Firms[0].Indicators[2]; !item.Filled || item.Points != 0 {
		t.Errorf("energy counted on another basis was used: %+v", item)
	}
}

func TestLandInsideItsBuildingPeriodIsLeftOut(t *testing.T) {
	book := shipped(t)
	rows := rated(1, func(int) float64 { return 10 })
	second := plot(2, 20)
	second.State = parcels.StateBuilding
	second.Contract.DueProductionOn = day("2025-06-30")
	rows.Parcels = append(rows.Parcels, second)
	rows.Occupancies = append(rows.Occupancies, holds(2, 1, "own", parcels.Opt[float64]{}))
	near(t, "land within the contract", run(t, rows, book, someDay).Firms[0].LandMu, 10, 1e-9)
	rows.Parcels[1].Contract.DueProductionOn = day("2024-06-30")
	near(t, "land past the agreed date", run(t, rows, book, someDay).Firms[0].LandMu, 30, 1e-9)
	rows.Parcels[1].Contract.DueProductionOn = day("2024-12-31")
	near(t, "land on its agreed date", run(t, rows, book, someDay).Firms[0].LandMu, 10, 1e-9)
	rows.Parcels[1].Contract.DueProductionOn = day("2025-06-30")
	rows.Parcels[1].Contract.ProducedOn = day("2024-12-31")
	near(t, "land in production", run(t, rows, book, someDay).Firms[0].LandMu, 30, 1e-9)
}

func TestParcelTakesTheClassOfItsLargestShare(t *testing.T) {
	rows := rated(2, func(i int) float64 { return float64(300 - 100*i) })
	rows.Parcels = rows.Parcels[:1]
	rows.Occupancies = []parcels.Occupancy{holds(1, 1, "own", m2(1000)), holds(1, 2, "lease", m2(9000))}
	rows.Buildings = []parcels.Building{plant("b", 1, 10_000)}
	s := run(t, rows, ratingByTax(t, ""), someDay)
	if s.Parcels[0].Firms[0].Firm != 1 || s.Parcels[0].Class != s.Firms[1].Class {
		t.Errorf("parcel %+v, firms %+v", s.Parcels[0], s.Firms)
	}
	if empty := run(t, parcels.Rows{Parcels: []parcels.Parcel{plot(1, 1)}}, ratingByTax(t, ""), someDay); empty.Parcels[0].Class != scoring.ClassNone {
		t.Error("a parcel without firms has a class")
	}
}
