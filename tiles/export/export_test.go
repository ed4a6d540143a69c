package export_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/scoring/demotest"
	"muchan/tiles/export"
	"muchan/tiles/layers"
)

// job is an export of the layers an audience sees of those named.
func job(t testing.TB, format string, audience layers.Audience, names ...string) export.Job {
	t.Helper()
	scores, err := demotest.Scores(2025)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := layers.Build(scores.Snapshot(), scores, nil, audience)
	if err != nil {
		t.Fatal(err)
	}
	f, ok := export.FormatByName(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	j := export.Job{Format: f, About: export.About{
		Title: "亩产", Notice: "示例数据，全部虚构", Year: 2025, AsOf: demotest.Day.String(), Version: demotest.Version, Rules: scores.Rules,
	}}
	for _, name := range names {
		if table, ok := tables[name]; ok {
			j.Tables = append(j.Tables, table)
		}
	}
	return j
}

func written(t testing.TB, j export.Job) (path string, counts []int) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "out."+j.Format.Extension)
	counts, err := j.Write(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return path, counts
}

func gdal(t testing.TB, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "Warning") || strings.Contains(string(out), "ERROR") {
		t.Fatalf("%s %v: %v\n%s", program, args, err, out)
	}
	return string(out)
}

// asGeoJSON is what GDAL reads of a file, in longitude and latitude, by the value of a field.
func asGeoJSON(t testing.TB, key string, args ...string) map[string]map[string]any {
	t.Helper()
	out := gdal(t, "ogr2ogr", append([]string{"-f", "GeoJSON", "/vsistdout/", "-lco", "COORDINATE_PRECISION=12"}, args...)...)
	var collection struct {
		Features []struct {
			Properties map[string]any
			Geometry   json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(out), &collection); err != nil {
		t.Fatal(err)
	}
	features := map[string]map[string]any{}
	for _, f := range collection.Features {
		f.Properties["geometry"] = f.Geometry
		features[fmt.Sprint(f.Properties[key])] = f.Properties
	}
	return features
}

// TestGDALAndWeReadEveryFormat writes parcels in each format and system and compares each value of each row with the table's, as GDAL
// reads it and as we do.
func TestGDALAndWeReadEveryFormat(t *testing.T) {
	for _, format := range []string{"geojson", "gpkg", "shp"} {
		for _, epsg := range []int{4490, 4548, 4528} {
			t.Run(fmt.Sprintf("%s in %d", format, epsg), func(t *testing.T) {
				j := job(t, format, layers.Admin, layers.Parcels)
				j.CRS, _ = geo.CRSByEPSG(epsg)
				if epsg > 4500 {
					j.Encoding = "gb18030"
				}
				path, counts := written(t, j)
				table := j.Tables[0]
				if counts[0] != table.Len() {
					t.Errorf("%d rows written of %d", counts[0], table.Len())
				}
				source := path
				if format == "shp" {
					source = "/vsizip/" + path
				}
				got := asGeoJSON(t, "code", source, layers.Parcels, "-t_srs", "OGC:CRS84")
				compare(t, table, func(row int, field string) (any, bool) {
					f, ok := got[table.IDs[row]]
					if format == "shp" {
						field = field[:min(10, len(field))]
					}
					return f[field], ok
				})
				for row, id := range table.IDs {
					shape, err := geo.ParseGeoJSON(got[id]["geometry"].(json.RawMessage), geo.CRS84)
					if err != nil {
						t.Fatal(err)
					}
					if a, b := float64(geo.Area(shape)), float64(geo.Area(table.Shapes[row])); math.Abs(a-b) > 1e-6*b || !near(shape.Bound(), table.Bounds[row]) {
						t.Fatalf("%s: GDAL places it at %v with %v m², want %v with %v", id, shape.Bound(), a, table.Bounds[row], b)
					}
				}
				ours := reread(t, path, "")
				compare(t, table, func(row int, field string) (any, bool) {
					f, ok := ours[table.IDs[row]]
					if format == "shp" {
						field = field[:min(10, len(field))]
					}
					return f[field], ok
				})
			})
		}
	}
}

// A GeoPackage in each system is at its place for GDAL, degrees and the web's metres included.
func TestEverySystem(t *testing.T) {
	for _, crs := range geo.Systems() {
		j := job(t, "gpkg", layers.Public, layers.Parks)
		j.CRS = crs
		path, _ := written(t, j)
		got := asGeoJSON(t, "code", path, layers.Parks, "-t_srs", "OGC:CRS84")
		for row, id := range j.Tables[0].IDs {
			shape, err := geo.ParseGeoJSON(got[id]["geometry"].(json.RawMessage), geo.CRS84)
			if err != nil || !near(shape.Bound(), j.Tables[0].Bounds[row]) {
				t.Errorf("EPSG:%d %s: at %v, want %v; %v", crs.EPSG, id, shape.Bound(), j.Tables[0].Bounds[row], err)
			}
		}
	}
}

func near(a, b geo.Bound) bool {
	const degrees = 1e-9 // 0.1 mm
	return b.Pad(degrees).Contains(a.Min) && b.Pad(degrees).Contains(a.Max)
}

// reread reads a file with our own reader, by the first field.
func reread(t testing.TB, path, sheet string) map[string]map[string]any {
	t.Helper()
	r, err := layerfile.Open(path, layerfile.ReadOptions{Sheet: sheet})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	rows := map[string]map[string]any{}
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		values := map[string]any{}
		for i, f := range r.Layer().Fields {
			values[f.Name] = rec.Values[i]
		}
		rows[fmt.Sprint(rec.Values[0])] = values
	}
}

