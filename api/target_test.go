package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestTargets(t *testing.T) {
	w := newWorld(t, worldA)
	var a struct {
		Year, Total    int
		Notice         string
		NoticeEn       string `json:"notice_en"`
		Contradictions []any
		Rows           []struct {
			ID     string
			Target *float64
			Actual struct {
				Value *float64
				Why   string
				WhyEn string `json:"why_en"`
			}
		}
		Areas []struct {
			Definition string
			Km2        float64
			Stated     bool
			Missing    []string `json:"missing_parks"`
			Output     *float64 `json:"output_wan_mu"`
		}
	}
	rec := w.get("viewer", "/api/v1/targets?year=2024&area_km2=2&area_definition=approved")
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil || rec.Code != http.StatusOK {
		t.Fatalf("%d %v %s", rec.Code, err, rec.Body)
	}
	if a.Year != 2024 || a.Total != 1 || a.Rows[0].ID != "T1" || *a.Rows[0].Target != 30 || a.Rows[0].Actual.Value != nil || a.Rows[0].Actual.WhyEn == "" || a.Contradictions == nil {
		t.Errorf("%+v", a)
	}
	if !strings.Contains(a.Notice, "虚构") || !strings.Contains(a.NoticeEn, "fictional") {
		t.Errorf("the answer does not say that its data are fictional: %s", a.Notice)
	}
	last := a.Areas[len(a.Areas)-1]
	// Thirteen firms with 1 000 + 2 000 + … + 13 000 万元 and 0.1234567 each on 3 000 mu: 91 001.6 ÷ 3 000.
	if !last.Stated || last.Definition != "approved" || last.Output == nil || *last.Output < 30.333 || *last.Output > 30.335 {
		t.Errorf("%+v", last)
	}
	if first := a.Areas[0]; first.Definition != "planned" && (len(first.Missing) != 1 || first.Output != nil) {
		t.Errorf("%+v", first)
	}
	for _, query := range []string{"?area_km2=0", "?area_km2=-1", "?area_definition=built", "?area_km2=1&area_definition=guessed", "?year=1999"} {
		if rec := w.get("viewer", "/api/v1/targets"+query); rec.Code < 400 || rec.Code >= 500 {
			t.Errorf("%s: %d", query, rec.Code)
		}
	}
	if rec := w.get("public", "/api/v1/targets"); rec.Code != http.StatusUnauthorized {
		t.Errorf("public: %d", rec.Code)
	}
}
