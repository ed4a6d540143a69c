package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"muchan/geo/layerfile"
	"muchan/parcels/ingest"
)

// oddFile is a file with the verdict expected: rules it breaks, in the order of the report, or what a note says when it comes in.
type oddFile struct {
	name, file string // the file's name begins with its kind and ends with its format; "gbk" in it is written so
	body       string
	opt        ingest.Options
	want       string // "rule rule", or "ok", or "ok: part of a note or warning"
}

const (
	head   = "code,park,valid_from,shape\n"
	good   = `350502001001GB00012,QM,2020-01-01,`
	square = `"POLYGON((118.57 24.84,118.571 24.84,118.571 24.841,118.57 24.841,118.57 24.84))"` + "\n"
)

func shape(wkt string) string { return head + good + `"` + wkt + `"` + "\n" }

// feature is a GeoJSON feature of a parcel.
func feature(geometry string) string {
	return `{"type":"Feature","properties":{"code":"350502001001GB00012","park":"QM","valid_from":"2020-01-01"},"geometry":` + geometry + `}`
}

func collection(more string, features ...string) string {
	return `{"type":"FeatureCollection",` + more + `"features":[` + strings.Join(features, ",") + `]}`
}

const ring = `{"type":"Polygon","coordinates":[[[118.57,24.84],[118.571,24.84],[118.571,24.841],[118.57,24.84]]]}`

// metric is a ring of 100 m in a projected system, from its south-west corner.
func metric(x, y string) string {
	return `{"type":"Polygon","coordinates":[[[` + x + `00,` + y + `00],[` + x + `99,` + y + `00],[` + x + `99,` + y + `99],[` + x + `00,` + y + `00]]]}`
}

// points is a survey office's list with one parcel; the heading's own words can be replaced.
func points(replace ...string) string {
	list := "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n计量单位=米\n带号=40\n[地块坐标]\n" +
		"4,1.0000,350502001001GB00012,地块,面,,工业用地,0601,@\nJ1,1,2749000,40355400\nJ2,1,2749000,40355500\nJ3,1,2749100,40355500\nJ4,1,2749100,40355400\n"
	return strings.NewReplacer(replace...).Replace(list)
}

var (
	ofSurvey  = ingest.Options{Set: map[string]string{"park": "QM", "valid_from": "2020-01-01"}}
	detecting = ingest.Options{CRS: layerfile.DetectCRS}
)

