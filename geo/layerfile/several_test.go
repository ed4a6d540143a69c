package layerfile_test

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muchan/geo/layerfile"
)

// ogrinfo is what GDAL says of a file; a warning fails the test.
func ogrinfo(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("ogrinfo", args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "Warning") || strings.Contains(string(out), "ERROR") {
		t.Fatalf("ogrinfo %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// several writes two layers, of two rows and of one, into a file.
func several(t *testing.T, path string) {
	t.Helper()
	first := layerfile.Layer{Name: "宗地", Fields: fields, HasShape: true, CRS: crs(t, 4549), About: "截至 2026-11-26"}
	second := layerfile.Layer{Name: "buildings", Fields: []layerfile.Field{{Name: "id"}, {Name: "floor_m2", Type: layerfile.Real, Format: "#,##0.00"}}, HasShape: true, CRS: crs(t, 4490)}
	w, err := layerfile.Create(path, first, layerfile.WriteOptions{QML: "<qgis/>", SLD: "<sld/>", Encoding: "gb18030"})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range sampleRows()[:2] {
		if err := w.Write(r.values, r.shape); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Begin(second, layerfile.WriteOptions{QML: "<qgis/>"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Write([]any{"B1", 1234.567}, square(118.57, 24.84)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func TestSeveralLayersInOneFile(t *testing.T) {
	for _, ext := range []string{"gpkg", "xlsx", "zip"} {
		t.Run(ext, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "库."+ext)
			several(t, path)
			first, _ := os.ReadFile(path)
			for range 5 {
				if several(t, path); !bytes.Equal(first, must(os.ReadFile(path))) {
					t.Fatal("the same rows gave other bytes")
				}
			}
			if !layerfile.HoldsLayers(ext) {
				t.Errorf("%s is said to hold one layer", ext)
			}
			source := path
			if ext == "zip" {
				source = "/vsizip/" + path
			}
			for layer, count := range map[string]string{"宗地": "Feature Count: 2", "buildings": "Feature Count: 1"} {
				if out := ogrinfo(t, "-so", "-ro", source, layer); !strings.Contains(out, count) {
					t.Errorf("%s: GDAL says\n%s", layer, out)
				}
			}
			if out := ogrinfo(t, "-al", "-q", source, "buildings"); !strings.Contains(out, "floor_m2 (Real) = 1234.567") {
				t.Errorf("GDAL reads\n%s", out)
			}
			if ext == "zip" {
				return // which layer of an archive is wanted is for the reader to say
			}
			got, info, records := read(t, path, layerfile.ReadOptions{Sheet: "宗地", CRS: "EPSG:4549"})
			if info.CRS != "EPSG:4549" {
				t.Errorf("the first layer is in %s", info.CRS)
			}
			compareRows(t, got, records, sampleRows()[:2], true)
		})
	}
}

func TestStylesOfSeveralLayers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.gpkg")
	several(t, path)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var styles string
	err = db.QueryRow(`SELECT group_concat(f_table_name || ' ' || styleQML || styleSLD || useAsDefault, ' ') FROM layer_styles`).Scan(&styles)
	if err != nil || styles != "宗地 <qgis/><sld/>1 buildings <qgis/>1" {
		t.Errorf("styles %q, %v", styles, err)
	}
	var about, boxes string
	err = db.QueryRow(`SELECT group_concat(description, ''), group_concat(max_x > 300000, ',') FROM gpkg_contents WHERE data_type = 'features'`).Scan(&about, &boxes)
	if err != nil || about != "截至 2026-11-26" || boxes != "1,0" {
		t.Errorf("contents say %q with boxes %q, %v", about, boxes, err)
	}
}

func TestOneLayerFormatsRefuseASecond(t *testing.T) {
	for _, ext := range []string{"geojson", "geojsonl", "csv"} {
		path := filepath.Join(t.TempDir(), "a."+ext)
		w, err := layerfile.Create(path, layerfile.Layer{Name: "a", Fields: fields}, layerfile.WriteOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Begin(layerfile.Layer{Name: "b"}, layerfile.WriteOptions{}); err == nil || layerfile.HoldsLayers(ext) {
			t.Errorf("%s takes a second layer: %v", ext, err)
		}
		if err := w.Close(); err == nil {
			t.Errorf("%s: the refusal is forgotten at the end", ext)
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) > 0 {
			t.Errorf("%s: %v was left behind", ext, left)
		}
	}
}

// A file is not named as another format than it has: out.shp would hold an archive.
func TestNameAndFormatAgree(t *testing.T) {
	layer := layerfile.Layer{Name: "a", Fields: []layerfile.Field{{Name: "id"}}}
	for _, c := range []struct{ name, format, want string }{
		{"out.shp", "shp", "Name it *.zip."},
		{"out.shp", "", "Write .zip"},
		{"out.csv", "gpkg", "Name it *.gpkg."},
		{"out.json", "geojson", ""},
		{"out.zip", "shp", ""},
		{"out", "csv", ""},
	} {
		path := filepath.Join(t.TempDir(), c.name)
		w, err := layerfile.Create(path, layer, layerfile.WriteOptions{Format: c.format})
		if err == nil {
			w.Abandon()
		}
		if got := fmt.Sprint(err); (err == nil) != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s as %q: %s, want %q", c.name, c.format, got, c.want)
		}
	}
}

func TestNumberFormatsOfAWorkbook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	several(t, path)
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	shown, err := book.GetCellValue("buildings", "B2")
	if err != nil || shown != "1,234.57" {
		t.Errorf("shown as %q, %v", shown, err)
	}
	if raw, _ := book.GetCellValue("buildings", "B2", excelize.Options{RawCellValue: true}); raw != "1234.567" {
		t.Errorf("kept as %q", raw)
	}
	for _, sheet := range book.GetSheetList() {
		if panes, err := book.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the header is not frozen: %+v %v", sheet, panes, err)
		}
	}
}

func TestGeoJSONSequence(t *testing.T) {
	want := sampleRows()[:2]
	layer := layerfile.Layer{Name: "a", Fields: fields, HasShape: true}
	for ext, mark := range map[string]string{"geojsonl": "{", "geojsons": "\x1e{"} {
		path := filepath.Join(t.TempDir(), "a."+ext)
		text := string(write(t, path, layer, layerfile.WriteOptions{}, want))
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		if len(lines) != len(want) || slices.ContainsFunc(lines, func(l string) bool { return !strings.HasPrefix(l, mark) }) {
			t.Fatalf("%s: %q", ext, text)
		}
		if out := ogrinfo(t, "-al", "-q", path); !strings.Contains(out, "code (String) = 350502001001GB00012") || strings.Count(out, "POLYGON") != 2 {
			t.Errorf("%s: GDAL reads\n%s", ext, out)
		}
		if out := ogrinfo(t, "-al", "-so", path); !strings.Contains(out, "GeoJSONSeq") || !strings.Contains(out, "Feature Count: 2") {
			t.Errorf("%s: GDAL says\n%s", ext, out)
		}
	}
	layer.CRS = crs(t, 4549)
	if _, err := layerfile.Create(filepath.Join(t.TempDir(), "a.geojsonl"), layer, layerfile.WriteOptions{}); err == nil || !strings.Contains(fmt.Sprint(err), "names no coordinate system") {
		t.Errorf("metres in a format that cannot say so: %v", err)
	}
}

func TestAbandonedFilesLeaveNothing(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	for _, ext := range []string{"gpkg", "xlsx", "zip"} {
		path := filepath.Join(t.TempDir(), "a."+ext)
		w, err := layerfile.Create(path, layerfile.Layer{Name: "a", Fields: fields, HasShape: true}, layerfile.WriteOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write([]any{"x"}, nil); err == nil {
			t.Errorf("%s takes a row with too few values", ext)
		}
		w.Close()
		for _, dir := range []string{temp, filepath.Dir(path)} {
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("%s: %v was left behind", ext, left)
			}
		}
	}
}

// A zipped shapefile names its short names beside it, so that nobody has to guess.
func TestNamesOfAShapefileAreListed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.zip")
	several(t, path)
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		if year, month, day := f.Modified.Date(); year != 1980 || month != 1 || day != 1 {
			t.Errorf("%s is of %v, no day that an archive can name", f.Name, f.Modified)
		}
	}
	for _, want := range []string{"宗地.shp", "宗地.prj", "宗地.cpg", "宗地.fields.csv", "buildings.dbf", "buildings.fields.csv"} {
		if !slices.Contains(names, want) {
			t.Errorf("the archive lacks %s: %v", want, names)
		}
	}
}

// A shapefile's columns are as wide as their texts need in the encoding, and no text is cut.
func TestShapefileColumnsFitTheirTexts(t *testing.T) {
	const text = "泉州ððð㙟𠮷"
	layer := layerfile.Layer{Name: "a", HasShape: true, CRS: crs(t, 4490), Fields: []layerfile.Field{{Name: "name", Width: len(text)}, {Name: "rest"}}}
	for _, encoding := range []string{"utf-8", "gb18030"} {
		path := filepath.Join(t.TempDir(), "a.zip")
		write(t, path, layer, layerfile.WriteOptions{Encoding: encoding}, []row{{[]any{text, "x"}, square(118.57, 24.84)}})
		_, _, records := read(t, path, layerfile.ReadOptions{})
		if len(records) != 1 || records[0].Values[0] != text {
			t.Errorf("%s: read %v", encoding, records)
		}
		if out := ogrinfo(t, "-al", "-ro", "/vsizip/"+path); !strings.Contains(out, text) || strings.Contains(out, "name: String (254.0)") || !strings.Contains(out, "rest: String (254.0)") {
			t.Errorf("%s: GDAL reads\n%s", encoding, out)
		}
	}
}
