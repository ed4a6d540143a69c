package tiles_test

import (
	"testing"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/seeds"
	"muchan/tiles/layers"
)

// zone builds the layers of the generator's zone of n parcels: real towns with surveyed corners, scored by the real rules.
func zone(t testing.TB, n int, audience layers.Audience) map[string]*layers.Table {
	t.Helper()
	rows := seeds.Rows(seeds.Options{Parcels: n, Seed: 1})
	asOf := parcels.MustDate("2026-11-22")
	snap := parcels.NewSnapshot(1, asOf, rows)
	years := snap.Years()
	scores, err := scoring.Run(scoring.Input{Snapshot: snap, Year: years[len(years)-1], AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	built, err := layers.Build(snap, scores, nil, audience)
	if err != nil {
		t.Fatal(err)
	}
	return built
}
