package layerfile_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"muchan/geo/kept"
	"muchan/geo/layerfile"
)

// gdalShapefile has GDAL write a shapefile from GeoJSON text.
func gdalShapefile(t *testing.T, geojson string, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.geojson"), filepath.Join(dir, "宗地.shp")
	if err := os.WriteFile(in, []byte(geojson), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(append([]string{"-f", "ESRI Shapefile"}, args...), out, in)
	if msg, err := exec.Command("ogr2ogr", args...).CombinedOutput(); err != nil {
		t.Fatalf("ogr2ogr %v: %v: %s", args, err, msg)
	}
	return out
}

const twoParcels = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"宗地代码":"350502001001GB00012","坐落":"泉州市鲤城区清濛演示路1号","面积":1234.56,"层数":3,"日期":"2021-06-30"},
 "geometry":{"type":"Polygon","coordinates":[[[118.57,24.84],[118.58,24.84],[118.58,24.85],[118.57,24.85],[118.57,24.84]],[[118.572,24.842],[118.572,24.844],[118.574,24.844],[118.574,24.842],[118.572,24.842]]]}},
{"type":"Feature","properties":{"宗地代码":"350502001001GB00013","坐落":null,"面积":null,"层数":null,"日期":null},
 "geometry":{"type":"MultiPolygon","coordinates":[[[[118.59,24.84],[118.6,24.84],[118.6,24.85],[118.59,24.84]]],[[[118.61,24.84],[118.62,24.84],[118.62,24.85],[118.61,24.84]]]]}}]}`

// Files that GDAL writes in every encoding and system are read back to what went in.
func TestShapefileFromGDAL(t *testing.T) {
	wantCode, wantPlace := "350502001001GB00012", "泉州市鲤城区清濛演示路1号"
	for _, encoding := range []string{"UTF-8", "CP936"} {
		for _, cpg := range []bool{true, false} {
			for _, epsg := range []string{"4490", "4548", "4549", "4527", "4528"} {
				t.Run(fmt.Sprintf("%s cpg=%t EPSG:%s", encoding, cpg, epsg), func(t *testing.T) {
					path := gdalShapefile(t, twoParcels, "-lco", "ENCODING="+encoding, "-t_srs", "EPSG:"+epsg)
					if !cpg {
						if err := os.Remove(strings.TrimSuffix(path, ".shp") + ".cpg"); err != nil {
							t.Fatal(err)
						}
					}
					if err := os.Remove(strings.TrimSuffix(path, ".shp") + ".shx"); err != nil {
						t.Fatal(err)
					}
					layer, info, records := read(t, path, layerfile.ReadOptions{})
					if layer.Name != "宗地" || info.CRS != "EPSG:"+epsg || len(records) != 2 {
						t.Fatalf("layer %q in %s with %d records, notes %v", layer.Name, info.CRS, len(records), info.Notes)
					}
					first, second := records[0], records[1]
					if len(first.Values) != 5 || first.Values[0] != wantCode || first.Values[1] != wantPlace || asText(first.Values[2]) != "1234.56" ||
						asText(first.Values[3]) != "3" || first.Values[4] != "2021-06-30" {
						t.Errorf("values %q of %+v", first.Values, layer.Fields)
					}
					if second.Values[1] != nil || second.Values[2] != nil || second.Values[4] != nil {
						t.Errorf("missing values became %q", second.Values)
					}
					if len(first.Shape) != 1 || len(first.Shape[0]) != 2 || len(second.Shape) != 2 {
						t.Errorf("%d polygons with %d rings, %d polygons", len(first.Shape), len(first.Shape[0]), len(second.Shape))
					}
					if p := first.Shape[0][0][0]; p[0] < 118.5699 || p[0] > 118.5801 || p[1] < 24.8399 || p[1] > 24.8501 {
						t.Errorf("the first point is %v", p)
					}
				})
			}
		}
	}
}

// What we write is read by GDAL and by us with the same values, in both encodings.
func TestShapefileRoundTrip(t *testing.T) {
	for _, encoding := range []string{"", "gb18030"} {
		for _, code := range []int{4490, 4549, 4527} {
			t.Run(fmt.Sprintf("%s %d", encoding, code), func(t *testing.T) {
				fields := []layerfile.Field{
					{Name: "code", Title: "宗地代码"},
					{Name: "坐落地址说明", Title: "坐落"},
					{Name: "坐落地址备注", Title: "坐落备注"},
					{Name: "area", Type: layerfile.Real},
					{Name: "n", Type: layerfile.Integer},
					{Name: "open", Type: layerfile.Bool},
					{Name: "day", Type: layerfile.Date},
				}
				rows := []row{
					{[]any{"350502001001GB00012", "清濛演示路", "备注", 1234.5625, 3, true, "2021-06-30"}, square(118.57, 24.84)},
					{[]any{"x", nil, nil, nil, nil, nil, nil}, nil},
					{[]any{"-5", "a", "b", -0.1, -7, false, "1999-12-31"}, square(118.43, 24.83)},
				}
				layer := layerfile.Layer{Name: "parcels", Fields: fields, HasShape: true, CRS: crs(t, code)}
				path := filepath.Join(t.TempDir(), "a.zip")
				opt := layerfile.WriteOptions{Encoding: encoding}
				if first, again := write(t, path, layer, opt, rows), write(t, path, layer, opt, rows); string(first) != string(again) {
					t.Error("the same rows gave other bytes")
				}
				got, info, records := read(t, path, layerfile.ReadOptions{})
				if got.Name != "parcels" || info.CRS != fmt.Sprintf("EPSG:%d", code) || len(records) != len(rows) {
					t.Fatalf("layer %q in %s, %d records", got.Name, info.CRS, len(records))
				}
				for i, rec := range records {
					for j, v := range rec.Values {
						if !sameText(v, rows[i].values[j]) {
							t.Errorf("row %d %s: %#v, want %#v", i, got.Fields[j].Name, v, rows[i].values[j])
						}
					}
					if !near(rec.Shape, rows[i].shape) && !sameRings(rec, rows[i]) {
						t.Errorf("row %d: shape %v, want %v", i, rec.Shape, rows[i].shape)
					}
				}
				out, err := exec.Command("ogrinfo", "-al", "-q", "/vsizip/"+path).CombinedOutput()
				if err != nil || !strings.Contains(string(out), "清濛演示路") || strings.Count(string(out), "OGRFeature") != 3 || strings.Contains(string(out), "Warning") {
					t.Errorf("GDAL: %v\n%s", err, out)
				}
				srs, err := exec.Command("ogrinfo", "-so", "-al", "/vsizip/"+path).CombinedOutput()
				if err != nil || !strings.Contains(string(srs), fmt.Sprintf(`ID["EPSG",%d]`, code)) {
					t.Errorf("GDAL does not see EPSG:%d: %v\n%s", code, err, srs)
				}
			})
		}
	}
}

// sameRings compares areas whose rings may begin elsewhere.
func sameRings(rec layerfile.Record, want row) bool {
	if len(rec.Shape) != len(want.shape) {
		return false
	}
	for i := range want.shape {
		if len(rec.Shape[i]) != len(want.shape[i]) {
			return false
		}
		for j := range want.shape[i] {
			if len(rec.Shape[i][j]) != len(want.shape[i][j]) || rec.Shape[i][j].Orientation() != want.shape[i][j].Orientation() {
				return false
			}
		}
	}
	return true
}

// .prj texts as several programs write them, and the systems that are refused with a reason.
func TestParsePRJ(t *testing.T) {
	const cgcs = `GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	gk := func(name, geogcs string, easting, meridian string) string {
		return `PROJCS["` + name + `",` + geogcs + `,PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",` + easting + `],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",` + meridian + `],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
	}
	const xian = `GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	const beijing = `GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	for name, c := range map[string]struct {
		text string
		want int
		says string
	}{
		"degrees":                 {cgcs, 4490, ""},
		"with BOM":                {"\uFEFF" + cgcs, 4490, ""},
		"CM 117":                  {gk("CGCS2000_3_Degree_GK_CM_117E", cgcs, "500000.0", "117.0"), 4548, ""},
		"CM 120":                  {gk("CGCS2000_3_Degree_GK_CM_120E", cgcs, "500000", "120"), 4549, ""},
		"zone 39":                 {gk("CGCS2000_3_Degree_GK_Zone_39", cgcs, "39500000.0", "117.0"), 4527, ""},
		"zone 40":                 {gk("whatever somebody called it", cgcs, "40500000.0", "120.0"), 4528, ""},
		"far zone":                {gk("CGCS2000_3_Degree_GK_CM_105E", cgcs, "500000.0", "105.0"), 0, "EPSG:4544"},
		"own false easting":       {gk("城建坐标", cgcs, "650000.0", "118.0"), 0, "not one muchan speaks"},
		"false easting elsewhere": {gk("x", cgcs, "39500000.0", "120.0"), 0, "not one muchan speaks"},
		"Xi'an 80":                {gk("Xian_1980_3_Degree_GK_CM_117E", xian, "500000.0", "117.0"), 0, "Xi'an 80"},
		"Beijing 54":              {gk("Beijing_1954_3_Degree_GK_CM_117E", beijing, "500000.0", "117.0"), 0, "Beijing 54"},
		"local":                   {`LOCAL_CS["泉州独立坐标系",UNIT["Meter",1.0]]`, 0, "local"},
		"WGS 84":                  {`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`, 4326, ""},
		"nothing":                 {"", 0, "names no"},
		"no end":                  {`PROJCS["x`, 0, "no end"},
		"nested":                  {strings.Repeat("A[", 40), 0, "nested"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := layerfile.ParsePRJ(c.text)
			if c.says == "" && (err != nil || got.EPSG != c.want) {
				t.Errorf("got EPSG:%d, %v; want EPSG:%d", got.EPSG, err, c.want)
			}
			if c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("got %v, %v; want an error that says %q", got, err, c.says)
			}
		})
	}
}

