package api_test

import (
	"net/http"
	"strings"
	"testing"
)

type landAnswer struct {
	Total int
	Types []struct {
		Type  string
		Count int
	}
	Rows []map[string]any
}

// The last parcel of the world was to start on 2025-03-01 and did not: idle since 2026-03-01 at noon of 2026-11-22. All others are built,
// owned and taxed; their lawful state shows in no type that rests on dates.
func TestLandListsSuspicions(t *testing.T) {
	w := newWorld(t, worldA)
	var doc landAnswer
	readJSON(t, w, "viewer", "/api/v1/land?type=idle_unstarted", &doc)
	if doc.Total != 1 || len(doc.Rows) != 1 {
		t.Fatalf("%+v", doc)
	}
	row := doc.Rows[0]
	rule, _ := row["rule"].(map[string]any)
	if row["code"] != parcelCode(parcelCount-1) || row["since"] != "2026-03-01" || rule["id"] != "idle.order53" || row["why"] == nil || len(row["bbox"].([]any)) != 4 {
		t.Errorf("%+v", row)
	}
	var all landAnswer
	readJSON(t, w, "analyst", "/api/v1/land?limit=1000", &all)
	counted := 0
	for _, k := range all.Types {
		counted += k.Count
	}
	if len(all.Types) != 11 || counted != all.Total || len(all.Rows) != all.Total {
		t.Errorf("%d types, %d counted, %d rows of %d", len(all.Types), counted, len(all.Rows), all.Total)
	}
	var park landAnswer
	readJSON(t, w, "viewer", "/api/v1/land?limit=1000&park=GQ", &park)
	want := 0
	for _, row := range all.Rows {
		if row["park"] == "GQ" {
			want++
		}
	}
	if park.Total != want {
		t.Errorf("%d in 官桥, want %d", park.Total, want)
	}
	for _, bad := range []string{"type=worst", "sort=tax", "park=XX", "limit=0"} {
		if got := w.get("viewer", "/api/v1/land?"+bad).Code; got != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, got)
		}
	}
}

func TestLandOrders(t *testing.T) {
	w := newWorld(t, worldA)
	for _, sort := range []string{"code", "since"} {
		var doc landAnswer
		readJSON(t, w, "analyst", "/api/v1/land?limit=1000&sort="+sort, &doc)
		last := ""
		for _, row := range doc.Rows {
			at, _ := row[sort].(string)
			if at == "" {
				at = "9999-99-99" // unknown days come last
			}
			if at < last {
				t.Errorf("by %s: %s after %s", sort, at, last)
			}
			last = at
		}
	}
}

// A viewer learns of low benefit that it is suspected, and neither why nor by how much.
func TestLandKeepsFiguresFromViewers(t *testing.T) {
	w := newWorld(t, worldA)
	var low, analyst landAnswer
	readJSON(t, w, "viewer", "/api/v1/land?limit=1000", &low)
	readJSON(t, w, "analyst", "/api/v1/land?limit=1000", &analyst)
	if low.Total != analyst.Total {
		t.Fatalf("%d and %d rows", low.Total, analyst.Total)
	}
	hidden := 0
	for i, row := range low.Rows {
		kind := row["type"]
		_, hasValue := row["value"]
		figures := kind == "low_output" || kind == "low_benefit"
		if hasValue == figures || (row["why"] == nil) != figures {
			t.Errorf("a viewer reads %+v", row)
		}
		if _, ok := analyst.Rows[i]["value"]; !ok || analyst.Rows[i]["why"] == nil {
			t.Errorf("an analyst reads %+v", analyst.Rows[i])
		}
		if figures {
			hidden++
		}
	}
	if hidden == 0 {
		t.Error("control: the world has no suspicion that rests on figures")
	}
	if body := w.get("viewer", "/api/v1/land?limit=1000").Body.String(); strings.Contains(body, "万元") || strings.Contains(body, worldA.firm) {
		t.Error("a viewer reads of money or a firm")
	}
	if got := w.get("", "/api/v1/land").Code; got != http.StatusUnauthorized {
		t.Errorf("the public gets %d", got)
	}
}

// The indicators in money are for analysts, with both parts.
func TestZoneIndicatorsByAudience(t *testing.T) {
	w := newWorld(t, worldA)
	ids := func(role string) (list []string) {
		var doc struct{ Rows []struct{ ID string } }
		readJSON(t, w, role, "/api/v1/zone-indicators", &doc)
		for _, row := range doc.Rows {
			list = append(list, row.ID)
		}
		return list
	}
	const ratios = "supply_rate built_rate industrial_rate high_tech_rate far density industrial_far industrial_coefficient"
	if got := strings.Join(ids("viewer"), " "); got != ratios+" idle_rate" {
		t.Errorf("a viewer gets %s", got)
	}
	if got := strings.Join(ids("analyst"), " "); got != ratios+" industrial_fai industrial_tax tax idle_rate" {
		t.Errorf("an analyst gets %s", got)
	}
}
