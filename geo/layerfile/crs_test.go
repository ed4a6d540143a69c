package layerfile_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo/layerfile"
)

// The positions are those of domain vectors: (118.58, 24.87) and (118.43, 24.87) in each system, and what a file without a system
// gets told.
func TestCoordinatesOutsideDegreesNameTheLikelySystem(t *testing.T) {
	for _, tc := range []struct {
		name   string
		x, y   float64
		remedy string
	}{
		{"CM 117 官桥", 644519.916, 2752412.398, "EPSG:4548"},
		{"CM 117 清濛", 659681.730, 2752579.929, "EPSG:4548"},
		{"CM 120 官桥", 341329.079, 2752568.240, "EPSG:4549"},
		{"CM 120 清濛", 356490.848, 2752401.823, "EPSG:4549"},
		{"zone 39", 39659681.730, 2752579.929, "EPSG:4527"},
		{"zone 40", 40356490.848, 2752401.823, "EPSG:4528"},
		{"far east", 500000, 2752401.823, "EPSG:4548 (117E) or EPSG:4549 (120E)"},
		{"north first", 2752401.823, 356490.848, "Northing seems to come first"},
		{"north first, zone", 2752401.823, 40356490.848, "Northing seems to come first"},
		{"latitude first", 24.87, 118.58, "Latitude seems to come first"},
		{"web Mercator", 13200265, 2858000, "EPSG:3857"},
		{"nonsense", 1e9, 1e9, "--crs"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.csv")
			writeFile(t, path, fmt.Sprintf("shape\n\"POLYGON((%[1]f %[2]f,%[1]f %[2]f,%[1]f %[2]f,%[1]f %[2]f))\"\n", tc.x, tc.y))
			r, err := layerfile.Open(path, layerfile.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			_, err = r.Next()
			var e *layerfile.Error
			if !errors.As(err, &e) || e.Rule != layerfile.RuleDegrees || e.Fatal || !strings.Contains(e.Remedy, tc.remedy) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestParseCRS(t *testing.T) {
	for name, want := range map[string]string{
		"EPSG:4549": "EPSG:4549", "epsg:4490": "EPSG:4490", "4548": "EPSG:4548", "urn:ogc:def:crs:EPSG::4528": "EPSG:4528",
		"urn:ogc:def:crs:EPSG:9.8.15:4527": "EPSG:4527", "http://www.opengis.net/def/crs/EPSG/0/4326": "EPSG:4326",
		"urn:ogc:def:crs:OGC:1.3:CRS84": "OGC:CRS84", "CRS84": "OGC:CRS84",
	} {
		c, err := layerfile.ParseCRS(name)
		if err != nil || layerfile.CRSName(c) != want {
			t.Errorf("%s: %v, %v", name, c, err)
		}
	}
	for _, name := range []string{"", "EPSG:2437", "EPSG:", "Xian 80", "EPSG:-4490", "EPSG:44900000000000000000", "x4490"} {
		var e *layerfile.Error
		if _, err := layerfile.ParseCRS(name); !errors.As(err, &e) || e.Rule != layerfile.RuleCRS || e.Remedy == "" {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// A system in the file and another one in the option contradict each other; nobody may guess.
func TestFileAndOptionDisagree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.geojson")
	write(t, path, layerfile.Layer{Name: "a", Fields: fields, HasShape: true, CRS: crs(t, 4549)}, layerfile.WriteOptions{}, sampleRows())
	_, err := layerfile.Open(path, layerfile.ReadOptions{CRS: "EPSG:4548"})
	var e *layerfile.Error
	if !errors.As(err, &e) || e.Rule != layerfile.RuleCRS {
		t.Errorf("got %v", err)
	}
	if _, info, _ := read(t, path, layerfile.ReadOptions{CRS: "EPSG:4549"}); info.CRS != "EPSG:4549" {
		t.Errorf("info %+v", info)
	}
	if _, info, _ := read(t, path, layerfile.ReadOptions{}); info.CRS != "EPSG:4549" {
		t.Errorf("info %+v", info)
	}
}