// What is wrong with a shapefile is said, and costs neither time nor memory.
func TestBrokenShapefiles(t *testing.T) {
	whole := gdalShapefile(t, twoParcels, "-lco", "ENCODING=UTF-8")
	stem := strings.TrimSuffix(whole, ".shp")
	copyTo := func(dir string, change map[string]func([]byte) []byte) string {
		for _, ext := range []string{".shp", ".dbf", ".prj", ".cpg"} {
			b, err := os.ReadFile(stem + ext)
			if err != nil {
				t.Fatal(err)
			}
			if f := change[ext]; f != nil {
				if b = f(b); b == nil {
					continue
				}
			}
			if err := os.WriteFile(filepath.Join(dir, "a"+ext), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return filepath.Join(dir, "a.shp")
	}
	gone := func([]byte) []byte { return nil }
	set := func(at int, v ...byte) func([]byte) []byte {
		return func(b []byte) []byte { copy(b[at:], v); return b }
	}
	for name, c := range map[string]struct {
		change map[string]func([]byte) []byte
		rule   string
		says   string
	}{
		"no .dbf":                {map[string]func([]byte) []byte{".dbf": gone}, "", ""},
		"no .prj":                {map[string]func([]byte) []byte{".prj": gone}, "", ""},
		"cut .shp":               {map[string]func([]byte) []byte{".shp": func(b []byte) []byte { return b[:len(b)-10] }}, layerfile.RuleSyntax, "ends inside"},
		"cut .dbf":               {map[string]func([]byte) []byte{".dbf": func(b []byte) []byte { return b[:len(b)-200] }}, layerfile.RuleSyntax, "ends before"},
		"no magic":               {map[string]func([]byte) []byte{".shp": set(0, 1, 2, 3, 4)}, layerfile.RuleFormat, "no shapefile"},
		"points":                 {map[string]func([]byte) []byte{".shp": set(32, 1)}, layerfile.RuleShape, "points"},
		"length lies":            {map[string]func([]byte) []byte{".shp": set(104, 0x7F, 0xFF, 0xFF, 0xFF)}, layerfile.RuleSyntax, "claims"},
		"ring count lies":        {map[string]func([]byte) []byte{".shp": set(108+36, 0xFF, 0xFF, 0xFF, 0x7F)}, layerfile.RuleShape, "more than it holds"},
		"more rows than shapes":  {map[string]func([]byte) []byte{".dbf": set(4, 9)}, layerfile.RuleSyntax, "rows"},
		"fewer rows than shapes": {map[string]func([]byte) []byte{".dbf": set(4, 1)}, layerfile.RuleSyntax, "more shapes"},
		"strange .cpg":           {map[string]func([]byte) []byte{".cpg": func([]byte) []byte { return []byte("EBCDIC") }}, layerfile.RuleEncoding, "EBCDIC"},
		"old datum":              {map[string]func([]byte) []byte{".prj": func([]byte) []byte { return []byte(`GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980"]]`) }}, layerfile.RuleCRS, "Xi'an 80"},
	} {
		t.Run(name, func(t *testing.T) {
			err := readAll(copyTo(t.TempDir(), c.change))
			var own *layerfile.Error
			switch {
			case c.rule == "" && err != nil:
				t.Errorf("got %v", err)
			case c.rule != "" && (!errors.As(err, &own) || own.Rule != c.rule || !strings.Contains(own.Message, c.says)):
				t.Errorf("got %v, want %s with %q", err, c.rule, c.says)
			}
		})
	}
}

// twoLayers packs a shapefile twice, in a folder, with names as a program writes them.
func twoLayers(t *testing.T, name func(string) string) (path string) {
	t.Helper()
	whole := gdalShapefile(t, twoParcels, "-lco", "ENCODING=UTF-8")
	path = filepath.Join(t.TempDir(), "two.zip")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	for _, layer := range []string{"数据/一期", "数据/二期"} {
		for _, ext := range []string{".shp", ".dbf", ".prj", ".cpg"} {
			body, err := os.ReadFile(strings.TrimSuffix(whole, ".shp") + ext)
			if err != nil {
				t.Fatal(err)
			}
			w, err := z.CreateHeader(&zip.FileHeader{Name: name(layer + ext), NonUTF8: true})
			if err == nil {
				_, err = w.Write(body)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(z.Close(), out.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// An archive with two layers wants to be told which, by the names that a person gave them: Windows packs those in GBK, others in UTF-8.
func TestZippedLayers(t *testing.T) {
	for named, name := range map[string]func(string) string{
		"UTF-8": func(s string) string { return s },
		"GBK":   func(s string) string { s, _ = simplifiedchinese.GBK.NewEncoder().String(s); return s },
	} {
		t.Run(named, func(t *testing.T) {
			path := twoLayers(t, name)
			_, err := layerfile.Open(path, layerfile.ReadOptions{})
			if err == nil || !strings.Contains(err.Error(), "一期, 二期") {
				t.Errorf("got %v, want both names", err)
			}
			layer, _, records := read(t, path, layerfile.ReadOptions{Sheet: "二期"})
			if layer.Name != "二期" || len(records) != 2 {
				t.Errorf("layer %q with %d records", layer.Name, len(records))
			}
		})
	}
	path := twoLayers(t, func(s string) string { return strings.NewReplacer("一", "\xff", "二", "\xfe").Replace(s) })
	if _, err := layerfile.Open(path, layerfile.ReadOptions{}); err == nil || !strings.Contains(err.Error(), "holds 2 layers") {
		t.Errorf("names in no encoding at all: %v", err)
	}
}

func FuzzShapefile(f *testing.F) {
	kept.Add(f)
	dir := f.TempDir()
	layer := layerfile.Layer{Name: "a", Fields: fields, HasShape: true}
	write(f, filepath.Join(dir, "a.zip"), layer, layerfile.WriteOptions{}, []row{{[]any{"x", 1.5, 3, true, "2021-06-30"}, square(118.57, 24.84)}})
	z, err := zip.OpenReader(filepath.Join(dir, "a.zip"))
	if err != nil {
		f.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, m := range z.File {
		r, err := m.Open()
		if err != nil {
			f.Fatal(err)
		}
		parts[filepath.Ext(m.Name)], _ = io.ReadAll(r)
	}
	f.Add(parts[".shp"], parts[".dbf"], string(parts[".prj"]))
	path := filepath.Join(dir, "a.shp")
	f.Fuzz(func(t *testing.T, shp, dbf []byte, prj string) {
		for ext, b := range map[string][]byte{".dbf": dbf, ".prj": []byte(prj)} {
			if err := os.WriteFile(filepath.Join(dir, "a"+ext), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		fuzzRead(t, path, shp, "")
	})
}
