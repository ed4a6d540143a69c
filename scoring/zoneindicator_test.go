package scoring_test

import (
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// Two industrial plots of 15 mu (1 ha each), one in use with 8 000 m² and 300 万元 of tax, one supplied; and 1 ha approved only.
func TestZoneIndicators(t *testing.T) {
	rows := rated(1, func(int) float64 { return 300 })
	rows.Parcels = []parcels.Parcel{plot(1, 15), plot(2, 15), plot(3, 15)}
	rows.Parcels[0].Contract.FAIWan = wan(4500)
	rows.Parcels[1].State, rows.Parcels[2].State = parcels.StateSupplied, parcels.StateApproved
	rows.Parcels[1].Contract.DueStartOn = day("2024-01-01")
	rows.Buildings = []parcels.Building{plant("a", 1, 8_000)} // 400 m² of ground
	rows.Parcels[0].YardAreaM2, rows.Parcels[0].WorksAreaM2 = parcels.Some(1_200.0), parcels.Some(800.0)
	got := map[string]scoring.ZoneIndicator{}
	for _, i := range scoring.ZoneIndicators(run(t, rows, shipped(t), someDay), "QM") {
		got[i.ID] = i
	}
	for id, want := range map[string]float64{
		"supply_rate": 2.0 / 3, "built_rate": 0.5, "industrial_rate": 1, "high_tech_rate": 0, "far": 0.8, "industrial_far": 0.8,
		"industrial_fai": 4500, "industrial_tax": 300, "tax": 300, "idle_rate": 0.5,
	} {
		near(t, id, got[id].Value, want, 1e-9)
		if got[id].Score.OK() {
			t.Errorf("%s is scored without an ideal value", id)
		}
	}
	near(t, "density", got["density"].Value, 0.04, 5e-5) // 400 ÷ 10 000; the plant is drawn as 20 by 20 m in degrees
	near(t, "industrial_coefficient", got["industrial_coefficient"].Value, 0.24, 5e-5)
	near(t, "tax per mu", got["tax"].PerMu, 20, 1e-9) // 300 ÷ 15
	if got["far"].Benchmarks[0].Value != 0.98 {
		t.Errorf("%+v", got["far"].Benchmarks)
	}
	rows.Buildings = nil
	if i := scoring.ZoneIndicators(run(t, rows, shipped(t), someDay), "")[4]; i.Value.OK() || i.Lacking != 1 || i.Counted != 0 {
		t.Errorf("a parcel without floor area counts: %+v", i)
	}
}

// An ideal of 0.4 is passed by 0.8 and one of 1.6 is half reached.
func TestZoneScoreStopsAtHundred(t *testing.T) {
	rows := parcels.Rows{Parcels: []parcels.Parcel{plot(1, 15)}, Buildings: []parcels.Building{plant("a", 1, 8_000)}}
	for ideal, want := range map[string]float64{"0.4": 100, "0.8": 100, "1.6": 50} {
		set := parse(t, head("z", "zone")+"zone:\n  ideals: [{indicator: far, ideal: "+ideal+", weight: 1}]\n")
		near(t, ideal, scoring.ZoneIndicators(run(t, rows, scoring.Book{Sets: []scoring.RuleSet{set}}, someDay), "")[4].Score, want, 1e-9)
	}
}
