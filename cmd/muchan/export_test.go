package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muchan/api"
)

// printed is the text of a PDF, line ends left out.
func printed(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext: %v\n%s", err, out)
	}
	return strings.ReplaceAll(string(out), "\n", "")
}

// A person's walk with exports: the whole zone for QGIS in metres of its zone, a workbook for a park, the old programs' shapefile; then the
// worst candidate's dossier and the list for the table. All of it is on the audit record.
func TestExportsOnTheCommandLine(t *testing.T) {
	s, data := demo(t)
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	out := must(t, "export", "all", at("zone.gpkg"), "--audience", "analyst", "--crs", "EPSG:4549", "--data", data)
	for _, layer := range []string{"parks", "zones", "parcels", "buildings"} {
		if !strings.Contains(out, "of "+layer+" for analyst in EPSG:4549") || !strings.Contains(ogr(t, "ogrinfo", "-ro", "-so", at("zone.gpkg"), layer), `ID["EPSG",4549]`) {
			t.Errorf("%s is missing or in another system:\n%s", layer, out)
		}
	}
	must(t, "export", "parcels,buildings", at("park.xlsx"), "--audience", "viewer", "--parks", "QM", "--no-shape", "--data", data)
	rows := parcelRows(t, s, "viewer")
	inPark := 0
	for _, r := range rows {
		if r["park"] == "QM" {
			inPark++
		}
	}
	if n := featureCount(t, at("park.xlsx"), "宗地"); n != inPark || inPark == 0 {
		t.Errorf("%d parcels of QM, the API has %d", n, inPark)
	}
	must(t, "export", "parcels", at("old.zip"), "--audience", "viewer", "--encoding", "gb18030", "--data", data)
	if info := ogr(t, "ogrinfo", "-ro", "-al", "-so", "-mdd", "SHAPEFILE", "/vsizip/"+at("old.zip")); !strings.Contains(info, "SOURCE_ENCODING=GB18030") || !strings.Contains(info, `ID["EPSG",4490]`) {
		t.Errorf("the shapefile does not say its encoding and system:\n%s", info)
	}

	var list struct{ Rows []struct{ Code string } }
	s.GetJSON(t, "analyst", "/api/v1/exit-candidates", &list)
	worst := list.Rows[0].Code
	must(t, "export", "dossier", worst, at("d.pdf"), "--audience", "analyst", "--data", data)
	must(t, "export", "exit-list", at("e.pdf"), "--data", data)
	must(t, "export", "exit-list", at("en.pdf"), "--english", "--data", data)
	if text := printed(t, at("d.pdf")); !strings.Contains(text, worst) || !strings.Contains(text, api.AllFiction.Notice().Zh) || !strings.Contains(text, "用地企业") {
		t.Errorf("the dossier says %s", text)
	}
	if text := printed(t, at("en.pdf")); !strings.Contains(text, worst) || !strings.Contains(text, "Suspected exit candidates") {
		t.Errorf("the English exit list says %s", text)
	}
	if text := printed(t, at("e.pdf")); !strings.Contains(text, worst) || !strings.Contains(text, "疑似") {
		t.Errorf("the exit list says %s", text)
	}
	checkExportRecord(t, data, "all for analyst to zone.gpkg", "parcels,buildings for viewer to park.xlsx", "parcels for viewer to old.zip",
		"dossier of "+worst+" for analyst to d.pdf")
}

func checkExportRecord(t *testing.T, data string, wanted ...string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, auditFile))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		var entry struct{ Act, Target, Role string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		if entry.Act == "export" && entry.Role == "operator" {
			found[entry.Target] = true
		}
	}
	for _, want := range wanted {
		if !found[want] {
			t.Errorf("not on record: %s", want)
		}
	}
}

func TestExportsThatAreRefused(t *testing.T) {
	_, data := demo(t)
	dir := t.TempDir()
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"export", "all", "x.csv"}, exitUsage, "holds one layer"},
		{[]string{"export", "parcels,parcels", "x.gpkg"}, exitUsage, "twice"},
		{[]string{"export", "parcels", "x.dwg"}, exitUsage, "geojson"},
		{[]string{"export", "parcels", "x.gpkg", "--parks", "XX"}, exitUsage, "no park"},
		{[]string{"export", "buildings", "x.gpkg"}, exitFailed, "nothing for audience public"},
		{[]string{"export", "parcels", "x.geojsonl", "--crs", "EPSG:4549"}, exitFailed, "names no coordinate system"},
		{[]string{"export", "parcels", "x.zip", "--encoding", "big5"}, exitFailed, "gb18030"},
		{[]string{"export", "dossier", "350502999001GB99999", "x.pdf"}, exitFailed, "no parcel"},
		{[]string{"export", "dossier", "350502999001GB00001"}, exitUsage, "accepts 2 arg"},
		{[]string{"export", "exit-list", "x.pdf", "--audience", "viewer"}, exitUsage, "names firms"},
		{[]string{"export", "exit-list", "nowhere/x.pdf"}, exitFailed, "no such file"},
	} {
		args := append([]string{}, c.args...)
		for i, a := range args {
			if strings.HasPrefix(a, "x.") || strings.HasPrefix(a, "nowhere") {
				args[i] = filepath.Join(dir, a)
			}
		}
		code, _, stderr := muchan(t, append(args, "--data", data)...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit %d, %s", c.args, code, stderr)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
