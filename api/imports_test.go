package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muchan/api"
	"muchan/parcels"
)

// upload sends a file as the data keeper.
func (w *world) upload(t *testing.T, kind, name, body string) *httptest.ResponseRecorder {
	t.Helper()
	return w.do("POST", "admin", "/api/v1/imports?kind="+kind+"&name="+url.QueryEscape(name), body, "Content-Type", "application/octet-stream")
}

func decode(t *testing.T, rec *httptest.ResponseRecorder, want int) reply {
	t.Helper()
	if rec.Code != want {
		t.Fatalf("%d, want %d: %s", rec.Code, want, rec.Body)
	}
	var a reply
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		t.Fatalf("%v: %s", err, rec.Body)
	}
	return a
}

func TestImportFromUploadToUndo(t *testing.T) {
	w, kept := keptWorld(t)
	const old = "91350503MA31DKY80A"
	put(t, kept, parcels.Rows{Firms: []parcels.Firm{{USCC: old, Name: "旧名有限公司"}}})
	csv := "uscc,name,industry\n" + old + ",改名有限公司,1951\n91350200776049653A,新厂,1711\n91350500798359476X,坏厂,1711\n"
	doc := decode(t, w.upload(t, "firms", "企业.csv", csv), 200)
	at := "/api/v1/imports/" + doc["id"].(string)
	if len(doc["header"].([]any)) != 3 || len(doc["fields"].([]any)) < 5 || doc["state"] != "refused" || doc["errors"] != 1.0 || doc["content"] != "" || doc["file"] != "企业.csv" || doc["plan"] != nil {
		t.Errorf("uploaded as %v", doc)
	}
	problem := doc["problems"].(map[string]any)["error"].([]any)[0].(map[string]any)
	if problem["row"] != 4.0 || problem["column"] != "uscc" || problem["remedy"] == "" || problem["message_zh"] != "统一社会信用代码不正确（18 位及校验码）" || problem["remedy_zh"] != "与营业执照核对" {
		t.Errorf("problem %v", problem)
	}
	w.ask(t, 422, "POST", "admin", at+"/apply", `{"content":""}`)

	doc = w.ask(t, 200, "POST", "admin", at, `{"skip_bad":true}`)
	plan := doc["plan"].(map[string]any)
	if doc["state"] != "ready" || doc["skipped"] != 1.0 || plan["new"] != 1.0 || plan["changed"] != 1.0 || plan["missing"].(float64) < 10 {
		t.Errorf("ready as %v", doc)
	}
	change := plan["differences"].([]any)[0].(map[string]any)
	column := change["columns"].([]any)[0].(map[string]any)
	if change["key"] != old || column["column"] != "name" || column["after"] != "改名有限公司" || column["before"] != "旧名有限公司" {
		t.Errorf("difference %v", change)
	}
	if sample := doc["sample"].([]any)[0].(map[string]any); sample["cells"].([]any)[1] != "改名有限公司" || doc["columns"].([]any)[1].(map[string]any)["field"] != "name" {
		t.Errorf("sample %v", sample)
	}
	if again := w.ask(t, 200, "GET", "admin", at, ""); again["content"] != doc["content"] {
		t.Error("the preview does not stay")
	}
	w.ask(t, 409, "POST", "admin", at+"/apply", `{"content":"something else"}`)

	content := doc["content"].(string)
	doc = w.ask(t, 200, "POST", "admin", at+"/apply", fmt.Sprintf(`{"content":%q,"why":"季度更新"}`, content))
	receipt := doc["receipt"].(map[string]any)
	if doc["state"] != "applied" || receipt["new"] != 1.0 || receipt["changed"] != 1.0 {
		t.Fatalf("applied as %v", doc)
	}
	w.ask(t, 409, "POST", "admin", at+"/apply", fmt.Sprintf(`{"content":%q}`, content))
	w.ask(t, 409, "POST", "admin", at, `{}`)
	rows := w.get("admin", at+"/refused")
	if rows.Code != 200 || !strings.Contains(rows.Body.String(), "坏厂") || !strings.Contains(rows.Body.String(), "uscc.form") || !strings.Contains(rows.Header().Get("Content-Disposition"), ".refused.csv") {
		t.Errorf("refused rows: %d %v %s", rows.Code, rows.Header(), rows.Body)
	}
	if name := firmName(t, kept, old); name != "改名有限公司" {
		t.Errorf("stored name %q", name)
	}
	if list := w.ask(t, 200, "GET", "admin", "/api/v1/imports", ""); list.rows()[0].(map[string]any)["state"] != "applied" {
		t.Errorf("list %v", list)
	}
	if rec := w.do("DELETE", "admin", at, ""); rec.Code != 204 {
		t.Errorf("discarded: %d", rec.Code)
	}
	w.ask(t, 404, "GET", "admin", at, "")

	list := w.ask(t, 200, "GET", "admin", "/api/v1/changes?limit=1", "").rows()[0].(map[string]any)
	if list["change"] != receipt["change"] || list["who"] != "admin" || list["why"] != "季度更新" || list["file"] != "企业.csv" {
		t.Errorf("change %v", list)
	}
	undo := fmt.Sprintf("/api/v1/changes/%.0f/undo", receipt["change"])
	w.ask(t, 400, "POST", "admin", undo, `{}`)
	if back := w.ask(t, 200, "POST", "admin", undo, `{"why":"错了"}`); back["deleted"] != 1.0 || back["changed"] != 1.0 {
		t.Errorf("undone as %v", back)
	}
	if p := w.ask(t, 422, "POST", "admin", undo, `{"why":"错了"}`); !strings.Contains(p["reason"].(string), "undone already") {
		t.Errorf("undone twice: %v", p)
	}
	w.ask(t, 404, "POST", "admin", "/api/v1/changes/999/undo", `{"why":"错了"}`)
	if name := firmName(t, kept, old); name != "旧名有限公司" {
		t.Errorf("name after the undo %q", name)
	}
	checkImportAudit(t, w)
}

