package ingest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"muchan/geo/layerfile"
	"muchan/parcels"
	"muchan/parcels/ingest"
)

const uscc = "91350200776049653A"

func file(t testing.TB, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustRead(t *testing.T, kind string, opt ingest.Options, files ...string) (parcels.Change, *ingest.Report) {
	t.Helper()
	change, report, err := ingest.Read(t.Context(), kind, files, opt)
	if err != nil {
		t.Fatalf("%v\n%s", err, report)
	}
	return change, report
}

// One row in all its spellings gives the same figures: names, titles, English, full width, units, separators, serial numbers.
func TestSpellings(t *testing.T) {
	for name, csv := range map[string]string{
		"names":             "uscc,year,output_wan,energy_tce,confirmed\n" + uscc + ",2024,12345.6,7,true\n",
		"titles":            "统一社会信用代码,年度,工业总产值,综合能耗,企业确认\n" + uscc + ",2024,12345.6,7,是\n",
		"titles with units": "统一社会信用代码,年度,工业总产值(万元),综合能耗（吨标准煤）,企业确认\n" + uscc + ",2024,12345.6,7,1\n",
		"English":           "Credit Code,YEAR,Output,energy,Confirmed\n" + uscc + ",2024,12345.6,7,Yes\n",
		"full width":        "ｕｓｃｃ,ｙｅａｒ,ｏｕｔｐｕｔ＿ｗａｎ,综 合 能 耗,confirmed\n" + uscc + ",２０２４,１２３４５．６,７,TRUE\n",
		"yuan":              "uscc,year,工业总产值（元）,综合能耗(千克标准煤),confirmed\n" + uscc + ",2024年,\"123,456,000\",7000,是\n",
		"hundred millions":  "uscc,year,工业总产值[亿元],综合能耗(单位:万吨标准煤),confirmed\n" + uscc + ",2024.0,1.23456,0.0007,y\n",
		"lower case code":   "uscc,year,output_wan,energy_tce,confirmed\n 91350200776049653a ,2024,1.23456e4,7,true\n",
		"tab":               "uscc\tyear\toutput_wan\tenergy_tce\tconfirmed\n" + uscc + "\t2024\t12345.6\t7\ttrue\n",
	} {
		t.Run(name, func(t *testing.T) {
			change, _ := mustRead(t, "figures", ingest.Options{}, file(t, "a.csv", csv))
			f := change.Rows.Figures[0]
			if f.USCC != uscc || f.Year != 2024 || f.OutputWan.Or(0).String() != "12345.6" || math.Abs(f.EnergyTce.Or(0)-7) > 1e-12 || !f.Confirmed.Or(false) {
				t.Errorf("got %+v", f)
			}
			if f.RevenueWan.OK() {
				t.Error("a column that is not there is not missing")
			}
		})
	}
}

func TestAreasAndDatesAndLists(t *testing.T) {
	const shape = `"POLYGON((118.57 24.84,118.571 24.84,118.571 24.841,118.57 24.841,118.57 24.84))"`
	csv := "宗地代码,园区代码,土地状态,证载面积(亩),约定亩均税收(元/平方米),出让价款(元),签订日期,交地日期,约定动工日期,生效日期,来源宗地,界址\n" +
		"350502001001GB00012,QM,低效,16.794,30,1234567.89,2019年3月5日,2019/3/6,20190401,43831,350502001001GB00001、350502001001GB00002," + shape + "\n"
	change, _ := mustRead(t, "parcels", ingest.Options{}, file(t, "a.csv", csv))
	p := change.Rows.Parcels[0]
	if got := p.TitleAreaM2.Or(0); math.Abs(got-11196) > 1e-9 {
		t.Errorf("16.794 mu are %v m²", got)
	}
	if got := p.Contract.AgreedTaxWanMu.Or(0); math.Abs(got-2) > 1e-12 {
		t.Errorf("30 yuan/m² are %v 万元/亩", got)
	}
	if got := p.Contract.PriceWan.Or(0).String(); got != "123.456789" {
		t.Errorf("price %s", got)
	}
	if p.State != "low" || len(p.Parents) != 2 || p.Parents[1] != "350502001001GB00002" {
		t.Errorf("state %q, parents %q", p.State, p.Parents)
	}
	for i, d := range []parcels.Date{p.Contract.SignedOn, p.Contract.HandedOverOn, p.Contract.DueStartOn, p.ValidFrom} {
		if want := []string{"2019-03-05", "2019-03-06", "2019-04-01", "2020-01-01"}[i]; d.String() != want {
			t.Errorf("date %d is %s, want %s", i, d, want)
		}
	}
	if len(p.Shape) != 1 {
		t.Error("no shape")
	}
}

// What muchan writes by the names of the columns comes in as it was, in all three formats.
func TestWrittenRowsComeBack(t *testing.T) {
	shape := `{"type":"Polygon","coordinates":[[[118.57,24.84],[118.571,24.84],[118.571,24.841],[118.57,24.841],[118.57,24.84]]]}`
	source := `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":` + shape + `,"properties":{"id":"B1","parcel":"350502001001GB00012","use":"plant",
		"storeys":"6000@9;6000@4.5","completed_on":"2015-06-30","vacant_m2":120.5,"vacant_since":"2024-01-01","valid_from":"2016-01-01"}}]}`
	first, _ := mustRead(t, "buildings", ingest.Options{}, file(t, "a.geojson", source))
	for _, ext := range []string{"geojson", "csv", "xlsx"} {
		for _, titles := range []bool{false, true} {
			t.Run(fmt.Sprint(ext, titles), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "b."+ext)
				writeBuildings(t, path, titles, first.Rows.Buildings)
				again, _ := mustRead(t, "buildings", ingest.Options{}, path)
				if !parcels.BuildingTable.Equal(&first.Rows.Buildings[0], &again.Rows.Buildings[0]) {
					t.Errorf("got %+v\nwant %+v", again.Rows.Buildings[0], first.Rows.Buildings[0])
				}
			})
		}
	}
}

