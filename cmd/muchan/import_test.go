package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fill writes a file into a folder of the test's own.
func fill(t testing.TB, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// says checks that an output holds all of some texts.
func says(t testing.TB, output string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(output, text) {
			t.Errorf("the output does not say %q:\n%s", text, output)
		}
	}
}

const demoPark = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"QM","name":"清濛"},
"geometry":{"type":"Polygon","coordinates":[[[118.56,24.83],[118.62,24.83],[118.62,24.87],[118.56,24.87],[118.56,24.83]]]}}]}`

// gbkShapefile is what a bureau sends: GBK without .cpg, in a zone nobody wrote down, names cut to ten bytes.
func gbkShapefile(t testing.TB, park string) string {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.geojson"), filepath.Join(dir, "宗地.shp")
	body := `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"宗地代码":"350502001001GB00012","坐落":"泉州市清濛演示路1号","证载面积":1234567.5},"geometry":{"type":"Polygon","coordinates":[[[118.57,24.84],[118.58,24.84],[118.58,24.85],[118.57,24.85],[118.57,24.84]]]}},
{"type":"Feature","properties":{"宗地代码":"350502001001GB00013","坐落":"演示路2号","证载面积":null},"geometry":{"type":"Polygon","coordinates":[[[118.59,24.84],[118.6,24.84],[118.6,24.85],[118.59,24.84]]]}}]}`
	if err := os.WriteFile(in, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	if msg, err := exec.Command("ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=CP936", "-t_srs", park, out, in).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, msg)
	}
	for _, ext := range []string{".prj", ".cpg", ".shx"} {
		if err := os.Remove(filepath.Join(dir, "宗地"+ext)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// A person brings a GBK shapefile without .prj and a messy sheet in, following nothing but what the program says.
func TestWalkOfAPersonWithMessyFiles(t *testing.T) {
	data := t.TempDir()
	must(t, "import", "parks", fill(t, "park.geojson", demoPark), "--data", data)
	land := gbkShapefile(t, "EPSG:4549")

	code, out, errs := muchan(t, "import", "parcels", land, "--data", data)
	if code != exitFailed {
		t.Fatalf("exit %d", code)
	}
	says(t, out+errs, "header.required", "--set park=…", "--set valid_from=…")
	set := []string{"import", "parcels", land, "--data", data, "--set", "park=QM", "--set", "valid_from=2020-01-01"}
	_, out, errs = muchan(t, set...)
	says(t, out+errs, "shape.degrees", "--crs EPSG:4549", "--crs detect")
	out = must(t, append(set, "--crs", "detect", "--dry-run")...)
	says(t, out, "assumed to be EPSG:4549", "118.5", "GB18030", "宗地代码 → code", "2 new", "dry run: 2 rows would be written")
	_, out, errs = muchan(t, append(set, "--crs", "EPSG:4548")...)
	says(t, out+errs, "place.away", "all 2 shapes lie at 115.5", "Read as EPSG:4549 they would lie there", "refused: 1 problems, nothing of it was written")
	_, out, errs = muchan(t, append(set, "--crs", "detect")...)
	says(t, out+errs, "nothing was written", "--dry-run --outline FILE", "--yes")
	out = must(t, append(set, "--crs", "detect", "--yes")...)
	says(t, out, "2 new")
	must(t, "import", "undo", "2", "--data", data)
	out = must(t, append(set, "--crs", "EPSG:4549", "--save-profile", "宗地")...)
	says(t, out, "2 new")

	sheet := fill(t, "产值.csv", "清濛园区企业产值统计表\n填报日期：2025年3月\n"+
		"纳税人识别号,单位名称,年份,工业产直(元)\n91350200776049653A,演示一厂,2024年,\"1,800,000\"\n合计,,,\"1,800,000\"\n")
	must(t, "import", "firms", sheet, "--data", data)
	_, out, errs = muchan(t, "import", "figures", sheet, "--data", data)
	says(t, out+errs, "--map 工业产直(元)=output_wan", "header.values", "refused: 1 problems") // rows without a figure are not brought in
	out = must(t, "import", "figures", sheet, "--data", data, "--map", "工业产直=output_wan")
	says(t, out, "a sum", "1 new")
	row := features(t, "uscc", filepath.Join(data, storeFile), "figures")["91350200776049653A"].Properties
	if row["output_wan"] != 180.0 {
		t.Errorf("output %v 万元, want 180", row["output_wan"])
	}
}

// What a change did is shown before, listed afterwards, and taken back.
func TestDryRunShowsTheDifferenceAndUndoTakesItBack(t *testing.T) {
	data := t.TempDir()
	first := fill(t, "a.csv", "uscc,name,industry\n91350200776049653A,演示一厂,1951\n91350500798359476R,演示二厂,1952\n")
	second := fill(t, "b.csv", "uscc,name,industry\n91350200776049653A,演示一厂有限公司,1951\n91350503MA31DKY80A,演示三厂,1711\n")
	must(t, "import", "firms", first, "--data", data)
	out := must(t, "import", "firms", second, "--data", data, "--dry-run")
	says(t, out, "1 new, 1 changed, 0 unchanged, 0 ended by a successor, 1 stored ones not in the file",
		"update firms 91350200776049653A: name 演示一厂 → 演示一厂有限公司", "insert firms 91350503MA31DKY80A", "not in the file, and staying as they are: 91350500798359476R")
	name := func() any {
		return features(t, "uscc", filepath.Join(data, storeFile), "firms")["91350200776049653A"].Properties["name"]
	}
	if name() != "演示一厂" {
		t.Error("the dry run wrote something")
	}
	must(t, "import", "firms", second, "--data", data, "--why", "季度更新")
	if name() != "演示一厂有限公司" {
		t.Error("the import wrote nothing")
	}
	says(t, must(t, "import", "firms", second, "--data", data, "--dry-run"), "brought in before (change 2)")
	says(t, must(t, "import", "undo", "2", "--data", data, "--why", "错了"), "change 3", "1 taken away, 1 as they were before")
	if name() != "演示一厂" {
		t.Error("the undo took nothing back")
	}
	says(t, must(t, "import", "changes", "--data", data), "undoes 2  — 错了", "b.csv  undone by 3  — 季度更新", "a.csv")
	code, _, errs := muchan(t, "import", "undo", "2", "--data", data)
	if code != exitFailed {
		t.Errorf("undone twice: exit %d", code)
	}
	says(t, errs, "undone already")
	if code, _, _ := muchan(t, "import", "undo", "x", "--data", data); code != exitUsage {
		t.Errorf("undo of no number: exit %d", code)
	}
	says(t, must(t, "import", "firms", second, "--data", data), "change 4", "1 new, 1 changed")

	says(t, must(t, "import", "firms", second, "--data", data, "--dry-run"), "brought in before (change 4)", "0 rows would be written")
	says(t, must(t, "import", "firms", first, "--data", data, "--dry-run"), "0 new, 1 changed, 1 unchanged", "1 rows would be written")
	says(t, must(t, "import", "firms", first, "--data", data), "change 5", "0 new, 1 changed, 1 unchanged")
	if name() != "演示一厂" {
		t.Error("a file that came in again after another one wrote over it changed nothing")
	}
	says(t, must(t, "import", "firms", first, "--data", data), "brought in before (change 5)")
}

// Bad rows come back beside their file; corrected, they come in.
func TestSkipBadWritesTheOthersBack(t *testing.T) {
	data := t.TempDir()
	file := fill(t, "firms.csv", "uscc,name\n91350200776049653A,演示一厂\n91350500798359476X,演示二厂\n,演示三厂\n")
	out := must(t, "import", "firms", file, "--data", data, "--skip-bad")
	says(t, out, "1 accepted", "2 rows left out", "firms.csv.refused.csv: 2 rows left out, with their reasons", "1 new")
	body, err := os.ReadFile(file + ".refused.csv")
	if err != nil {
		t.Fatal(err)
	}
	says(t, string(body), "uscc.form", "column.required", "演示三厂")
	corrected := strings.NewReplacer("91350500798359476X", "91350500798359476R").Replace(string(body))
	if err := os.WriteFile(file+".refused.csv", []byte(corrected), 0o600); err != nil {
		t.Fatal(err)
	}
	says(t, must(t, "import", "firms", file+".refused.csv", "--data", data, "--skip-bad", "--refused", filepath.Join(t.TempDir(), "rest.csv")), "1 accepted", "1 new")
}

// Where no row is good nothing is stored, and all come back with their reasons: faults of the file, and what the store refuses.
func TestSkipBadWritesAllBackWhereNoneIsGood(t *testing.T) {
	data := t.TempDir()
	must(t, "import", "parks", fill(t, "park.geojson", demoPark), "--data", data)
	for _, c := range []struct{ kind, body, second, rule string }{
		{"firms", "uscc,name\n91350500798359476X,演示二厂\n,演示三厂\n", "演示三厂", "uscc.form"},
		{"events", "id,parcel,kind,on\nE1,359900009001GB99999,penalty,2020-01-01\nE2,359900009001GB99998,penalty,2020-01-01\n", "E2", "events.parcel.unknown"},
	} {
		file := fill(t, c.kind+".csv", c.body)
		back := file + ".refused.csv"
		if code, _, _ := muchan(t, "import", c.kind, file, "--data", data, "--skip-bad", "--dry-run"); code != exitFailed {
			t.Errorf("%s: a dry run exits %d", c.kind, code)
		}
		if _, err := os.Stat(back); err == nil {
			t.Errorf("%s: a dry run writes", c.kind)
		}
		code, out, errs := muchan(t, "import", c.kind, file, "--data", data, "--skip-bad")
		if code != exitFailed {
			t.Errorf("%s: exit %d", c.kind, code)
		}
		says(t, out, "0 accepted", "2 rows left out", back+": 2 rows left out, with their reasons")
		says(t, errs, "nothing of it was written")
		body, err := os.ReadFile(back)
		if err != nil {
			t.Fatal(err)
		}
		says(t, string(body), c.rule, c.second)
	}
	if changes := must(t, "import", "changes", "--data", data); strings.Contains(changes, "firms.csv") || strings.Contains(changes, "events.csv") || !strings.Contains(changes, "park.geojson") {
		t.Errorf("changes after it:\n%s", changes)
	}

	fresh := filepath.Join(t.TempDir(), "fresh")
	file := fill(t, "firms.csv", "uscc,name\n,演示三厂\n")
	if code, out, _ := muchan(t, "import", "firms", file, "--data", fresh, "--skip-bad"); code != exitFailed || !strings.Contains(out, "firms.csv.refused.csv: 1 rows left out") {
		t.Errorf("without a store: exit %d\n%s", code, out)
	}
	if _, err := os.Stat(fresh); err == nil {
		t.Error("a refused file leaves a store behind")
	}
	headless := fill(t, "headless.csv", "a,b\n1,2\n")
	if code, out, _ := muchan(t, "import", "firms", headless, "--data", data, "--skip-bad"); code != exitFailed || strings.Contains(out, "left out, with") {
		t.Errorf("a file whose header is wrong has no bad rows: exit %d\n%s", code, out)
	}
}

// Where the shapes would land can be looked at before.
func TestOutlineOfADryRun(t *testing.T) {
	outline := filepath.Join(t.TempDir(), "outline.geojson")
	must(t, "import", "parcels", gbkShapefile(t, "EPSG:4528"), "--data", t.TempDir(), "--set", "park=QM", "--set", "valid_from=2020-01-01", "--crs", "detect", "--dry-run", "--outline", outline)
	body, err := os.ReadFile(outline)
	if err != nil {
		t.Fatal(err)
	}
	says(t, string(body), `"row":1`, `"row":2`, "118.5")
}