// compare holds values read against a table's. Names cut to ten bytes that would be the same are left to the list of names.
func compare(t *testing.T, table *layers.Table, read func(row int, field string) (any, bool)) {
	t.Helper()
	cut := map[string]int{}
	for _, f := range table.Layer.Fields {
		cut[f.Name[:min(10, len(f.Name))]]++
	}
	for row := range table.IDs {
		for col, f := range table.Layer.Fields {
			if cut[f.Name[:min(10, len(f.Name))]] > 1 {
				continue
			}
			want, _ := table.Value(row, col)
			got, ok := read(row, f.Name)
			if !ok || !same(got, want) {
				t.Fatalf("%s %s: read %#v, want %#v", table.IDs[row], f.Name, got, want)
			}
		}
	}
}

// same compares values whatever type a format gave them: GDAL's days have slashes, its truths of a shapefile are texts or numbers.
func same(got, want any) bool {
	if n, ok := got.(layerfile.Number); ok {
		var f float64
		fmt.Sscan(string(n), &f)
		got = f
	}
	switch w := want.(type) {
	case nil:
		return got == nil || got == ""
	case bool:
		return got == w || got == "T" && w || got == "F" && !w || got == 1.0 && w || got == 0.0 && !w
	case int64:
		return got == float64(w)
	case float64:
		f, ok := got.(float64)
		return ok && math.Abs(f-w) <= 1e-12*math.Max(1, math.Abs(w))
	}
	return strings.ReplaceAll(fmt.Sprint(got), "/", "-") == strings.ReplaceAll(fmt.Sprint(want), "/", "-")
}

// What tables for people and sequences hold reads back by us, value by value; rounded to a millionth where words are asked for.
func TestWeReadTheOtherFormats(t *testing.T) {
	for _, format := range []string{"csv", "xlsx", "geojsonl"} {
		for _, codes := range []bool{true, false} {
			j := job(t, format, layers.Analyst, layers.Parcels)
			j.Codes = codes
			path, _ := written(t, j)
			got := reread(t, path, "")
			table := j.Tables[0]
			for row, id := range table.IDs {
				for col, f := range table.Layer.Fields {
					name := f.Name
					if j.Format.Sheet {
						name = strings.TrimSuffix(f.Title+"("+f.Unit+")", "()")
					}
					want, _ := table.Value(row, col)
					if code, isText := want.(string); isText && !codes && j.Format.Sheet {
						want, _ = table.Layer.Word(f.Name, code)
					}
					if !readSame(got[id][name], want) {
						t.Fatalf("%s codes=%v %s %s: read %#v, want %#v", format, codes, id, name, got[id][name], want)
					}
				}
			}
		}
	}
}

