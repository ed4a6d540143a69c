package layerfile_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muchan/geo"
	"muchan/geo/layerfile"
)

// What GDAL writes in formats that we do not read ourselves comes back through it, in its place.
func TestBridgedFormats(t *testing.T) {
	for name, c := range map[string]struct {
		driver, file string
		args         []string
		opt          layerfile.ReadOptions
		code         string // column of the code; "" where the format keeps none
	}{
		"FileGDB":          {"OpenFileGDB", "a.gdb", nil, layerfile.ReadOptions{}, "宗地代码"},
		"KML":              {"KML", "a.kml", []string{"-dsco", "NameField=宗地代码"}, layerfile.ReadOptions{}, "Name"},
		"MapInfo":          {"MapInfo File", "a.tab", nil, layerfile.ReadOptions{}, ""},
		"DXF of polygons":  {"DXF", "a.dxf", []string{"-t_srs", "EPSG:4549", "-select", ""}, layerfile.ReadOptions{CRS: "EPSG:4549"}, ""},
		"DXF of polylines": {"DXF", "a.dxf", []string{"-t_srs", "EPSG:4548", "-select", "", "-nlt", "MULTILINESTRING", "-explodecollections"}, layerfile.ReadOptions{CRS: layerfile.DetectCRS, Home: home}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			in, out := filepath.Join(dir, "in.geojson"), filepath.Join(dir, c.file)
			writeFile(t, in, plainParcels)
			if msg, err := exec.Command("ogr2ogr", append([]string{"-f", c.driver, out, in}, c.args...)...).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, msg)
			}
			layer, info, records := read(t, out, c.opt)
			if info.Format != strings.Fields(name)[0] || len(records) != 2 {
				t.Fatalf("%+v with %d records", info, len(records))
			}
			for i, want := range []geo.Bound{{Min: geo.Point{118.57, 24.84}, Max: geo.Point{118.58, 24.85}}, {Min: geo.Point{118.59, 24.84}, Max: geo.Point{118.6, 24.85}}} {
				if b := records[i].Shape.Bound(); !want.Pad(1e-6).Contains(b.Min) || !b.Pad(1e-6).Contains(want.Max) {
					t.Errorf("record %d lies at %v, want %v", i, b, want)
				}
			}
			for i, f := range layer.Fields {
				if f.Name == c.code && (records[0].Values[i] != "350502001001GB00012" || records[1].Values[i] != "350502001001GB00013") {
					t.Errorf("codes %v and %v", records[0].Values[i], records[1].Values[i])
				}
			}
			if c.code != "" && !strings.Contains(fieldNames(layer), c.code) {
				t.Errorf("no column %s in %s", c.code, fieldNames(layer))
			}
		})
	}
}

const plainParcels = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"宗地代码":"350502001001GB00012"},"geometry":{"type":"Polygon","coordinates":[[[118.57,24.84],[118.58,24.84],[118.58,24.85],[118.57,24.85],[118.57,24.84]]]}},
{"type":"Feature","properties":{"宗地代码":"350502001001GB00013"},"geometry":{"type":"Polygon","coordinates":[[[118.59,24.84],[118.6,24.84],[118.6,24.85],[118.59,24.84]]]}}]}`

func fieldNames(l layerfile.Layer) string {
	names := make([]string, len(l.Fields))
	for i, f := range l.Fields {
		names[i] = f.Name
	}
	return strings.Join(names, " ")
}

// The old workbook has a title above its header; every cell is a text, dates included.
func TestBridgedXLS(t *testing.T) {
	header := func(rows []layerfile.HeadRow) layerfile.Head {
		for i, r := range rows {
			if r.Cells[0] == "统一社会信用代码" {
				return layerfile.Head{Names: r.Cells, Row: i}
			}
		}
		return layerfile.Head{Names: rows[0].Cells}
	}
	layer, info, records := read(t, "testdata/bridge/firms.xls", layerfile.ReadOptions{FindHeader: header})
	if info.Format != "XLS" || len(records) != 2 || fieldNames(layer) != "统一社会信用代码 企业名称 注册日期 规模以上" {
		t.Fatalf("%+v %s, %d records", info, fieldNames(layer), len(records))
	}
	if v := records[1].Values; v[0] != "91350500798359476R" || v[1] != "演示二厂" || !strings.Contains(asText(v[2]), "2016") || v[3] != "否" {
		t.Errorf("%q", v)
	}
}

// No other driver than the one of the extension is asked, and nothing is left behind.
func TestBridgeKeepsToItsFormat(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.csv")
	writeFile(t, secret, "a,b\n1,geheim\n")
	for name, body := range map[string]string{
		"a.kml": `<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>` + secret + `</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>`,
		"b.dxf": "a,b\n1,2\n",
		"c.xls": "PK\x03\x04",
		"d.tab": `{"type":"FeatureCollection","features":[]}`,
		"e.kmz": strings.Repeat("x", 1000),
		"f.kml": "",
	} {
		path := filepath.Join(dir, name)
		writeFile(t, path, body)
		err := readAll(path)
		var own *layerfile.Error
		if !errors.As(err, &own) || own.Remedy == "" || strings.Contains(err.Error(), tmp) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", name, err)
		}
	}
	link := filepath.Join(dir, "g.gdb")
	if err := os.Mkdir(link, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(link, "a00000001.gdbtable")); err != nil {
		t.Fatal(err)
	}
	if err := readAll(link); err == nil || !strings.Contains(err.Error(), "ordinary file") {
		t.Errorf("a geodatabase of links: %v", err)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Where GDAL is not installed the refusal says what to do.
func TestBridgeIsOfferedOnlyWhenThere(t *testing.T) {
	if len(layerfile.Bridged()) == 0 {
		t.Error("ogr2ogr is installed and not offered")
	}
	t.Setenv("PATH", t.TempDir())
	if names := layerfile.Bridged(); len(names) > 0 {
		t.Errorf("offered without ogr2ogr: %v", names)
	}
	var own *layerfile.Error
	if err := readAll("testdata/bridge/firms.xls"); !errors.As(err, &own) || own.Rule != layerfile.RuleFormat || !strings.Contains(own.Remedy, ".xlsx") {
		t.Errorf("%v", err)
	}
}
