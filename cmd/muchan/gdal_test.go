package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb/encoding/mvt"
)

// feature is a GeoJSON feature as GDAL writes it.
type feature struct {
	ID         any            `json:"id"`
	Properties map[string]any `json:"properties"`
}

// ogr runs a GDAL program and fails the test with its words when it fails or warns.
func ogr(t *testing.T, program string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), "CPL_DEBUG=OFF", "GDAL_HTTP_TIMEOUT=30", "no_proxy=127.0.0.1")
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil || strings.Contains(errs.String(), "ERROR") || strings.Contains(errs.String(), "Warning") {
		t.Fatalf("%s %s: %v\n%s%s", program, strings.Join(args, " "), err, out, errs.String())
	}
	return string(out)
}

// features converts a GDAL source to GeoJSON and returns its features by the property key.
func features(t *testing.T, key string, args ...string) map[string]feature {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.geojson")
	ogr(t, "ogr2ogr", append([]string{"-f", "GeoJSON", out}, args...)...)
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var collection struct{ Features []feature }
	if err := json.Unmarshal(text, &collection); err != nil {
		t.Fatal(err)
	}
	byKey := map[string]feature{}
	for _, f := range collection.Features {
		byKey[fmt.Sprint(f.Properties[key])] = f
	}
	if len(byKey) != len(collection.Features) {
		t.Fatalf("%d features but %d different %s", len(collection.Features), len(byKey), key)
	}
	return byKey
}

var countLine = regexp.MustCompile(`Feature Count: (\d+)`)

func featureCount(t *testing.T, args ...string) int {
	t.Helper()
	m := countLine.FindStringSubmatch(ogr(t, "ogrinfo", append([]string{"-ro", "-so"}, args...)...))
	if m == nil {
		t.Fatal("ogrinfo says no feature count")
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// parcelRows returns every parcel of the API, by code.
func parcelRows(t *testing.T, s *service, role string) map[string]map[string]any {
	t.Helper()
	var answer struct {
		Total int
		Rows  []map[string]any
	}
	s.GetJSON(t, role, "/api/v1/scores?limit=10000", &answer)
	rows := map[string]map[string]any{}
	for _, r := range answer.Rows {
		rows[r["code"].(string)] = r
	}
	if len(rows) != answer.Total || answer.Total == 0 {
		t.Fatalf("%d rows of %d", len(rows), answer.Total)
	}
	return rows
}

// samePropertiesAs checks three attributes of every feature against the API's rows.
func samePropertiesAs(t *testing.T, got map[string]feature, want map[string]map[string]any, attributes ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("GDAL reads %d features, the API has %d", len(got), len(want))
	}
	for code, f := range got {
		for _, a := range attributes {
			if !sameValue(f.Properties[a], want[code][a]) {
				t.Fatalf("%s %s: GDAL reads %v, the API says %v", code, a, f.Properties[a], want[code][a])
			}
		}
	}
}

func sameValue(a, b any) bool {
	x, isNumber := a.(float64)
	y, both := b.(float64)
	if isNumber && both {
		return math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(y))
	}
	return a == b || (a == nil && b == "") || (a == "" && b == nil)
}

func TestGDALReadsTheOGCEndpoint(t *testing.T) {
	s, _ := demo(t)
	rows := parcelRows(t, s, "viewer")
	if n := featureCount(t, "OAPIF:"+s.URL+"/ogc", "parcels"); n != len(rows) {
		t.Errorf("ogrinfo counts %d parcels, the API %d", n, len(rows))
	}
	samePropertiesAs(t, features(t, "code", "OAPIF:"+s.URL+"/ogc", "parcels"), rows, "park", "use_code", "drawn_mu")
}

func TestGDALReadsTheGeoPackage(t *testing.T) {
	s, data := demo(t)
	rows := parcelRows(t, s, "viewer")
	file := filepath.Join(data, storeFile)
	got := features(t, "code", file, "-sql", `SELECT * FROM parcels WHERE valid_to IS NULL`)
	samePropertiesAs(t, got, rows, "park", "use_code", "title_area_m2")
	for _, layer := range []string{"parks", "zones", "buildings"} {
		info := ogr(t, "ogrinfo", "-ro", "-so", file, layer)
		if !strings.Contains(info, "China Geodetic Coordinate System 2000") {
			t.Errorf("%s: GDAL does not see CGCS2000:\n%s", layer, info)
		}
	}
	for _, table := range []string{"firms", "occupancies", "figures", "events", "targets"} {
		if n := featureCount(t, file, table); n == 0 {
			t.Errorf("GDAL reads no row of %s", table)
		}
	}
}