func writeBuildings(t *testing.T, path string, titles bool, rows []parcels.Building) {
	t.Helper()
	layer := layerfile.Layer{Name: "buildings", HasShape: true}
	for _, c := range parcels.BuildingTable.Columns {
		if c.Kind() != parcels.KindShape {
			layer.Fields = append(layer.Fields, layerfile.Field{Name: c.Name, Title: c.Title})
		}
	}
	w, err := layerfile.Create(path, layer, layerfile.WriteOptions{Titles: titles})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range rows {
		values := []any{b.ID, b.Parcel, b.Name, b.Use, parcels.FormatStoreys(b.Storeys), b.CompletedOn, b.VacantM2.Or(0), b.VacantSince, b.ValidFrom, b.ValidTo}
		if err := w.Write(values, b.Shape); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestMap(t *testing.T) {
	csv := "代码,名字,多余,规上否\n" + uscc + ",甲,x,否\n"
	opt := ingest.Options{Map: map[string]string{"代码": "uscc", "名字": "企业名称", "规上否": "above_scale", "多余": "-"}}
	change, report := mustRead(t, "firms", opt, file(t, "a.csv", csv))
	f := change.Rows.Firms[0]
	if f.USCC != uscc || f.Name != "甲" || f.AboveScale.Or(true) || len(report.Files[0].Notes) != 1 {
		t.Errorf("got %+v, %v", f, report)
	}
}

// A shape's column may be mapped as well, and firms may come as points.
func TestShapes(t *testing.T) {
	csv := "code,park,valid_from,图形\n350502001001GB00012,QM,2020-01-01,\"POLYGON((118.57 24.84,118.571 24.84,118.571 24.841,118.57 24.84))\"\n"
	change, _ := mustRead(t, "parcels", ingest.Options{Map: map[string]string{"图形": "shape"}}, file(t, "a.csv", csv))
	if len(change.Rows.Parcels[0].Shape) != 1 {
		t.Error("the mapped shape is missing")
	}
	points := `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[118,24]},"properties":{"uscc":"` + uscc + `","name":"甲"}}]}`
	mustRead(t, "firms", ingest.Options{}, file(t, "a.geojson", points))
}

func TestDuplicateKeysAcrossFiles(t *testing.T) {
	a := file(t, "a.csv", "uscc,name\n"+uscc+",甲\n")
	b := file(t, "b.csv", "uscc,name\n91350500798359476R,乙\n"+uscc+",丙\n")
	change, report, err := ingest.Read(t.Context(), "firms", []string{a, b}, ingest.Options{})
	if !errors.Is(err, parcels.ErrRefused) || change.Rows.Len() != 0 {
		t.Fatalf("%v, %d rows", err, change.Rows.Len())
	}
	p := report.Files[1].Problems[0]
	if p.Rule != "key.duplicate" || p.Row != 3 || p.Key != uscc || !strings.Contains(p.Message, "row 3") || !strings.Contains(p.Message, "row 2 of a.csv") {
		t.Errorf("got %+v", p)
	}
	if report.Files[0].Accepted != 1 || report.Files[1].Accepted != 0 {
		t.Errorf("accepted %d and %d", report.Files[0].Accepted, report.Files[1].Accepted)
	}
}

// The hash names the bytes and every option that shapes rows, and nothing else.
func TestSourceHash(t *testing.T) {
	path := file(t, "a.csv", "uscc,name\n"+uscc+",甲\n")
	base, _ := mustRead(t, "firms", ingest.Options{}, path)
	same, _ := mustRead(t, "firms", ingest.Options{Who: "x", Why: "y", When: today}, path)
	if base.Source != same.Source || len(base.Source.SHA256) != 64 || base.Source.Name != "a.csv" {
		t.Errorf("%+v and %+v", base.Source, same.Source)
	}
	seen := map[string]bool{base.Source.SHA256: true}
	for name, opt := range map[string]ingest.Options{
		"encoding": {Encoding: "utf-8"}, "crs": {CRS: "EPSG:4549"}, "map": {Map: map[string]string{"name": "name"}}, "other map": {Map: map[string]string{"uscc": "uscc"}},
	} {
		got, _ := mustRead(t, "firms", opt, path)
		if seen[got.Source.SHA256] {
			t.Errorf("%s: the hash does not change", name)
		}
		seen[got.Source.SHA256] = true
	}
	other, _ := mustRead(t, "firms", ingest.Options{}, file(t, "a.csv", "uscc,name\n"+uscc+",乙\n"))
	if seen[other.Source.SHA256] {
		t.Error("other bytes, same hash")
	}
}

func manyFirms(n int, name string) string {
	var b strings.Builder
	b.WriteString("uscc,name\n")
	for i := range n {
		fmt.Fprintf(&b, "X%d,%s\n", i, name)
	}
	return b.String()
}

func TestProblemsAreCappedAndCounted(t *testing.T) {
	_, report, err := ingest.Read(t.Context(), "firms", []string{file(t, "a.csv", manyFirms(5000, "甲"))}, ingest.Options{})
	var refused *parcels.RefusedError
	if !errors.As(err, &refused) || len(refused.Problems) != 1000 || refused.More != 4000 {
		t.Fatalf("got %v", err)
	}
	f := report.Files[0]
	if f.Errors != 5000 || len(f.Problems) != 1000 || f.Rows != 5000 || !strings.Contains(report.String(), "and 4000 more") {
		t.Errorf("%d errors, %d problems, %d rows", f.Errors, len(f.Problems), f.Rows)
	}
}

// Errors push warnings out of a full report.
func TestErrorsOutrankWarnings(t *testing.T) {
	var b strings.Builder
	b.WriteString("uscc,year,energy_tce\n")
	for i := range 1100 {
		fmt.Fprintf(&b, "%s,%d,5\n", uscc, 1990+i%100)
	}
	_, report, _ := ingest.Read(t.Context(), "figures", []string{file(t, "a.csv", b.String())}, ingest.Options{})
	f := report.Files[0]
	if f.Errors != 1000 || f.Warnings != 1100 || len(f.Problems) != 1000 || f.Problems[999].Severity != parcels.SeverityError {
		t.Errorf("%d errors, %d warnings, last %+v", f.Errors, f.Warnings, f.Problems[999])
	}
}

func TestCancelAndProgress(t *testing.T) {
	path := file(t, "a.csv", manyFirms(5000, "甲"))
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	opt := ingest.Options{Progress: func(name string, rows int) {
		if calls++; name != "a.csv" || rows != calls*1000 {
			t.Errorf("call %d: %s %d", calls, name, rows)
		}
		if calls == 2 {
			cancel()
		}
	}}
	_, report, err := ingest.Read(ctx, "firms", []string{path}, opt)
	if !errors.Is(err, context.Canceled) || calls != 2 || report.Files[0].Rows != 3000 {
		t.Errorf("%v after %d calls and %d rows", err, calls, report.Files[0].Rows)
	}
}

func TestReadOfNoFile(t *testing.T) {
	_, report, err := ingest.Read(t.Context(), "firms", []string{filepath.Join(t.TempDir(), "none.csv")}, ingest.Options{})
	if !errors.Is(err, parcels.ErrRefused) || report.Files[0].Problems[0].Rule != layerfile.RuleOpen || strings.Contains(report.String(), string(filepath.Separator)) {
		t.Errorf("%v\n%s", err, report)
	}
	if _, report, err := ingest.Read(t.Context(), "dogs", nil, ingest.Options{}); err == nil || errors.Is(err, parcels.ErrRefused) || report != nil || !strings.Contains(err.Error(), "parcels") {
		t.Errorf("unknown kind: %v", err)
	}
}

// The report is for machines as well: it reads back from JSON as it was.
func TestReportJSON(t *testing.T) {
	_, report, _ := ingest.Read(t.Context(), "firms", []string{file(t, "a.csv", manyFirms(2, ""))}, ingest.Options{})
	b, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var again ingest.Report
	if err := json.Unmarshal(b, &again); err != nil || again.String() != report.String() {
		t.Errorf("%v: %s", err, b)
	}
}

// Memory beside the rows themselves stays bounded: a file of faults costs no more than its cap of problems.
func TestFaultsDoNotPileUp(t *testing.T) {
	path := file(t, "a.csv", manyFirms(50_000, ""))
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, report, _ := ingest.Read(t.Context(), "firms", []string{path}, ingest.Options{})
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 8<<20 || report.Errors() != 100_000 {
		t.Errorf("%d bytes kept for %d errors", kept, report.Errors())
	}
}
