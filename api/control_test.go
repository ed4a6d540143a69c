package api_test

import (
	"net/http"
	"testing"
)

// TestControlOfAParcel: textiles (17) need 0.8 by the edition of 2008; that of 2023, in force, has no table on file. The building has 3000
// m² at 9 m and 3000 at 4.5 m on 10 300 m²: 9000/10 300 = 0.8738.
func TestControlOfAParcel(t *testing.T) {
	w := newWorld(t, worldA)
	for target, c := range map[string]struct{ rule, outcome string }{
		"":                    {"control.2023", "unknown"},
		"?rules=control.2008": {"control.2008", "passed"},
	} {
		var doc struct {
			Rule  struct{ ID string }
			Tests []struct {
				Indicator, Outcome string
				Value              float64
				Codes              []string `json:"industry_codes"`
			}
		}
		readJSON(t, w, "analyst", "/api/v1/parcels/"+parcelCode(3)+"/control"+target, &doc)
		if doc.Rule.ID != c.rule || len(doc.Tests) == 0 || doc.Tests[0].Indicator != "far" || doc.Tests[0].Outcome != c.outcome {
			t.Errorf("%q: %+v", target, doc)
		}
		near(t, target, doc.Tests[0].Value, 9000.0/10_300)
	}
	for target, want := range map[string]int{
		"/api/v1/parcels/nowhere/control":                                  http.StatusNotFound,
		"/api/v1/parcels/" + parcelCode(3) + "/control?rules=control.1990": http.StatusBadRequest,
		"/api/v1/parcels/" + parcelCode(3) + "/control?rules=idle.order53": http.StatusBadRequest,
	} {
		if got := w.get("analyst", target).Code; got != want {
			t.Errorf("%s: %d, want %d", target, got, want)
		}
	}
}