// readSame compares what a table for people holds with a value: truths may be words, numbers texts.
func readSame(got, want any) bool {
	switch w := want.(type) {
	case nil:
		return got == nil
	case bool:
		word := map[bool]string{true: "是", false: "否"}[w]
		return got == w || got == word || got == fmt.Sprint(w)
	case float64, int64:
		var x, y float64
		_, err := fmt.Sscan(fmt.Sprint(got), &x)
		fmt.Sscan(fmt.Sprint(w), &y)
		return err == nil && math.Abs(x-y) <= 1e-6
	}
	return fmt.Sprint(got) == fmt.Sprint(want)
}

// A file holds exactly the columns of its audience, in every format.
func TestColumnsAreThoseOfTheAudience(t *testing.T) {
	for _, f := range export.Formats {
		for _, audience := range []layers.Audience{layers.Public, layers.Viewer, layers.Analyst} {
			j := job(t, f.Name, audience, layers.Parcels)
			j.Codes, j.NoShape = true, true
			path, _ := written(t, j)
			source := path
			if f.Extension == "zip" {
				source = "/vsizip/" + path
			}
			layer := layers.Parcels
			switch f.Name {
			case "csv", "geojsonl":
				layer = "out"
			case "xlsx":
				layer = "宗地"
			}
			info := gdal(t, "ogrinfo", "-so", source, layer)
			if !strings.Contains(info, fmt.Sprintf("Feature Count: %d", j.Tables[0].Len())) {
				t.Errorf("%s: GDAL counts otherwise than %d:\n%s", f.Name, j.Tables[0].Len(), info)
			}
			all, _ := layers.ByName(layers.Parcels)
			for _, field := range all.Fields {
				name := field.Name
				if f.Sheet {
					name = field.Title
				} else if f.Name == "shp" {
					name = name[:min(10, len(name))]
				}
				_, has := j.Tables[0].FieldIndex(field.Name)
				if there := strings.Contains(info, "\n"+name); there != has && !sharesName(j.Tables[0], field.Name) {
					t.Errorf("%s for %s: column %s is there: %v", f.Name, audience, field.Name, there)
				}
			}
		}
	}
}

// sharesName reports whether another column begins like a name, so that looking for it says nothing.
func sharesName(t *layers.Table, name string) bool {
	all, _ := layers.ByName(t.Layer.Name)
	return slices.ContainsFunc(all.Fields, func(f layers.Field) bool {
		return f.Name != name && (strings.HasPrefix(f.Name, name[:min(10, len(name))]) || strings.HasPrefix(f.Title, titleOf(all, name)))
	})
}

func titleOf(l layers.Layer, name string) string {
	for _, f := range l.Fields {
		if f.Name == name {
			return f.Title
		}
	}
	return ""
}

func TestWorkbookIsForPeople(t *testing.T) {
	j := job(t, "xlsx", layers.Analyst, layers.Parks, layers.Parcels, layers.Buildings)
	path, counts := written(t, j)
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := book.GetSheetList(); !slices.Equal(got, []string{"园区", "宗地", "幢", "说明"}) {
		t.Errorf("sheets %v", got)
	}
	rows, err := book.GetRows("宗地")
	if err != nil || len(rows) != counts[1]+1 {
		t.Fatalf("%d rows for %d parcels, %v", len(rows)-1, counts[1], err)
	}
	table := j.Tables[1]
	for col, f := range table.Layer.Fields {
		want := f.Title
		if f.Unit != "" {
			want += "(" + f.Unit + ")"
		}
		if rows[0][col] != want {
			t.Errorf("column %d is headed %q, want %q", col, rows[0][col], want)
		}
	}
	state, _ := table.FieldIndex("state")
	mu, _ := table.FieldIndex("land_mu")
	plant, _ := table.FieldIndex("idle_plant")
	for i, r := range rows[1:] {
		if v, _ := table.Value(i, mu); r[mu] != thousands(v) {
			t.Errorf("row %d: %v mu is shown as %q", i, v, r[mu])
		}
		if code, ok := table.Value(i, state); ok && r[state] == code || r[plant] != "是" && r[plant] != "否" {
			t.Errorf("row %d shows codes: %q", i, r)
		}
	}
	var notes strings.Builder
	said, _ := book.GetRows("说明")
	for _, r := range said {
		notes.WriteString(strings.Join(r, "|") + "\n")
	}
	for _, want := range []string{"数据截至|2026-06-30", "快照版本|9", "使用范围|园区工作人员", "EPSG:4490", "全部虚构", "宗地|亩均税收|万元/亩|tax_wan_mu", j.About.Rules[0].Hash} {
		if !strings.Contains(notes.String(), want) {
			t.Errorf("the notes do not say %q:\n%s", want, notes.String())
		}
	}
}

