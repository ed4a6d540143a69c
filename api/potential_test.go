package api_test

import (
	"net/http"
	"strings"
	"testing"
)

type gainAnswer struct {
	Total int
	Parks []struct {
		Code   string
		Groups []map[string]any
		Left   int `json:"left_out"`
	}
	All  struct{ Groups []map[string]any }
	Rows []map[string]any
}

// TestPotentialByAudience: viewers see areas, analysts the money as well; nothing a viewer gets is named after money.
func TestPotentialByAudience(t *testing.T) {
	w := newWorld(t, worldA)
	viewer := w.get("viewer", "/api/v1/potential?explain=true&limit=1000")
	if viewer.Code != http.StatusOK {
		t.Fatalf("%d %s", viewer.Code, viewer.Body)
	}
	for _, word := range []string{`_wan"`, `"medians"`, "万元", worldA.firm} {
		if strings.Contains(viewer.Body.String(), word) {
			t.Errorf("a viewer reads %s", word)
		}
	}
	var doc gainAnswer
	readJSON(t, w, "analyst", "/api/v1/potential?explain=true&limit=1000", &doc)
	if doc.Total != parcelCount || len(doc.Rows) != parcelCount || len(doc.Parks) != 2 {
		t.Fatalf("%d of %d rows, %d parks", len(doc.Rows), doc.Total, len(doc.Parks))
	}
	for _, name := range []string{"output_by_land_wan", "tax_by_floor_wan"} {
		if _, ok := doc.Rows[0][name]; !ok {
			t.Errorf("an analyst's row has no %s", name)
		}
		if _, ok := doc.All.Groups[0][name]; !ok {
			t.Errorf("an analyst's sum has no %s", name)
		}
	}
	if told := doc.Rows[0]["explanations"].([]any); len(told) != 4 {
		t.Errorf("%d explanations", len(told))
	}
	if got := w.get("viewer", "/api/v1/potential?sort=tax").Code; got != http.StatusForbidden {
		t.Errorf("a viewer's order by tax: %d", got)
	}
	if got := w.get("analyst", "/api/v1/potential?sort=tax").Code; got != http.StatusOK {
		t.Errorf("an analyst's order by tax: %d", got)
	}
}

// TestPotentialSums: the sums of an answer are those of its rows, by park and in all.
func TestPotentialSums(t *testing.T) {
	w := newWorld(t, worldA)
	for _, target := range []string{"/api/v1/potential?limit=1000", "/api/v1/potential?limit=1000&park=QM"} {
		var doc gainAnswer
		readJSON(t, w, "viewer", target, &doc)
		for _, park := range doc.Parks {
			for _, g := range park.Groups {
				floor, n := 0.0, 0
				for _, row := range doc.Rows {
					if row["park"] == park.Code && row["group"] == g["group"] {
						v, _ := row["floor_gain_m2"].(float64)
						floor, n = floor+v, n+1
					}
				}
				if g["parcels"].(float64) != float64(n) {
					t.Errorf("%s %s %s: %v parcels, %d rows", target, park.Code, g["group"], g["parcels"], n)
				}
				near(t, target+" "+park.Code, g["floor_gain_m2"].(float64), floor)
			}
		}
		n := 0.0
		for _, g := range doc.All.Groups {
			n += g["parcels"].(float64)
		}
		if int(n) != doc.Total {
			t.Errorf("%s: all are %v, the rows %d", target, n, doc.Total)
		}
	}
}
