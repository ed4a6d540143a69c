package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muchan/geo/layerfile"
)

type checkAnswer struct {
	Counts []struct {
		Rule, Severity string
		Found          int
	}
	Problems []struct {
		Rule, Severity, Entity, Key, Message, MessageZh, Place, Park string
	}
}

// The demonstration has the faults its cases are meant to have, and none that is an error.
func TestCheckFindsTheFaultsOfTheDemo(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	must(t, "demo", "--import-only", "--data", data)
	code, out, _ := muchan(t, "check", "--json", "--data", data)
	var a checkAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil || code != 0 {
		t.Fatalf("%d %v", code, err)
	}
	for _, want := range []struct{ rule, key string }{
		{"parcel.county", "350583999001GB90001"},        // land-other-county
		{"parcel.title_area", "350502999001GB00188"},    // land-title-differs
		{"parcel.title_missing", "350502999001GB00189"}, // land-no-title-area
		{"parcel.without_firm", "350502999001GB00190"},  // land-without-firm
	} {
		found := 0
		for _, p := range a.Problems {
			if p.Rule == want.rule && p.Key == want.key {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s of %s is found %d times", want.rule, want.key, found)
		}
	}
	for _, c := range a.Counts {
		if c.Severity == "error" || slices.Contains([]string{"parcel.overlap", "parcel.gap", "figures.magnitude", "figures.cohort"}, c.Rule) {
			t.Errorf("the demonstration is not meant to have %+v", c)
		}
	}
	_, filtered, _ := muchan(t, "check", "--rule", "parcel.county", "--data", data)
	if !strings.Contains(filtered, "0 errors, 1 warnings, 0 notes") || strings.Contains(filtered, "uscc.pilot") {
		t.Errorf("filtered: %s", filtered)
	}
	for _, name := range []string{"problems.gpkg", "problems.geojson"} {
		checkLayer(t, data, filepath.Join(t.TempDir(), name), len(a.Problems))
	}
}

// checkLayer reads the layer of problems again: a row for each, most with a shape.
func checkLayer(t *testing.T, data, path string, want int) {
	t.Helper()
	must(t, "check", "--out", path, "--data", data)
	r, err := layerfile.Open(path, layerfile.ReadOptions{Sheet: "problems"})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	rows, drawn := 0, 0
	for rec, err := r.Next(); err == nil; rec, err = r.Next() {
		if rows++; rec.Shape != nil {
			drawn++
		}
	}
	if rows != want || drawn < want/2 {
		t.Errorf("%s holds %d problems, %d drawn; want %d", filepath.Base(path), rows, drawn, want)
	}
}
