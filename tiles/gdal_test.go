package tiles_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// gdalFeature is what ogr2ogr writes of a feature it read from a tile.
type gdalFeature struct {
	Properties map[string]any  `json:"properties"`
	Geometry   json.RawMessage `json:"geometry"`
}

// gdal reads a tile with GDAL's MVT driver.
func gdal(t *testing.T, at tiles.Address, tile []byte, layer string) []gdalFeature {
	t.Helper()
	path := filepath.Join(t.TempDir(), fmt.Sprint(at.Z), fmt.Sprint(at.X), fmt.Sprintf("%d.pbf", at.Y))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, tile, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", path, layer, "-t_srs", "EPSG:4326",
		"-oo", fmt.Sprintf("X=%d", at.X), "-oo", fmt.Sprintf("Y=%d", at.Y), "-oo", fmt.Sprintf("Z=%d", at.Z), "-oo", "CLIP=NO", "-lco", "COORDINATE_PRECISION=12")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil || errs.Len() > 0 {
		t.Fatalf("ogr2ogr: %v\n%s", err, errs.String())
	}
	var collection struct{ Features []gdalFeature }
	if err := json.Unmarshal(out, &collection); err != nil {
		t.Fatal(err)
	}
	return collection.Features
}

func TestGDALReadsTiles(t *testing.T) {
	table := tables(t, town(1000), layers.Analyst)[layers.Parcels]
	drawn := image(table)
	for _, z := range []int{9, 12, 14, 16} {
		at := addressOf(z, corner(15, 15))
		tile := encode(t, at, drawn)
		ours, theirs := only(t, tile), gdal(t, at, tile, "parcels")
		if len(theirs) != len(ours.features) {
			t.Fatalf("zoom %d: GDAL reads %d features, the tile has %d", z, len(theirs), len(ours.features))
		}
		for k, f := range theirs {
			compareProperties(t, table, ours.features[k], f.Properties)
			compareGeometry(t, at, ours.features[k], f.Geometry)
		}
	}
}

func compareProperties(t *testing.T, table *layers.Table, ours feature, theirs map[string]any) {
	t.Helper()
	row, _ := table.Row(ours.tags["code"].(string))
	for col, field := range table.Layer.Fields {
		want, present := table.Value(row, col)
		got := theirs[field.Name]
		switch v := want.(type) {
		case int64:
			want = float64(v)
		}
		if present && got != want || !present && got != nil {
			t.Errorf("%s: GDAL reads %s as %v, it is %v", table.IDs[row], field.Name, got, want)
		}
	}
}

// compareGeometry asserts that GDAL sees valid polygons of the same area at the same place.
func compareGeometry(t *testing.T, at tiles.Address, ours feature, theirs json.RawMessage) {
	t.Helper()
	s, err := geo.ParseGeoJSON(theirs, geo.CRS84)
	if err != nil {
		t.Fatal(err)
	}
	if v := geo.Check(s); !v.Valid {
		t.Errorf("GDAL reads an invalid shape: %+v", v)
	}
	var want geo.Shape
	for _, polygon := range polygons(t, ours.rings) {
		out := orb.Polygon{}
		for _, ring := range polygon {
			r := orb.Ring{}
			for _, p := range ring {
				r = append(r, tiles.Unproject(at, p))
			}
			out = append(out, r)
		}
		want = append(want, out)
	}
	if a, b := float64(geo.Area(s)), float64(geo.Area(want)); math.Abs(a-b) > 1e-4*b {
		t.Errorf("GDAL reads %v m², the tile has %v", a, b)
	}
	if c, d := s.Bound().Center(), want.Bound().Center(); math.Hypot(c[0]-d[0], c[1]-d[1]) > 1e-9 {
		t.Errorf("GDAL reads it around %v, the tile has it around %v", c, d)
	}
}
