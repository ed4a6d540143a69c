package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

type whatIfAnswer struct {
	Year  int `json:"year"`
	Firms struct {
		Moved int `json:"moved"`
		Cells []struct {
			From, To string
			Count    int
		} `json:"cells"`
	} `json:"firms"`
	FirmChanges []struct {
		USCC  string `json:"uscc"`
		Why   []struct{ Zh, En string }
		Items []struct{ ID string }
	} `json:"firm_changes"`
	Totals map[string]int `json:"totals"`
}

func (w *world) whatIf(t *testing.T, query, body string) whatIfAnswer {
	t.Helper()
	rec := w.do(http.MethodPost, "analyst", "/api/v1/what-if"+query, body)
	if rec.Code != http.StatusOK {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	if got := rec.Header().Get("Cache-Control"); !strings.Contains(got, "no-store") {
		t.Errorf("Cache-Control %q", got)
	}
	var a whatIfAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestWhatIf(t *testing.T) {
	w := newWorld(t, worldA)
	before := w.get("analyst", "/api/v1/scores").Body.String()
	if a := w.whatIf(t, "?year=2024", "{}"); a.Year != 2024 || a.Firms.Moved != 0 || len(a.FirmChanges) != 0 || len(a.Firms.Cells) == 0 {
		t.Errorf("nothing asked: %+v", a)
	}
	// With a cut-off at 100 % everybody ranked is A.
	set := ruleIDs(t, w)["evaluation"]
	patches := fmt.Sprintf(`{"patches":[{"set":%q,"path":"evaluation.cohorts.above_scale.bounds.A.upto","value":"0.55"}]}`, set)
	all := w.whatIf(t, "", patches)
	if all.Firms.Moved == 0 || all.Totals["firm_changes"] != all.Firms.Moved || len(all.FirmChanges) != all.Firms.Moved {
		t.Fatalf("%+v", all)
	}
	if why := all.FirmChanges[0].Why; len(why) == 0 || why[0].Zh == "" || why[0].En == "" {
		t.Errorf("why %+v", why)
	}
	items := func(a whatIfAnswer) (n int) {
		for i := range a.FirmChanges {
			n += len(a.FirmChanges[i].Items)
		}
		return n
	}
	weights := strings.TrimSuffix(patches, "]}") + fmt.Sprintf(`,{"set":%q,"path":"evaluation.cohorts.above_scale.indicators.I1.weight","value":"90"}],"normalise":true`, set)
	whole, brief := w.whatIf(t, "", weights+"}"), w.whatIf(t, "", weights+`,"brief":true}`)
	if items(whole) == 0 || items(brief) != 0 || len(brief.FirmChanges) != len(whole.FirmChanges) || len(brief.FirmChanges[0].Why) == 0 {
		t.Errorf("whole %+v, brief %+v", whole, brief)
	}
	one := w.whatIf(t, "?limit=1&offset=1", patches)
	if len(one.FirmChanges) != 1 || one.FirmChanges[0].USCC != all.FirmChanges[1].USCC || one.Totals["firm_changes"] != all.Firms.Moved {
		t.Errorf("paged: %+v", one)
	}
	if w.get("analyst", "/api/v1/scores").Body.String() != before {
		t.Error("a what-if changed the scores")
	}
	if lines := w.get("admin", "/api/v1/audit").Body.String(); !strings.Contains(lines, "/api/v1/what-if?limit=1") {
		t.Error("a what-if is not on record")
	}
}

func ruleIDs(t *testing.T, w *world) map[string]string {
	t.Helper()
	var rules []struct{ ID, Kind string }
	if err := json.Unmarshal(w.get("viewer", "/api/v1/rules").Body.Bytes(), &rules); err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, r := range rules {
		ids[r.Kind] = r.ID
	}
	return ids
}

func TestWhatIfRefuses(t *testing.T) {
	w := newWorld(t, worldA)
	set := ruleIDs(t, w)["evaluation"]
	cases := []struct {
		name, body string
		status     int
		reason     string
	}{
		{"no body", "", http.StatusUnsupportedMediaType, ""},
		{"an unknown member", `{"patch":1}`, http.StatusBadRequest, ""},
		{"an unknown set", `{"patches":[{"set":"x","path":"a","value":"1"}]}`, http.StatusUnprocessableEntity, `no rule set \"x\"`},
		{"weights", fmt.Sprintf(`{"patches":[{"set":%q,"path":"evaluation.cohorts.above_scale.indicators.I1.weight","value":"99"}]}`, set), http.StatusUnprocessableEntity, "do not add up to 100"},
		{"an edit of nothing", `{"edits":[{"table":"figures","key":"x|2025","column":"vat_wan","value":"1"}]}`, http.StatusUnprocessableEntity, "no such row"},
		{"too much", `{"sets":[{"text":"` + strings.Repeat("x", 70_000) + `"}]}`, http.StatusRequestEntityTooLarge, ""},
	}
	for _, c := range cases {
		rec := w.do(http.MethodPost, "analyst", "/api/v1/what-if", c.body, "Accept-Language", "en")
		if rec.Code != c.status || !strings.Contains(rec.Body.String(), c.reason) {
			t.Errorf("%s: %d %s", c.name, rec.Code, rec.Body)
		}
	}
	var told struct{ Detail, Reason string }
	rec := w.do(http.MethodPost, "analyst", "/api/v1/what-if", cases[2].body, "Accept-Language", "zh")
	if err := json.Unmarshal(rec.Body.Bytes(), &told); err != nil || strings.Contains(told.Detail, "rule set") || !strings.Contains(told.Reason, `no rule set "x"`) {
		t.Errorf("in Chinese: %+v", told)
	}
	rec = w.do(http.MethodPost, "analyst", "/api/v1/what-if", cases[4].body, "Accept-Language", "zh")
	if err := json.Unmarshal(rec.Body.Bytes(), &told); err != nil || told.Detail != "无法按所给改动试算：对年度数据 x|2025 中“增值税”（vat_wan）的改动：没有这一行" {
		t.Errorf("a refused edit in Chinese: %+v", told)
	}
	rec = w.do(http.MethodPost, "analyst", "/api/v1/what-if", "{}", "Sec-Fetch-Site", "cross-site")
	if rec.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", rec.Code)
	}
}
