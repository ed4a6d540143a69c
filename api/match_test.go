package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

type matchAnswer struct {
	Notice string
	Near   []string
	Total  int
	Rows   []struct {
		Rank  int
		Code  string
		Score float64
		BBox  []float64
		At    []float64
		Kinds []struct{ ID string }
		Gap   *float64 `json:"gap_m"`
		Offer struct {
			LandMu float64 `json:"land_mu"`
		}
		Paths []struct{ Document string }
		Parts []struct {
			ID      string
			Points  float64
			TitleEn string `json:"title_en"`
		}
	}
	ExcludedTotal int `json:"excluded_total"`
	Excluded      []struct {
		Code, Reason, Text string
		TextEn             string `json:"text_en"`
	}
}

func (w *world) matches(query string) (a matchAnswer) {
	w.t.Helper()
	rec := w.get("analyst", "/api/v1/match"+query)
	if rec.Code != http.StatusOK {
		w.t.Fatalf("%s: %d %s", query, rec.Code, rec.Body)
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		w.t.Fatal(err)
	}
	return a
}

func TestMatch(t *testing.T) {
	w := newWorld(t, worldA)
	idle := parcelCode(parcelCount - 1)
	a := w.matches("?uscc=" + worldA.uscc(0) + "&need_mu=10")
	if a.Total != 3 || a.Rows[1].Code != idle || a.Rows[1].Rank != 2 || len(a.Near) != 1 || a.Near[0] != parcelCode(0) || !strings.Contains(a.Notice, "疑似") {
		t.Fatalf("%+v", a)
	}
	row := a.Rows[1]
	sum := 0.0
	for _, p := range row.Parts {
		sum += p.Points
	}
	if len(row.Parts) != 8 || sum < row.Score-1e-9 || sum > row.Score+1e-9 || len(row.BBox) != 4 || len(row.At) != 2 || row.Gap == nil || len(row.Paths) != len(row.Kinds) {
		t.Errorf("%+v", row)
	}
	if row.Offer.LandMu < 16.94 || row.Offer.LandMu > 16.96 { // 11 300 m²
		t.Errorf("%v mu", row.Offer.LandMu)
	}
	if a := w.matches("?need_mu=17&excluded=true"); a.Total != 0 || a.ExcludedTotal != len(a.Excluded) || a.Excluded[len(a.Excluded)-1].Reason != "too_small" ||
		!strings.Contains(a.Excluded[len(a.Excluded)-1].Text, "11300.00") {
		t.Errorf("%+v", a)
	}
	if a := w.matches("?parcel=" + parcelCode(11)); len(a.Rows) != 0 || len(a.Excluded) != 1 || a.Excluded[0].Reason != "no_kind" {
		t.Errorf("%+v", a)
	}
	if a := w.matches("?parcel=" + idle); len(a.Rows) != 1 {
		t.Errorf("%+v", a)
	}
	if a, b := w.matches("?lon=118.5&lat=24.8&weight_distance=100"), w.matches("?lon=118.5&lat=24.8&weight_distance=0"); a.Rows[0].Score >= b.Rows[0].Score {
		t.Errorf("weights change nothing: %v %v", a.Rows[0].Score, b.Rows[0].Score)
	}
	if a := w.matches("?offset=1&limit=1"); len(a.Rows) != 1 || a.Total < 3 || a.Rows[0].Rank != 2 {
		t.Errorf("%+v", a)
	}
}

func TestMatchRefuses(t *testing.T) {
	w := newWorld(t, worldA)
	for _, query := range []string{
		"?uscc=none", "?near=none", "?parcel=none", "?need_mu=0", "?need_mu=-1", "?need_mu=x", "?need_mu=1e10", "?lon=118", "?lat=24", "?lon=181&lat=0",
		"?lon=1&lat=1&near=" + parcelCode(1), "?weight_area=-1", "?weight_area=1001", "?half_distance_m=0", "?park=none", "?weight_height=1", "?excluded=1",
		"?weight_distance=0&weight_adjoining=0&weight_area=0&weight_form=0&weight_use=0&weight_overlay=0&weight_path=0&weight_holder=0",
	} {
		if rec := w.get("analyst", "/api/v1/match"+query); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", query, rec.Code, rec.Body)
		}
	}
	for role, want := range map[string]int{"public": http.StatusUnauthorized, "viewer": http.StatusForbidden} {
		if rec := w.get(role, "/api/v1/match"); rec.Code != want {
			t.Errorf("%s: %d", role, rec.Code)
		}
	}
}