// thousands is a number with two decimals and commas, "" for none.
func thousands(v any) string {
	f, ok := v.(float64)
	if !ok {
		return ""
	}
	s := fmt.Sprintf("%.2f", f)
	for i := len(s) - 6; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// identifier is what codes look like: in_use, plant.
var identifier = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

// Every code that a layer holds has a word, so that no table for people shows an identifier.
func TestEveryCodeHasAWord(t *testing.T) {
	for _, table := range job(t, "xlsx", layers.Admin, layers.Parks, layers.Zones, layers.Parcels, layers.Buildings).Tables {
		for col, f := range table.Layer.Fields {
			for row := range table.IDs {
				v, _ := table.Value(row, col)
				code, isText := v.(string)
				if word, coded := table.Layer.Word(f.Name, code); isText && coded && word == code && len(code) > 1 {
					t.Errorf("%s.%s: %q has no word", table.Layer.Name, f.Name, code)
				}
				if _, coded := table.Layer.Word(f.Name, code); !coded && isText && identifier.MatchString(code) {
					t.Errorf("%s.%s holds the code %q and has no words", table.Layer.Name, f.Name, code)
				}
			}
		}
	}
}

// Every value of a styled field has its colour, and the style is well-formed XML that names a field the layer has.
func TestStylesFitTheLayers(t *testing.T) {
	for audience := layers.Public; audience <= layers.Admin; audience++ {
		for _, table := range job(t, "gpkg", audience, layers.Parks, layers.Zones, layers.Parcels, layers.Buildings).Tables {
			style := export.StyleOf(table.Layer)
			for _, text := range []string{style.QML(), style.SLD(table.Layer.Name)} {
				if err := xml.Unmarshal([]byte(text), new(struct{})); err != nil {
					t.Errorf("%s: %v in %s", table.Layer.Name, err, text)
				}
			}
			col, ok := table.FieldIndex(style.Field)
			if style.Field != "" && !ok {
				t.Errorf("%s for %s is coloured by %s, which it does not have", table.Layer.Name, audience, style.Field)
			}
			for row := range table.IDs {
				if !ok {
					break
				}
				v, _ := table.Value(row, col)
				code, _ := v.(string)
				if !slices.ContainsFunc(style.Cases, func(c export.Case) bool { return c.Value == code }) {
					t.Errorf("%s: %q has no colour", table.Layer.Name, code)
				}
			}
		}
	}
}

func TestParksAreKeptApart(t *testing.T) {
	j := job(t, "gpkg", layers.Viewer, layers.Parks, layers.Zones, layers.Parcels, layers.Buildings)
	scores, _ := demotest.Scores(2025)
	total := make([]int, len(j.Tables))
	parks := scores.Snapshot().Parks
	for i := range parks {
		j.Keep = export.InParks(scores.Snapshot(), []string{parks[i].Code})
		_, counts := written(t, j)
		for k := range counts {
			total[k] += counts[k]
		}
		if counts[0] != 1 {
			t.Errorf("%s: %d parks", parks[i].Code, counts[0])
		}
	}
	for k, table := range j.Tables {
		if total[k] != table.Len() {
			t.Errorf("%s: the parks' shares are %d of %d features", table.Layer.Name, total[k], table.Len())
		}
	}
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	two := job(t, "geojson", layers.Viewer, layers.Parcels, layers.Buildings)
	if _, err := two.Write(context.Background(), filepath.Join(dir, "a.geojson")); err == nil || !strings.Contains(err.Error(), "one layer") {
		t.Errorf("two layers in GeoJSON: %v", err)
	}
	gone, stop := context.WithCancel(context.Background())
	stop()
	one := job(t, "gpkg", layers.Viewer, layers.Parcels)
	if _, err := one.Write(gone, filepath.Join(dir, "a.gpkg")); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody wants it any more: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
