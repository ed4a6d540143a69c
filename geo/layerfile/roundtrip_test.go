package layerfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"muchan/geo"
	"muchan/geo/layerfile"
)

func crs(t testing.TB, code int) geo.CRS {
	t.Helper()
	c, ok := geo.CRSByEPSG(code)
	if !ok {
		t.Fatalf("no EPSG:%d", code)
	}
	return c
}

// fields is one field of each type.
var fields = []layerfile.Field{
	{Name: "code", Title: "宗地代码"},
	{Name: "area", Title: "面积(m²)", Type: layerfile.Real},
	{Name: "n", Title: "层数", Type: layerfile.Integer},
	{Name: "open", Title: "开放", Type: layerfile.Bool},
	{Name: "day", Title: "日期", Type: layerfile.Date},
}

// square is counter-clockwise with a hole, in digits that binary floats do not hold exactly.
func square(lon, lat float64) geo.Shape {
	const a, b = 0.0017, 0.0003
	return geo.Shape{{
		{{lon, lat}, {lon + a, lat}, {lon + a, lat + a}, {lon, lat + a}, {lon, lat}},
		{{lon + b, lat + b}, {lon + b, lat + 2*b}, {lon + 2*b, lat + 2*b}, {lon + 2*b, lat + b}, {lon + b, lat + b}},
	}}
}

type row struct {
	values []any
	shape  geo.Shape
}

func sampleRows() []row {
	return []row{
		{[]any{"350502001001GB00012", 1234.5, 3, true, "2021-06-30"}, square(118.57, 24.84)},
		{[]any{"中文，逗号,“引号”\"x\"\n第二行", -0.1, -7, false, time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC)}, square(118.43, 24.83)},
		{[]any{"=1+1", 1e-7, 0, nil, nil}, nil},
		{[]any{"'=1+1", 1e21, int64(1) << 49, nil, nil}, square(118.5, 24.9)},
		{[]any{"-5", nil, nil, nil, nil}, nil},
		{[]any{[]string{"a", "b"}, layerfile.Number("12.50"), nil, nil, nil}, nil},
	}
}

func write(t testing.TB, path string, l layerfile.Layer, opt layerfile.WriteOptions, rows []row) []byte {
	t.Helper()
	w, err := layerfile.Create(path, l, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.Write(r.values, r.shape); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read returns all records, which it copies.
func read(t testing.TB, path string, opt layerfile.ReadOptions) (layerfile.Layer, layerfile.Info, []layerfile.Record) {
	t.Helper()
	r, err := layerfile.Open(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var records []layerfile.Record
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.Layer(), r.Info(), records
		}
		if err != nil {
			t.Fatal(err)
		}
		rec.Values = append([]any{}, rec.Values...)
		records = append(records, rec)
	}
}

// asText is what a value reads back as in any format, types aside.
func asText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return v.Format(time.DateOnly)
	case []string:
		return strings.Join(v, ";")
	case float64, layerfile.Number, int, int64:
		var f float64
		fmt.Sscan(fmt.Sprint(v), &f)
		return fmt.Sprint(f)
	}
	return fmt.Sprint(v)
}

// sameText compares numbers as numbers, because CSV has texts alone.
func sameText(got, want any) bool {
	a, b := asText(got), asText(want)
	if a == b {
		return true
	}
	var x, y float64
	_, err1 := fmt.Sscan(a, &x)
	_, err2 := fmt.Sscan(b, &y)
	return err1 == nil && err2 == nil && x == y
}

func TestRoundTrip(t *testing.T) {
	for _, ext := range []string{"geojson", "csv", "xlsx"} {
		for _, code := range []int{0, 4490, 4548, 4549, 4528} {
			t.Run(fmt.Sprintf("%s in %d", ext, code), func(t *testing.T) {
				layer := layerfile.Layer{Name: "parcels", Fields: fields, HasShape: true}
				opt := layerfile.ReadOptions{}
				if code > 0 {
					layer.CRS = crs(t, code)
					opt.CRS = fmt.Sprintf("EPSG:%d", code)
				}
				path := filepath.Join(t.TempDir(), "a."+ext)
				first := write(t, path, layer, layerfile.WriteOptions{}, sampleRows())
				if again := write(t, path, layer, layerfile.WriteOptions{}, sampleRows()); !bytes.Equal(first, again) {
					t.Error("the same rows gave other bytes")
				}
				got, _, records := read(t, path, opt)
				compareRows(t, got, records, sampleRows(), code > 4500)
			})
		}
	}
}