func firmName(t *testing.T, source api.Source, uscc string) string {
	t.Helper()
	snap, err := source.Snapshot(t.Context(), parcels.DateIn(noon, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return snap.Firm(uscc).Name
}

// checkImportAudit looks for every act in the audit record.
func checkImportAudit(t *testing.T, w *world) {
	t.Helper()
	lines, err := os.ReadFile(w.audit)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range []string{`"act":"upload"`, `"act":"import"`, `"act":"undo"`, `"act":"discard"`} {
		if !bytes.Contains(lines, []byte(act)) {
			t.Errorf("the audit record lacks %s", act)
		}
	}
}

// A file none of whose rows is good cannot be applied, and all of them can be had back at once; read with other options they are no longer offered.
func TestRowsComeBackWhereNoneIsGood(t *testing.T) {
	w, kept := keptWorld(t)
	before, err := kept.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	doc := decode(t, w.upload(t, "firms", "企业.csv", "uscc,name\n91350500798359476X,坏厂\n,无码厂\n"), 200)
	at := "/api/v1/imports/" + doc["id"].(string)
	if doc["refused"] != nil {
		t.Errorf("bad rows were not asked to be left out: %v", doc["refused"])
	}
	w.ask(t, 404, "GET", "admin", at+"/refused", "")
	doc = w.ask(t, 200, "POST", "admin", at, `{"skip_bad":true}`)
	refused, _ := doc["refused"].(map[string]any)
	if doc["state"] != "refused" || doc["plan"] != nil || doc["content"] != "" || refused["rows"] != 2.0 || refused["href"] != at+"/refused" {
		t.Fatalf("read as %v", doc)
	}
	w.ask(t, 422, "POST", "admin", at+"/apply", `{"content":""}`)
	rows := w.get("admin", at+"/refused")
	if rows.Code != 200 || !strings.Contains(rows.Body.String(), "坏厂") || !strings.Contains(rows.Body.String(), "无码厂") || !strings.Contains(rows.Body.String(), "uscc.form") {
		t.Errorf("refused rows: %d %s", rows.Code, rows.Body)
	}
	if after, err := kept.Version(t.Context()); err != nil || after != before {
		t.Errorf("version %d became %d: %v", before, after, err)
	}
	w.ask(t, 200, "POST", "admin", at, `{"skip_bad":false}`)
	w.ask(t, 404, "GET", "admin", at+"/refused", "")
}

// A system that was concluded from magnitudes has to be confirmed, and the outline says where the data would land.
func TestAssumedSystemHasToBeConfirmed(t *testing.T) {
	w, _ := keptWorld(t)
	feature := `{"type":"Feature","properties":{"code":"350503001001GB99001","park":"QM","valid_from":"2020-01-01"},"geometry":{"type":"Polygon","coordinates":[[[355445,2749088],[355545,2749088],[355545,2749188],[355445,2749088]]]}}`
	doc := decode(t, w.upload(t, "parcels", "宗地.geojson", `{"type":"FeatureCollection","features":[`+feature+`]}`), 200)
	if doc["crs"] != "EPSG:4549" || doc["crs_assumed"] != true || doc["state"] != "ready" {
		t.Fatalf("%v", doc)
	}
	if b := doc["bbox"].([]any); b[0].(float64) < 118.569 || b[2].(float64) > 118.572 {
		t.Errorf("lands at %v", b)
	}
	if o := doc["outline"].(map[string]any)["features"].([]any); len(o) != 1 {
		t.Errorf("outline %v", o)
	}
	at := "/api/v1/imports/" + doc["id"].(string) + "/apply"
	w.ask(t, 422, "POST", "admin", at, fmt.Sprintf(`{"content":%q}`, doc["content"]))
	w.ask(t, 200, "POST", "admin", at, fmt.Sprintf(`{"content":%q,"crs_confirmed":true}`, doc["content"]))
}

// What is stored changed between preview and apply: the plan is another, the content the same, so it is applied; the same rows by
// somebody else meanwhile are one effect.
func TestSameRowsFromTwoUploadsAreOneEffect(t *testing.T) {
	w, _ := keptWorld(t)
	csv := "uscc,name\n91350200776049653A,新厂\n"
	first, second := decode(t, w.upload(t, "firms", "a.csv", csv), 200), decode(t, w.upload(t, "firms", "b.csv", csv), 200)
	apply := func(doc reply) map[string]any {
		return w.ask(t, 200, "POST", "admin", "/api/v1/imports/"+doc["id"].(string)+"/apply", fmt.Sprintf(`{"content":%q}`, doc["content"]))["receipt"].(map[string]any)
	}
	a, b := apply(first), apply(second)
	if a["repeated"] != false || b["repeated"] != true || a["change"] != b["change"] {
		t.Errorf("%v and %v", a, b)
	}
}

func TestStagingIsBounded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "staging")
	old := filepath.Join(dir, "left")
	if err := os.MkdirAll(old, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(old, noon, noon.Add(-25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	w, _ := keptWorld(t, func(c *api.Config) { c.Staging, c.MaxUpload = dir, 1000 })
	if left, err := os.ReadDir(dir); err == nil && len(left) > 0 {
		t.Errorf("an earlier process's files are still there: %v", left)
	}
	good := "uscc,name\n91350200776049653A,新厂\n"
	for name, want := range map[string]int{
		"?kind=firms":                   400,
		"?name=a.csv":                   400,
		"?kind=secrets&name=a.csv":      400,
		"?kind=firms&name=":             400,
		"?kind=firms&name=a.csv&more=1": 400,
	} {
		if got := w.do("POST", "admin", "/api/v1/imports"+name, good, "Content-Type", "application/octet-stream").Code; got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
	if got := w.upload(t, "firms", "a.csv", strings.Repeat("x", 1001)).Code; got != http.StatusRequestEntityTooLarge {
		t.Errorf("a file over the limit: %d", got)
	}
	for _, name := range []string{"../../../escape.csv", "..", "a.c/sv", "a.\u202Ecsv", ".csv", "CON.csv", "a.csv"} {
		rec := w.upload(t, "firms", name, good)
		if rec.Code != 200 && rec.Code != 400 {
			t.Errorf("%q: %d %s", name, rec.Code, rec.Body)
		}
	}
	checkInside(t, dir)
	full := 0
	for range 10 {
		rec := w.upload(t, "firms", "a.csv", good)
		if rec.Code == http.StatusTooManyRequests && rec.Header().Get("Retry-After") != "" {
			full++
		}
	}
	if full == 0 {
		t.Error("any number of files may wait")
	}
	w.clock.Move(25 * time.Hour)
	if got := w.upload(t, "firms", "a.csv", good).Code; got != 200 {
		t.Errorf("after a day: %d", got)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("after a day %d files are left, %v", len(left), err)
	}
}

// checkInside looks at every file in the folder of a staging.
func checkInside(t *testing.T, dir string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(filepath.Dir(dir), "escape.csv")); err == nil {
		t.Error("an upload left the staging folder")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		if !strings.HasPrefix(filepath.Base(f), "upload") {
			t.Errorf("a stranger's name reached the disk: %s", f)
		}
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f, info.Mode(), err)
		}
	}
}
