package targets_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
	"muchan/scoring/targets"
)

const someDay = "2026-06-30"

func wan(v float64) parcels.Opt[parcels.Wan] {
	w, err := parcels.WanOf(v)
	if err != nil {
		panic(err)
	}
	return parcels.Some(w)
}

func uscc(i int) string { return fmt.Sprintf("91359900TESTFIRM%02d", i) }

// zone is firms of some industries with output of 2022 in 万元, and targets.
func zone(list []parcels.Target, outputs map[string][]float64) parcels.Rows {
	rows := parcels.Rows{Parks: []parcels.Park{{Code: "QM", Definition: "planned", AreaM2: some(2e6)}}, Targets: list}
	n := 0
	for _, industry := range []string{"1711", "3922", "3411", "1351", "2012"} {
		for _, v := range outputs[industry] {
			rows.Firms = append(rows.Firms, parcels.Firm{USCC: uscc(n), Name: "演示", Industry: industry, AboveScale: parcels.Some(true)})
			rows.Figures = append(rows.Figures, parcels.Figures{USCC: uscc(n), Year: 2022, OutputWan: wan(v)})
			n++
		}
	}
	return rows
}

func report(t testing.TB, rows parcels.Rows, year int, areas ...targets.Area) *targets.Report {
	t.Helper()
	day := parcels.MustDate(someDay)
	s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day, rows), Year: year, AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	in := targets.Exact(s)
	in.Areas = areas
	return targets.Make(in)
}

func target(id string, base, goal, growth opt) parcels.Target {
	return parcels.Target{ID: id, Name: id, NameEn: id, BaseYear: 2020, TargetYear: 2025, Base: base, Target: goal, GrowthPct: growth}
}

func rowOf(t testing.TB, r *targets.Report, id string) *targets.Row {
	t.Helper()
	for i := range r.Rows {
		if r.Rows[i].Target.ID == id {
			return &r.Rows[i]
		}
	}
	t.Fatalf("no row %s", id)
	return nil
}

// Output is to grow from 3 to 6 亿元 in five years and stands at 4.5 after two: half the way in two fifths of the time; 3 × 2^0.4 = 3.9585
// were due; (6/4.5)^(1/3) = 1.100642 is needed, 2^0.2 = 1.148698 was at the start.
func TestRowByHand(t *testing.T) {
	list := []parcels.Target{target("output-2020", some(3), some(6), some(12))}
	r := report(t, zone(list, map[string][]float64{"1711": {10000, 15000, 20000}}), 2022)
	row := rowOf(t, r, "output-2020")
	near(t, "actual", row.Actual.Value, 4.5, 1e-12)
	near(t, "progress", row.Progress, 0.5, 1e-12)
	near(t, "elapsed", row.Elapsed, 0.4, 1e-12)
	near(t, "achieved", row.Achieved, 0.75, 1e-12)
	near(t, "due", row.Due, 3.9585, 5e-5)
	near(t, "from base", row.FromBasePct, 14.8698, 5e-5)
	near(t, "from actual", row.FromActualPct, 10.0642, 5e-5)
	near(t, "ahead", row.AheadPct, 1.9358, 5e-5)
	if met, onPath := row.Met.Or(true), row.OnPath.Or(false); met || !onPath || row.Direction != targets.Up {
		t.Errorf("met %v, on path %v, %v", met, onPath, row.Direction)
	}
	if c := row.Consistency; c == nil || c.Agrees || math.Abs(c.Implied-5.2870) > 5e-5 || math.Abs(c.DeviationPct-13.4855) > 5e-4 {
		t.Errorf("%+v", c) // 3 × 1.12⁵ = 5.2870; 6/5.2870 = 1.134855
	}
}

func TestMetBoundaries(t *testing.T) {
	for _, c := range []struct {
		name       string
		base, goal opt
		year       int
		met, path  bool
		direction  targets.Direction
	}{
		{"exactly there", some(1), some(4.5), 2022, true, true, targets.Up},
		{"a fen short", some(1), some(4.5 + 1e-8), 2022, false, true, targets.Up},
		{"exactly on the path", some(4.5), some(9), 2020, false, true, targets.Up},
		{"falling and there", some(9), some(4.5), 2022, true, true, targets.Down},
		{"falling and not yet", some(9), some(4.4), 2022, false, true, targets.Down},
		{"falling and behind", some(5), some(2), 2022, false, false, targets.Down},
		{"held", some(4.5), some(4.5), 2022, true, true, targets.Hold},
	} {
		rows := zone([]parcels.Target{target("output-2020", c.base, c.goal, none)}, map[string][]float64{"1711": {10000, 15000, 20000}})
		for i := range rows.Figures {
			rows.Figures[i].Year = c.year
		}
		row := rowOf(t, report(t, rows, c.year), "output-2020")
		if row.Met.Or(!c.met) != c.met || row.OnPath.Or(!c.path) != c.path || row.Direction != c.direction {
			t.Errorf("%s: met %v, on path %v, %s", c.name, row.Met, row.OnPath, row.Direction)
		}
	}
}

