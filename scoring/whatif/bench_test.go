package whatif_test

import (
	"testing"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/whatif"
	"muchan/seeds"
)

// BenchmarkTry is a whole what-if over 10^5 parcels and 1.2·10^5 firms, lists and reasons included: a weight, a threshold of the exit tests,
// and a single figure.
func BenchmarkTry(b *testing.B) {
	snap := parcels.NewSnapshot(1, day(asOf), seeds.Rows(seeds.Options{Parcels: 100_000, Seed: 11}))
	rules := shipped(b)
	base, err := scoring.Run(scoring.Input{Snapshot: snap, Year: 2024, AsOf: snap.AsOf, Rules: rules})
	if err != nil {
		b.Fatal(err)
	}
	figures := snap.Figures.At(snap.Figures.Len() / 2)
	patch := func(set, path, value string) whatif.Request {
		return whatif.Request{Normalise: true, Patches: []whatif.Patch{{Set: set, Patch: scoring.Patch{Path: path, Value: value}}}}
	}
	for _, c := range []struct {
		name string
		ask  whatif.Request
	}{
		{"weight", patch("evaluation.default", "evaluation.cohorts.below_scale.indicators.I1.weight", "60")},
		{"threshold", patch("exit.default", "exit.groups_failed", "1")},
		{"figure", whatif.Request{Edits: []scoring.Edit{{Table: "figures", Key: parcels.FiguresTable.Key(figures), Column: "vat_wan", Value: "99999"}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			changes := 0
			for range b.N {
				r, err := whatif.Try(base, rules, c.ask, whatif.Window{Most: 100})
				if err != nil {
					b.Fatal(err)
				}
				t := &r.Totals
				changes = t.FirmChanges + t.ParcelChanges + t.ExitAdded + t.ExitRemoved + t.ExitMoved
			}
			b.ReportMetric(float64(changes), "changes")
		})
	}
}
