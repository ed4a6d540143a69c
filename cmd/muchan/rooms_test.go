package main_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the house's floor plan: which of our packages each room may import. design: one way, no cycles, cmd on top.
var mayImport = map[string][]string{
	"geo":              {},
	"geo/layerfile":    {"geo"},
	"parcels":          {"geo"},
	"parcels/ingest":   {"geo", "geo/layerfile", "parcels"},
	"parcels/quality":  {"geo", "parcels"},
	"parcels/embedded": {"geo", "geo/layerfile", "parcels"},
	"parcels/postgis":  {"geo", "geo/layerfile", "parcels"},
	"scoring":          {"geo", "parcels"},
	// What follows from finished scores; each reads them and changes nothing.
	"scoring/potential": {"geo", "parcels", "scoring"},
	"scoring/match":     {"geo", "parcels", "scoring"},
	"scoring/admission": {"geo", "parcels", "scoring"},
	"scoring/targets":   {"geo", "parcels", "scoring", "scoring/aggregate"},
	"scoring/whatif":    {"geo", "parcels", "scoring"},
	"scoring/aggregate": {"geo", "parcels", "scoring"},
	"tiles/layers":      {"geo", "parcels", "scoring"},
	"tiles":             {"geo", "tiles/layers", "tiles/pmtiles"},
	"tiles/pmtiles":     {},
	"tiles/pack":        {},
	// Published tables and parcels on their way to files and paper.
	"tiles/export":      {"geo", "geo/layerfile", "parcels", "scoring", "tiles/layers"},
	"tiles/report":      {"geo", "parcels", "scoring", "tiles/export", "tiles/layers", "tiles/report/font"},
	"tiles/report/font": {},
	"seeds":             {"geo", "geo/layerfile", "parcels"},
	"web":               {},
	"api/auth":          {},
	"api/audit":         {},
	"api": {
		"geo", "geo/layerfile", "parcels", "parcels/ingest", "parcels/quality", "scoring", "scoring/potential", "scoring/match",
		"scoring/admission", "scoring/targets", "scoring/whatif", "scoring/aggregate", "tiles", "tiles/layers", "tiles/export", "tiles/pack", "tiles/pmtiles", "tiles/report", "web", "api/auth", "api/audit",
	},
	// A program by itself that measures, so it joins rooms as a command does.
	"tiles/bench": {"geo", "parcels", "parcels/embedded", "parcels/postgis", "parcels/postgis/pgtest", "scoring", "seeds", "tiles", "tiles/layers", "api", "api/auth", "api/audit"},
	// Test support: used by tests of other rooms only.
	"geo/kept":               {},
	"parcels/storetest":      {"geo", "parcels"},
	"parcels/postgis/oracle": {"parcels", "parcels/postgis", "parcels/postgis/pgtest", "scoring/demotest"},
	"parcels/postgis/pgtest": {},
	"scoring/demotest":       {"parcels", "parcels/ingest", "scoring", "seeds"},
}

// testSupport is never part of the program.
var testSupport = []string{"geo/kept", "parcels/storetest", "parcels/postgis/oracle", "parcels/postgis/pgtest", "scoring/demotest"}

// outside lists modules and packages that only some rooms may import.
var outside = map[string][]string{
	"net/http":                   {"api", "api/auth", "cmd/muchan", "tiles/bench"},
	"github.com/twpayne/go-geom": {"geo", "geo/layerfile", "parcels/postgis"},
	"github.com/signintech":      {"tiles/report"},
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestRoomsImportOneWay(t *testing.T) {
	for _, p := range goList(t) {
		room := strings.TrimPrefix(p.ImportPath, "muchan/")
		for _, imported := range p.Imports {
			if ours, ok := strings.CutPrefix(imported, "muchan/"); ok {
				checkRoom(t, room, ours)
			}
			for prefix, rooms := range outside {
				if strings.HasPrefix(imported, prefix) && !slices.Contains(rooms, room) {
					t.Errorf("%s imports %s; only %v may", room, imported, rooms)
				}
			}
		}
	}
}

func checkRoom(t *testing.T, room, ours string) {
	t.Helper()
	if room == "cmd/muchan" {
		if slices.Contains(testSupport, ours) {
			t.Errorf("%s imports test support %s", room, ours)
		}
		return
	}
	allowed, known := mayImport[room]
	if !known {
		t.Errorf("%s is not in the floor plan: add it to mayImport with what it may import", room)
	} else if !slices.Contains(allowed, ours) {
		t.Errorf("%s imports %s; it may import only %v", room, ours, allowed)
	}
}

func goList(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "muchan/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
