package main

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"muchan/geo"
	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/postgis/pgtest"
)

// demoDay is a fixed as-of date for tests that compare.
const demoDay = "2026-06-30"

// postgisDemo brings the demo files into a PostGIS database through the command line and returns its URL.
func postgisDemo(t *testing.T) string {
	t.Helper()
	url := pgtest.Database(t)
	must(t, "demo", "--import-only", "--database-url", url, "--data", t.TempDir())
	return url
}

func TestBothStoresScoreTheSameBytes(t *testing.T) {
	_, data := demo(t)
	url := postgisDemo(t)
	for _, year := range []string{"2020", "2025"} {
		args := []string{"score", "--json", "--year", year, "--as-of", demoDay, "--data", data}
		fromFile := must(t, args...)
		fromPostGIS := must(t, append(args, "--database-url", url)...)
		if fromFile != fromPostGIS {
			t.Errorf("%s: the scores differ: %s", year, firstDifference(fromFile, fromPostGIS))
		}
		if len(fromFile) < 100_000 {
			t.Errorf("%s: only %d bytes of scores", year, len(fromFile))
		}
	}
}

func firstDifference(a, b string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			from := max(0, i-60)
			return "\n" + a[from:min(len(a), i+60)] + "\n" + b[from:min(len(b), i+60)]
		}
	}
	return "one is longer"
}

// PostGIS's geodesic area is the oracle of ours, for every parcel of the demo.
func TestEveryDemoParcelHasPostGISArea(t *testing.T) {
	snap := demoSnapshot(t)
	conn, err := pgx.Connect(t.Context(), postgisDemo(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), `
		SELECT code, ST_Area(shape::geography)
		  FROM muchan.parcels
		 WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)`, snap.AsOf.Time())
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for rows.Next() {
		var code string
		var want float64
		if err := rows.Scan(&code, &want); err != nil {
			t.Fatal(err)
		}
		seen++
		if got := float64(geo.Area(snap.Parcel(code).Shape)); math.Abs(got-want) > 1e-7*want {
			t.Errorf("%s: %.6f m², PostGIS says %.6f", code, got, want)
		}
	}
	if rows.Err() != nil || seen != snap.Parcels.Len() {
		t.Errorf("compared %d of %d parcels, %v", seen, snap.Parcels.Len(), rows.Err())
	}
}

// demoSnapshot reads the demo's GeoPackage as of demoDay.
func demoSnapshot(t *testing.T) *parcels.Snapshot {
	t.Helper()
	_, data := demo(t)
	store, err := embedded.Open(filepath.Join(data, storeFile))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	snap, err := store.Snapshot(t.Context(), parcels.MustDate(demoDay))
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// A person who connects with QGIS as a viewer reads the viewer's views and nothing else.
func TestMigrateMakesTheRoles(t *testing.T) {
	database := pgtest.Database(t)
	for range 2 {
		if out := must(t, "migrate", "--database-url", database, "--data", t.TempDir()); !strings.Contains(out, "is up to date") {
			t.Error(out)
		}
	}
	conn, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `SET ROLE muchan_viewer`); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `SELECT code, shape FROM muchan_viewer.parcels`); err != nil {
		t.Errorf("the viewer cannot read the parcels: %v", err)
	}
	if _, err := conn.Exec(t.Context(), `SELECT output_wan FROM muchan.figures`); err == nil {
		t.Error("the viewer reads the firms' figures")
	}
}
