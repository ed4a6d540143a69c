package ingest_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"muchan/geo/layerfile"
	"muchan/parcels"
	"muchan/parcels/ingest"
)

// refusable are five parcels: the second has a broken code, the fourth crosses itself.
var refusable = "宗地代码,园区,生效日期,证载面积(亩),坐落,shape\n" +
	land(1) + ",QM,2020-01-01,30,演示路1号," + box(118.570, 24.84, 0.001, 0.001) + "\n" +
	"坏代码,QM,2020-01-01,30,演示路2号," + box(118.572, 24.84, 0.001, 0.001) + "\n" +
	land(3) + ",QM,2020-01-01,30,,\"POLYGON((118.574 24.84,118.575 24.84,118.575 24.841,118.574 24.84))\"\n" +
	land(4) + ",QM,2020-01-01,三十,演示路4号," + box(118.576, 24.84, 0.001, 0.001) + "\n" +
	land(1) + ",QM,2020-01-01,31,演示路5号," + box(118.578, 24.84, 0.001, 0.001) + "\n"

var quotedShape = regexp.MustCompile(`"[^"]*"`)

// inFormat has GDAL turn the rows into a format, all values texts.
func inFormat(t *testing.T, ext string) string {
	t.Helper()
	dir := t.TempDir()
	csv := file(t, "in.csv", refusable)
	switch ext {
	case ".csv":
		return csv
	case ".xlsx": // cells apart by "|"; a shape's own commas stay
		lines := strings.ReplaceAll(refusable, ",", "|")
		lines = quotedShape.ReplaceAllStringFunc(lines, func(wkt string) string { return strings.ReplaceAll(strings.Trim(wkt, `"`), "|", ",") })
		return sheet(t, "xlsx", strings.TrimSpace(lines))
	}
	out := filepath.Join(dir, "a"+ext)
	args := map[string][]string{
		".geojson": {"-f", "GeoJSON"}, ".geojsonl": {"-f", "GeoJSONSeq"}, ".gpkg": {"-f", "GPKG"},
		".shp": {"-f", "ESRI Shapefile", "-lco", "ENCODING=CP936"},
	}[ext]
	target := "EPSG:4490"
	if ext == ".gpkg" || ext == ".shp" {
		target = "EPSG:4549"
	}
	in := []string{out, csv, "-oo", "GEOM_POSSIBLE_NAMES=shape", "-oo", "KEEP_GEOM_COLUMNS=NO", "-s_srs", "EPSG:4490", "-t_srs", target}
	if msg, err := exec.Command("ogr2ogr", append(args, in...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, msg)
	}
	return out
}

// Bad rows are left out and come back in a file of the same format that, corrected, comes in.
func TestBadRowsComeBack(t *testing.T) {
	for _, ext := range []string{".csv", ".xlsx", ".geojson", ".geojsonl", ".gpkg", ".shp"} {
		t.Run(ext, func(t *testing.T) {
			path := inFormat(t, ext)
			opt := ingest.Options{SkipBad: true, When: today}
			if ext == ".shp" { // ten bytes keep the column's name and lose its unit
				if _, _, err := ingest.Read(t.Context(), "parcels", []string{path}, opt); err == nil || !strings.Contains(err.Error(), "header.unit") {
					t.Errorf("a unit that was cut off: %v", err)
				}
				opt.Map = map[string]string{"证载面积(": "title_area_m2(亩)"}
			}
			s, err := ingest.Prepare(t.Context(), nil, "parcels", path, opt)
			if err != nil {
				t.Fatalf("%v\n%s", err, s.Report)
			}
			f := s.Report.Files[0]
			if f.Rows != 5 || f.Accepted != 2 || f.Skipped != 3 || len(s.Change.Rows.Parcels) != 2 || len(s.Reasons) != 3 {
				t.Fatalf("%+v %v", f, s.Reasons)
			}
			to := filepath.Join(t.TempDir(), "refused"+ingest.RefusedFormat(path))
			written, err := s.WriteRefused(t.Context(), to)
			if err != nil || written != 3 {
				t.Fatalf("%d written, %v", written, err)
			}
			checkRefusedFile(t, to, opt)
		})
	}
}

