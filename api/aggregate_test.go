package api_test

import (
	"encoding/json"
	"math"
	"net/http"
	"testing"
	"time"
)

type sumDoc struct {
	Suppressed string   `json:"suppressed"`
	Firms      *int     `json:"firms"`
	Sum        *float64 `json:"sum"`
	PerMu      *float64 `json:"per_mu"`
}

type aggregatesAnswer struct {
	Year      int     `json:"year"`
	By        string  `json:"by"`
	MinFirms  int     `json:"min_firms"`
	Dominance float64 `json:"dominance"`
	Rated     bool    `json:"rated"`
	Total     int     `json:"total"`
	Rows      []struct {
		Park   string `json:"park"`
		Land   sumDoc `json:"land_sum_mu"`
		Output sumDoc `json:"output_sum_wan"`
	} `json:"rows"`
}

func aggregatesOf(t *testing.T, w *world, role, query string) aggregatesAnswer {
	t.Helper()
	rec := w.get(role, "/api/v1/aggregates"+query)
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", query, rec.Code, rec.Body)
	}
	var a aggregatesAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// Of the fourteen parcels of a world the last has no firm; every third of the others is in GQ, which makes 4 firms there and 9 in QM.
// Firm i has an output of 1000 (i + 1) and the secret amount more.
func TestAggregates(t *testing.T) {
	w := newWorld(t, worldA)
	a := aggregatesOf(t, w, "public", "?year=2024")
	if a.Year != 2024 || a.By != "park" || a.MinFirms != 3 || a.Dominance != 0.85 || !a.Rated || a.Total != 2 {
		t.Errorf("%+v", a)
	}
	want := map[string]float64{}
	n := map[string]int{}
	for i := range parcelCount - 1 {
		park := "QM"
		if i%3 == 2 {
			park = "GQ"
		}
		want[park] += 1000*float64(i+1) + worldA.wan
		n[park]++
	}
	for _, r := range a.Rows {
		if r.Output.Sum == nil || *r.Output.Sum != math.Round(want[r.Park]) || *r.Output.Firms != n[r.Park] || r.Land.Sum == nil || r.Output.PerMu == nil {
			t.Errorf("%s: %+v, want %v of %d", r.Park, r.Output, want[r.Park], n[r.Park])
			continue
		}
		if perMu := *r.Output.Sum / *r.Land.Sum; math.Abs(*r.Output.PerMu-perMu) > 1e-3 {
			t.Errorf("%s: %v per mu, want %v", r.Park, *r.Output.PerMu, perMu)
		}
	}
	public := w.get("public", "/api/v1/aggregates?by=cell").Body.String()
	for _, role := range roles {
		if got := w.get(role, "/api/v1/aggregates?by=cell").Body.String(); got != public {
			t.Errorf("%s is shown other sums than the public", role)
		}
	}
	if one := aggregatesOf(t, w, "public", "?limit=1&offset=1&year=2024"); len(one.Rows) != 1 || one.Total != 2 || one.Rows[0].Park != "QM" {
		t.Errorf("a page: %+v", one)
	}
	if classes := aggregatesOf(t, w, "public", "?by=class&year=2025"); classes.Total != 0 || classes.Rated {
		t.Errorf("classes without a final evaluation: %+v", classes)
	}
	if classes := aggregatesOf(t, w, "public", "?by=class&year=2024"); classes.Total == 0 || !classes.Rated {
		t.Errorf("no classes in spite of the evaluation published for 2024: %+v", classes)
	}
	if got := w.get("public", "/api/v1/aggregates?by=firm").Code; got != http.StatusBadRequest {
		t.Errorf("by firm: %d", got)
	}
}

func TestAggregatesOfAFewFirms(t *testing.T) {
	few := worldA
	few.many = 6 // firms 0 to 4, one of them in GQ
	a := aggregatesOf(t, newWorld(t, few), "public", "?year=2024")
	for _, r := range a.Rows {
		if r.Output.Suppressed == "" || r.Output.Sum != nil || r.Output.Firms != nil || r.Output.PerMu != nil {
			t.Errorf("%s: %+v", r.Park, r.Output)
		}
	}
	if zone := aggregatesOf(t, newWorld(t, few), "public", "?by=zone&year=2024"); len(zone.Rows) != 1 || zone.Rows[0].Output.Sum == nil {
		t.Errorf("the zone: %+v", zone)
	}
}

// A correction, here of every firm's figures, changes no public sum and no viewer's target: both are of the final run. Viewers are shown
// the public sum of the zone on the area they state, analysts the exact one of today.
func TestPublicSumsAreFrozen(t *testing.T) {
	w := newWorld(t, worldA)
	paths := []string{"/api/v1/aggregates?by=zone&year=2024", "/api/v1/aggregates?by=cell&year=2024", "/api/v1/targets?year=2024&area_km2=2"}
	before := map[string]string{}
	for _, path := range paths {
		before[path] = w.get("viewer", path).Body.String()
	}
	exact := w.get("analyst", paths[2]).Body.String()
	w.store.secrets = worldB
	w.store.version++
	w.clock.Move(time.Minute)
	if err := w.server.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if w.get("viewer", path).Body.String() != before[path] {
			t.Errorf("%s changed", path)
		}
	}
	if exact == before[paths[2]] || w.get("analyst", paths[2]).Body.String() == exact {
		t.Error("analysts are not shown the exact sums of today")
	}
	if live := aggregatesOf(t, w, "public", "?by=zone&year=2025"); len(live.Rows) != 1 || live.Rows[0].Output.Suppressed != "not_published" || live.Rows[0].Output.Sum != nil {
		t.Errorf("a year without a final run: %+v", live)
	}
}
