package postgis_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/ingest"
	"muchan/parcels/postgis/pgtest"
	"muchan/seeds"
)

// TestBothStoresAgree gives the demonstration's files and a generated zone to PostGIS and to the GeoPackage. No rule of the schema may
// be stricter than the field, both must count alike, and on every day both must hold the same values to the last bit.
func TestBothStoresAgree(t *testing.T) {
	for name, changes := range map[string][]parcels.Change{
		"demo":      demo(t),
		"generated": {{Who: "gen", When: time.Now(), Rows: seeds.Rows(seeds.Options{Parcels: 1500, Seed: 7})}},
	} {
		t.Run(name, func(t *testing.T) {
			ours := open(t, pgtest.Database(t))
			theirs, err := embedded.Open(filepath.Join(t.TempDir(), "muchan.gpkg"))
			if err != nil {
				t.Fatal(err)
			}
			defer theirs.Close()
			for i, c := range changes {
				got, err := ours.Apply(context.Background(), c)
				want, wantErr := theirs.Apply(context.Background(), c)
				if err != nil || wantErr != nil || got != want {
					t.Fatalf("change %d: PostGIS %+v, %v; GeoPackage %+v, %v", i, got, err, want, wantErr)
				}
			}
			for _, day := range []string{"2010-01-01", "2019-06-30", "2024-12-31", "2026-11-22"} {
				on := parcels.MustDate(day)
				if got, want := content(t, ours, on), content(t, theirs, on); got != want {
					t.Errorf("as of %s: PostGIS %s, GeoPackage %s", day, got, want)
				}
			}
		})
	}
}

// demo reads the demonstration as an import does.
func demo(t *testing.T) []parcels.Change {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, seeds.Demo); err != nil {
		t.Fatal(err)
	}
	var changes []parcels.Change
	for _, f := range seeds.DemoFiles {
		options := ingest.Options{Encoding: f.Encoding, Who: "demo", When: time.Now()}
		c, _, err := ingest.Read(context.Background(), f.Kind, []string{filepath.Join(dir, f.Name)}, options)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		changes = append(changes, c)
	}
	return changes
}

// content sums up a snapshot: its counts and the hash of every value.
func content(t *testing.T, store parcels.Store, on parcels.Date) string {
	t.Helper()
	snap, err := store.Snapshot(context.Background(), on)
	if err != nil {
		t.Fatal(err)
	}
	c := parcels.Change{Rows: *snap.AllRows()}
	return show([]int{
		len(snap.Parks), len(snap.Zones), snap.Parcels.Len(), snap.Buildings.Len(), len(snap.Firms), len(snap.Occupancies),
		snap.Figures.Len(), len(snap.Events), len(snap.Targets),
	}) + " " + c.ContentHash()
}
