package api_test

import (
	"encoding/json"
	"math"
	"testing"

	"muchan/geo"
)

type amount struct {
	Wan           *float64 `json:"wan"`
	RatedLandMu   *float64 `json:"rated_land_mu"`
	WanPerMu      *float64 `json:"wan_per_mu"`
	WanPerRatedMu *float64 `json:"wan_per_rated_mu"`
}

type totals struct {
	Code       string  `json:"code"`
	LandMu     float64 `json:"land_mu"`
	FARRated   float64 `json:"far_rated_land_mu"`
	Density    float64 `json:"density_rated_land_mu"`
	Output     *amount `json:"output"`
	ValueAdded *amount `json:"value_added"`
	Tax        *amount `json:"tax"`
}

func readJSON(t *testing.T, w *world, role, target string, into any) {
	t.Helper()
	rec := w.get(role, target)
	if rec.Code != 200 {
		t.Fatalf("%s: %d %s", target, rec.Code, rec.Body)
	}
	if err := json.Unmarshal(rec.Body.Bytes(), into); err != nil {
		t.Fatal(err)
	}
}

// TestSummaryDivides: whoever divides the sums of an answer by the lands of the same answer gets the ratios of that answer, and the
// sums are those of the listed parcels.
func TestSummaryDivides(t *testing.T) {
	w := newWorld(t, worldA)
	var doc struct {
		Parks []totals `json:"parks"`
		All   totals   `json:"all"`
	}
	readJSON(t, w, "analyst", "/api/v1/summary", &doc)
	var list struct{ Rows []map[string]any }
	readJSON(t, w, "analyst", "/api/v1/scores?limit=1000", &list)
	for _, total := range append(doc.Parks, doc.All) {
		for field, a := range map[string]*amount{"output_wan": total.Output, "value_added_wan": total.ValueAdded, "tax_wan": total.Tax} {
			if a == nil || a.Wan == nil || a.RatedLandMu == nil || a.WanPerMu == nil || a.WanPerRatedMu == nil {
				t.Fatalf("%q %s is incomplete: %+v", total.Code, field, a)
			}
			wan, rated, land := addUp(list.Rows, total.Code, field)
			near(t, total.Code+" "+field, *a.Wan, wan)
			near(t, total.Code+" land with "+field, *a.RatedLandMu, rated)
			near(t, total.Code+" land", total.LandMu, land)
			near(t, total.Code+" "+field+" per mu", *a.WanPerMu, *a.Wan/total.LandMu)
			near(t, total.Code+" "+field+" per rated mu", *a.WanPerRatedMu, *a.Wan / *a.RatedLandMu)
		}
	}
	if *doc.All.Tax.RatedLandMu >= doc.All.LandMu {
		t.Error("control: the last parcel has no firm, so the two lands differ")
	}
}

func addUp(rows []map[string]any, park, field string) (wan, rated, land float64) {
	for _, row := range rows {
		if park != "" && row["park"] != park {
			continue
		}
		mu, _ := row["land_mu"].(float64)
		land += mu
		if v, ok := row[field].(float64); ok {
			wan, rated = wan+v, rated+mu
		}
	}
	return wan, rated, land
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6*math.Abs(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestScoresStandOnTheirParcel: the label's place is inside the parcel, also where its box's middle is not.
func TestScoresStandOnTheirParcel(t *testing.T) {
	w := newWorld(t, worldA)
	var list struct {
		Rows []struct {
			Code string
			At   *geo.Point
		}
	}
	readJSON(t, w, "viewer", "/api/v1/scores?limit=1000", &list)
	shapes := map[string]geo.Shape{}
	for _, p := range worldA.snapshot(7, 1).Parcels.All() {
		shapes[p.Code] = p.Shape
	}
	for _, row := range list.Rows {
		if row.At == nil || !geo.Contains(shapes[row.Code], *row.At) {
			t.Errorf("%s: %v is not on it", row.Code, row.At)
		}
	}
	if len(list.Rows) != parcelCount {
		t.Errorf("%d rows", len(list.Rows))
	}
}

// TestRuleNoticesInBothLanguages: whoever reads English is told what a Chinese reader is told.
func TestRuleNoticesInBothLanguages(t *testing.T) {
	w := newWorld(t, worldA)
	var doc struct {
		Rules []struct {
			ID       string
			Notice   string
			NoticeEn string `json:"notice_en"`
		}
	}
	readJSON(t, w, "public", "/api/v1/meta", &doc)
	told := 0
	for _, r := range doc.Rules {
		if (r.Notice == "") != (r.NoticeEn == "") {
			t.Errorf("%s: %q and %q", r.ID, r.Notice, r.NoticeEn)
		}
		if r.Notice != "" {
			told++
		}
	}
	if told == 0 {
		t.Error("control: no rule set has a notice")
	}
}
