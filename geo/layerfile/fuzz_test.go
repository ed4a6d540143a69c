package layerfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"unicode/utf8"

	"muchan/geo/kept"
	"muchan/geo/layerfile"
)

// fuzzLimits are small, so that the fuzzer reaches them.
var fuzzLimits = layerfile.Limits{FileBytes: 1 << 20, Rows: 1000, Columns: 50, CellBytes: 4 << 10, RecordBytes: 16 << 10, UnpackedBytes: 4 << 20, StringBytes: 1 << 20}

// fuzzRead reads a stranger's bytes to the end: whatever they are, records agree with the layer and errors are of our kind.
func fuzzRead(t *testing.T, path string, b []byte, encoding string) {
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := layerfile.Open(path, layerfile.ReadOptions{Limits: fuzzLimits, Encoding: encoding})
	if err != nil {
		ourError(t, err)
		return
	}
	defer r.Close()
	for n := 0; ; n++ {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil && ourError(t, err) {
			return
		}
		if len(rec.Values) != len(r.Layer().Fields) || rec.Row < 1 {
			t.Fatalf("record %+v of layer %+v", rec, r.Layer())
		}
		for _, v := range rec.Values {
			if s, ok := v.(string); ok && !utf8.ValidString(s) {
				t.Fatalf("value %q is no text", s)
			}
		}
		if n > fuzzLimits.Rows {
			t.Fatal("more rows than allowed")
		}
	}
}

func ourError(t *testing.T, err error) (fatal bool) {
	var e *layerfile.Error
	if !errors.As(err, &e) || e.Rule == "" || e.Message == "" {
		t.Fatalf("not an error of ours: %v", err)
	}
	return e.Fatal
}

func FuzzGeoJSON(f *testing.F) {
	kept.Add(f)
	for _, s := range []string{
		`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1,"b":"x","c":[ "p" ],"d":null,"e":true},"geometry":{"type":"Polygon","coordinates":[[[118,24],[119,24],[119,25],[118,24]]]}}]}`,
		`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4549"}},"features":[{"properties":{"a\"b":"\u6cc9"},"geometry":null}]}`,
		`{"features":[{},{"properties":null},{"properties":{"a":{}}}],"type":"FeatureCollection"}`,
		"\xEF\xBB\xBF" + `{"type":"Feature"}`, `[`, `{"features":[1]}`,
	} {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), "a.geojson")
	f.Fuzz(func(t *testing.T, b []byte) { fuzzRead(t, path, b, "") })
}

func FuzzCSV(f *testing.F) {
	kept.Add(f)
	for _, s := range []string{"a,b\n1,2\n", "a;b\n\"x\"\"y\";'=1\n", "\xEF\xBB\xBFa\tshape\n1\tPOLYGON((1 2,3 4,5 6,1 2))\n", "\xcd\xa8,b\n\xd6\xd0,1\n", "a\n\"", "\n\n", "a,b\n1\n1,2,3\n"} {
		f.Add([]byte(s), "")
		f.Add([]byte(s), "gb18030")
	}
	path := filepath.Join(f.TempDir(), "a.csv")
	f.Fuzz(func(t *testing.T, b []byte, encoding string) { fuzzRead(t, path, b, encoding) })
}

func FuzzXLSX(f *testing.F) {
	kept.Add(f)
	for _, sheet := range []string{
		sheetOf(`<row r="1"><c t="inlineStr"><is><t>a</t></is></c><c r="C1"><v>2</v></c></row><row r="3"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`),
		sheetOf(`<row><c t="s"><v>0</v></c></row>`), `<worksheet>`, "",
	} {
		b, err := os.ReadFile(archive(f, workbookParts(sheet, 1)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	path := filepath.Join(f.TempDir(), "a.xlsx")
	f.Fuzz(func(t *testing.T, b []byte) { fuzzRead(t, path, b, "") })
}

// FuzzSheet reaches the XML of a sheet without having to keep an archive whole.
func FuzzSheet(f *testing.F) {
	kept.Add(f)
	f.Add(sheetOf(`<row r="1"><c t="inlineStr"><is><t>a</t></is></c><c r="C1" s="1"><v>44377</v></c></row><row><c t="d"><v>2021-06-30T00:00:00</v></c></row>`))
	f.Add(sheetOf(`<row r="-1"/><row r="99999999999"><c r="A"/><c><f>1+1</f><v>2</v></c></row><mergeCell ref="A1:B2"/>`))
	path := filepath.Join(f.TempDir(), "a.xlsx")
	f.Fuzz(func(t *testing.T, sheet string) {
		b, err := archiveBytes(workbookParts(sheet, 1))
		if err != nil {
			t.Fatal(err)
		}
		fuzzRead(t, path, b, "")
	})
}

// FuzzWKT: what can be read can be written and read again to the same shape.
func FuzzWKT(f *testing.F) {
	kept.Add(f)
	f.Add("MULTIPOLYGON(((118 24,119 24,119 25,118 24),(118.1 24.1,118.2 24.1,118.2 24.2,118.1 24.1)))")
	f.Add("polygon zm ((1 2 3 4,5 6 7 8,9 10 11 12,1 2 3 4))")
	f.Add("MULTIPOLYGON(EMPTY,((0x1p-2 1e9,2 2,nan 3)))")
	f.Fuzz(func(t *testing.T, s string) {
		shape, err := layerfile.ParseWKT(s)
		if err != nil || len(shape) == 0 {
			return
		}
		text := string(layerfile.AppendWKT(nil, shape))
		again, err := layerfile.ParseWKT(text)
		if err != nil || !reflect.DeepEqual(shape, again) {
			t.Fatalf("%q became %q: %v", s, text, err)
		}
	})
}

// FuzzDisarm: no text reaches a spreadsheet armed, and each comes back as it was.
func FuzzDisarm(f *testing.F) {
	for _, s := range append(append([]string{}, armed...), harmless...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		safe := layerfile.Disarm(s)
		if back := layerfile.Rearm(safe); back != s {
			t.Fatalf("%q became %q and came back as %q", s, safe, back)
		}
	})
}
