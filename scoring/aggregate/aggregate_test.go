package aggregate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
)

const asOf = "2026-11-22"

func book(t testing.TB) scoring.Book {
	t.Helper()
	files, err := filepath.Glob("../../seeds/rules/evaluation.default.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rule set: %v", err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	set, err := scoring.ParseRuleSet("default", text)
	if err != nil {
		t.Fatal(err)
	}
	return scoring.Book{Sets: []scoring.RuleSet{set}}
}

type fataler interface {
	Helper()
	Fatal(...any)
}

func score(t fataler, snap *parcels.Snapshot, year int, book scoring.Book) *scoring.Scores {
	t.Helper()
	s, err := scoring.Run(scoring.Input{Snapshot: snap, Year: year, AsOf: parcels.MustDate(asOf), Rules: book})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func classesOf(s *scoring.Scores) map[string]scoring.Class {
	classes := map[string]scoring.Class{}
	for i := range s.Firms {
		classes[s.Firms[i].USCC] = s.Firms[i].Class
	}
	return classes
}

// All years of the demonstration with a published evaluation in each: nothing gives away a firm or two.
func TestAttackOnTheDemonstration(t *testing.T) {
	snap, rules := demo(t), book(t)
	var years []aggregate.Year
	var truths []truth
	for year := 2018; year <= 2025; year++ {
		s := score(t, snap, year, rules)
		years = append(years, aggregate.Gather(s.Year, scoring.Summands(s), classesOf(s), aggregate.Defaults))
		truths = append(truths, truthOf(s, classesOf(s), aggregate.Defaults.Zoom))
	}
	tables := aggregate.Tables(years, aggregate.Defaults)
	a, err := read(tables, truths)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.attack(aggregate.Defaults.Dominance) {
		t.Error(f)
	}
	published, hidden := count(tables)
	t.Logf("published %v, hidden %v", published, hidden)
	for _, by := range []string{aggregate.ByZone, aggregate.ByPark, aggregate.ByIndustry, aggregate.ByClass, aggregate.ByParkIndustry, aggregate.ByCell} {
		if published[by] == 0 {
			t.Errorf("nothing is published by %s", by)
		}
	}
	if hidden[aggregate.Complementary] == 0 || hidden[aggregate.TooFew] == 0 {
		t.Errorf("the demonstration shows no suppression: %v", hidden)
	}
	careless, err := read(aggregate.Careless(years, aggregate.Defaults), truths)
	if err != nil {
		t.Fatal(err)
	}
	if found := careless.attack(aggregate.Defaults.Dominance); len(found) == 0 {
		t.Error("without complementary suppression the attacker finds nothing: he is no attacker")
	} else {
		t.Logf("without complementary suppression: %d findings, such as %s", len(found), found[0])
	}
}

func count(tables []aggregate.Table) (published, hidden map[string]int) {
	published, hidden = map[string]int{}, map[string]int{}
	for i := range tables {
		for k := range tables[i].Rows {
			r := &tables[i].Rows[k]
			for _, s := range sums(r) {
				if s.Suppressed == "" {
					published[r.By]++
				} else {
					hidden[s.Suppressed]++
				}
			}
		}
	}
	return published, hidden
}

// place is one firm of a small zone.
type place struct {
	park, industry string
	output         float64 // 万元; 0 for none on file
	mu             float64
	from, to       int // years
	dx             float64
}

func zone(places []place, firstYear, lastYear int) *parcels.Snapshot {
	rows := parcels.Rows{Parks: []parcels.Park{{Code: "GQ"}, {Code: "QM"}}}
	for n, p := range places {
		code, uscc := fmt.Sprintf("350502001001GB%05d", n+1), fmt.Sprintf("91359900%09dX", n+1)
		lon, lat := 118.5+p.dx, 24.87
		ring := geo.Shape{{{{lon, lat}, {lon + 1e-4, lat}, {lon + 1e-4, lat + 1e-4}, {lon, lat + 1e-4}, {lon, lat}}}}
		rows.Parcels = append(rows.Parcels, parcels.Parcel{
			Code: code, Park: p.park, TitleAreaM2: parcels.Some(p.mu * 2000 / 3), ValidFrom: parcels.MustDate("2010-01-01"), Shape: ring,
		})
		rows.Firms = append(rows.Firms, parcels.Firm{USCC: uscc, Industry: p.industry, AboveScale: parcels.Some(true), RegisteredOn: parcels.MustDate("2005-01-01")})
		o := parcels.Occupancy{Parcel: code, USCC: uscc, Tenure: "own", From: parcels.DateOf(p.from, 1, 1)}
		if p.to < lastYear {
			o.To = parcels.DateOf(p.to+1, 1, 1)
		}
		rows.Occupancies = append(rows.Occupancies, o)
		for year := max(p.from, firstYear); year <= min(p.to, lastYear); year++ {
			g := parcels.Figures{USCC: uscc, Year: year}
			if p.output != 0 {
				g.OutputWan = parcels.Some(parcels.Wan(p.output * parcels.FenPerWan))
			}
			rows.Figures = append(rows.Figures, g)
		}
	}
	return parcels.NewSnapshot(1, parcels.MustDate(asOf), rows)
}

func tablesOf(t fataler, snap *parcels.Snapshot, years ...int) ([]aggregate.Year, []aggregate.Table, []truth) {
	t.Helper()
	var gathered []aggregate.Year
	var truths []truth
	for _, year := range years {
		s := score(t, snap, year, scoring.Book{})
		gathered = append(gathered, aggregate.Gather(s.Year, scoring.Summands(s), nil, aggregate.Defaults))
		truths = append(truths, truthOf(s, nil, aggregate.Defaults.Zoom))
	}
	return gathered, aggregate.Tables(gathered, aggregate.Defaults), truths
}

// shown writes the outputs of a table's industries as "17:300 18:few".
func shown(table *aggregate.Table, by string, pick func(*aggregate.Row) aggregate.Sum) string {
	var list []string
	for k := range table.Rows {
		r := &table.Rows[k]
		if r.By != by {
			continue
		}
		s := pick(r)
		what := s.Suppressed
		if v, ok := s.Sum.Get(); ok {
			what = fmt.Sprint(v)
		}
		list = append(list, r.Park+r.Industry+r.Class+":"+what)
	}
	return strings.Join(list, " ")
}

func outputOf(r *aggregate.Row) aggregate.Sum { return r.Output }
func landOf(r *aggregate.Row) aggregate.Sum   { return r.Land }

// Vector 11: a group of two firms is hidden, and the total less the visible groups must not reveal it.
func TestGroupOfTwoIsHidden(t *testing.T) {
	var places []place
	add := func(industry string, n int) {
		for range n {
			places = append(places, place{"QM", industry, 100, 10, 2024, 2024, 0})
		}
	}
	add("17", 5)
	add("18", 2)
	_, tables, _ := tablesOf(t, zone(places, 2024, 2024), 2024)
	if got := shown(&tables[0], aggregate.ByIndustry, outputOf); got != "17:complementary 18:few" {
		t.Error(got)
	}
	if got := shown(&tables[0], aggregate.ByZone, outputOf); got != ":700" {
		t.Error(got)
	}
	// With a third group the smaller of the two large ones covers the two firms.
	add("19", 4)
	_, tables, _ = tablesOf(t, zone(places, 2024, 2024), 2024)
	if got := shown(&tables[0], aggregate.ByIndustry, outputOf); got != "17:500 18:few 19:complementary" {
		t.Error(got)
	}
	for k := range tables[0].Rows {
		if r := &tables[0].Rows[k]; r.Industry == "18" && (r.Output.Sum.OK() || r.Output.Firms.OK() || r.Output.PerMu.OK()) {
			t.Errorf("a hidden group shows a number: %+v", r.Output)
		}
	}
}

func TestBoundaries(t *testing.T) {
	three := func(a, b, c float64) []place {
		return []place{{"QM", "17", a, 10, 2024, 2024, 0}, {"QM", "17", b, 10, 2024, 2024, 0}, {"QM", "17", c, 10, 2024, 2024, 0}}
	}
	cases := []struct {
		name   string
		places []place
		want   string
	}{
		{"three firms", three(100, 100, 100), ":300"},
		{"two firms", three(100, 100, 100)[:2], ":few"},
		{"three firms, one without the figure", three(100, 100, 0), ":few"},
		{"one with exactly 85 %", three(85, 10, 5), ":100"},
		{"one with more than 85 %", three(85.01, 9.99, 5), ":dominance"},
		{"one with more than 85 % of the absolute sum", three(-900, 50, 100), ":dominance"},
		{"a loss beside gains", three(-50, 100, 100), ":150"},
		{"a loss that nearly evens the gains out", three(-30, 20, 15), ":5"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, tables, _ := tablesOf(t, zone(c.places, 2024, 2024), 2024)
			if got := shown(&tables[0], aggregate.ByZone, outputOf); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// Five firms and no amount: that all are 0 would be known of each.
func TestSumOfNothing(t *testing.T) {
	var places []place
	for range 5 {
		places = append(places, place{"QM", "17", 1e-9, 10, 2024, 2024, 0}) // below a fen: stored as 0
	}
	_, tables, _ := tablesOf(t, zone(places, 2024, 2024), 2024)
	if got := shown(&tables[0], aggregate.ByZone, outputOf); got != ":dominance" {
		t.Error(got)
	}
}

// One firm of six leaves: the land of the year that is published later is hidden, or the difference would be that firm's. The amounts of
// the two years are different unknowns and both are shown.
func TestFirmThatLeaves(t *testing.T) {
	places := make([]place, 6)
	for i := range places {
		places[i] = place{"QM", "17", 100, 10 + float64(i), 2023, 2024, 0}
	}
	places[0].to = 2023
	_, tables, _ := tablesOf(t, zone(places, 2023, 2024), 2023, 2024)
	if a, b := shown(&tables[0], aggregate.ByZone, landOf), shown(&tables[1], aggregate.ByZone, landOf); a != ":75" || b != ":complementary" {
		t.Errorf("land of 2023 %s, of 2024 %s", a, b)
	}
	if a, b := shown(&tables[0], aggregate.ByZone, outputOf), shown(&tables[1], aggregate.ByZone, outputOf); a != ":600" || b != ":500" {
		t.Errorf("output of 2023 %s, of 2024 %s", a, b)
	}
	// Output over land is shown only where both are.
	for i, want := range []bool{true, false} {
		if s := tables[i].Rows[0].Output; s.PerMu.OK() != want {
			t.Errorf("%d: per mu %+v", tables[i].Year, s)
		}
	}
	if v := tables[0].Rows[0].Output.PerMu.Or(0); v != 8 { // 600 ÷ 75
		t.Errorf("per mu %v", v)
	}
}

// QM's industry 17 is dominated. Nobody may find it as 17 − (GQ − GQ's 18), although no published sum holds it within another.
func TestDominatedInARoundaboutWay(t *testing.T) {
	var places []place
	add := func(park, industry string, outputs ...float64) {
		for _, v := range outputs {
			places = append(places, place{park, industry, v, 10, 2024, 2024, 0})
		}
	}
	add("QM", "17", 1000, 10, 10)
	add("QM", "18", 100, 100, 100)
	add("GQ", "17", 200, 200, 200)
	add("GQ", "18", 100, 100, 100)
	_, tables, _ := tablesOf(t, zone(places, 2024, 2024), 2024)
	if got := shown(&tables[0], aggregate.ByPark, outputOf) + " " + shown(&tables[0], aggregate.ByIndustry, outputOf); got != "GQ:900 QM:1320 17:1620 18:600" {
		t.Error(got)
	}
	if got := shown(&tables[0], aggregate.ByParkIndustry, outputOf); got != "GQ17:complementary GQ18:complementary QM17:dominance QM18:complementary" {
		t.Error(got)
	}
}

// Cell Y holds industry 17 and a firm of 900 with two small ones of industries of their own; cell X three others. The zone without
// industry 17 and without cell X would be 922, of which one firm has 900: parts of two groupings, so not all three sums are shown.
func TestDominatedRestOfTwoGroupings(t *testing.T) {
	var places []place
	add := func(dx float64, industry string, output float64) {
		places = append(places, place{"QM", industry, output, 10, 2024, 2024, dx})
	}
	for i, v := range []float64{1000, 1100, 1200} {
		add(0, "1711", v)
		add(0.05, []string{"3411", "3511", "3711"}[i], v)
	}
	add(0, "2011", 900)
	add(0, "2211", 10)
	add(0, "2611", 12)
	_, tables, truths := tablesOf(t, zone(places, 2024, 2024), 2024)
	zoneSum, industry := shown(&tables[0], aggregate.ByZone, outputOf), shown(&tables[0], aggregate.ByIndustry, outputOf)
	if zoneSum != ":7522" || !strings.HasPrefix(industry, "17:3300 ") {
		t.Errorf("zone %s, industries %s", zoneSum, industry)
	}
	if cells := shown(&tables[0], aggregate.ByCell, outputOf); cells != ":complementary :complementary" {
		t.Errorf("cells %s", cells)
	}
	a, err := read(tables, truths)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.attack(aggregate.Defaults.Dominance) {
		t.Error(f)
	}
}

// Four firms with land, one without output: the sum is a lower bound and says so.
func TestPartial(t *testing.T) {
	places := make([]place, 4)
	for i := range places {
		places[i] = place{"QM", "17", 100, 10, 2024, 2024, 0}
	}
	for _, missing := range []bool{false, true} {
		if missing {
			places[3].output = 0
		}
		_, tables, _ := tablesOf(t, zone(places, 2024, 2024), 2024)
		r := tables[0].Rows[0]
		if r.Output.Partial != missing || r.Land.Partial || r.Land.Firms.Or(0) != 4 || r.Output.PerMu.Or(0) != map[bool]float64{false: 10, true: 7.5}[missing] {
			t.Errorf("missing %t: %+v", missing, r)
		}
	}
}

// The park's total less one industry would be two firms' output: a difference no grouping shows.
func TestDominatedRest(t *testing.T) {
	places := []place{{"QM", "18", 1000, 10, 2024, 2024, 0}, {"QM", "19", 10, 10, 2024, 2024, 0}, {"QM", "20", 10, 10, 2024, 2024, 0}}
	for range 4 {
		places = append(places, place{"QM", "17", 100, 10, 2024, 2024, 0})
	}
	_, tables, _ := tablesOf(t, zone(places, 2024, 2024), 2024)
	// The zone's largest firm has 1000 of 1420. Without industry 17 it would have 1000 of 1020, which is 98 %.
	if got := shown(&tables[0], aggregate.ByIndustry, outputOf); got != "17:complementary 18:few 19:few 20:few" {
		t.Error(got)
	}
}

// Zones of a few firms in many industries and cells, and of more firms in few.
func TestRandomZones(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		industries := rapid.SampledFrom([][]string{
			{"1711", "1811", "3911", ""},
			{"1711", "1811", "1951", "3411", "3511", "3611", "3911", "1311", "2711", "2011", "2211", ""},
		}).Draw(t, "industries")
		cells := rapid.IntRange(1, 7).Draw(t, "cells")
		places := make([]place, rapid.IntRange(3, 40).Draw(t, "firms"))
		for i := range places {
			places[i] = place{
				park:     rapid.SampledFrom([]string{"QM", "GQ"}).Draw(t, "park"),
				industry: rapid.SampledFrom(industries).Draw(t, "industry"),
				output:   rapid.SampledFrom([]float64{0, 1, 10, 50, 100, 1000, -100}).Draw(t, "output"),
				mu:       rapid.SampledFrom([]float64{1, 10, 30}).Draw(t, "mu"),
				from:     rapid.IntRange(2021, 2023).Draw(t, "from"), to: rapid.IntRange(2023, 2024).Draw(t, "to"),
				dx: float64(rapid.IntRange(0, cells-1).Draw(t, "dx")) * 0.011,
			}
		}
		snap := zone(places, 2022, 2024)
		var years []aggregate.Year
		var truths []truth
		for _, year := range []int{2022, 2023, 2024} {
			s := score(t, snap, year, scoring.Book{})
			classes := map[string]scoring.Class{}
			for f := range s.Firms {
				classes[s.Firms[f].USCC] = rapid.SampledFrom([]scoring.Class{"A", "B", ""}).Draw(t, "class")
			}
			years = append(years, aggregate.Gather(s.Year, scoring.Summands(s), classes, aggregate.Defaults))
			truths = append(truths, truthOf(s, classes, aggregate.Defaults.Zoom))
		}
		a, err := read(aggregate.Tables(years, aggregate.Defaults), truths)
		if err != nil {
			t.Fatal(err)
		}
		if found := a.attack(aggregate.Defaults.Dominance); len(found) > 0 {
			t.Fatal(found)
		}
	})
}
