package layerfile_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/geo/layerfile"
)

// home holds both parks and the boundary of their zones.
var home = geo.Bound{Min: geo.Point{118.2, 24.6}, Max: geo.Point{118.9, 25.1}}

// Shapefiles that GDAL wrote in each system lose their .prj, and the system is found by magnitudes alone.
func TestDetectSystemOfShapefile(t *testing.T) {
	for _, epsg := range []string{"4490", "4548", "4549", "4527", "4528", "3857"} {
		t.Run("EPSG:"+epsg, func(t *testing.T) {
			path := gdalShapefile(t, twoParcels, "-t_srs", "EPSG:"+epsg)
			if err := os.Remove(strings.TrimSuffix(path, ".shp") + ".prj"); err != nil {
				t.Fatal(err)
			}
			_, info, records := read(t, path, layerfile.ReadOptions{CRS: layerfile.DetectCRS, Home: home})
			if !info.Assumed || info.CRS != "EPSG:"+epsg || len(records) != 2 {
				t.Fatalf("%+v", info)
			}
			if !strings.Contains(info.Notes[0], "would land at 118.5") {
				t.Errorf("the note does not say where the data would land: %s", info.Notes[0])
			}
			if p := records[0].Shape[0][0][0]; p[0] < 118.5699 || p[0] > 118.5801 || p[1] < 24.8399 || p[1] > 24.8501 {
				t.Errorf("the first point is %v", p)
			}
		})
	}
}

// boxes is a CSV of squares of 100 m, or 0.001 degrees, at positions "x y".
func boxes(t *testing.T, positions ...string) string {
	t.Helper()
	body := "shape\n"
	for _, p := range positions {
		var x, y float64
		if _, err := fmt.Sscan(p, &x, &y); err != nil {
			t.Fatal(err)
		}
		d := 100.0
		if x < 200 {
			d = 0.001
		}
		body += fmt.Sprintf("\"POLYGON((%[1]f %[2]f,%[3]f %[2]f,%[3]f %[4]f,%[1]f %[2]f))\"\n", x, y, x+d, y+d)
	}
	path := filepath.Join(t.TempDir(), "a.csv")
	writeFile(t, path, body)
	return path
}

// Positions are those of (118.58, 24.87) and (118.43, 24.87); the zones meet at 118.5.
func TestDetectSystemByMagnitude(t *testing.T) {
	both := geo.Bound{Min: geo.Point{115, 24}, Max: geo.Point{123, 26}}
	for name, c := range map[string]struct {
		home geo.Bound
		at   []string
		want string // the system, or what the refusal says
	}{
		"CM 117":                   {home, []string{"644519.916 2752412.398", "659681.730 2752579.929"}, "EPSG:4548"},
		"CM 120":                   {home, []string{"341329.079 2752568.240", "356490.848 2752401.823"}, "EPSG:4549"},
		"zone 39":                  {home, []string{"39659681.730 2752579.929"}, "EPSG:4527"},
		"zone 40":                  {home, []string{"40356490.848 2752401.823"}, "EPSG:4528"},
		"north first":              {home, []string{"2752401.823 356490.848"}, "EPSG:4549 with north first"},
		"north first, zone":        {home, []string{"2752579.929 39659681.730"}, "EPSG:4527 with north first"},
		"degrees":                  {home, []string{"118.58 24.87"}, "EPSG:4490"},
		"latitude first":           {home, []string{"24.87 118.58"}, "EPSG:4490 with north first"},
		"a zone away":              {home, []string{"500000 2752401"}, "they would land elsewhere: EPSG:4548 at 117.0000"},
		"degrees elsewhere":        {home, []string{"104.06 30.67"}, "lie at home"},
		"a local system":           {home, []string{"50000 48000"}, "in no system"},
		"nonsense":                 {home, []string{"1e9 1e9"}, "in no system"},
		"two zones at once":        {home, []string{"644519.916 2752412.398", "356490.848 2752401.823"}, "in no system"},
		"ambiguous in a wide home": {both, []string{"356490.848 2752401.823"}, "fit several systems: EPSG:4548 at 115.5"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := layerfile.Open(boxes(t, c.at...), layerfile.ReadOptions{CRS: layerfile.DetectCRS, Home: c.home})
			if !strings.HasPrefix(c.want, "EPSG:") {
				var own *layerfile.Error
				if !errors.As(err, &own) || own.Rule != layerfile.RuleCRS || !strings.Contains(own.Message, c.want) || own.Remedy == "" {
					t.Fatalf("got %v, want %q", err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if note := r.Info().Notes[0]; !strings.Contains(note, "assumed to be "+c.want+",") {
				t.Error(note)
			}
			rec, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			if b := rec.Shape.Bound(); !home.Contains(b.Min) || b.Min[1] < 24.8699 || b.Max[1] > 24.8711 {
				t.Errorf("it lands at %v", b)
			}
		})
	}
}

// A shape that stands apart is refused by itself.
func TestDetectedSystemRefusesStrays(t *testing.T) {
	positions := []string{"341329 2752568"}
	for range 25 {
		positions = append(positions, "356490.848 2752401.823")
	}
	positions = append(positions, "656490.848 2752401.823")
	r, err := layerfile.Open(boxes(t, positions...), layerfile.ReadOptions{CRS: layerfile.DetectCRS, Home: home})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var strays []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		var own *layerfile.Error
		if errors.As(err, &own) {
			strays = append(strays, fmt.Sprint(rec.Row, own.Rule))
		}
	}
	if got := strings.Join(strays, " "); got != "28shape.elsewhere" {
		t.Errorf("strays: %s", got)
	}
}

// A file that names its system is read by it, detection or not; a survey list without a zone gets one.
func TestDetectLeavesNamedSystems(t *testing.T) {
	_, info, _ := read(t, gdalGPKG(t, twoParcels, "-t_srs", "EPSG:4548"), layerfile.ReadOptions{CRS: layerfile.DetectCRS, Home: home})
	if info.Assumed || info.CRS != "EPSG:4548" {
		t.Errorf("%+v", info)
	}
	for text, want := range map[string]string{list: "EPSG:4528", strings.ReplaceAll(list, ",40355", ",355"): "EPSG:4549"} {
		text = strings.Replace(text, "带号=40\n", "", 1)
		_, info, records := read(t, listFile(t, text, true), layerfile.ReadOptions{CRS: layerfile.DetectCRS, Home: home})
		if !info.Assumed || info.CRS != want || len(records) != 2 {
			t.Errorf("%+v, want %s", info, want)
		}
	}
}

func TestOldAndShiftedSystemsAreRefused(t *testing.T) {
	for name, says := range map[string]string{
		"EPSG:2384": "Xi'an 80", "EPSG:4610": "Xi'an 80", "2437": "Beijing 54", "urn:ogc:def:crs:EPSG::4214": "Beijing 54", "EPSG:21420": "Beijing 54",
		"Xian 1980": "Xi'an 80", "西安80": "Xi'an 80", "北京54": "Beijing 54", "GCJ-02": "web maps", "gcj02": "web maps", "BD-09": "web maps", "火星坐标系": "web maps",
	} {
		_, err := layerfile.ParseCRS(name)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, prj := range []string{
		`GEOGCS["GCJ-02",DATUM["D_GCJ_02",SPHEROID["CGCS2000",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]`,
		`GEOGCS["BD09",DATUM["D_BD09",SPHEROID["x",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]`,
	} {
		if _, err := layerfile.ParsePRJ(prj); err == nil || !strings.Contains(err.Error(), "web maps") {
			t.Errorf("%v", err)
		}
	}
}
