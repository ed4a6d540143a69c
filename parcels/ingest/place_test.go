package ingest_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/parcels/embedded"
)

// TestShapesFarFromTheParks: one far away is warned of; a file that lies elsewhere as a whole was read in the wrong system.
func TestShapesFarFromTheParks(t *testing.T) {
	head := "code,park,valid_from,shape\n"
	row := func(i int, lon float64) string {
		return land(i) + ",QM,2010-01-01," + box(lon, 24.84, 0.001, 0.001) + "\n"
	}
	far := row(3, 115.57) + row(4, 115.571)

	s, err := prepare(t, zone(t), "parcels", head+far+row(5, 118.5705), related)
	if err != nil || found(s) != "2 place.away; 3 place.away; 4 parcels.on_stored" || s.Report.Files[0].Warnings != 3 {
		t.Errorf("two of three: %v %s", err, s.Report)
	}
	s, err = prepare(t, zone(t), "parcels", head+far, related)
	if !errors.Is(err, parcels.ErrRefused) || found(s) != "0 place.away" || s.Report.Files[0].Warnings != 0 || s.Report.Files[0].Errors != 1 {
		t.Errorf("all: %v %s", err, s.Report)
	}
	if text := s.Report.String(); !strings.Contains(text, "all 2 shapes lie at 115.5700–115.5720°E 24.8400–24.8410°N, far from the parks, which lie within 118.3600–118.7900°E 24.6300–25.0600°N") {
		t.Error(text)
	}
	skip := related
	skip.SkipBad = true
	if s, err = prepare(t, zone(t), "parcels", head+far, skip); !errors.Is(err, parcels.ErrRefused) {
		t.Errorf("all, with bad rows left out: %v %s", err, s.Report)
	}

	// Where the first parks lie, or another one, nobody but the person can say.
	park := "code,name,shape\nGQ,官桥," + box(115.56, 24.83, 0.03, 0.03) + "\n"
	nothing, err := embedded.Open(filepath.Join(t.TempDir(), "a.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	defer nothing.Close()
	for name, store := range map[string]parcels.Store{"the first park": nothing, "another park": zone(t)} {
		if s, err = prepare(t, store, "parks", park, related); err != nil || found(s) != "0 place.away" || s.Report.Files[0].Accepted != 1 {
			t.Errorf("%s: %v %s", name, err, s.Report)
		}
	}
	if s, err = prepare(t, nothing, "parcels", head+far, related); err != nil || found(s) != "0 place.away" {
		t.Errorf("no park is stored: %v %s", err, s.Report)
	}
}
