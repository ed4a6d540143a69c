package aggregate_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"muchan/parcels"
	"muchan/parcels/ingest"
	"muchan/seeds"
)

// demo is the demonstration zone, imported as a user imports it.
func demo(t testing.TB) *parcels.Snapshot {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, seeds.Demo); err != nil {
		t.Fatal(err)
	}
	var rows parcels.Rows
	for _, f := range seeds.DemoFiles {
		c, _, err := ingest.Read(context.Background(), f.Kind, []string{filepath.Join(dir, f.Name)}, ingest.Options{Encoding: f.Encoding})
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		r := &c.Rows
		rows.Parks, rows.Zones = append(rows.Parks, r.Parks...), append(rows.Zones, r.Zones...)
		rows.Parcels, rows.Buildings = append(rows.Parcels, r.Parcels...), append(rows.Buildings, r.Buildings...)
		rows.Firms, rows.Occupancies = append(rows.Firms, r.Firms...), append(rows.Occupancies, r.Occupancies...)
		rows.Figures, rows.Events = append(rows.Figures, r.Figures...), append(rows.Events, r.Events...)
	}
	return parcels.NewSnapshot(1, parcels.MustDate(asOf), rows)
}
