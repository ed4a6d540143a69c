package api_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

type qualityAnswer struct {
	AsOf   string `json:"as_of"`
	Total  int    `json:"total"`
	Counts []struct {
		Rule, Severity string
		Found, Listed  int
		Title          struct{ Zh, En string }
	} `json:"counts"`
	Rows []struct {
		Rule, Severity, Entity, Key string
		Park                        *string
		Message, Remedy             struct{ Zh, En string }
		Place, BBox                 []float64
	} `json:"rows"`
}

func qualityOf(t *testing.T, w *world, role, query string) qualityAnswer {
	t.Helper()
	rec := w.get(role, "/api/v1/quality"+query)
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", query, rec.Code, rec.Body)
	}
	var a qualityAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestQuality(t *testing.T) {
	w := newWorld(t, worldA)
	a := qualityOf(t, w, "analyst", "?limit=1000")
	if a.AsOf == "" || a.Total == 0 || len(a.Rows) != a.Total {
		t.Fatalf("%+v", a)
	}
	sum := 0
	for _, c := range a.Counts {
		if sum += c.Found; c.Title.Zh == "" || c.Title.En == "" || c.Listed != c.Found {
			t.Errorf("count %+v", c)
		}
		of := qualityOf(t, w, "analyst", "?rule="+c.Rule+"&severity="+c.Severity+"&limit=1")
		if of.Total != c.Found || len(of.Counts) != 1 || len(of.Rows) != 1 || of.Rows[0].Rule != c.Rule {
			t.Errorf("filtered by %s: %+v", c.Rule, of)
		}
	}
	if sum != a.Total {
		t.Errorf("counts add up to %d, there are %d problems", sum, a.Total)
	}
	parks := qualityOf(t, w, "admin", "?park=QM").Total + qualityOf(t, w, "admin", "?park=GQ").Total
	without := 0
	for _, r := range a.Rows {
		if r.Park == nil {
			without++
		}
		if r.Message.Zh == "" || r.Message.En == "" || r.Place != nil && (len(r.Place) != 2 || len(r.BBox) != 4) {
			t.Errorf("row %+v", r)
		}
	}
	if parks+without != a.Total {
		t.Errorf("%d problems in parks, %d in none, %d in all", parks, without, a.Total)
	}
	page := qualityOf(t, w, "analyst", "?limit=1&offset=1")
	if len(page.Rows) != 1 || page.Rows[0].Rule != a.Rows[1].Rule || page.Rows[0].Key != a.Rows[1].Key || page.Total != a.Total {
		t.Errorf("second page %+v", page)
	}
	if code := w.get("viewer", "/api/v1/quality").Code; code != http.StatusForbidden {
		t.Errorf("a viewer got %d", code)
	}
	if code := w.get("analyst", "/api/v1/quality?rule=parcel.unheard").Code; code != http.StatusBadRequest {
		t.Errorf("an unknown rule got %d", code)
	}
}