func compareRows(t *testing.T, layer layerfile.Layer, records []layerfile.Record, want []row, projected bool) {
	t.Helper()
	if len(layer.Fields) != len(fields) || len(records) != len(want) {
		t.Fatalf("%d fields and %d records, want %d and %d", len(layer.Fields), len(records), len(fields), len(want))
	}
	for i, rec := range records {
		for j, v := range rec.Values {
			if layer.Fields[j].Name != fields[j].Name || !sameText(v, want[i].values[j]) {
				t.Errorf("row %d %s: got %#v, want %#v", i, fields[j].Name, v, want[i].values[j])
			}
		}
		if !projected && !reflect.DeepEqual(rec.Shape, want[i].shape) {
			t.Errorf("row %d: got %v, want %v", i, rec.Shape, want[i].shape)
		}
		if projected && !near(rec.Shape, want[i].shape) {
			t.Errorf("row %d: got %v, want %v", i, rec.Shape, want[i].shape)
		}
	}
}

// near allows 1e-10 degrees, about 0.01 mm, for the way through a projection and back.
func near(a, b geo.Shape) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		for j := range a[i] {
			for k := range a[i][j] {
				if math.Abs(a[i][j][k][0]-b[i][j][k][0]) > 1e-10 || math.Abs(a[i][j][k][1]-b[i][j][k][1]) > 1e-10 {
					return false
				}
			}
		}
	}
	return true
}

func TestCSVEncodings(t *testing.T) {
	const body = "宗地代码,坐落\r\n350502001001GB00012,泉州市鲤城区𠮷\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(body)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, body, given, want string }{
		{"UTF-8", body, "", "UTF-8"},
		{"UTF-8 given", body, "UTF8", "UTF-8"},
		{"BOM", "\uFEFF" + body, "", "UTF-8 with BOM"},
		{"GB18030", gb, "", "GB18030"},
		{"GB18030 given as GBK", gb, "gbk", "GB18030"},
		{"semicolon", strings.ReplaceAll(body, ",", ";"), "", "UTF-8"},
		{"tab", strings.ReplaceAll(body, ",", "\t"), "", "UTF-8"},
		{"old Mac line ends are one line", strings.ReplaceAll(body, "\r\n", "\n"), "", "UTF-8"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.csv")
			writeFile(t, path, tc.body)
			layer, info, records := read(t, path, layerfile.ReadOptions{Encoding: tc.given})
			if info.Encoding != tc.want || len(records) != 1 || len(layer.Fields) != 2 {
				t.Fatalf("%+v, %d records, %v", info, len(records), layer.Fields)
			}
			if layer.Fields[0].Name != "宗地代码" || records[0].Values[1] != "泉州市鲤城区𠮷" || records[0].Row != 2 {
				t.Errorf("got %v %v", layer.Fields, records[0])
			}
		})
	}
}

func writeFile(t testing.TB, path, body string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A rune that lies across two blocks of the scan must not look like broken UTF-8.
func TestEncodingAcrossBlocks(t *testing.T) {
	for pad := range 4 {
		path := filepath.Join(t.TempDir(), "a.csv")
		writeFile(t, path, "a\n"+strings.Repeat("x", 65532+pad)+strings.Repeat("泉", 30000)+"\n")
		if _, info, _ := read(t, path, layerfile.ReadOptions{}); info.Encoding != "UTF-8" {
			t.Errorf("pad %d: %s", pad, info.Encoding)
		}
	}
}

// Rows are numbered as a person sees them: lines of CSV, of which one record may take several, and rows of a sheet.
func TestRowNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	writeFile(t, path, "a,b\n\n1,\"x\ny\"\n,\n3,z\n")
	_, _, records := read(t, path, layerfile.ReadOptions{})
	if len(records) != 2 || records[0].Row != 3 || records[1].Row != 6 {
		t.Errorf("got %v", records)
	}
}

func TestBOMAndTitles(t *testing.T) {
	layer := layerfile.Layer{Name: "宗地", Fields: fields}
	path := filepath.Join(t.TempDir(), "a.csv")
	b := write(t, path, layer, layerfile.WriteOptions{BOM: true, Titles: true}, nil)
	if string(b) != "\uFEFF宗地代码,面积(m²),层数,开放,日期\n" {
		t.Errorf("got %q", b)
	}
}

// TestNothingHalf: a failed write leaves neither the file nor a trace of it, and an old file as it was.
func TestNothingHalf(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	writeFile(t, path, "old")
	w, err := layerfile.Create(path, layerfile.Layer{Fields: fields}, layerfile.WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write([]any{"x", math.NaN(), nil, nil, nil}, nil); err == nil || !strings.Contains(err.Error(), "area") {
		t.Errorf("NaN: %v", err)
	}
	if err := w.Close(); err == nil {
		t.Error("Close forgot the failure")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left: %v %v", entries, err)
	}
	if b, _ := os.ReadFile(path); string(b) != "old" {
		t.Errorf("the old file holds %q", b)
	}
}
