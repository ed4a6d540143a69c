package api_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// example queries that a list needs to have rows at all.
var needs = map[string]string{"/api/v1/match": "need_mu=5&"}

// TestListsSortAndPage asks every list of the API for every order it documents. Both directions hold the same rows, values stand in
// order and missing ones last, and pages of two make up the whole.
func TestListsSortAndPage(t *testing.T) {
	w := newWorld(t, worldA)
	doc := openAPI(t, w, "public", "/api/v1/openapi.json")
	lists := 0
	for _, row := range w.server.Table() {
		if row.Method != http.MethodGet || !strings.HasPrefix(row.Pattern, "/api/v1/") {
			continue
		}
		sort := doc.Paths.Find(row.Pattern).Get.Parameters.GetByInAndName("query", "sort")
		if sort == nil || len(sort.Schema.Value.Enum) == 0 { // scores are sorted by any field of theirs
			continue
		}
		lists++
		target := w.example(row.Pattern) + "?" + needs[row.Pattern]
		for _, name := range sort.Schema.Value.Enum {
			rows := listRows(t, w, target+"limit=1000&sort="+fmt.Sprint(name))
			checkOrder(t, target, fmt.Sprint(name), rows)
			other := listRows(t, w, target+"limit=1000&sort="+strings.TrimPrefix("-"+fmt.Sprint(name), "--"))
			if !slices.Equal(sorted(rows), sorted(other)) {
				t.Errorf("%s by %s holds other rows in the other direction", target, name)
			}
			var paged []string
			for offset := 0; len(paged) < len(rows); offset += 2 {
				page := listRows(t, w, fmt.Sprintf("%slimit=2&offset=%d&sort=%v", target, offset, name))
				if len(page) == 0 {
					break
				}
				paged = append(paged, page...)
			}
			if !slices.Equal(paged, rows) && row.Pattern != "/api/v1/potential" { // whose rows say their place on the page
				t.Errorf("%s by %s: the pages are not the whole", target, name)
			}
		}
		if got := w.get("admin", target+"sort=nothing").Code; got != http.StatusBadRequest {
			t.Errorf("%s by nothing: %d", target, got)
		}
	}
	if lists < 14 {
		t.Errorf("only %d lists were tried", lists)
	}
}

// listRows returns the rows of an answer, each as its JSON.
func listRows(t *testing.T, w *world, target string) []string {
	t.Helper()
	rec := w.get("admin", target)
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", target, rec.Code, rec.Body)
	}
	var raw []json.RawMessage
	if json.Unmarshal(rec.Body.Bytes(), &raw) != nil {
		var list struct{ Rows []json.RawMessage }
		if err := json.Unmarshal(rec.Body.Bytes(), &list); err != nil || list.Rows == nil {
			t.Fatalf("%s: %v: %s", target, err, rec.Body)
		}
		raw = list.Rows
	}
	rows := make([]string, len(raw))
	for i, row := range raw {
		rows[i] = string(row)
	}
	return rows
}

// sorted leaves out the rank, which is the place in the order where an answer has one.
func sorted(rows []string) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		var v map[string]any
		if json.Unmarshal([]byte(row), &v) == nil && v["limit_by"] != nil {
			delete(v, "rank")
		}
		out[i] = fmt.Sprint(v)
	}
	slices.Sort(out)
	return out
}

// checkOrder reads the field that rows are sorted by, where they have one of that name.
func checkOrder(t *testing.T, target, name string, rows []string) {
	t.Helper()
	field, descending := strings.CutPrefix(name, "-")
	var last any
	for i, row := range rows {
		var v map[string]any
		if err := json.Unmarshal([]byte(row), &v); err != nil {
			t.Fatal(err)
		}
		value, there := v[field]
		if !there || field == "type" || field == "state" { // in the order of the words
			return
		}
		if value == "" {
			value = nil
		}
		if i > 0 && last == nil && value != nil {
			t.Errorf("%s by %s: %v follows a missing value", target, name, value)
		}
		if last != nil && value != nil {
			order := compareAny(last, value)
			if descending && order < 0 || !descending && order > 0 {
				t.Errorf("%s by %s: %v follows %v", target, name, value, last)
			}
		}
		last = value
	}
}

func compareAny(a, b any) int {
	if x, ok := a.(float64); ok {
		return cmp.Compare(x, b.(float64))
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// TestListFilters asks lists for a part of their rows and compares with the rows of the whole that have the property.
func TestListFilters(t *testing.T) {
	w := newWorld(t, worldA)
	for _, c := range []struct {
		list, query string
		keep        func(row map[string]any) bool
	}{
		{"firms", "class=A", func(r map[string]any) bool { return r["class"] == "A" }},
		{"firms", "cohort=above_scale", func(r map[string]any) bool { return r["cohort"] == "above_scale" }},
		{"firms", "above_scale=false", func(r map[string]any) bool { return r["above_scale"] == false }},
		{"firms", "park=GQ", func(r map[string]any) bool { return fmt.Sprint(r["parks"]) == "[GQ]" }},
		{"firms", "industry=17", func(map[string]any) bool { return true }},
		{"firms", "industry=18", func(map[string]any) bool { return false }},
		{"firms", "q=03", func(r map[string]any) bool { return strings.Contains(fmt.Sprint(r["name"], r["uscc"]), "03") }},
		{"idle", "type=unstarted", func(r map[string]any) bool { return r["type"] == "unstarted" }},
		{"idle", "stage=take_back", func(r map[string]any) bool { return r["stage"] == "take_back" }},
		{"idle", "plant=true", func(r map[string]any) bool { return r["plant"] == true }},
		{"idle", "government=false", func(r map[string]any) bool { return r["government"] == false }},
		{"rules", "kind=exit", func(r map[string]any) bool { return r["kind"] == "exit" }},
		{"runs", "of_year=2024", func(map[string]any) bool { return true }},
		{"runs", "of_year=1999", func(map[string]any) bool { return false }},
		{"zone-indicators", "money=true", func(r map[string]any) bool { return strings.HasPrefix(r["unit"].(string), "万元") }},
		{"targets", "known=true", func(r map[string]any) bool { return r["actual"].(map[string]any)["value"] != nil }},
		{"targets", "series=rate", func(r map[string]any) bool { return r["series"] == "rate" }},
	} {
		want := []string{}
		for _, row := range listRows(t, w, "/api/v1/"+c.list+"?limit=1000") {
			var v map[string]any
			if err := json.Unmarshal([]byte(row), &v); err != nil {
				t.Fatal(err)
			}
			if c.keep(v) {
				want = append(want, row)
			}
		}
		if got := listRows(t, w, "/api/v1/"+c.list+"?limit=1000&"+c.query); !slices.Equal(got, want) {
			t.Errorf("%s?%s: %d rows, want %d", c.list, c.query, len(got), len(want))
		}
	}
}

// TestIdleSaysWhatItIs: a suspicion by a rule, in both languages.
func TestIdleSaysWhatItIs(t *testing.T) {
	w := newWorld(t, worldA)
	doc := w.ask(t, 200, "GET", "viewer", "/api/v1/idle?type=unstarted", "")
	row := doc.rows()[0].(map[string]any)
	stage := row["stages"].([]any)[0].(map[string]any)["title"].(map[string]any)
	if !strings.Contains(doc["notice"].(string), "疑似") || doc["notice_en"] == "" || row["rule"].(map[string]any)["id"] != "idle.order53" ||
		row["title"] == "" || row["title_en"] == "" || stage["zh"] == "" || stage["en"] == "" || row["fee_wan"] != nil {
		t.Errorf("%v", doc)
	}
}
