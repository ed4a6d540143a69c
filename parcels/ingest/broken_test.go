package ingest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"muchan/parcels"
	"muchan/parcels/ingest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// today is fixed, so that dates that lie ahead do so for ever.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// special are the options of broken files that need some.
var special = map[string]ingest.Options{
	"firms-wrong-encoding.csv": {Encoding: "utf-8"},
	"firms-other-sheet.xlsx":   {Sheet: "企业2"},
	"firms-header-map.csv":     {Map: map[string]string{"代码": "uscc", "名字": "nom", "名称": "name"}},
	"firms-encoding-name.csv":  {Encoding: "utf-7"},
	"parcels-crs-odd.geojson":  {CRS: "EPSG:4490"},
	"parcels-point.geojson":    {CRS: "EPSG:2437"},
	"parcels-line.geojson":     {CRS: "EPSG:4490"},
}

// brokenFiles lists the corpus: every file but the golden ones, its kind first in its name.
func brokenFiles(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("testdata/broken/*")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, f := range all {
		if !strings.HasSuffix(f, ".report.json") {
			files = append(files, f)
		}
	}
	if len(files) < 45 {
		t.Fatalf("%d broken files, want at least 45", len(files))
	}
	return files
}

func readBroken(t *testing.T, file string) (parcels.Change, *ingest.Report, error) {
	t.Helper()
	opt := special[filepath.Base(file)]
	opt.When = today
	kind, _, _ := strings.Cut(filepath.Base(file), "-")
	return ingest.Read(t.Context(), kind, []string{file}, opt)
}

func TestBrokenFilesGiveTheirReports(t *testing.T) {
	for _, file := range brokenFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			change, report, err := readBroken(t, file)
			got, jsonErr := json.MarshalIndent(report, "", " ")
			if jsonErr != nil {
				t.Fatal(jsonErr)
			}
			compareGolden(t, file+".report.json", append(got, '\n'))
			out := report.Files[0]
			if out.Errors == 0 && out.Warnings == 0 && len(out.Notes) == 0 {
				t.Error("the file has no fault")
			}
			refused := out.Errors > 0
			if refused != errors.Is(err, parcels.ErrRefused) || refused != (change.Rows.Len() == 0) || refused != (change.Source.SHA256 == "") {
				t.Errorf("%d errors, but err = %v and %d rows", out.Errors, err, change.Rows.Len())
			}
			if !refused && (out.Accepted != out.Rows || change.Rows.Len() != out.Rows) {
				t.Errorf("%d rows read, %d accepted, %d in the change", out.Rows, out.Accepted, change.Rows.Len())
			}
			for _, p := range out.Problems {
				if p.Message == "" || p.Rule == "" || p.Severity == parcels.SeverityError && p.Remedy == "" {
					t.Errorf("problem without message, rule or remedy: %+v", p)
				}
			}
		})
	}
}

func compareGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// elsewhere are the rules no small file can break, each with the test that does.
var elsewhere = map[string]string{
	"file.open":        "TestReadOfNoFile",
	"file.size":        "layerfile TestLimits",
	"file.rows":        "layerfile TestLimits",
	"cell.size":        "layerfile TestLimits",
	"shape.size":       "geo",
	"shape.area":       "layerfile TestSurveyListRefusals",
	"shape.precision":  "geo",
	"shape.number":     "parcels TestValidate",
	"shape.range":      "parcels TestValidate",
	"number.finite":    "parcels TestValidate",
	"text.encoding":    "parcels TestValidate",
	"ring.orientation": "readers orient rings; parcels TestNormalise",
	"date.range":       "parcels TestValidate",

	"header.set":          "TestOddFiles",
	"row.unstored":        "TestLedgerRefusals",
	"row.edition":         "TestLedgerRefusals",
	"place.away":          "TestShapesFarFromTheParks",
	"shape.elsewhere":     "layerfile TestDetectedSystemRefusesStrays",
	"buildings.no_parcel": "TestBuildingsFindTheirParcel",
	"buildings.straddles": "TestBuildingsFindTheirParcel",
	"buildings.split":     "TestBuildingsFindTheirParcel",
	"buildings.double":    "TestFootprintsThatAreThereTwice",
	"buildings.whole":     "TestFootprintsThatAreThereTwice",
	"parcels.descent":     "TestSplitsAndMergesAreRecognised",
	"parcels.on_stored":   "TestSplitsAndMergesAreRecognised",
}

// notRules look like rules in the sources but are not.
var notRules = map[string]bool{"parks.code": true, "parcels.code": true, "table.column": true}

// TestEveryRuleHasABrokenFile reads the rules from the sources, so that a new one without a file is noticed.
func TestEveryRuleHasABrokenFile(t *testing.T) {
	var reports bytes.Buffer
	golden, err := filepath.Glob("testdata/broken/*.report.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range golden {
		b, err := os.ReadFile(g)
		if err != nil {
			t.Fatal(err)
		}
		reports.Write(b)
	}
	for rule := range rulesInSources(t) {
		if elsewhere[rule] != "" || notRules[rule] {
			continue
		}
		if !bytes.Contains(reports.Bytes(), []byte(`"rule": "`+rule+`"`)) && !bytes.Contains(reports.Bytes(), []byte("["+rule+"]")) {
			t.Errorf("no broken file breaks %s", rule)
		}
	}
}

// TestEveryRuleSpeaksChinese also reads the rules that the stores and an undo keep.
func TestEveryRuleSpeaksChinese(t *testing.T) {
	rules := rulesInSources(t, "../undo*.go", "../references.go", "../complete.go", "../ruletext.go")
	source, err := os.ReadFile("../references.go")
	if err != nil {
		t.Fatal(err)
	}
	references := regexp.MustCompile(`refer\(&\w+, r\.\w+, "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(references) < 10 {
		t.Fatalf("only %d references were found", len(references))
	}
	for _, r := range references {
		rules["table."+r[1]+".unknown"] = true
	}
	rules["database.figures_year_check"] = true
	for rule := range rules {
		if w, ok := parcels.RuleWordOf(rule); !notRules[rule] && (!ok || w.What == "" || w.Remedy == "") {
			t.Errorf("%s has no words in Chinese", rule)
		}
	}
}

func rulesInSources(t *testing.T, more ...string) map[string]bool {
	t.Helper()
	rules := map[string]bool{"events.subject.missing": true, "parcels.period.order": true, "occupancies.period.order": true, "events.period.order": true}
	literal := regexp.MustCompile(`"([a-z_]+\.[a-z_]+)"`)
	patterns := []string{"*.go", "../validate.go", "../rules_*.go", "../findings.go", "../normalise.go", "../../geo/check.go", "../../geo/layerfile/errors.go"}
	for _, pattern := range append(patterns, more...) {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range literal.FindAllSubmatch(b, -1) {
				rules[string(m[1])] = true
			}
		}
	}
	return rules
}
