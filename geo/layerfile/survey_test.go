package layerfile_test

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"muchan/geo"
	"muchan/geo/kept"
	"muchan/geo/layerfile"
)

// list is a survey office's list: a parcel of 200 m × 100 m = 2 ha with a hole of 20 m × 10 m, and a triangle of 0.5 ha, as Y with
// the zone's number before it.
const list = `[属性描述]
格式版本号=1.01
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=40
精度=0.001

[地块坐标]
10,1.9800,1,演示地块一,面,G50G012345,工业用地,0601,@
J1,1,2749000.000,40355400.000
J2,1,2749000.000,40355600.000
J3,1,2749100.000,40355600.000
J4,1,2749100.000,40355400.000
J1,1,2749000.000,40355400.000
J5,2,2749010.000,40355410.000
J6,2,2749020.000,40355410.000
J7,2,2749020.000,40355430.000
J8,2,2749010.000,40355430.000
J5,2,2749010.000,40355410.000
3,0.5,2,演示地块二,面,,,,@
J1,1,2749200.000,40355400.000
J2,1,2749200.000,40355500.000
J3,1,2749300.000,40355400.000
`

func listFile(t testing.TB, text string, gb bool) string {
	t.Helper()
	b := []byte(text)
	if gb {
		var err error
		if b, err = simplifiedchinese.GBK.NewEncoder().Bytes(b); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "界址点.txt")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// cs2cs is PROJ's own word on where a point lies, easting first.
func cs2cs(t *testing.T, epsg string, x, y float64) (lon, lat float64) {
	t.Helper()
	cmd := exec.Command("gdaltransform", "-s_srs", "EPSG:"+epsg, "-t_srs", "OGC:CRS84", "-output_xy")
	cmd.Stdin = strings.NewReader(strconv.FormatFloat(x, 'f', -1, 64) + " " + strconv.FormatFloat(y, 'f', -1, 64) + "\n")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Fields(string(out))
	lon, _ = strconv.ParseFloat(parts[0], 64)
	lat, _ = strconv.ParseFloat(parts[1], 64)
	return lon, lat
}

func TestSurveyList(t *testing.T) {
	bare := strings.ReplaceAll(list, ",40355", ",355")
	for name, c := range map[string]struct {
		text, crs string
		gb        bool
		x         float64
	}{
		"UTF-8":              {list, "4528", false, 40355400},
		"GBK":                {list, "4528", true, 40355400},
		"without the zone":   {bare, "4549", false, 355400},
		"closings uncounted": {strings.Replace(list, "10,1.98", "8,1.98", 1), "4528", false, 40355400},
		"full-width commas":  {strings.ReplaceAll(list, ",", "，"), "4528", false, 40355400},
		"CRLF and BOM":       {"\uFEFF" + strings.ReplaceAll(list, "\n", "\r\n"), "4528", false, 40355400},
	} {
		t.Run(name, func(t *testing.T) {
			layer, info, records := read(t, listFile(t, c.text, c.gb), layerfile.ReadOptions{})
			if info.CRS != "EPSG:"+c.crs || len(records) != 2 || len(layer.Fields) != 7 {
				t.Fatalf("%s, %d parcels, %d fields", info.CRS, len(records), len(layer.Fields))
			}
			first := records[0]
			if first.Row < 10 || first.Values[0] != layerfile.Number("1.9800") || first.Values[2] != "演示地块一" || first.Values[5] != "工业用地" {
				t.Errorf("row %d: %q", first.Row, first.Values)
			}
			if len(first.Shape) != 1 || len(first.Shape[0]) != 2 || len(records[1].Shape[0][0]) != 4 {
				t.Fatalf("shapes %v and %v", first.Shape, records[1].Shape)
			}
			lon, lat := cs2cs(t, c.crs, c.x, 2749000)
			if !geo.Contains(first.Shape, geo.Point{lon + 1e-7, lat + 1e-7}) || geo.Contains(first.Shape, geo.Point{lon - 1e-6, lat - 1e-6}) {
				t.Errorf("the corner at %v %v is not where PROJ has it", lon, lat)
			}
			// On the ellipsoid the plane's 2 ha − 0.02 ha are 0.05 % less here.
			if area := float64(geo.Area(first.Shape)); math.Abs(area-19800) > 15 {
				t.Errorf("area %v", area)
			}
		})
	}
}

func TestSurveyListRefusals(t *testing.T) {
	for name, c := range map[string]struct{ old, new, rule, says string }{
		"Xi'an 80":           {"2000国家大地坐标系", "1980西安坐标系", layerfile.RuleCRS, "Xi'an 80"},
		"Beijing 54":         {"2000国家大地坐标系", "北京54坐标系", layerfile.RuleCRS, "Beijing 54"},
		"six degrees":        {"几度分带=3", "几度分带=6", layerfile.RuleCRS, "6 degrees"},
		"kilometres":         {"计量单位=米", "计量单位=公里", layerfile.RuleCRS, "公里"},
		"zone elsewhere":     {"带号=40", "带号=27", layerfile.RuleCRS, "zone 27"},
		"no zone":            {"带号=40\n", "", layerfile.RuleCRS, "no zone"},
		"a point short":      {"J2,1,2749000.000,40355600.000\n", "", layerfile.RuleSyntax, "says 10 points, 9 follow"},
		"wrong area":         {"1.9800", "1.9900", layerfile.RuleArea, "1.9800 ha"},
		"two points swapped": {"J2,1,2749000.000,40355600.000\nJ3,1,2749100.000,40355600.000", "J3,1,2749100.000,40355600.000\nJ2,1,2749000.000,40355600.000", layerfile.RuleArea, "enclose"},
		"no number":          {"2749100.000,40355400.000", "2749100.000,四万", layerfile.RuleSyntax, "not a coordinate"},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.Count(list, c.old) == 0 {
				t.Fatal("the list does not hold", c.old)
			}
			err := readAll(listFile(t, strings.Replace(list, c.old, c.new, 1), false))
			var own *layerfile.Error
			if !errors.As(err, &own) || own.Rule != c.rule || !strings.Contains(own.Message, c.says) {
				t.Errorf("got %v, want %s with %q", err, c.rule, c.says)
			}
		})
	}
}

// A millimetre counts at coordinates of eight digits: an area of 100 m² is compared to the square metre.
func TestStatedAreaKeepsItsDigits(t *testing.T) {
	text := list[:strings.Index(list, "10,1.9800")] + `4,0.0100,1,演示,面,,,,@
J1,1,2749000.001,40355400.001
J2,1,2749000.001,40355410.001
J3,1,2749010.001,40355410.001
J4,1,2749010.001,40355400.001
`
	if err := readAll(listFile(t, text, false)); err != nil {
		t.Error(err)
	}
	if err := readAll(listFile(t, strings.Replace(text, "0.0100", "0.0103", 1), false)); err == nil {
		t.Error("3 m² in 100 were not noticed")
	}
}

func FuzzSurveyList(f *testing.F) {
	kept.Add(f)
	f.Add([]byte(list))
	f.Add([]byte("[属性描述]\n带号=39\n[地块坐标]\n0,,,@\n,,,@"))
	path := filepath.Join(f.TempDir(), "a.txt")
	f.Fuzz(func(t *testing.T, b []byte) { fuzzRead(t, path, b, "") })
}
