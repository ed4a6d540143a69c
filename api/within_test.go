package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
)

// box is a request for the parcels between two meridians and two parallels.
func box(w, s, e, n float64) string {
	return fmt.Sprintf(`{"area":{"type":"Polygon","coordinates":[[[%[1]v,%[2]v],[%[3]v,%[2]v],[%[3]v,%[4]v],[%[1]v,%[4]v],[%[1]v,%[2]v]]]}}`, w, s, e, n)
}

// An area cut along a parcel's middle meridian takes half of it, one around it all of it, and one beside it nothing.
func TestParcelsWithinAnArea(t *testing.T) {
	w := newWorld(t, worldA)
	_, parcel, _ := strings.Cut(w.get("admin", "/api/v1/parcels/"+parcelCode(3)).Body.String(), `"bbox":[`)
	var west, south, east, north float64
	if _, err := fmt.Sscanf(parcel, "%f,%f,%f,%f]", &west, &south, &east, &north); err != nil {
		t.Fatal(err)
	}
	const around = 0.0002
	middle := (west + east) / 2
	for name, c := range map[string]struct {
		area  string
		share float64
	}{
		"around it":        {box(west-around, south-around, east+around, north+around), 1},
		"its own outline":  {box(west, south, east, north), 1},
		"its western half": {box(west-around, south-around, middle, north+around), 0.5},
		"a quarter":        {box(middle, (south+north)/2, east+around, north+around), 0.25},
		"beside it":        {box(west, north, east, north+around), 0},
	} {
		for _, role := range []string{"viewer", "analyst"} {
			rec := w.do(http.MethodPost, role, "/api/v1/within", c.area, "Content-Type", "application/json")
			var doc struct {
				Total  int
				LandM2 float64 `json:"land_m2"`
				Rows   []struct {
					Code      string
					Share, M2 float64
				}
			}
			if err := json.Unmarshal(rec.Body.Bytes(), &doc); err != nil || rec.Code != http.StatusOK {
				t.Fatalf("%s: %d %s", name, rec.Code, rec.Body)
			}
			share, sum := 0.0, 0.0
			for _, row := range doc.Rows {
				if sum += row.M2; row.Code == parcelCode(3) {
					share = row.Share
				}
			}
			if math.Abs(share-c.share) > 1e-5 || doc.Total != len(doc.Rows) || math.Abs(sum-doc.LandM2) > 1e-6 {
				t.Errorf("%s as %s: share %v, want %v: %s", name, role, share, c.share, rec.Body)
			}
		}
	}
}

func TestAreasThatAreRefused(t *testing.T) {
	w := newWorld(t, worldA)
	ring := make([]string, 2001)
	for i := range ring {
		at := 2 * math.Pi * float64(i%2000) / 2000
		ring[i] = fmt.Sprintf("[%.5f,%.5f]", 118.57+0.01*math.Cos(at), 24.86+0.01*math.Sin(at))
	}
	for name, c := range map[string]struct {
		role, body string
		status     int
	}{
		"the public":       {"public", box(118.57, 24.86, 118.58, 24.87), http.StatusUnauthorized},
		"none":             {"viewer", `{}`, http.StatusBadRequest},
		"a line":           {"viewer", `{"area":{"type":"LineString","coordinates":[[0,0],[1,1]]}}`, http.StatusBadRequest},
		"not closed":       {"viewer", `{"area":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}}`, http.StatusUnprocessableEntity},
		"a bow tie":        {"viewer", `{"area":{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}}`, http.StatusUnprocessableEntity},
		"too many corners": {"viewer", `{"area":{"type":"Polygon","coordinates":[[` + strings.Join(ring, ",") + `]]}}`, http.StatusBadRequest},
	} {
		if rec := w.do(http.MethodPost, c.role, "/api/v1/within", c.body, "Content-Type", "application/json"); rec.Code != c.status {
			t.Errorf("%s: %d %s, want %d", name, rec.Code, rec.Body, c.status)
		}
	}
}