func checkRefusedFile(t *testing.T, path string, opt ingest.Options) {
	t.Helper()
	r, err := layerfile.Open(path, layerfile.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	fields, all := r.Layer().Fields, ""
	for {
		rec, err := r.Next()
		if err != nil {
			break
		}
		all += fmt.Sprintln(rec.Values)
		if r.Layer().HasShape && len(rec.Shape) == 0 {
			t.Errorf("row %d lost its shape", rec.Row)
		}
	}
	r.Close()
	for _, want := range []string{"坏代码", "三十", "演示路5号", "parcel_code.form", "number.form", "key.duplicate", "宗地代码格式有误", "不是数字（只写数字和小数点"} {
		if !strings.Contains(all, want) {
			t.Errorf("the file lacks %s: %v\n%s", want, fields, all)
		}
	}
	opt.SkipBad = false
	_, report, err := ingest.Read(t.Context(), "parcels", []string{path}, opt)
	if err == nil || report.Errors() < 2 || strings.Contains(report.String(), "原行号") {
		t.Errorf("read again as it is: %v\n%s", err, report)
	}
}

// Of a list of boundary points, the parcels that are left out come back with their points, in its encoding: a wrong area or point is corrected
// there. GDAL knows no such list, so what is compared is the text.
func TestBadPointsComeBack(t *testing.T) {
	const (
		about = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n计量单位=米\n带号=40\n[地块坐标]\n"
		good  = "4,1.0000,350502001001GB00012,沣厂,面,,工业用地,0601,@\nJ1,1,2749000,40355400\nJ2,1,2749000,40355500\nJ3,1,2749100,40355500\nJ4,1,2749100,40355400\n"
		area  = "4,1.1000,350502001001GB00013,砡厂,面,,工业用地,0601,@\nJ1,1,2749200,40355400\nJ2,1,2749200,40355500\nJ3,1,2749300,40355500\nJ4,1,2749300,40355400\n"
		point = "4,1.0000,350502001001GB00014,丙厂,面,,工业用地,0601,@\nJ1,1,2749400,40355400\nJ2,1,未测,40355500\nJ3,1,2749500,40355500\nJ4,1,2749500,40355400\n"
	)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(about + area + good + point)
	if err != nil {
		t.Fatal(err)
	}
	path := file(t, "points.txt", gbk)
	opt := ingest.Options{SkipBad: true, When: today, Set: map[string]string{"park": "QM", "valid_from": "2020-01-01"}}
	s, err := ingest.Prepare(t.Context(), nil, "parcels", path, opt)
	if err != nil || len(s.Change.Rows.Parcels) != 1 || s.Report.Files[0].Skipped != 2 {
		t.Fatalf("%v\n%s", err, s.Report)
	}
	to := filepath.Join(t.TempDir(), "refused"+ingest.RefusedFormat(path))
	if written, err := s.WriteRefused(t.Context(), to); err != nil || written != 2 || filepath.Ext(to) != ".txt" {
		t.Fatalf("%d written to %s: %v", written, to, err)
	}
	text, err := exec.Command("iconv", "-f", "GB18030", "-t", "UTF-8", to).Output()
	if err != nil {
		t.Fatal(err)
	}
	back := strings.ReplaceAll(string(text), "\r", "")
	if !strings.HasSuffix(back, "[地块坐标]\n"+area+point) || !strings.Contains(back, "拒绝原因(原第7行)=") || !strings.Contains(back, "shape.area") {
		t.Fatalf("%s", back)
	}
	corrected := strings.NewReplacer("1.1000", "1.0000", "未测", "2749400").Replace(back)
	change, report := mustRead(t, "parcels", ingest.Options{Set: opt.Set}, file(t, "again.txt", corrected))
	if len(change.Rows.Parcels) != 2 {
		t.Errorf("corrected: %s", report)
	}
}

func TestRefusedByTheStoreIsLeftOutToo(t *testing.T) {
	store := zone(t)
	csv := "code,park,valid_from,shape\n" +
		land(5) + ",QM,2020-01-01," + box(118.580, 24.84, 0.001, 0.001) + "\n" +
		land(6) + ",XX,2020-01-01," + box(118.582, 24.84, 0.001, 0.001) + "\n"
	opt := related
	opt.SkipBad = true
	s, err := prepare(t, store, "parcels", csv, opt)
	if err != nil || len(s.Change.Rows.Parcels) != 1 || !strings.Contains(s.Reasons[3], "parcels.park.unknown") || s.Report.Files[0].Accepted != 1 {
		t.Fatalf("%v %v\n%s", err, s.Reasons, s.Report)
	}
	s, err = prepare(t, store, "parcels", csv, ingest.Options{Preview: 5})
	if err == nil || s.Report.Files[0].Problems[0].Row != 3 {
		t.Errorf("without leaving out: %v\n%s", err, s.Report)
	}
}

func TestFixedValues(t *testing.T) {
	csv := "code,shape\n" + land(1) + "," + box(118.570, 24.84, 0.001, 0.001) + "\n"
	opt := ingest.Options{Set: map[string]string{"园区代码": "QM", "valid_from": "2020年1月1日", "title_area_m2": "500"}, Preview: 3}
	change, report := mustRead(t, "parcels", opt, file(t, "a.csv", csv))
	p := change.Rows.Parcels[0]
	if p.Park != "QM" || p.ValidFrom != parcels.MustDate("2020-01-01") || p.TitleAreaM2.Or(0) != 500 {
		t.Errorf("%+v", p)
	}
	if v := report.Files[0].Preview; len(v.Columns) != 5 || len(v.Rows) != 1 || v.Rows[0].Cells[0] != land(1) || len(v.Outline) != 1 || v.BBox[0] != 118.57 {
		t.Errorf("%+v", v)
	}
	for _, c := range []struct {
		set  map[string]string
		rule string
	}{
		{map[string]string{"code": "x", "park": "QM", "valid_from": "2020-01-01"}, "header.set"},
		{map[string]string{"nothing": "x", "park": "QM", "valid_from": "2020-01-01"}, "header.set"},
		{map[string]string{"park": "QM", "valid_from": "gestern"}, "date.form"},
	} {
		_, report, err := ingest.Read(t.Context(), "parcels", []string{file(t, "a.csv", csv)}, ingest.Options{Set: c.set})
		if err == nil || report.Files[0].Problems[0].Rule != c.rule {
			t.Errorf("%v: %v %s", c.set, err, report)
		}
	}
}
