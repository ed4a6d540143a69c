package scoring_test

import (
	"fmt"
	"math"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// lifted is a shipped set alone, without its limits of place and time.
func lifted(t *testing.T, id string) scoring.Book {
	t.Helper()
	for _, set := range shipped(t).Sets {
		if set.ID == id {
			set.AppliesTo, set.Years, set.ValidFrom, set.ValidTo = []string{"*"}, nil, 0, 0
			return scoring.Book{Sets: []scoring.RuleSet{set}}
		}
	}
	t.Fatalf("%s is not shipped", id)
	return scoring.Book{}
}

// exactly wants items and total to 4 decimals.
func exactly(t *testing.T, f *scoring.FirmScore, total float64, items ...float64) {
	t.Helper()
	near(t, "points", f.Points, total, 5e-5)
	if len(f.Indicators) != len(items) {
		t.Fatalf("%d items of cohort %q, want %d", len(f.Indicators), f.Cohort, len(items))
	}
	for i, item := range f.Indicators {
		if math.Abs(item.Points-items[i]) > 5e-5 {
			t.Errorf("%s gives %.4f points (value %v, base %v), want %.4f", item.ID, item.Points, item.Value, item.Base, items[i])
		}
	}
}

func TestLinhai(t *testing.T) {
	// 20 mu, tax 240, revenue 5000, value added 1500, 600 tce, 4 t COD, 12 000 t water, 90 people:
	//   I1 240/20 = 12       12/15 × 40      = 32
	//   I7 5000/20 = 250     250/300 × 10    =  8.3333
	//   I3 1500/600 = 2.5    2.5/3 × 20      = 16.6667
	//   X1 1500/4 = 375      375/500 × 15    = 11.25
	//   X2 1500/12000 = .125 .125/.1 × 5     =  6.25
	//   I5 1500/90 = 16.6667 16.6667/15 × 10 = 11.1111
	rows := rated(2, func(int) float64 { return 240 })
	rows.Parcels[0], rows.Parcels[1] = plot(1, 20), plot(2, 2)
	g := &rows.Figures[0]
	g.RevenueWan, g.ValueAddedWan, g.EnergyTce, g.CODT, g.WaterT, g.Staff = wan(5000), wan(1500), m2(600), m2(4), m2(12_000), m2(90)
	// 2 mu, tax 20, revenue 500, 80 MWh, whatever its scale:
	//   I1 20/2 = 10    10/15 × 50   = 33.3333
	//   I7 500/2 = 250  250/300 × 20 = 16.6667
	//   I8 20/8 = 2.5   2.5/2 × 30   = 37.5
	g = &rows.Figures[1]
	g.VATWan, g.RevenueWan, g.ElectricityMWh = wan(20), wan(500), m2(80)
	rows.Firms[1].AboveScale = parcels.Opt[bool]{}
	s := run(t, rows, lifted(t, "evaluation.linhai.2014"), someDay)
	exactly(t, &s.Firms[0], 85.6111, 32, 8.3333, 16.6667, 11.25, 6.25, 11.1111)
	exactly(t, &s.Firms[1], 87.5, 33.3333, 16.6667, 37.5)

	// The limit itself is not below it, and it is the land that counts, not the scale.
	for mu, want := range map[float64]string{2.99: "land_small", 3: "land", 3.01: "land"} {
		rows.Parcels[0] = plot(1, mu)
		rows.Firms[0].AboveScale = parcels.Some(mu < 3)
		if f := run(t, rows, lifted(t, "evaluation.linhai.2014"), someDay).Firms[0]; f.Cohort != want {
			t.Errorf("%v mu: cohort %q, want %q", mu, f.Cohort, want)
		}
	}
	rows.Occupancies = rows.Occupancies[:1]
	if f := run(t, rows, lifted(t, "evaluation.linhai.2014"), someDay).Firms[1]; f.Cohort != "" || len(f.Steps) != 1 || f.Steps[0].Arg != "no_cohort" {
		t.Errorf("a firm whose land nobody knows: %+v", f)
	}
}

func TestHuaian(t *testing.T) {
	// Last year firm 1 on 10 mu: tax 100, revenue 2000, 100 万千瓦时; firm 2 on 20 mu: 200, 7000, 300.
	//   means 300/30 = 10, 9000/30 = 300, 300/400 = 0.75; bases twice that: 20, 600, 1.5.
	// This year firm 1: tax 240, revenue 3000, 200 万千瓦时:
	//   I1 24/20 × 45 = 54; I7 300/600 × 35 = 17.5; X1 1.2/1.5 × 20 = 16.
	// Firm 2: tax 100, revenue 6000, no electricity on file:
	//   I1 5/20 × 45 = 11.25; I7 300/600 × 35 = 17.5; X1 0.
	rows := rated(2, func(i int) float64 { return []float64{240, 100}[i-1] })
	rows.Parcels[1] = plot(2, 20)
	rows.Figures[0].RevenueWan, rows.Figures[0].ElectricityMWh = wan(3000), m2(2000)
	rows.Figures[1].RevenueWan = wan(6000)
	for i, last := range []struct{ tax, revenue, power float64 }{{100, 2000, 1000}, {200, 7000, 3000}} {
		g := filed(i+1, 1, last.revenue, 1, last.tax)
		g.Year, g.ElectricityMWh = inYear-1, m2(last.power)
		rows.Figures = append(rows.Figures, g)
	}
	s := run(t, rows, lifted(t, "evaluation.huaian.2024"), someDay)
	exactly(t, &s.Firms[0], 87.5, 54, 17.5, 16)
	exactly(t, &s.Firms[1], 28.75, 11.25, 17.5, 0)

	// T class: utilities, and firms that have produced for less than two years at the end of 2024.
	for name, c := range map[string]struct {
		tags     []string
		produced string
		want     string
	}{
		"a utility":                        {[]string{"utility"}, "2001-01-01", "exempt"},
		"a day less than two years":        {nil, "2023-01-01", "exempt"},
		"two years on the last day":        {nil, "2022-12-31", ""},
		"long in production":               {nil, "2001-01-01", ""},
		"producing from the last day":      {nil, "2024-12-31", "exempt"},
		"producing from the day after":     {nil, "2025-01-01", "exempt"},
		"the start of production unstated": {nil, "", ""},
	} {
		rows.Firms[0].Tags, rows.Firms[0].ProducedOn = c.tags, 0
		if c.produced != "" {
			rows.Firms[0].ProducedOn = day(c.produced)
		}
		f := run(t, rows, lifted(t, "evaluation.huaian.2024"), someDay).Firms[0]
		if got := len(f.Steps) > 0 && f.Steps[0].Effect == "exempt"; got != (c.want == "exempt") || got != (f.Class == scoring.ClassNotRated) {
			t.Errorf("%s: class %s, steps %+v", name, f.Class, f.Steps)
		}
	}
}

// pair is two firms above scale on 10 mu each with all figures: tax 300 and 100, revenue 6000 and 4000, value added 1200 and 800, 400 and
// 600 tce, R&D 120 and 180, 60 and 40 people, 2 t and 2 t of pollutants.
func pair() parcels.Rows {
	rows := rated(2, func(i int) float64 { return []float64{300, 100}[i-1] })
	for i, v := range [][5]float64{{6000, 1200, 400, 120, 60}, {4000, 800, 600, 180, 40}} {
		g := &rows.Figures[i]
		g.RevenueWan, g.ValueAddedWan, g.EnergyTce, g.RDWan, g.Staff, g.EmissionsT = wan(v[0]), wan(v[1]), m2(v[2]), wan(v[3]), m2(v[4]), m2(2)
		g.ElectricityMWh = m2(1000)
	}
	return rows
}

func TestUnnamedCity(t *testing.T) {
	// Means: I1 400/20 = 20; I7 10000/20 = 500; I3 2000/1000 = 2; I6 300/10000 = 0.03; I5 2000/100 = 20.
	// Firm 1: 30/20 × 45 = 67.5; 600/500 × 20 = 24; 3/2 × 15 = 22.5; .02/.03 × 15 = 10; 20/20 × 5 = 5.
	// Firm 2: 10/20 × 45 = 22.5; 400/500 × 20 = 16; 1.3333/2 × 15 = 10; .045/.03 × 15 = 22.5; 20/20 × 5 = 5.
	rows := pair()
	book := lifted(t, "evaluation.etdz")
	s := run(t, rows, book, someDay)
	exactly(t, &s.Firms[0], 129, 67.5, 24, 22.5, 10, 5)
	exactly(t, &s.Firms[1], 76, 22.5, 16, 10, 22.5, 5)
	// 不定等级: ranked like the others, but without a class.
	rows.Firms[0].Tags = []string{"major_project"}
	s = run(t, rows, book, someDay)
	if f := s.Firms[0]; f.Class != scoring.ClassNotRated || f.Rank != 1 || f.Of != 2 || s.Firms[1].Rank != 2 {
		t.Errorf("a firm without a class: %+v", f)
	}
	// 规下 by tax per mu alone: 30/20 × 100 and 10/20 × 100.
	rows = pair()
	rows.Firms[0].AboveScale, rows.Firms[1].AboveScale = parcels.Some(false), parcels.Some(false)
	s = run(t, rows, book, someDay)
	exactly(t, &s.Firms[0], 150, 150)
	exactly(t, &s.Firms[1], 50, 50)
}

func TestWenling(t *testing.T) {
	// Means of pair(): I1 20, I2 2000/20 = 100, I3 2, I4 2000/4 = 500, I5 20, I6 0.03.
	// Firm 1: 45 + 120/100 × 20 = 24, 3/2 × 20 = 30, 600/500 × 10 = 12, 10, .02/.03 × 10 = 6.6667: 127.6667.
	// Firm 2: 15 + 80/100 × 20 = 16, 1.3333/2 × 20 = 13.3333, 400/500 × 10 = 8, 10, 15: 77.3333.
	rows, book := pair(), lifted(t, "evaluation.wenling.2022")
	rows.Firms[1].Industry = "3441"
	s := run(t, rows, book, someDay)
	exactly(t, &s.Firms[0], 127.6667, 45, 24, 30, 12, 10, 6.6667)
	exactly(t, &s.Firms[1], 77.3333, 15, 16, 13.3333, 8, 10, 15)
	if a, b := s.Firms[0], s.Firms[1]; a.Group != "g3" || b.Group != "g1" || a.Of != 1 || b.Rank != 1 {
		t.Errorf("groups are ranked apart: %s %d/%d, %s %d/%d", a.Group, a.Rank, a.Of, b.Group, b.Rank, b.Of)
	}
	// 规下, 1000 MWh = 100 万千瓦时 each: means I1 20, I7 500, X1 10000/200 = 50.
	// Firm 1: 30/20 × 34 = 51; 600/500 × 33 = 39.6; 60/50 × 33 = 39.6. Firm 2: 17; 26.4; 26.4.
	// Letting, domain §14.8: 规上 one tenant 0, three −10; 规下 three −20.
	for name, c := range map[string]struct {
		above   bool
		tenants int
		want    float64
	}{
		"above scale, nobody":        {true, 0, 127.6667},
		"above scale, one tenant":    {true, 1, 127.6667},
		"above scale, two tenants":   {true, 2, 122.6667},
		"above scale, three tenants": {true, 3, 117.6667},
		"below scale, nobody":        {false, 0, 130.2},
		"below scale, one tenant":    {false, 1, 120.2},
		"below scale, three tenants": {false, 3, 110.2},
	} {
		rows := pair()
		rows.Firms[0].AboveScale, rows.Firms[1].AboveScale = parcels.Some(c.above), parcels.Some(c.above)
		for k := range c.tenants {
			rows.Firms = append(rows.Firms, firm(10+k, false))
			rows.Occupancies = append(rows.Occupancies, holds(1, 10+k, "lease", m2(0)))
		}
		near(t, name, run(t, rows, book, someDay).Firms[0].Points, c.want, 5e-5)
	}
}

func TestChangle(t *testing.T) {
	// Means of pair() with the example weights: as firm 1 and 2 of TestWenling.
	rows, book := pair(), lifted(t, "evaluation.changle.2023")
	s := run(t, rows, book, someDay)
	exactly(t, &s.Firms[0], 127.6667, 45, 24, 30, 12, 10, 6.6667)
	exactly(t, &s.Firms[1], 77.3333, 15, 16, 13.3333, 8, 10, 15)
	for _, kind := range []string{"safety_accident", "environment_accident", "food_accident", "target_missed"} {
		rows := rated(10, func(i int) float64 { return float64(200 - 10*i) })
		rows.Events = []parcels.Event{event(kind, 1, "2024-05-01")}
		rows.Firms[9].Tags = []string{"newly_above_scale"}
		s := run(t, rows, book, someDay)
		if s.Firms[0].Rank != 1 || s.Firms[0].Class != "C" || s.Firms[1].Class != "A" {
			t.Errorf("%s: the best firm is %s, the second %s", kind, s.Firms[0].Class, s.Firms[1].Class)
		}
		if s.Firms[9].Rank != 10 || s.Firms[9].Class != "C" {
			t.Errorf("newly above scale, last: %s", s.Firms[9].Class)
		}
		rows.Events = append(rows.Events, event(kind, 10, "2024-05-01"))
		if got := run(t, rows, book, someDay).Firms[9].Class; got != "D" {
			t.Errorf("newly above scale, last, %s: %s", kind, got)
		}
	}
}

func TestHuangyanBelowScale(t *testing.T) {
	// 黄岩 2022: tax 60 on 4 mu, 150 MWh: 15/11.5932 × 50 = 64.6931; 60/15 = 4, 4/0.2352 × 50 = 850.3401.
	// 黄岩 2021:                          15/16.601058 × 50 = 45.1778; 4/0.236565 × 50 = 845.4336.
	rows := rated(1, func(int) float64 { return 60 })
	rows.Parcels[0], rows.Firms[0].AboveScale, rows.Figures[0].ElectricityMWh = plot(1, 4), parcels.Some(false), m2(150)
	exactly(t, &run(t, rows, lifted(t, "evaluation.huangyan.2022"), someDay).Firms[0], 915.0332, 64.6931, 850.3401)
	exactly(t, &run(t, rows, lifted(t, "evaluation.huangyan.2021"), someDay).Firms[0], 890.6114, 45.1778, 845.4336)
}

func TestDefaultScheme(t *testing.T) {
	// pair() with the cap of 1.5: I1 min(1.5, 1.5) × 30 = 45; I3 min(1.5, 1.5) × 20 = 30; the rest as in TestWenling. Two vectors more:
	// firm 2 with tax 0 drops I1 to 0 and lifts firm 1 to 30/15 = 2, capped at 1.5.
	rows, book := pair(), lifted(t, "evaluation.default")
	exactly(t, &run(t, rows, book, someDay).Firms[0], 127.6667, 45, 24, 30, 12, 10, 6.6667)
	rows.Figures[1].VATWan = wan(0)
	s := run(t, rows, book, someDay)
	exactly(t, &s.Firms[0], 127.6667, 45, 24, 30, 12, 10, 6.6667)
	exactly(t, &s.Firms[1], 62.3333, 0, 16, 13.3333, 8, 10, 15)
}

// Every inclusive bound of the shipped sets: the last rank in a class and the first of the next, by domain §3.4 and §3.5.
func TestBoundsOfTheShippedSets(t *testing.T) {
	cohort := func(id, name string) *scoring.Cohort {
		set := lifted(t, id).Sets[0]
		for i := range set.Evaluation.Cohorts {
			if set.Evaluation.Cohorts[i].ID == name {
				return &set.Evaluation.Cohorts[i]
			}
		}
		t.Fatalf("%s has no cohort %s", id, name)
		return nil
	}
	for _, c := range []struct {
		set, cohort string
		n           int
		last        [4]int // last rank of A, B, C, D
	}{
		{"evaluation.default", "above_scale", 112, [4]int{22, 67, 106, 112}},
		{"evaluation.default", "above_scale", 100, [4]int{20, 60, 95, 100}},
		{"evaluation.default", "tenant", 8, [4]int{1, 4, 7, 8}},
		{"evaluation.huaian.2024", "above_scale", 20, [4]int{4, 12, 19, 20}},
		{"evaluation.huaian.2024", "below_scale", 5, [4]int{1, 3, 4, 5}},
		{"evaluation.etdz", "above_scale", 100, [4]int{25, 70, 95, 100}},
		{"evaluation.etdz", "below_scale", 4, [4]int{1, 2, 3, 4}},
		{"evaluation.changle.2023", "above_scale", 100, [4]int{20, 75, 95, 100}},
		{"evaluation.changle.2023", "below_scale", 20, [4]int{4, 15, 19, 20}},
		{"evaluation.wenling.2022", "above_scale", 100, [4]int{20, 80, 95, 100}},
		{"evaluation.wenling.2022", "below_scale", 100, [4]int{5, 75, 95, 100}},
		{"evaluation.wenling.2022", "below_scale", 19, [4]int{0, 14, 18, 19}},
	} {
		t.Run(fmt.Sprintf("%s %s of %d", c.set, c.cohort, c.n), func(t *testing.T) {
			from, h := 1, cohort(c.set, c.cohort)
			for i, class := range []scoring.Class{"A", "B", "C", "D"} {
				for rank := from; rank <= c.last[i]; rank++ {
					if got := h.ClassOf(rank, c.n); got != class {
						t.Errorf("rank %d is %s, want %s", rank, got, class)
					}
				}
				from = c.last[i] + 1
			}
		})
	}
}