func TestGDALReadsTheTiles(t *testing.T) {
	s, _ := demo(t)
	rows := parcelRows(t, s, "analyst")
	var tileJSON struct {
		Tiles  []string
		Center []float64
	}
	s.GetJSON(t, "analyst", "/tiles/parcels.json", &tileJSON)
	seen := map[string]bool{}
	for _, tile := range tilesOver(tileBounds(t, s), 14) {
		path := fmt.Sprintf("/tiles/parcels/%d/%d/%d.mvt", tile[0], tile[1], tile[2])
		status, _, body := s.Get(t, "analyst", path)
		if status == http.StatusNoContent {
			continue
		}
		if status != http.StatusOK {
			t.Fatalf("%s: %d", path, status)
		}
		file := filepath.Join(t.TempDir(), "tile.mvt")
		if err := os.WriteFile(file, body, 0o600); err != nil {
			t.Fatal(err)
		}
		got := features(t, "code", file, "parcels", "-oo", "CLIP=NO", "-oo", fmt.Sprintf("Z=%d", tile[0]),
			"-oo", fmt.Sprintf("X=%d", tile[1]), "-oo", fmt.Sprintf("Y=%d", tile[2]))
		for code, f := range got {
			seen[code] = true
			samePropertiesAs(t, map[string]feature{code: f}, map[string]map[string]any{code: rows[code]}, "park", "class", "tax_wan_mu")
		}
	}
	if len(seen) != len(rows) {
		t.Errorf("the tiles of zoom 14 hold %d parcels, the API %d", len(seen), len(rows))
	}
}

// Every tile of the demo, zoom by zoom, is one GDAL reads as many features from as another decoder does.
func TestGDALReadsEveryZoom(t *testing.T) {
	s, _ := demo(t)
	for layer, lowest := range map[string]int{"parcels": 8, "buildings": 13} {
		some := tilesOver(tileBounds(t, s), lowest)
		for z := lowest; z <= 18; z++ {
			dir, want := filepath.Join(t.TempDir(), strconv.Itoa(z)), map[string]int{}
			var next [][3]int
			for _, tile := range some {
				path := fmt.Sprintf("/tiles/%s/%d/%d/%d.mvt", layer, tile[0], tile[1], tile[2])
				status, _, body := s.Get(t, "viewer", path)
				if status == http.StatusNoContent {
					continue
				}
				next = append(next, tilesUnder(tile)...)
				for name, n := range countDecoded(t, body) {
					want[name] += n
				}
				file := filepath.Join(dir, strconv.Itoa(tile[1]), strconv.Itoa(tile[2])+".mvt")
				if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, body, 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			for name, n := range want {
				got := featureCount(t, "-oo", "TILE_EXTENSION=mvt", "-oo", "METADATA_FILE=", "-oo", "CLIP=NO", "MVT:"+dir, name)
				if got != n || n == 0 {
					t.Errorf("%s, zoom %d: GDAL reads %d features of layer %s, the tiles hold %d", layer, z, got, name, n)
				}
			}
			if want[layer] == 0 && want["grid"] == 0 {
				t.Errorf("%s: zoom %d shows nothing: %v", layer, z, want)
			}
			some = next
		}
	}
}

// countDecoded counts a tile's features by layer, as orb decodes them.
func countDecoded(t *testing.T, tile []byte) map[string]int {
	t.Helper()
	decoded, err := mvt.Unmarshal(tile)
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, l := range decoded {
		n[l.Name] = len(l.Features)
	}
	return n
}

// tilesUnder lists the four tiles of the next zoom in a tile.
func tilesUnder(tile [3]int) (under [][3]int) {
	z, x, y := tile[0]+1, 2*tile[1], 2*tile[2]
	return [][3]int{{z, x, y}, {z, x + 1, y}, {z, x, y + 1}, {z, x + 1, y + 1}}
}

// tileBounds is the demo's extent in degrees: west, south, east, north.
func tileBounds(t *testing.T, s *service) []float64 {
	t.Helper()
	var meta struct{ Bound []float64 }
	s.GetJSON(t, "", "/api/v1/meta", &meta)
	if len(meta.Bound) != 4 {
		t.Fatalf("meta.bound is %v", meta.Bound)
	}
	return meta.Bound
}

// tilesOver lists the z/x/y of a zoom that cover an extent.
func tilesOver(b []float64, z int) [][3]int {
	x0, y0 := tileAt(b[0], b[3], z)
	x1, y1 := tileAt(b[2], b[1], z)
	var tiles [][3]int
	for x := x0; x <= x1; x++ {
		for y := y0; y <= y1; y++ {
			tiles = append(tiles, [3]int{z, x, y})
		}
	}
	return tiles
}

func tileAt(lon, lat float64, z int) (x, y int) {
	n := math.Exp2(float64(z))
	phi := lat * math.Pi / 180
	return int(n * (lon + 180) / 360), int(n * (1 - math.Asinh(math.Tan(phi))/math.Pi) / 2)
}
