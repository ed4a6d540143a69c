package layerfile_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"testing"

	"muchan/geo"
	"muchan/geo/layerfile"
)

// TestGDALReadsOurFiles: GDAL finds the same features, values and places in what we write.
func TestGDALReadsOurFiles(t *testing.T) {
	want := []row{
		{[]any{"350502001001GB00012", 11196.690123, 3, true, "2021-06-30"}, square(118.57, 24.84)},
		{[]any{"泉州，\"引号\"", -0.5, -7, false, "1999-12-31"}, square(118.43, 24.83)},
		{[]any{"空", nil, nil, nil, nil}, square(118.5, 24.9)},
	}
	for _, ext := range []string{"geojson", "csv", "xlsx"} {
		for _, code := range []int{4490, 4549} {
			t.Run(fmt.Sprintf("%s in %d", ext, code), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "宗地."+ext)
				write(t, path, layerfile.Layer{Name: "宗地", Fields: fields, HasShape: true, CRS: crs(t, code)}, layerfile.WriteOptions{BOM: true}, want)
				compareForeign(t, gdalFeatures(t, path, code), want)
			})
		}
	}
}

type gdalFeature struct {
	Properties map[string]any  `json:"properties"`
	Geometry   json.RawMessage `json:"geometry"`
}

// gdalFeatures lets ogr2ogr turn a file into GeoJSON in EPSG:4490, by its own reading, WKT parsing and transformation.
func gdalFeatures(t *testing.T, path string, code int) []gdalFeature {
	t.Helper()
	column := "shape" // metres name their system behind it
	if code != 4490 {
		column = fmt.Sprintf("shape (EPSG:%d)", code)
	}
	args := []string{"-f", "GeoJSON", "/vsistdout/", path, "-t_srs", "OGC:CRS84", "-lco", "COORDINATE_PRECISION=12", "-lco", "WRITE_NAME=NO"}
	switch filepath.Ext(path) {
	case ".csv":
		args = append(args, "-s_srs", fmt.Sprintf("EPSG:%d", code), "-oo", "GEOM_POSSIBLE_NAMES="+column, "-oo", "AUTODETECT_TYPE=YES")
	case ".xlsx":
		args = append(args, "-s_srs", fmt.Sprintf("EPSG:%d", code), "-dialect", "sqlite", "-sql", fmt.Sprintf(`SELECT *, GeomFromText("%s") FROM "宗地"`, column))
	}
	out, err := exec.Command("ogr2ogr", args...).Output()
	if err != nil {
		if exit, ok := err.(*exec.ExitError); ok {
			t.Fatalf("ogr2ogr: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	var collection struct {
		Features []gdalFeature `json:"features"`
	}
	if err := json.Unmarshal(out, &collection); err != nil {
		t.Fatal(err)
	}
	return collection.Features
}

func compareForeign(t *testing.T, got []gdalFeature, want []row) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("GDAL sees %d features, want %d", len(got), len(want))
	}
	for i, f := range got {
		for j, field := range fields {
			if v := f.Properties[field.Name]; !sameForeign(v, want[i].values[j]) {
				t.Errorf("feature %d %s: GDAL reads %#v, want %#v", i, field.Name, v, want[i].values[j])
			}
		}
		shape, err := geo.ParseGeoJSON(f.Geometry, geo.CRS84)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := float64(geo.Area(shape)), float64(geo.Area(want[i].shape)); math.Abs(a-b) > 1e-4*b || !shape.Bound().Pad(1e-9).Contains(want[i].shape.Bound().Min) {
			t.Errorf("feature %d: GDAL places it at %v with %v m², want %v with %v m²", i, shape.Bound(), a, want[i].shape.Bound(), b)
		}
	}
}

// sameForeign allows for GDAL's ways: CSV's missing cells are empty texts and its truths integers or texts; dates have slashes.
func sameForeign(got, want any) bool {
	switch w := want.(type) {
	case nil:
		return got == nil || got == ""
	case bool:
		return got == w || got == fmt.Sprint(w) || got == map[bool]float64{true: 1, false: 0}[w]
	case string:
		if s, ok := got.(string); ok && len(s) == 10 && s[4] == '/' {
			got = s[:4] + "-" + s[5:7] + "-" + s[8:]
		}
	}
	return sameText(got, want)
}