var oddFiles = []oddFile{
	// Shapes as well-known text.
	{"lower case", "parcels.csv", shape("polygon((118.57 24.84,118.571 24.84,118.571 24.841,118.57 24.84))"), ingest.Options{}, "ok"},
	{"multipolygon", "parcels.csv", shape("MULTIPOLYGON(((118.57 24.84,118.571 24.84,118.571 24.841,118.57 24.84)))"), ingest.Options{}, "ok"},
	{"heights", "parcels.csv", shape("POLYGON Z((118.57 24.84 5,118.571 24.84 5,118.571 24.841 5,118.57 24.84 5))"), ingest.Options{}, "ok"},
	{"clockwise", "parcels.csv", shape("POLYGON((118.57 24.84,118.571 24.841,118.571 24.84,118.57 24.84))"), ingest.Options{}, "ok"},
	{"not closed", "parcels.csv", shape("POLYGON((118.57 24.84,118.571 24.84,118.571 24.841))"), ingest.Options{}, "ok: ring.open"},
	{"two points", "parcels.csv", shape("POLYGON((118.57 24.84,118.571 24.84,118.57 24.84))"), ingest.Options{}, "ring.few_points"},
	{"no end", "parcels.csv", shape("POLYGON((118.57 24.84,118.571 24.84"), ingest.Options{}, "shape.form"},
	{"a point", "parcels.csv", shape("POINT(118.57 24.84)"), ingest.Options{}, "shape.form"},
	{"a line", "parcels.csv", shape("LINESTRING(118.57 24.84,118.58 24.84)"), ingest.Options{}, "shape.form"},
	{"words", "parcels.csv", shape("见附图"), ingest.Options{}, "shape.form"},
	{"a system before it", "parcels.csv", shape("SRID=4549;POLYGON((118.57 24.84,118.571 24.84,118.571 24.841,118.57 24.84))"), ingest.Options{}, "shape.form"},
	{"empty text", "parcels.csv", shape("POLYGON EMPTY"), ingest.Options{}, "column.required"},
	{"no text", "parcels.csv", head + good + "\n", ingest.Options{}, "column.required"},
	{"not a number", "parcels.csv", shape("POLYGON((118.57 NaN,118.571 24.84,118.571 24.841,118.57 NaN))"), ingest.Options{}, "shape.form"},
	{"infinite", "parcels.csv", shape("POLYGON((118.57 Inf,118.571 24.84,118.571 24.841,118.57 Inf))"), ingest.Options{}, "shape.form"},
	{"comma for a point", "parcels.csv", shape("POLYGON((118,57 24,84,118,571 24,84))"), ingest.Options{}, "shape.form"},
	{"bowtie", "parcels.csv", shape("POLYGON((118.57 24.84,118.571 24.841,118.571 24.84,118.57 24.841,118.57 24.84))"), ingest.Options{}, "ok: ring.self_intersection"},
	{"all points alike", "parcels.csv", shape("POLYGON((118.57 24.84,118.57 24.84,118.57 24.84,118.57 24.84))"), ingest.Options{}, "ring.few_points"},
	{"flat", "parcels.csv", shape("POLYGON((118.57 24.84,118.571 24.84,118.572 24.84,118.57 24.84))"), ingest.Options{}, "ring.self_intersection"},

	// GeoJSON, whole and in sequence.
	{"no geometry", "parcels.geojson", collection("", feature("null")), ingest.Options{}, "column.required"},
	{"a collection of shapes", "parcels.geojson", collection("", feature(`{"type":"GeometryCollection","geometries":[`+ring+`]}`)), ingest.Options{}, "shape.form"},
	{"unknown type", "parcels.geojson", collection("", feature(`{"type":"Curve","coordinates":[]}`)), ingest.Options{}, "shape.form"},
	{"coordinates of texts", "parcels.geojson", collection("", feature(`{"type":"Polygon","coordinates":[[["118.57","24.84"]]]}`)), ingest.Options{}, "shape.form"},
	{"one number", "parcels.geojson", collection("", feature(`{"type":"Polygon","coordinates":[[[118.57],[118.58],[118.59],[118.57]]]}`)), ingest.Options{}, "shape.form"},
	{"legacy system", "parcels.geojson", collection(`"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4549"}},`, feature(metric("3554", "27491"))), ingest.Options{}, "ok"},
	{"legacy system, short", "parcels.geojson", collection(`"crs":{"type":"name","properties":{"name":"EPSG:4548"}},`, feature(metric("6587", "27491"))), ingest.Options{}, "ok"},
	{"system behind the features", "parcels.geojson", `{"type":"FeatureCollection","features":[` + feature(metric("3554", "27491")) + `],"crs":{"type":"name","properties":{"name":"EPSG:4549"}}}`, ingest.Options{}, "ok"},
	{"legacy Beijing 54", "parcels.geojson", collection(`"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2437"}},`, feature(ring)), ingest.Options{}, "file.crs"},
	{"web maps' system", "parcels.geojson", collection(`"crs":{"type":"name","properties":{"name":"GCJ-02"}},`, feature(ring)), ingest.Options{}, "file.crs"},
	{"system by a link", "parcels.geojson", collection(`"crs":{"type":"link","properties":{"href":"http://x/4549"}},`, feature(ring)), ingest.Options{}, "file.crs"},
	{"system in a feature", "parcels.geojson", collection("", `{"type":"Feature","crs":{"type":"name","properties":{"name":"EPSG:4549"}},`+feature(ring)[len(`{"type":"Feature",`):]), ingest.Options{}, "file.crs"},
	{"system in a geometry", "parcels.geojson", collection("", feature(`{"crs":null,`+ring[1:])), ingest.Options{}, "file.crs"},
	{"system and option differ", "parcels.geojson", collection(`"crs":{"type":"name","properties":{"name":"EPSG:4549"}},`, feature(metric("3554", "27491"))), ingest.Options{CRS: "EPSG:4548"}, "file.crs"},
	{"sequence", "parcels.geojsonl", feature(ring) + "\n", ingest.Options{}, "ok"},
	{"sequence with separators", "parcels.geojsons", "\x1e" + feature(ring) + "\n", ingest.Options{}, "ok"},
	{"sequence cut off", "parcels.geojsonl", feature(ring) + "\n" + feature(ring)[:50], ingest.Options{}, "file.syntax"},
	{"collection as a sequence", "parcels.geojsonl", collection("", feature(ring)), ingest.Options{}, "file.format"},
	{"sequence as a collection", "parcels.geojson", feature(ring) + "\n" + feature(ring), ingest.Options{}, "file.format"},
	{"sequence twice", "parcels.geojsonl", feature(ring) + "\n" + feature(ring), ingest.Options{}, "key.duplicate"},
	{"blank sequence", "parcels.ndjson", "\n\n", ingest.Options{}, "file.empty"},

	// Coordinate systems that are not named.
	{"zone of 120", "parcels.geojson", collection("", feature(metric("3554", "27491"))), detecting, "ok: EPSG:4549, from magnitudes"},
	{"zone of 117", "parcels.geojson", collection("", feature(metric("6587", "27491"))), detecting, "ok: EPSG:4548, from magnitudes"},
	{"zone 40", "parcels.geojson", collection("", feature(metric("403554", "27491"))), detecting, "ok: EPSG:4528, from magnitudes"},
	{"zone 39", "parcels.geojson", collection("", feature(metric("396587", "27491"))), detecting, "ok: EPSG:4527, from magnitudes"},
	{"north first", "parcels.geojson", collection("", feature(metric("27491", "3554"))), detecting, "ok: EPSG:4549 with north first"},
	{"north first, not asked", "parcels.geojson", collection("", feature(metric("27491", "3554"))), ingest.Options{}, "shape.degrees"},
	{"north first in a named system", "parcels.geojson", collection("", feature(metric("27491", "3554"))), ingest.Options{CRS: "EPSG:4549"}, "shape.northing"},
	{"another city", "parcels.geojson", collection("", feature(metric("5000", "34000"))), detecting, "file.crs"},
	{"a local system", "parcels.geojson", collection("", feature(metric("500", "480"))), detecting, "file.crs"},
	{"degrees of another city", "parcels.geojson", collection("", feature(`{"type":"Polygon","coordinates":[[[104.06,30.66],[104.07,30.66],[104.07,30.67],[104.06,30.66]]]}`)), detecting, "file.crs"},
	{"Xi'an 80 by option", "parcels.geojson", collection("", feature(ring)), ingest.Options{CRS: "西安80"}, "file.crs"},
	{"Beijing 54 by option", "parcels.geojson", collection("", feature(ring)), ingest.Options{CRS: "Beijing 1954"}, "file.crs"},
	{"GCJ-02 by option", "parcels.geojson", collection("", feature(ring)), ingest.Options{CRS: "GCJ-02"}, "file.crs"},
	{"BD-09 by option", "parcels.geojson", collection("", feature(ring)), ingest.Options{CRS: "BD-09"}, "file.crs"},
	{"system unknown", "parcels.geojson", collection("", feature(ring)), ingest.Options{CRS: "EPSG:32650"}, "file.crs"},

	// Lists of boundary points.
	{"list", "parcels.txt", points(), ofSurvey, "ok"},
	{"list, area in hectares", "parcels.txt", points(), ofSurvey, "ok: times 10000"},
	{"list, use in words", "parcels.txt", points("0601", ""), ingest.Options{Set: map[string]string{"park": "QM", "valid_from": "2020-01-01", "use_scheme": "gbt21010"}}, "ok: is taken as 0601"},
	{"list, use in words alone", "parcels.txt", points("0601", ""), ofSurvey, "ok: use.scheme"},
	{"list in GBK", "parcels-gbk.txt", points(), ofSurvey, "ok"},
	{"list, nothing set", "parcels.txt", points(), ingest.Options{}, "header.required header.required"},
	{"list in Xi'an 80", "parcels.txt", points("2000国家大地坐标系", "1980西安坐标系"), ofSurvey, "file.crs"},
	{"list in Beijing 54", "parcels.txt", points("2000国家大地坐标系", "1954年北京坐标系"), ofSurvey, "file.crs"},
	{"list without zone", "parcels.txt", points("带号=40\n", ""), ofSurvey, "file.crs"},
	{"list of six degrees", "parcels.txt", points("几度分带=3", "几度分带=6"), ofSurvey, "file.crs"},
	{"list in kilometres", "parcels.txt", points("计量单位=米", "计量单位=千米"), ofSurvey, "file.crs"},
	{"list, area wrong", "parcels.txt", points("1.0000", "1.1000"), ofSurvey, "shape.area"},
	{"list, area of mu", "parcels.txt", points("1.0000", "15.0000"), ofSurvey, "shape.area"},
	{"list, count wrong", "parcels.txt", points("4,1.0000", "5,1.0000"), ofSurvey, "file.syntax"},
	{"list, point lost", "parcels.txt", points("J3,1,2749100,40355500\n", ""), ofSurvey, "file.syntax"},
	{"list, words for numbers", "parcels.txt", points("J3,1,2749100", "J3,1,未测"), ofSurvey, "file.syntax"},
	{"list without parcels", "parcels.txt", "[属性描述]\n带号=40\n[地块坐标]\n", ofSurvey, "file.empty"},
	{"list, zone of elsewhere", "parcels.txt", points("带号=40", "带号=30"), ofSurvey, "file.crs"},
	{"list, code missing", "parcels.txt", points("350502001001GB00012", ""), ofSurvey, "column.required"},
	{"text that is no list", "parcels.txt", "甲\n乙\n", ofSurvey, "header.required header.required"},

	// Fixed values and mappings.
	{"set a column that is there", "parcels.csv", head + good + square, ingest.Options{Set: map[string]string{"park": "GQ"}}, "header.set"},
	{"set no column", "parcels.csv", head + good + square, ingest.Options{Set: map[string]string{"colour": "red"}}, "header.set"},
	{"set a shape", "parcels.csv", "code,park,valid_from\n350502001001GB00012,QM,2020-01-01\n", ingest.Options{Set: map[string]string{"shape": "x"}}, "header.set header.required"},
	{"set a day that is none", "parcels.csv", "code,park,shape\n350502001001GB00012,QM," + square, ingest.Options{Set: map[string]string{"valid_from": "2020-13-01"}}, "date.form"},
	{"map with a unit", "parcels.csv", "code,park,valid_from,面积,shape\n" + good + "1.5," + square, ingest.Options{Map: map[string]string{"面积": "title_area_m2(公顷)"}}, "ok: times 10000"},
	{"map with no unit of ours", "parcels.csv", "code,park,valid_from,面积,shape\n" + good + "1.5," + square, ingest.Options{Map: map[string]string{"面积": "title_area_m2(斤)"}}, "header.unit"},

	// Encodings and separators.
	{"GBK", "firms-gbk.csv", "统一社会信用代码,企业名称\n91350200776049653A,演示一厂\n", ingest.Options{}, "ok"},
	{"GBK said to be UTF-8", "firms-gbk.csv", "统一社会信用代码,企业名称\n91350200776049653A,演示一厂\n", ingest.Options{Encoding: "utf-8"}, "file.encoding"},
	{"semicolons", "firms.csv", "uscc;name\n91350200776049653A;演示一厂\n", ingest.Options{}, "ok: separated by"},
	{"tabs", "firms.tsv", "uscc\tname\n91350200776049653A\t演示一厂\n", ingest.Options{}, "ok: separated by"},
	{"byte order mark", "firms.csv", "\uFEFFuscc,name\n91350200776049653A,演示一厂\n", ingest.Options{}, "ok"},
	{"line ends of old Macs", "firms.csv", "uscc,name\r91350200776049653A,演示一厂\r", ingest.Options{}, "header.required"},
	{"blank lines", "firms.csv", "\n\nuscc,name\n\n91350200776049653A,演示一厂\n\n", ingest.Options{}, "ok"},
	{"quoted line end", "firms.csv", "uscc,name\n91350200776049653A,\"演示\n一厂\"\n", ingest.Options{}, "ok"},
	{"formula", "firms.csv", "uscc,name\n91350200776049653A,\"=HYPERLINK(\"\"http://x\"\")\"\n", ingest.Options{}, "ok"},
	{"workbook by name alone", "firms.xlsx", "uscc,name\n91350200776049653A,演示一厂\n", ingest.Options{}, "file.format"},
	{"archive by name alone", "parcels.zip", "no archive", ingest.Options{}, "file.format"},
	{"GeoPackage by name alone", "parcels.gpkg", strings.Repeat("x", 200), ingest.Options{}, "file.format"},
	{"shapefile by name alone", "parcels.shp", strings.Repeat("x", 200), ingest.Options{}, "file.format"},
	{"drawing", "parcels.dwg", "AC1032", ingest.Options{}, "file.format"},
	{"no extension", "parcels", head + good + square, ingest.Options{}, "file.format"},
}