// Analysts see every sum. Everybody else sees the cells of the public table, in whole 万元, hidden where they are hidden there; a small
// count is hidden from them too.
func TestSumsForViewersAreThePublicOnes(t *testing.T) {
	list := []parcels.Target{target("output-2020", some(1), none, none), target("output-textiles", none, some(1), none), target("output-machinery", none, some(1), none), target("output-over-100m-2020", none, some(1), none)}
	day := parcels.MustDate(someDay)
	rows := zone(list, map[string][]float64{"1711": {30000.4, 300, 300}, "3411": {400, 400, 400}})
	s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day, rows), Year: 2022, AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	public := aggregate.Table{Year: 2022, Run: "2022-1", Rows: []aggregate.Row{
		{By: aggregate.ByZone, Output: aggregate.Sum{Firms: parcels.Some(6), Sum: some(31800)}},
		{By: aggregate.ByPlan, Plan: "output-textiles", Output: aggregate.Sum{Suppressed: aggregate.Dominated}},
		{By: aggregate.ByPlan, Plan: "output-machinery", Output: aggregate.Sum{Firms: parcels.Some(3), Sum: some(1200)}},
	}}
	exact, seen := targets.Make(targets.Exact(s)), targets.Make(targets.Published(s, public))
	near(t, "exact", rowOf(t, exact, "output-2020").Actual.Value, 3.18004, 1e-12)
	near(t, "exact textiles", rowOf(t, exact, "output-textiles").Actual.Value, 3.06004, 1e-12)
	near(t, "exact count", rowOf(t, exact, "output-over-100m-2020").Actual.Value, 1, 0)
	near(t, "published", rowOf(t, seen, "output-2020").Actual.Value, 3.18, 1e-12)
	near(t, "published machinery", rowOf(t, seen, "output-machinery").Actual.Value, 0.12, 1e-12)
	for _, id := range []string{"output-textiles", "output-over-100m-2020"} {
		if a := rowOf(t, seen, id).Actual; !a.Hidden || a.Value.OK() || a.Firms != 0 || a.Why.En == "" {
			t.Errorf("%s: %+v", id, a)
		}
	}
	unpublished := targets.Make(targets.Published(s, aggregate.Table{Year: 2022}))
	for _, id := range []string{"output-2020", "output-textiles", "output-machinery"} {
		if a := rowOf(t, unpublished, id).Actual; !a.Hidden || a.Value.OK() {
			t.Errorf("without a final run %s: %+v", id, a)
		}
	}
}

func TestLackingFiguresMakeALowerBound(t *testing.T) {
	rows := zone([]parcels.Target{target("output-2020", some(1), some(2), none)}, map[string][]float64{"1711": {1, 1, 1, 1}})
	rows.Figures[0].OutputWan = parcels.Opt[parcels.Wan]{}
	a := rowOf(t, report(t, rows, 2022), "output-2020").Actual
	if a.Firms != 3 || a.Lacking != 1 || !strings.Contains(a.Note.En, "lower bound") {
		t.Errorf("%+v", a)
	}
	if a := rowOf(t, report(t, rows, 2021), "output-2020").Actual; a.Value.OK() || a.Why.En == "" {
		t.Errorf("a year without figures: %+v", a)
	}
}

// 26.7 亿元/km² is 178.00 万元/亩 and 0.83 is 5.53; the areas are 10.35 and 9.52 km², the first 15 524 mu.
func TestDenominatorsByHand(t *testing.T) {
	list := []parcels.Target{
		target("gdp", some(183.77), some(276.33), some(8.5)), target("gdp-per-km2", none, some(26.7), none),
		target("budget", some(6.2), some(7.9), some(5)), target("budget-per-km2", none, some(0.83), none),
	}
	r := report(t, zone(list, map[string][]float64{"1711": {100000, 100000, 100000}}), 2022, targets.Area{Definition: "built", Km2: 10})
	if len(r.Denominators) != 2 {
		t.Fatalf("%+v", r.Denominators)
	}
	d := r.Denominators
	for name, v := range map[string][2]float64{
		"km² by GDP": {d[0].Km2, 10.3494}, "km² by budget": {d[1].Km2, 9.5181}, "mu by GDP": {d[0].Mu / 1000, 15.5242},
		"万元/亩 by GDP": {d[0].WanPerMu, 178}, "万元/亩 by budget": {d[1].WanPerMu, 5.5333},
	} {
		if math.Abs(v[0]-v[1]) > 5e-5 {
			t.Errorf("%s: %v, want %v", name, v[0], v[1])
		}
	}
	byDefinition := map[string]targets.AreaYield{}
	for _, a := range r.Areas {
		byDefinition[a.Definition] = a
	}
	// 30 亿元 of output on 2 km² of planned area are 15 亿元/km² = 100 万元/亩; on the 10 km² the asker states, 3 and 20.
	planned, stated := byDefinition["planned"], byDefinition["built"]
	near(t, "planned", planned.OutputYiKm2, 15, 1e-9)
	near(t, "planned per mu", planned.OutputWanMu, 100, 1e-9)
	near(t, "stated", stated.OutputWanMu, 20, 1e-9)
	if !stated.Stated || planned.Stated || math.Abs(stated.Demands[0].TotalYi-267) > 1e-9 || math.Abs(planned.Demands[1].AreaOver-2/9.5181) > 1e-5 {
		t.Errorf("%+v %+v", planned, stated)
	}
	if len(r.Contradictions) == 0 || r.Contradictions[0].ID != "area" {
		t.Fatalf("%+v", r.Contradictions)
	}
	f := r.Contradictions[0].Figures
	if apart := f[len(f)-1]; !apart.Computed || math.Abs(apart.Value-8.7) > 0.05 {
		t.Errorf("apart by %+v", apart)
	}
}

// An area that only one of two parks states is not the zone's.
func TestAreaOfOneParkIsNotTheZones(t *testing.T) {
	rows := zone(nil, map[string][]float64{"1711": {1, 1, 1}})
	rows.Parks = append(rows.Parks, parcels.Park{Code: "GQ", Definition: "built", AreaM2: some(1e6)})
	for _, a := range report(t, rows, 2022).Areas {
		if len(a.MissingParks) != 1 || a.OutputYiKm2.OK() {
			t.Errorf("%+v", a)
		}
	}
}
