package api_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestRulesTellWhatIsNotInUse asks for the whole book: it holds every set once, those in use first in the list of sets in use alone, each
// with a tree that names the set itself.
func TestRulesTellWhatIsNotInUse(t *testing.T) {
	w := newWorld(t, worldA)
	type rule struct {
		ID    string
		InUse bool `json:"in_use"`
		Tree  struct{ ID, Kind string }
		Kind  string
	}
	read := func(query string) (list []rule) {
		t.Helper()
		if err := json.Unmarshal(w.get("viewer", "/api/v1/rules"+query).Body.Bytes(), &list); err != nil {
			t.Fatal(err)
		}
		return list
	}
	used, all := read("?limit=1000"), read("?all=true&limit=1000")
	if len(used) == 0 || len(all) != len(rules(t).Sets) {
		t.Fatalf("%d sets in use and %d in all of %d", len(used), len(all), len(rules(t).Sets))
	}
	inUse := 0
	for _, r := range all {
		if r.InUse {
			inUse++
		}
		if r.Tree.ID != r.ID || r.Tree.Kind != r.Kind {
			t.Errorf("the tree of %s says it is %s of kind %s", r.ID, r.Tree.ID, r.Tree.Kind)
		}
	}
	if inUse != len(used) {
		t.Errorf("%d of all sets are in use, the list of those in use has %d", inUse, len(used))
	}
}

// TestEarlierTextsOfARuleSet adds two texts of a shipped set: all three can be read, the last is in force, and who added it is for
// those who may know.
func TestEarlierTextsOfARuleSet(t *testing.T) {
	w := newWorld(t, worldA)
	shipped := string(rules(t).Set("exit.default").Text)
	added := func(title string) string {
		return strings.Replace(shipped, "\ntitle: ", "\ntitle: "+title, 1)
	}
	type text struct {
		Hash, Use, Title, Text string
		InForce                bool `json:"in_force"`
		At                     *string
		By                     *string
		Tree                   map[string]any
	}
	read := func(role string) (list []text) {
		t.Helper()
		if err := json.Unmarshal(w.get(role, "/api/v1/rules/exit.default/texts").Body.Bytes(), &list); err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := read("viewer"); len(list) != 1 || list[0].Use != "shipped" || !list[0].InForce || list[0].At != nil || list[0].Text != shipped {
		t.Fatalf("before any is added: %d texts", len(list))
	}
	for _, title := range []string{"甲", "乙"} {
		doc, _ := json.Marshal(map[string]string{"text": added(title)})
		if rec := w.do("POST", "admin", "/api/v1/rules", string(doc)); rec.Code != 200 {
			t.Fatalf("%d %s", rec.Code, rec.Body)
		}
	}
	list := read("analyst")
	if len(list) != 3 || list[2].Use != "shipped" || list[2].InForce || list[1].InForce || !list[0].InForce || list[1].Text != added("甲") || list[0].Text != added("乙") {
		t.Fatalf("%d texts: %+v", len(list), list)
	}
	if !strings.HasPrefix(list[0].Title, "乙") || list[0].Tree["id"] != "exit.default" || list[0].By == nil || *list[0].By != "admin" || list[0].At == nil {
		t.Errorf("%+v", list[0])
	}
	if list := read("viewer"); list[0].By != nil {
		t.Error("a viewer reads who added the text")
	}
	if rec := w.get("viewer", "/api/v1/rules/no.such/texts"); rec.Code != 404 {
		t.Errorf("no such set: %d", rec.Code)
	}
}

// TestFaultsOfARuleSetSpeakChinese refuses texts that break the rules' syntax, their words and their sums, at their lines.
func TestFaultsOfARuleSetSpeakChinese(t *testing.T) {
	w := newWorld(t, worldA)
	shipped := string(rules(t).Set("exit.default").Text)
	lineOf := func(text, key string) float64 {
		return float64(1 + strings.Count(text[:strings.Index(text, key)], "\n"))
	}
	for _, c := range []struct{ old, new, zh, en string }{
		{"groups_failed: ", "groups_failed: many #", "值的类型不对：many", "cannot unmarshal"},
		{"groups_failed: ", "groups_fialed: ", "没有键 groups_fialed", "unknown key groups_fialed"},
		{"valid_from: ", "valid_from: 昨天 #", "不是日期", "昨天"},
		{"groups_failed: ", "groups_failed: 0 #", "groups_failed 至少为 1", "groups_failed must be at least 1"},
		{"groups_failed: ", "groups_failed: 9 #", "不可能有宗地列入", "nothing could ever fail"},
	} {
		text := strings.Replace(shipped, c.old, c.new, 1)
		doc, _ := json.Marshal(map[string]string{"text": text})
		for language, want := range map[string]string{"zh-CN": c.zh, "en": c.en} {
			rec := w.do("POST", "admin", "/api/v1/rules", string(doc), "Accept-Language", language)
			var p struct {
				Detail string
				Errors []struct {
					Parameter, Detail string
					Line              float64
				}
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil || rec.Code != 422 || len(p.Errors) == 0 {
				t.Fatalf("%s: %d %s", c.new, rec.Code, rec.Body)
			}
			if e := p.Errors[0]; e.Parameter != "text" || e.Line != lineOf(text, c.new) || !strings.Contains(e.Detail, want) || !strings.Contains(p.Detail, want) {
				t.Errorf("%s in %s: %+v", c.new, language, p)
			}
		}
	}
}