// TestOddFiles gives each file the verdict expected for it.
func TestOddFiles(t *testing.T) {
	if n := len(oddFiles) + len(oddFigures) + len(brokenFiles(t)); n < 200 {
		t.Errorf("%d bad or odd files have a verdict, want at least 200", n)
	}
	for _, c := range oddFiles {
		t.Run(c.name, func(t *testing.T) {
			body := []byte(c.body)
			if strings.Contains(c.file, "gbk") {
				var err error
				if body, err = simplifiedchinese.GBK.NewEncoder().Bytes(body); err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(path, body, 0o600); err != nil {
				t.Fatal(err)
			}
			kind, _, _ := strings.Cut(strings.ReplaceAll(c.file, ".", "-"), "-")
			opt := c.opt
			opt.When = today
			_, report, err := ingest.Read(t.Context(), kind, []string{path}, opt)
			f := report.Files[0]
			got := "ok"
			if f.Errors > 0 {
				var rules []string
				for _, p := range f.Problems[:f.Errors] {
					rules = append(rules, p.Rule)
				}
				got = strings.Join(rules, " ")
			}
			want, note, _ := strings.Cut(c.want, ": ")
			if got != want || (err == nil) != (want == "ok") || !strings.Contains(report.String()+fmt.Sprint(f.Notes), note) {
				t.Errorf("%s, want %s\n%s", got, c.want, report)
			}
		})
	}
}
