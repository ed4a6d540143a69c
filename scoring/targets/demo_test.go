package targets_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"

	"muchan/parcels"
	"muchan/parcels/ingest"
	"muchan/scoring"
	"muchan/scoring/targets"
	"muchan/seeds"
)

// demoReport is the plan held against a year of the demonstration.
func demoReport(t testing.TB, year int) *targets.Report {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, seeds.Demo); err != nil {
		t.Fatal(err)
	}
	var rows parcels.Rows
	for _, f := range seeds.DemoFiles {
		c, _, err := ingest.Read(context.Background(), f.Kind, []string{filepath.Join(dir, f.Name)}, ingest.Options{Encoding: f.Encoding})
		if err != nil {
			t.Fatal(err)
		}
		rows.Occupancies = append(rows.Occupancies, c.Rows.Occupancies...)
		rows.Parks, rows.Firms = append(rows.Parks, c.Rows.Parks...), append(rows.Firms, c.Rows.Firms...)
		rows.Figures, rows.Targets = append(rows.Figures, c.Rows.Figures...), append(rows.Targets, c.Rows.Targets...)
		rows.Parcels = append(rows.Parcels, c.Rows.Parcels...)
	}
	day := parcels.MustDate(someDay)
	s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day, rows), Year: year, AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	return targets.Make(targets.Exact(s))
}

// The demonstration's sums of 2020 are the plan's.
func TestActualsOf2020AreThePlans(t *testing.T) {
	r := demoReport(t, 2020)
	for id, want := range map[string]float64{"output-2020": 582, "above-scale-2020": 112, "output-over-100m-2020": 58, "tax-over-10m-2020": 11} {
		row := rowOf(t, r, id)
		near(t, id, row.Actual.Value, want, 1e-6)
		near(t, id+" as the plan has it", row.Target.Base, want, 0)
	}
	near(t, "two firms, which analysts may count", rowOf(t, r, "tax-over-100m-2020").Actual.Value, 2, 0)
	near(t, "textiles", rowOf(t, r, "output-textiles").Actual.Value, 488.88, 1e-6)
	near(t, "three quarters of the target", rowOf(t, r, "output-textiles").Achieved, 488.88/650, 1e-9)
}

// What the plan's growth leads to, and where it does not agree.
func TestConsistencyOfThePlan(t *testing.T) {
	r := demoReport(t, 2025)
	for _, c := range []struct {
		id      string
		implied float64
		agrees  bool
	}{{"gdp", 276.3270, true}, {"gdp-per-head", 0.0068, true}, {"retail", 94.1393, true}, {"budget", 7.9129, true}, {"exports", 283.1352, true}} {
		got := rowOf(t, r, c.id).Consistency
		if got == nil || math.Abs(got.Implied-c.implied) > 5e-5 || got.Agrees != c.agrees {
			t.Errorf("%s: %+v", c.id, got)
		}
	}
	if c := rowOf(t, r, "rd-growth"); c.Consistency != nil || c.Series != targets.SeriesRate {
		t.Errorf("a rate is held against itself: %+v", c.Consistency)
	}
	if p := rowOf(t, r, "exports"); p.Progress.OK() || p.Series != targets.SeriesTotal {
		t.Errorf("a total has progress from one year's value: %+v", p.Progress)
	}
	if p := rowOf(t, r, "pm25"); p.Direction != targets.Down {
		t.Errorf("PM2.5 goes %v", p.Direction)
	}
	near(t, "the text's 88 needs less than 7 %", rowOf(t, r, "retail-text").FromBasePct, 5.5665, 5e-5) // (88/67.12)^0.2 = 1.055665
}

// Every contradiction is shown with its figures and their places.
func TestContradictionsOfThePlan(t *testing.T) {
	r := demoReport(t, 2025)
	want := map[string][]float64{
		"area":             {276.33, 26.7, 7.9, 0.83, 10.3494, 9.5181, 8.7346},
		"retail":           {94, 88, 94.1393},
		"high-tech-base":   {59, 50, 51},
		"patents":          {74.29, 72.58},
		"budget":           {13.23, 6.2, 2.1339},
		"green":            {40.93, 43.97},
		"gdp-per-head":     {0.0044, 0.007, 41766, 39476, 0.0068},
		"industries":       {30, 30},
		"textiles":         {582, 84, 650, 488.88, 1.3296, 810},
		"high-tech-target": {120, 112},
	}
	if len(r.Contradictions) != len(want) {
		t.Errorf("%d contradictions, want %d", len(r.Contradictions), len(want))
	}
	for _, c := range r.Contradictions {
		values := want[c.ID]
		if len(c.Figures) != len(values) || c.Title.Zh == "" || c.Title.En == "" {
			t.Errorf("%s: %+v", c.ID, c)
			continue
		}
		for i, f := range c.Figures {
			if math.Abs(f.Value-values[i]) > 5e-5 || f.Source == "" || f.Label.En == "" || f.Computed != (f.Target == "") {
				t.Errorf("%s: figure %d is %+v, want %v", c.ID, i, f, values[i])
			}
		}
	}
}

// A sum of many firms is shown for every year, and every row says what it is or why it is not there.
func TestEveryRowSpeaks(t *testing.T) {
	for _, year := range []int{2018, 2023, 2025} {
		r := demoReport(t, year)
		for i := range r.Rows {
			row := &r.Rows[i]
			if !row.Actual.Value.OK() && (row.Actual.Why.Zh == "" || row.Actual.Why.En == "") {
				t.Errorf("%d %s is silent", year, row.Target.ID)
			}
			if row.Actual.Value.OK() && row.Actual.Title.En == "" {
				t.Errorf("%d %s has no title", year, row.Target.ID)
			}
		}
		if a := rowOf(t, r, "output-2020").Actual; a.Hidden || a.Firms < 100 {
			t.Errorf("%d: %+v", year, a)
		}
	}
}
