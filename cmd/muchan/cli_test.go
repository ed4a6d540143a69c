package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"muchan/api"
	"muchan/parcels"
)

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

// The demo says where it serves, gives a sign-in per role, and reuses its data on a second start.
func TestDemoServesAndReuses(t *testing.T) {
	data := t.TempDir()
	s := start(t, "demo", "--data", data, "--listen", "127.0.0.1:0")
	for _, role := range []string{"viewer", "analyst", "admin"} {
		var session struct{ Audience string }
		s.GetJSON(t, role, "/api/v1/session", &session)
		if session.Audience != role {
			t.Errorf("the token for %s signs in as %q", role, session.Audience)
		}
	}
	old := s.Tokens["admin"]
	s.Stop(t)
	again := serve(t, "demo", "--data", data, "--listen", "127.0.0.1:0")
	if !strings.Contains(again.out.String(), "reusing the data") || strings.Contains(again.out.String(), "imported") {
		t.Errorf("the second start does not say that it reuses the data:\n%s", again.out)
	}
	again.Tokens["old"] = old
	if status, _, _ := again.Get(t, "old", "/api/v1/audit"); status != 401 {
		t.Errorf("a token of the first start answers %d on the second", status)
	}
	if info, err := os.Stat(data); err != nil || info.Mode().Perm() != 0o700 && info.Mode().Perm() != 0o755 {
		t.Errorf("data directory: %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(filepath.Join(data, storeFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("GeoPackage: %v, %v; want 0600", info.Mode(), err)
	}
}

func TestWrongUseExitsWithTwo(t *testing.T) {
	for _, args := range [][]string{
		{"nonsense"},
		{"serve", "surplus"},
		{"import"},
		{"import", "parcels"},
		{"import", "houses", "x.csv"},
		{"import", "parcels", "x.csv", "--map", "nonsense"},
		{"score", "--year", "soon"},
		{"score", "--as-of", "2026-02-30"},
		{"score", "--rules", "none.yaml"},
		{"export", "streets", "x.geojson"},
		{"export", "parcels", "x.geojson", "--audience", "everyone"},
		{"export", "parcels", "x.geojson", "--crs", "EPSG:2383"},
		{"gen", "--parcels", "0", "out"},
		{"rules", "nonsense"},
		{"demo", "--no-such-flag"},
		{"serve", "--public-url", "muchan.example"},
		{"serve", "--public-url", "https://muchan.example/zone"},
		{"serve", "--trusted-proxy", "everyone"},
		{"version", "--log-level", "loud"},
		{"version", "--config", "none.yaml"},
	} {
		code, _, stderr := muchan(t, append(args, "--data", filepath.Join(t.TempDir(), "data"))...)
		if code != exitUsage || !strings.Contains(stderr, "muchan help") {
			t.Errorf("muchan %s: exit %d, want %d\n%s", strings.Join(args, " "), code, exitUsage, stderr)
		}
	}
}

// A file with an error changes nothing; the report says row, column, rule and remedy, and the exit code is 1.
func TestImportRefusesAFileWhole(t *testing.T) {
	data := t.TempDir()
	file := filepath.Join(t.TempDir(), "firms.csv")
	rows := "uscc,name,industry\n91359900MA0000001X,演示一厂,1951\n,演示二厂,1951\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	report := filepath.Join(t.TempDir(), "report.json")
	code, stdout, stderr := muchan(t, "import", "firms", file, "--data", data, "--report", report)
	if code != exitFailed || !strings.Contains(stdout+stderr, "row 3") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	text, err := os.ReadFile(report)
	var parsed map[string]any
	if err != nil || json.Unmarshal(text, &parsed) != nil {
		t.Errorf("report: %v\n%s", err, text)
	}
	if _, err := os.Stat(filepath.Join(data, storeFile)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a refused file left a store: %v", err)
	}
}

// Each file stands for itself: a good one comes in beside one that is refused, and the report has both.
func TestImportJudgesEachFileByItself(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	good, bad := filepath.Join(dir, "good.csv"), filepath.Join(dir, "bad.csv")
	for file, text := range map[string]string{
		good: "uscc,name\n91350200776049653A,演示一厂\n",
		bad:  "uscc,name\n91350200776049653B,演示二厂\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	report := filepath.Join(dir, "report.json")
	code, stdout, stderr := muchan(t, "import", "firms", bad, good, "--data", data, "--report", report)
	if code != exitFailed || !strings.Contains(stdout, "1 new") || !strings.Contains(stderr, "nothing of it was written") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	var parsed struct{ Files []struct{ Accepted int } }
	if text, err := os.ReadFile(report); err != nil || json.Unmarshal(text, &parsed) != nil || len(parsed.Files) != 2 {
		t.Errorf("report: %v, %+v", err, parsed)
	}
	again := must(t, "import", "firms", good, "--data", data)
	if !strings.Contains(again, "nothing to do") {
		t.Errorf("the same file a second time: %s", again)
	}
}

// A command that only reads leaves nothing behind a misspelt --data.
func TestReadingMakesNoStore(t *testing.T) {
	data := filepath.Join(t.TempDir(), "typo")
	for _, args := range [][]string{{"score"}, {"serve"}, {"check"}, {"export", "parcels", filepath.Join(t.TempDir(), "x.csv")}} {
		code, _, stderr := muchan(t, append(args, "--data", data)...)
		if code != exitFailed || !strings.Contains(stderr, "there is no data in") {
			t.Errorf("muchan %v: exit %d\n%s", args, code, stderr)
		}
	}
	if _, err := os.Stat(data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s was made: %v", data, err)
	}
}

// A first start that was interrupted is finished by the next one; data that is not the demo's is left alone.
func TestDemoFinishesWhatWasInterrupted(t *testing.T) {
	data := t.TempDir()
	var out buffer
	p := &program{stdout: &out, stderr: &out, getenv: func(string) string { return "" }, now: time.Now}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for !strings.Contains(out.String(), "imported firms") {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	if code := p.run(ctx, []string{"demo", "--import-only", "--data", data}); code == exitDone {
		t.Fatalf("the first start was not interrupted\n%s", &out)
	}
	must(t, "demo", "--import-only", "--data", data)
	whole := t.TempDir()
	must(t, "demo", "--import-only", "--data", whole)
	args := []string{"score", "--json", "--year", "2024", "--as-of", demoDay, "--data"}
	resumed, fresh := must(t, append(args, data)...), must(t, append(args, whole)...)
	if resumed != fresh {
		t.Errorf("a resumed demo scores differently: %s", firstDifference(resumed, fresh))
	}
	if out := must(t, "demo", "--import-only", "--data", data); !strings.Contains(out, "reusing") {
		t.Errorf("the third start does not reuse:\n%s", out)
	}
}

func TestDemoLeavesOtherDataAlone(t *testing.T) {
	data := t.TempDir()
	file := filepath.Join(t.TempDir(), "firms.csv")
	if err := os.WriteFile(file, []byte("uscc,name\n91350200776049653A,真实性待核\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "firms", file, "--data", data)
	code, _, stderr := muchan(t, "demo", "--import-only", "--data", data)
	if code != exitFailed || !strings.Contains(stderr, "must not be mixed") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

func TestSettingsComeFromFlagThenEnvironmentThenFile(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "muchan.yaml")
	if err := os.WriteFile(config, []byte("data: "+filepath.Join(dir, "file")+"\nlog-level: error\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		env        map[string]string
		args       []string
	}{
		{"file", "file", nil, nil},
		{"environment over file", "env", map[string]string{"MUCHAN_DATA": filepath.Join(dir, "env")}, nil},
		{"flag over environment", "flag", map[string]string{"MUCHAN_DATA": filepath.Join(dir, "env")}, []string{"--data", filepath.Join(dir, "flag")}},
	} {
		var out buffer
		p := &program{stdout: &out, stderr: &out, getenv: func(k string) string { return c.env[k] }, now: nil}
		if code := p.run(t.Context(), append([]string{"user", "list", "--config", config}, c.args...)); code != exitDone {
			t.Fatalf("%s: exit %d\n%s", c.name, code, &out)
		}
		if filepath.Base(p.settings.data) != c.want {
			t.Errorf("%s: data is %s, want %s", c.name, p.settings.data, c.want)
		}
	}
	if err := os.WriteFile(config, []byte("dta: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := muchan(t, "version", "--config", config); code != exitUsage || !strings.Contains(stderr, "dta") {
		t.Errorf("a misspelt setting: exit %d\n%s", code, stderr)
	}
}

// What a layer exports as an audience reads back, and holds no column above it.
func TestExportObeysTheAudience(t *testing.T) {
	_, data := demo(t)
	out := filepath.Join(t.TempDir(), "public.geojson")
	must(t, "export", "parcels", out, "--audience", "public", "--data", data)
	for code, f := range features(t, "code", out) {
		for _, field := range []string{"tax_wan_mu", "class", "main_firm", "title_area_m2"} {
			if _, there := f.Properties[field]; there {
				t.Fatalf("%s: the public export holds %s", code, field)
			}
		}
	}
	sheet := filepath.Join(t.TempDir(), "analyst.xlsx")
	must(t, "export", "parcels", sheet, "--audience", "analyst", "--crs", "EPSG:4549", "--data", data)
	if n := featureCount(t, sheet, "宗地"); n < 400 {
		t.Errorf("GDAL reads %d rows of the spreadsheet", n)
	}
	if code, _, _ := muchan(t, "export", "buildings", out, "--audience", "public", "--data", data); code != exitFailed {
		t.Errorf("exporting buildings for the public: exit %d", code)
	}
}

func TestRulesAreListedCheckedAndAdded(t *testing.T) {
	data := t.TempDir()
	list := must(t, "rules", "list", "--data", data)
	if !strings.Contains(list, "evaluation.default") {
		t.Fatalf("no default evaluation:\n%s", list)
	}
	text := must(t, "rules", "show", "evaluation.default", "--data", data)
	ours := filepath.Join(t.TempDir(), "ours.yaml")
	write := func(s string) {
		if err := os.WriteFile(ours, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	same := strings.Replace(text, "evaluation.default", "evaluation.ours", 1)
	write(same)
	if code, stdout, _ := muchan(t, "rules", "check", ours, "--data", data); code != exitFailed || !strings.Contains(stdout, "ours.yaml: line 11: evaluation.ours and evaluation.default are both in force") {
		t.Errorf("a set that overlaps with one in use: exit %d\n%s", code, stdout)
	}
	write(strings.Replace(same, `applies_to: ["*"]`, "applies_to: [QM]", 1))
	must(t, "rules", "check", ours, "--data", data)
	must(t, "rules", "add", ours, "--data", data)
	added := regexp.MustCompile(`(?m)^evaluation\.ours .* store, by .* on \d{4}-\d\d-\d\d `)
	if list := must(t, "rules", "list", "--data", data); !added.MatchString(list) || !strings.Contains(list, " shipped ") {
		t.Errorf("the added set is not listed as the store's:\n%s", list)
	}
	first := must(t, "rules", "show", "evaluation.ours", "--data", data)
	write(strings.Replace(first, "title:", "# second\ntitle:", 1))
	must(t, "rules", "add", ours, "--data", data)
	if second := must(t, "rules", "show", "evaluation.ours", "--data", data); !strings.Contains(second, "# second") {
		t.Errorf("the second text is not in force:\n%s", second)
	}
	if old := must(t, "rules", "show", parcels.HashRules([]byte(first)), "--data", data); old != first {
		t.Errorf("the first text is not found by its hash:\n%s", old)
	}
	write(strings.Replace(text, "weight: 30", "weight: 31", 1))
	checkRulesJSON(t, data, ours)
	if code, stdout, stderr := muchan(t, "rules", "check", ours, "--data", data); code != exitFailed || !strings.Contains(stdout+stderr, "weight") {
		t.Errorf("weights that are not 100: exit %d\n%s%s", code, stdout, stderr)
	}
}

// checkRulesJSON reads list, show and check as a script does: ours, whose weights are wrong, in a store that has evaluation.ours.
func checkRulesJSON(t *testing.T, data, ours string) {
	t.Helper()
	read := func(out string, to any) {
		t.Helper()
		if err := json.Unmarshal([]byte(out), to); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	type row struct {
		ID, Kind, Title, From, Text string
		TitleEn                     string `json:"title_en"`
		ValidFrom                   string `json:"valid_from"`
		Verified                    bool
	}
	var list []row
	read(must(t, "rules", "list", "--json", "--data", data), &list)
	at := slices.IndexFunc(list, func(r row) bool { return r.ID == "evaluation.ours" })
	if len(list) < 10 || at < 0 || !strings.HasPrefix(list[at].From, "store, by ") || list[at].Kind != "evaluation" || list[at].ValidFrom == "" || list[at].Text != "" {
		t.Fatalf("listed %+v", list)
	}
	var shown row
	read(must(t, "rules", "show", "evaluation.ours", "--json", "--data", data), &shown)
	if shown.Text != must(t, "rules", "show", "evaluation.ours", "--data", data) || shown.From != list[at].From {
		t.Errorf("shown %+v", shown)
	}
	if english := must(t, "rules", "list", "--english", "--data", data); list[at].TitleEn == "" || !strings.Contains(english, list[at].TitleEn) {
		t.Errorf("in English:\n%s", english)
	}
	code, out, _ := muchan(t, "rules", "check", ours, "--json", "--data", data)
	var said struct {
		File, ID string
		Problems []struct {
			Line   int
			Reason string
		}
	}
	if read(out, &said); code != exitFailed || said.File != ours || len(said.Problems) == 0 || said.Problems[0].Line == 0 || !strings.Contains(out, "weight") {
		t.Errorf("checked: exit %d, %+v", code, said)
	}
}

// A set that is named applies wherever it was made for: 黄岩's own figures then rate the demo's firms.
func TestScoreByANamedSet(t *testing.T) {
	_, data := demo(t)
	ours := must(t, "score", "--year", "2022", "--as-of", demoDay, "--data", data)
	theirs := must(t, "score", "--year", "2022", "--as-of", demoDay, "--rules", "evaluation.huangyan.2022", "--data", data)
	if !strings.Contains(theirs, "evaluation.huangyan.2022") || strings.Contains(theirs, "evaluation.default") || ours == theirs {
		t.Errorf("the named set was not used:\n%.400s", theirs)
	}
}

// A file that has some columns only leaves the others as they are.
func TestImportKeepsWhatAFileDoesNotCarry(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	bring := func(kind, text string, more ...string) (said string) {
		file := filepath.Join(dir, kind+".csv")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return must(t, append([]string{"import", kind, file, "--data", data}, more...)...)
	}
	bring("firms", "uscc,name\n91350200776049653A,演示一厂\n")
	bring("figures", "uscc,year,output_wan,vat_wan\n91350200776049653A,2025,1234.5,56.78\n")
	const without = "uscc,year,electricity_mwh,vat_wan\n91350200776049653A,2025,900,\n"
	if said := bring("figures", without, "--dry-run"); !strings.Contains(said, "stored values would be emptied (→ —): 1") {
		t.Errorf("a dry run does not say that it would empty a value: %s", said)
	}
	if said := bring("figures", without); !strings.Contains(said, "stored values that are empty now: 1,") || !strings.Contains(said, "muchan import undo 3 brings") {
		t.Errorf("import does not say that it emptied a value: %s", said)
	}
	row := features(t, "uscc", filepath.Join(data, storeFile), "figures")["91350200776049653A"].Properties
	if row["output_wan"] != 1234.5 || row["electricity_mwh"] != 900.0 || row["vat_wan"] != nil {
		t.Errorf("output %v, electricity %v, VAT %v; want 1234.5, 900 and nothing", row["output_wan"], row["electricity_mwh"], row["vat_wan"])
	}
}

// The demo's data say that they are fictional whichever command serves them, and say it too when others are among them.
func TestServedDemoSaysThatItIsFictional(t *testing.T) {
	data := t.TempDir()
	must(t, "demo", "--import-only", "--data", data)
	s := serveAs(t, "viewer", "--data", data)
	var meta struct {
		Demo   bool
		Notice string
	}
	if s.GetJSON(t, "viewer", "/api/v1/meta", &meta); !meta.Demo || meta.Notice != api.AllFiction.Notice().Zh {
		t.Errorf("the demo's data do not say that they are fictional: %+v", meta)
	}
	file := filepath.Join(t.TempDir(), "firms.csv")
	if err := os.WriteFile(file, []byte("uscc,name\n91350200776049653A,测试一厂\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", "firms", file, "--data", data)
	for until := time.Now().Add(20 * time.Second); !meta.Demo || meta.Notice != api.SomeFiction.Notice().Zh; s.GetJSON(t, "viewer", "/api/v1/meta", &meta) {
		if time.Now().After(until) {
			t.Fatalf("with another firm among them they say %q", meta.Notice)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// A token that leaked is shut out alone; the account's other tokens go on.
func TestUserRevokesOneToken(t *testing.T) {
	data := t.TempDir()
	must(t, "demo", "--import-only", "--data", data)
	s := serveAs(t, "viewer", "--data", data)
	s.Tokens["second"] = lastLine(must(t, "user", "token", "test-viewer", "--note", "qgis", "--data", data))
	list := must(t, "user", "list", "--data", data)
	id := ""
	for line := range strings.Lines(list) {
		if strings.Contains(line, "qgis") {
			id = strings.Fields(line)[0]
		}
	}
	if status, _, _ := s.Get(t, "second", "/api/v1/idle"); status != 200 {
		t.Fatalf("the new token answers %d", status)
	}
	must(t, "user", "revoke", "test-viewer", id, "--data", data)
	time.Sleep(1100 * time.Millisecond) // the promise is one second
	for role, want := range map[string]int{"second": 401, "viewer": 200} {
		if status, _, _ := s.Get(t, role, "/api/v1/idle"); status != want {
			t.Errorf("%s answers %d after the revocation, want %d", role, status, want)
		}
	}
	if out := must(t, "verify", "--data", data); !strings.Contains(out, "entries in order") {
		t.Errorf("verify: %s", out)
	}
}
