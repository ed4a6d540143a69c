package layerfile_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo/layerfile"
)

// TestTablesInMetresNameTheirSystem: what a table in metres holds is read back without being told the system, by us and, with the header's
// own words, by people.
func TestTablesInMetresNameTheirSystem(t *testing.T) {
	for _, name := range []string{"a.csv", "a.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		layer := layerfile.Layer{Name: "parcels", Fields: fields, HasShape: true, CRS: crs(t, 4549)}
		write(t, path, layer, layerfile.WriteOptions{}, sampleRows()[:1])
		_, info, records := read(t, path, layerfile.ReadOptions{})
		if info.CRS != "EPSG:4549" || len(info.Notes) > 0 {
			t.Errorf("%s is in %s, notes %q", name, info.CRS, info.Notes)
		}
		want := sampleRows()[0].shape
		if got := records[0].Shape; math.Abs(got[0][0][0][0]-want[0][0][0][0]) > 1e-9 || math.Abs(got[0][1][2][1]-want[0][1][2][1]) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if _, err := layerfile.Open(path, layerfile.ReadOptions{CRS: "EPSG:4548"}); err == nil || !strings.Contains(err.Error(), "4548") {
			t.Errorf("%s read as EPSG:4548: %v", name, err)
		}
	}
}

// TestSystemsInHeaders: how people write them, and systems that are refused.
func TestSystemsInHeaders(t *testing.T) {
	for header, want := range map[string]string{
		"shape": "OGC:CRS84", "shape (EPSG:4549)": "EPSG:4549", "WKT(epsg:4549)": "EPSG:4549", "geometry（EPSG：4549）": "EPSG:4549",
		"wkt [urn:ogc:def:crs:EPSG::4548]": "EPSG:4548", "geom(OGC:CRS84)": "OGC:CRS84", "shape (EPSG:2385)": "", "shape (EPSG:99999)": "",
	} {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte("a,"+header+"\n1,\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := layerfile.Open(path, layerfile.ReadOptions{})
		if err != nil {
			if want != "" {
				t.Errorf("%q: %v", header, err)
			}
			continue
		}
		if got := r.Info().CRS; got != want {
			t.Errorf("%q is in %s, want %q", header, got, want)
		}
		r.Close()
	}
}
