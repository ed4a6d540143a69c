package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"muchan/api"
	"muchan/parcels"
	"muchan/parcels/embedded"
)

// worldC can be stored: its credit codes have no letter that looks like a digit.
var worldC = secrets{firm: "演示丙", code: "QX7YKD3W", wan: 0.125}

// keptWorld is a world on a real store.
func keptWorld(t *testing.T, change ...func(*api.Config)) (*world, *embedded.Store) {
	t.Helper()
	kept, err := embedded.Open(filepath.Join(t.TempDir(), "zone.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	rows := *worldC.snapshot(1, parcels.DateIn(noon, time.UTC)).AllRows()
	rows.Parcels[3].Parents = nil // the sample's parent begins on the same day
	put(t, kept, rows)
	change = append(change, func(c *api.Config) { c.Source, c.Desk, c.Intake = kept, kept, kept })
	return newWorld(t, worldC, change...), kept
}

func put(t *testing.T, kept *embedded.Store, rows parcels.Rows) {
	t.Helper()
	if _, err := kept.Apply(context.Background(), parcels.Change{Who: "test", When: noon, Rows: rows}); err != nil {
		t.Fatal(err)
	}
}

// reply is a JSON answer, read loosely.
type reply map[string]any

func (w *world) ask(t *testing.T, want int, method, role, target, body string) reply {
	t.Helper()
	rec := w.do(method, role, target, body)
	if rec.Code != want {
		t.Fatalf("%s %s as %s: %d, want %d: %s", method, target, role, rec.Code, want, rec.Body)
	}
	var a reply
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		var list []any
		if err := json.Unmarshal(rec.Body.Bytes(), &list); err != nil {
			t.Fatalf("%s %s: %v: %s", method, target, err, rec.Body)
		}
		return reply{"rows": list}
	}
	return a
}

func (a reply) rows() []any { return a["rows"].([]any) }

func (w *world) reload(t *testing.T) {
	t.Helper()
	if err := w.server.Load(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// worst returns the code of the first exit candidate.
func (w *world) worst(t *testing.T) string {
	t.Helper()
	rows := w.ask(t, 200, "GET", "analyst", "/api/v1/exit-candidates", "").rows()
	if len(rows) == 0 {
		t.Fatal("the sample has no exit candidate")
	}
	return rows[0].(map[string]any)["code"].(string)
}

// TestCaseOutlivesTheScores opens a case, changes the data so that its parcel leaves the list, splits the parcel, and finds the case
// with the evidence it was opened with.
func TestCaseOutlivesTheScores(t *testing.T) {
	w, kept := keptWorld(t)
	code := w.worst(t)
	open := fmt.Sprintf(`{"kind":"exit","parcel":"%s","note":"三项不达标","document":"泉开管〔2026〕1号"}`, code)
	w.ask(t, 422, "POST", "analyst", "/api/v1/cases", strings.Replace(open, "三项不达标", " ", 1))
	w.ask(t, 422, "POST", "analyst", "/api/v1/cases", strings.Replace(open, code, "350503001001GB99999", 1))
	w.ask(t, 403, "POST", "viewer", "/api/v1/cases", open)
	doc := w.ask(t, 200, "POST", "analyst", "/api/v1/cases", open)
	id := doc["id"].(string)
	if id != "exit-"+code+"-1" || doc["state"] != "opened" || doc["listed"] != true || doc["note"] != "" || doc["next_seq"] != 2.0 || doc["opened_on"] != "2026-11-22" {
		t.Errorf("opened as %v", doc)
	}
	evidence := func(doc reply) string {
		first := doc["acts"].([]any)[0].(map[string]any)
		b, err := json.Marshal(first["data"])
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	frozen := evidence(doc)
	for _, part := range []string{`"failed":true`, `"threshold":`, `"hash":"`, `"as_of":"2026-11-22"`, `"version":`} {
		if !strings.Contains(frozen, part) {
			t.Errorf("the evidence lacks %s: %s", part, frozen)
		}
	}
	again := w.ask(t, 409, "POST", "admin", "/api/v1/cases", open)
	if next := again["next"].(map[string]any); next["state"] != "opened" || fmt.Sprint(next["allowed"]) != "[warn withdraw]" {
		t.Errorf("a second case: %v", again)
	}

	acts := "/api/v1/cases/" + id + "/acts"
	w.ask(t, 422, "POST", "analyst", acts, `{"act":"warn","seq":2,"note":""}`)
	late := w.ask(t, 409, "POST", "analyst", acts, `{"act":"warn","seq":1,"note":"重复"}`)
	if next := late["next"].(map[string]any); next["seq"] != 2.0 {
		t.Errorf("an act that came late: %v", late)
	}
	wrong := w.ask(t, 409, "POST", "analyst", acts, `{"act":"finish","seq":2,"note":"急"}`)
	if wrong["code"] != "conflict" || !strings.Contains(wrong["detail"].(string), "办结") {
		t.Errorf("a wrong act: %v", wrong)
	}
	w.ask(t, 404, "POST", "analyst", "/api/v1/cases/nothing/acts", `{"act":"warn","seq":2,"note":"x"}`)
	w.ask(t, 422, "POST", "analyst", acts, `{"act":"warn","seq":2,"about":99,"note":"无此项"}`)
	w.ask(t, 200, "POST", "analyst", acts, `{"act":"warn","seq":2,"note":"已约谈"}`)
	doc = w.ask(t, 200, "POST", "admin", acts, `{"act":"rectify","seq":3,"until":"2026-11-23","note":"限期"}`)
	if doc["due"] != "2026-11-23" || doc["overdue"] != false || doc["state_title"] != "整改中" {
		t.Errorf("rectifying: %v", doc)
	}

	snap, err := kept.Snapshot(context.Background(), parcels.MustDate("2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	rows := parcels.Rows{Figures: snap.Figures.Rows()}
	for i := range rows.Figures { // everybody prospers
		f := &rows.Figures[i]
		f.OutputWan, f.RevenueWan, f.ValueAddedWan, f.VATWan = rich(t), rich(t), rich(t), rich(t)
	}
	for _, stored := range snap.Parcels.All() {
		p := *stored
		p.Contract.FAIWan = rich(t)
		rows.Parcels = append(rows.Parcels, p)
	}
	put(t, kept, rows)
	w.clock.Move(48 * time.Hour)
	w.reload(t)
	if n := w.ask(t, 200, "GET", "analyst", "/api/v1/exit-candidates", "")["total"]; n != 0.0 {
		t.Fatalf("%v candidates are left", n)
	}
	doc = w.ask(t, 200, "GET", "analyst", "/api/v1/cases/"+id, "")
	if doc["listed"] != false || doc["note_en"] != "no longer on the list as of 2026-11-24" || doc["overdue"] != true || doc["state"] != "rectifying" {
		t.Errorf("after the change: %v", doc)
	}
	if got := evidence(doc); got != frozen {
		t.Errorf("the evidence changed from\n%s\nto\n%s", frozen, got)
	}

	old := *snap.Parcel(code)
	children := splitParcel(old)
	old.ValidTo = parcels.MustDate("2026-11-24")
	old.Contract.FAIWan = rich(t)
	put(t, kept, parcels.Rows{Parcels: append(children, old)})
	w.reload(t)
	list := w.ask(t, 200, "GET", "analyst", "/api/v1/cases?parcel="+children[0].Code, "")
	if list["total"] != 1.0 {
		t.Fatalf("cases of a part: %v", list)
	}
	row := list.rows()[0].(map[string]any)
	if row["id"] != id || fmt.Sprint(row["successors"]) != fmt.Sprintf("[%s %s]", children[0].Code, children[1].Code) || row["park"] == nil ||
		row["note"] != "截至 2026-11-24，宗地已分割或合并" {
		t.Errorf("the case of a parcel that was split: %v", row)
	}
	splitAgain(t, w, kept, children[0], id)
	for query, want := range map[string]float64{
		"": 1, "?state=rectifying": 1, "?state=done": 0, "?overdue=true": 1, "?overdue=false": 0, "?kind=idle": 0, "?park=" + old.Park: 1,
		"?parcel=350503001001GB99999": 0,
	} {
		if got := w.ask(t, 200, "GET", "analyst", "/api/v1/cases"+query, "")["total"]; got != want {
			t.Errorf("cases%s: %v, want %v", query, got, want)
		}
	}
	line, err := os.ReadFile(w.audit)
	if err != nil || !strings.Contains(string(line), `"act":"act"`) || !strings.Contains(string(line), id+" rectify") {
		t.Errorf("the record does not hold the acts: %v\n%s", err, line)
	}
}

// splitAgain splits a part of a parcel once more on the day after: the case follows to those that hold the land then.
func splitAgain(t *testing.T, w *world, kept *embedded.Store, part parcels.Parcel, id string) {
	t.Helper()
	first, second := part, part
	first.Code, second.Code = "350503001001GB77701", "350503001001GB77702"
	first.Parents, second.Parents = []string{part.Code}, []string{part.Code}
	first.ValidFrom, second.ValidFrom = part.ValidFrom+1, part.ValidFrom+1
	part.ValidTo = part.ValidFrom + 1
	put(t, kept, parcels.Rows{Parcels: []parcels.Parcel{part, first, second}})
	w.clock.Move(24 * time.Hour)
	w.reload(t)
	list := w.ask(t, 200, "GET", "analyst", "/api/v1/cases?parcel="+second.Code, "")
	if list["total"] != 1.0 {
		t.Fatalf("cases of a part of a part: %v", list)
	}
	row := list.rows()[0].(map[string]any)
	want := fmt.Sprintf("[%s %s 350503001001GB88801]", first.Code, second.Code)
	if row["id"] != id || fmt.Sprint(row["successors"]) != want {
		t.Errorf("a case after two splits: %v, want the successors %s", row, want)
	}
}

func rich(t *testing.T) parcels.Opt[parcels.Wan] {
	t.Helper()
	w, err := parcels.WanOf(900_000)
	if err != nil {
		t.Fatal(err)
	}
	return parcels.Some(w)
}

func splitParcel(old parcels.Parcel) []parcels.Parcel {
	var children []parcels.Parcel
	for i := range 2 {
		child := old
		child.Code, child.Parents = fmt.Sprintf("350503001001GB888%02d", i), []string{old.Code}
		child.ValidFrom, child.ValidTo = parcels.MustDate("2026-11-24"), 0
		children = append(children, child)
	}
	return children
}

// TestRunFromDraftToFinal carries an evaluation through draft, notice, an objection that is right, a corrected draft, and final.
func TestRunFromDraftToFinal(t *testing.T) {
	w, kept := keptWorld(t)
	admin := func(want int, target, body string) reply {
		t.Helper()
		return w.ask(t, want, "POST", "admin", target, body)
	}
	doc := admin(200, "/api/v1/runs?year=2025", `{"note":"2025 年度"}`)
	if doc["id"] != "2025-1" || doc["state"] != "draft" || doc["notice_days"] != 5.0 {
		t.Errorf("the draft: %v", doc)
	}
	admin(409, "/api/v1/runs?year=2025", `{"note":"又一次"}`) // one at a time
	acts := "/api/v1/runs/2025-1/acts"
	short := admin(422, acts, `{"act":"notice","seq":2,"until":"2026-11-25","note":"公示"}`)
	if !strings.Contains(short["detail"].(string), "2026-11-26") {
		t.Errorf("a notice of four days: %v", short)
	}
	w.ask(t, 403, "POST", "analyst", acts, `{"act":"notice","seq":2,"until":"2026-11-26","note":"公示"}`)
	admin(200, acts, `{"act":"notice","seq":2,"until":"2026-11-26","note":"公示"}`)
	admin(409, acts, `{"act":"finalise","seq":3,"note":"定稿"}`) // not ended
	w.ask(t, 422, "POST", "analyst", acts, `{"act":"object","seq":3,"party":"演示企业","firm":"913599000000000000","note":"税收少计"}`)
	w.ask(t, 422, "POST", "analyst", acts, `{"act":"object","seq":3,"party":"演示企业","parcel":"350503001001GB99999","note":"税收少计"}`)
	object := w.ask(t, 200, "POST", "analyst", acts, fmt.Sprintf(`{"act":"object","seq":3,"party":"演示企业","firm":%q,"parcel":%q,"note":"税收少计"}`, worldC.uscc(1), parcelCode(1)))
	if o := object["objections"].([]any)[0].(map[string]any); o["party"] != "演示企业" || o["firm"] != worldC.uscc(1) || o["parcel"] != parcelCode(1) || o["decision"] != nil || o["seq"] != 3.0 {
		t.Errorf("the objection: %v", o)
	}
	w.clock.Move(5 * 24 * time.Hour)
	w.reload(t)
	admin(409, acts, `{"act":"finalise","seq":4,"note":"定稿"}`) // undecided
	admin(422, acts, `{"act":"uphold","seq":4,"about":3,"note":"属实"}`)
	upheld := admin(200, acts, `{"act":"uphold","seq":4,"about":3,"note":"属实","correction":"更正 2025 年增值税"}`)
	if o := upheld["objections"].([]any)[0].(map[string]any); o["decision"] != "uphold" || o["correction"] != "更正 2025 年增值税" || o["reason"] != "属实" {
		t.Errorf("the decision: %v", o)
	}
	admin(409, acts, `{"act":"finalise","seq":5,"note":"定稿"}`) // uncorrected
	before := w.ask(t, 200, "GET", "analyst", "/api/v1/runs/2025-1", "")
	same := admin(409, acts, `{"act":"redraft","seq":5,"note":"未更正"}`)
	if !strings.Contains(same["detail"].(string), "与上一次草稿相同") {
		t.Errorf("a draft that corrects nothing: %v", same)
	}

	uscc := worldC.uscc(1)
	snap, err := kept.Snapshot(context.Background(), parcels.MustDate("2026-11-27"))
	if err != nil {
		t.Fatal(err)
	}
	figures := *snap.FiguresOf(uscc, 2025)
	figures.VATWan = rich(t)
	put(t, kept, parcels.Rows{Figures: []parcels.Figures{figures}})
	w.reload(t)
	admin(200, acts, `{"act":"redraft","seq":5,"note":"更正后"}`)
	checkRunLists(t, w, uscc)
	admin(409, acts, `{"act":"finalise","seq":6,"note":"定稿"}`) // nobody has seen it
	admin(200, acts, `{"act":"notice","seq":6,"until":"2026-12-01","note":"再次公示"}`)
	if n := len(w.ask(t, 200, "GET", "analyst", "/api/v1/runs/pending", "").rows()); n != 1 {
		t.Errorf("%d runs are pending, want 1", n)
	}
	w.clock.Move(5 * 24 * time.Hour)
	w.reload(t)
	if n := len(w.ask(t, 200, "GET", "public", "/api/v1/runs", "").rows()); n != 0 {
		t.Errorf("the public sees %d runs before the final", n)
	}
	admin(200, acts, `{"act":"finalise","seq":7,"note":"定稿"}`)
	w.reload(t)
	public := w.ask(t, 200, "GET", "public", "/api/v1/runs", "").rows()
	if len(public) != 1 || public[0].(map[string]any)["id"] != "2025-1" {
		t.Errorf("the public sees %v", public)
	}
	final := w.ask(t, 200, "GET", "analyst", "/api/v1/runs/2025-1", "")
	if final["state"] != "final" || final["version"] == before["version"] || len(final["acts"].([]any)) != 7 {
		t.Errorf("the final run: %v", final)
	}
	admin(409, acts, `{"act":"withdraw","seq":8,"note":"撤"}`)

	classes := w.ask(t, 200, "GET", "analyst", "/api/v1/firms/"+uscc+"/classes", "").rows()
	first := classes[0].(map[string]any)
	if len(classes) != 1 || first["run"] != "2025-1" || first["rank"] != 1.0 || first["class"] != "A" || first["rule_set"] == "" {
		t.Errorf("classes of the firm whose tax was corrected: %v", classes)
	}
	figures.VATWan = worldC.money(0)
	put(t, kept, parcels.Rows{Figures: []parcels.Figures{figures}})
	w.reload(t)
	if same := w.ask(t, 200, "GET", "analyst", "/api/v1/firms/"+uscc+"/classes", "").rows(); fmt.Sprint(same) != fmt.Sprint(classes) {
		t.Errorf("a later change moved the published class: %v", same)
	}
	land := w.ask(t, 200, "GET", "viewer", "/api/v1/parcels/"+parcelCode(1)+"/classes", "").rows()
	if len(land) != 1 || land[0].(map[string]any)["class"] != "A" || land[0].(map[string]any)["points"] != nil {
		t.Errorf("classes of its parcel: %v", land)
	}
	if next := admin(200, "/api/v1/runs?year=2025", `{"note":"更正公布"}`); next["id"] != "2025-2" {
		t.Errorf("the next run of the year is %v", next["id"])
	}
	texts, err := kept.Rules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range final["results"].(map[string]any)["rules"].([]any) {
		hash := r.(map[string]any)["hash"]
		if !slices.ContainsFunc(texts, func(r parcels.RuleText) bool { return r.Hash == hash }) {
			t.Errorf("the text of a rule set that the run used is not found by its hash %v", hash)
		}
	}
}

// checkRunLists reads the list of the public notice, and what the second draft changed: the firm whose tax was corrected, and those it
// passed.
func checkRunLists(t *testing.T, w *world, corrected string) {
	t.Helper()
	ask := func(want int, query string) reply {
		t.Helper()
		return w.ask(t, want, "GET", "analyst", "/api/v1/runs/2025-1/"+query, "")
	}
	first := func(a reply) map[string]any { return a.rows()[0].(map[string]any) }
	list := ask(200, "firms?sort=-points&limit=2")
	top := first(list)
	if list["total"] != float64(parcelCount-1) || len(list.rows()) != 2 || list["act"] != 5.0 || top["uscc"] != corrected || top["rank"] != 1.0 ||
		top["class"] != "A" || top["land_mu"] == nil || !strings.HasPrefix(top["name"].(string), worldC.firm) || top["cohort_title"] == "" {
		t.Errorf("the list of the second draft: %v", list)
	}
	whole := w.ask(t, 200, "GET", "analyst", "/api/v1/runs/2025-1", "")["results"].(map[string]any)["firms"].(map[string]any)
	for _, class := range []string{"A", "B", "C", "D", "T"} {
		want, _ := whole[class].(float64)
		if got := ask(200, "firms?class="+class)["total"]; got != want {
			t.Errorf("%v firms of class %s, the summary says %v", got, class, want)
		}
	}
	if got := ask(200, "firms?q="+strings.ToLower(corrected)); got["total"] != 1.0 {
		t.Errorf("found by its code: %v", got)
	}
	earlier := ask(200, "firms?act=1&q="+corrected)
	changes := ask(200, "changes?sort=-class")
	if changes["from"] != 1.0 || changes["to"] != 5.0 || changes["total"].(float64) < 2 {
		t.Errorf("changes: %v", changes)
	}
	found := false
	for _, row := range changes.rows() {
		row := row.(map[string]any)
		if row["uscc"] == corrected {
			found = fmt.Sprint(row["before"]) == fmt.Sprint(first(earlier)) && fmt.Sprint(row["after"]) == fmt.Sprint(top)
		}
	}
	if !found {
		t.Errorf("%s is not among the changes as both lists have it: %v", corrected, changes)
	}
	classes := ask(200, "changes?what=class")
	for _, row := range classes.rows() {
		row := row.(map[string]any)
		if row["before"].(map[string]any)["class"] == row["after"].(map[string]any)["class"] {
			t.Errorf("no change of class: %v", row)
		}
	}
	if got := ask(200, "changes?from=5&to=5")["total"]; got != 0.0 {
		t.Errorf("a draft differs from itself in %v firms", got)
	}
	ask(400, "changes?from=2")
	ask(400, "firms?act=99")
}

// TestAgreedPaths: a case is agreed on a path that exists, is open and fitted when the case was opened, and on no other.
func TestAgreedPaths(t *testing.T) {
	w, _ := keptWorld(t)
	doc := w.ask(t, 200, "POST", "analyst", "/api/v1/cases", fmt.Sprintf(`{"kind":"exit","parcel":"%s","note":"立案"}`, w.worst(t)))
	acts := "/api/v1/cases/" + doc["id"].(string) + "/acts"
	for _, body := range []string{`"act":"warn","seq":2`, `"act":"rectify","seq":3,"until":"2026-12-22"`, `"act":"review","seq":4`} {
		w.ask(t, 200, "POST", "analyst", acts, `{`+body+`,"note":"办理"}`)
	}
	agree := func(want int, path string) reply {
		t.Helper()
		return w.ask(t, want, "POST", "analyst", acts, fmt.Sprintf(`{"act":"agree","seq":5,"note":"协议","path":%q}`, path))
	}
	for _, path := range []string{"", "  ", "free_take_back", "class_levy", "penalty_on_statistics", "nothing"} {
		if got := agree(422, path); got["next"] == nil {
			t.Errorf("agreed on %q: %v", path, got)
		}
	}
	evidence := doc["acts"].([]any)[0].(map[string]any)["data"].(map[string]any)
	closed := 0
	for _, p := range evidence["exit"].(map[string]any)["paths"].([]any) {
		if p := p.(map[string]any); p["fits"] == false {
			closed++
			agree(422, p["id"].(string))
		}
	}
	if closed < 3 {
		t.Errorf("only %d paths do not fit: %v", closed, evidence)
	}
	agreed := agree(200, " negotiate ")
	if got := agreed["acts"].([]any)[4].(map[string]any)["path"]; got != "negotiate" {
		t.Errorf("agreed on %q", got)
	}
}

// TestNothingIsBackDated tries to go from draft to final within a minute, and to open a case before its evidence.
func TestNothingIsBackDated(t *testing.T) {
	w, _ := keptWorld(t)
	w.ask(t, 422, "POST", "admin", "/api/v1/runs?year=2025", `{"on":"1900-01-01","note":"倒签"}`)
	w.ask(t, 200, "POST", "admin", "/api/v1/runs?year=2025", `{"note":"拟定"}`)
	acts := "/api/v1/runs/2025-1/acts"
	w.ask(t, 422, "POST", "admin", acts, `{"act":"notice","seq":2,"on":"2001-01-01","until":"2001-01-05","note":"倒签"}`)
	w.clock.Move(24 * time.Hour)
	short := w.ask(t, 422, "POST", "admin", acts, `{"act":"notice","seq":2,"on":"2026-11-22","until":"2026-11-26","note":"补录"}`)
	if short["code"] != "short_notice" || !strings.Contains(short["detail"].(string), "2026-11-27") {
		t.Errorf("a notice that others see a day late: %v", short)
	}
	w.reload(t)
	w.ask(t, 422, "POST", "analyst", "/api/v1/cases", fmt.Sprintf(`{"kind":"exit","parcel":"%s","on":"2026-11-22","note":"倒签"}`, w.worst(t)))
}

// TestPartOfTheZoneMakesNoRun: a server of one park sees a part of the firms, whose ranks would mean nothing.
func TestPartOfTheZoneMakesNoRun(t *testing.T) {
	w, _ := keptWorld(t, func(c *api.Config) { c.Partial = true })
	if got := w.ask(t, 409, "POST", "admin", "/api/v1/runs", `{"note":"x"}`); got["code"] != "partial" {
		t.Errorf("%v", got)
	}
}

// TestRulesOfTheStore puts an edited set in force, which the scores then follow, and keeps the one before it.
func TestRulesOfTheStore(t *testing.T) {
	w, kept := keptWorld(t)
	text, err := os.ReadFile("../seeds/rules/exit.qingmeng.yaml")
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(string(text), "groups_failed: 2", "groups_failed: 3", 1)
	if edited == string(text) {
		t.Fatal("the set does not say groups_failed: 2 any more")
	}
	body := func(text string) string {
		b, err := json.Marshal(map[string]string{"text": text})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	w.ask(t, 403, "POST", "analyst", "/api/v1/rules", body(edited))
	for _, wrong := range []string{"", "id: x", "{", strings.Replace(edited, "groups_failed: 3", "groups_failed: 9", 1)} {
		if got := w.ask(t, 422, "POST", "admin", "/api/v1/rules", body(wrong)); !strings.Contains(got["detail"].(string), "规则集有误") {
			t.Errorf("%q: %v", wrong, got)
		}
	}
	for with, want := range map[string]string{
		"id: exit.second":    "exit.second and exit.qingmeng are both in force for the same park and year",
		"id: stock.qingmeng": "stock.qingmeng is a set of kind stock",
	} {
		other := strings.Replace(edited, "id: exit.qingmeng", with, 1)
		if got := w.ask(t, 422, "POST", "admin", "/api/v1/rules", body(other)); !strings.Contains(fmt.Sprint(got), want) {
			t.Errorf("%s: %v", with, got)
		}
	}
	ref := w.ask(t, 200, "POST", "admin", "/api/v1/rules", body(edited))
	if ref["hash"] != parcels.HashRules([]byte(edited)) || ref["id"] != "exit.qingmeng" {
		t.Errorf("added %v", ref)
	}
	w.reload(t)
	found := false
	for _, r := range w.ask(t, 200, "GET", "viewer", "/api/v1/rules", "").rows() {
		r := r.(map[string]any)
		found = found || r["hash"] == ref["hash"] && r["text"] == edited
	}
	if !found {
		t.Error("the scores do not use the set that was added")
	}
	if err := kept.AddRules(context.Background(), parcels.RuleText{ID: "exit.qingmeng", Text: []byte("not: [yaml"), Who: "sql", At: noon}); err != nil {
		t.Fatal(err)
	}
	if err := w.server.Load(context.Background()); err == nil || !strings.Contains(err.Error(), "exit.qingmeng") {
		t.Errorf("a broken text in the store: %v, want an error that names it", err)
	}
	if got := w.do(http.MethodGet, "viewer", "/api/v1/rules", ""); got.Code != 200 || got.Header().Get("Muchan-Stale") == "" {
		t.Errorf("with a broken text: %d, stale %q; want the old image, marked", got.Code, got.Header().Get("Muchan-Stale"))
	}
}

// TestIdleCaseToItsEnd carries a case of land that may be idle from its opening to done: on a path that fits, after those that do not
// were refused.
func TestIdleCaseToItsEnd(t *testing.T) {
	w, kept := keptWorld(t)
	code := parcelCode(parcelCount - 1)
	doc := w.ask(t, 200, "POST", "analyst", "/api/v1/cases", fmt.Sprintf(`{"kind":"idle","parcel":"%s","note":"满一年未动工"}`, code))
	acts := "/api/v1/cases/" + doc["id"].(string) + "/acts"
	for _, body := range []string{`"act":"warn","seq":2`, `"act":"rectify","seq":3,"until":"2026-12-22"`, `"act":"review","seq":4`} {
		w.ask(t, 200, "POST", "analyst", acts, `{`+body+`,"note":"办理"}`)
	}
	agree := func(want int, path string) reply {
		t.Helper()
		return w.ask(t, want, "POST", "analyst", acts, fmt.Sprintf(`{"act":"agree","seq":5,"note":"协议","path":%q}`, path))
	}
	fits := map[string]bool{}
	for _, p := range doc["acts"].([]any)[0].(map[string]any)["data"].(map[string]any)["paths"].([]any) {
		p := p.(map[string]any)
		if fits[p["id"].(string)] = p["fits"].(bool); p["fits"] == false {
			agree(422, p["id"].(string))
		}
	}
	if fits["expand"] || fits["convert"] || fits["managed"] || !fits["idle_procedure"] || !fits["negotiate"] || len(fits) < 8 {
		t.Errorf("of bare land that is late: %v", fits)
	}
	agree(422, "nothing")
	agree(422, "free_take_back")
	agree(200, "idle_procedure")
	if done := w.ask(t, 200, "POST", "analyst", acts, `{"act":"finish","seq":6,"note":"办结"}`); done["state"] != "done" {
		t.Errorf("at the end: %v", done)
	}
	snap, err := kept.Snapshot(context.Background(), parcels.DateIn(noon, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	old := *snap.Parcel(code)
	old.ValidTo = parcels.DateIn(noon, time.UTC)
	put(t, kept, parcels.Rows{Parcels: []parcels.Parcel{old}})
	w.reload(t)
	if n := w.ask(t, 200, "GET", "analyst", "/api/v1/cases?kind=idle&park="+old.Park, "")["total"]; n != 1.0 {
		t.Errorf("%v idle cases of the park that the ended parcel lay in, want 1", n)
	}
}
