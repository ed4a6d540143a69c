package seeds_test

import (
	"math"
	"testing"

	"muchan/geo"
	"muchan/parcels"
)

func TestDemoShapesAreValid(t *testing.T) {
	rows, _ := demoRows(t)
	checkShapes(t, &rows)
	for i := range rows.Zones {
		if v := geo.Check(rows.Zones[i].Shape); !v.Valid {
			t.Errorf("zone %s: %s", rows.Zones[i].ID, v.Message)
		}
	}
	for i := range rows.Parks {
		p := &rows.Parks[i]
		if v := geo.Check(p.Shape); !v.Valid {
			t.Errorf("park %s: %s", p.Code, v.Message)
		}
		if area := float64(geo.Area(p.Shape)); area > 25e6 || math.Abs(area-p.AreaM2.Or(0)) > 1e-5*area {
			t.Errorf("park %s is drawn with %.0f m² and says %.0f m²", p.Code, area, p.AreaM2.Or(0))
		}
	}
}

// checkShapes finds parcels that are not valid, differ from their title, or overlap, and buildings outside their parcel.
func checkShapes(t *testing.T, rows *parcels.Rows) {
	t.Helper()
	byCode := map[string]*parcels.Parcel{}
	var live []*parcels.Parcel
	var bounds []geo.Bound
	for i := range rows.Parcels {
		p := &rows.Parcels[i]
		if v := geo.Check(p.Shape); !v.Valid {
			t.Errorf("parcel %s: %s", p.Code, v.Message)
		}
		if !p.ValidTo.OK() {
			byCode[p.Code] = p
			live = append(live, p)
			bounds = append(bounds, p.Shape.Bound())
		}
	}
	checkOverlaps(t, live, geo.NewIndex(bounds))
	for i := range rows.Buildings {
		b := &rows.Buildings[i]
		if v := geo.Check(b.Shape); !v.Valid {
			t.Errorf("building %s: %s", b.ID, v.Message)
		}
		if b.ValidTo.OK() {
			continue
		}
		out, err := geo.Difference(b.Shape, byCode[b.Parcel].Shape)
		if err != nil || geo.Area(out) > 0.01 {
			t.Errorf("building %s lies %.2f m² outside its parcel: %v", b.ID, geo.Area(out), err)
		}
	}
}

func checkOverlaps(t *testing.T, live []*parcels.Parcel, ix *geo.Index) {
	t.Helper()
	neighbours := 0
	for i, p := range live {
		ix.Search(p.Shape.Bound(), func(k int) bool {
			if k <= i {
				return true
			}
			common, err := geo.Intersection(p.Shape, live[k].Shape)
			if err != nil {
				t.Errorf("parcels %s and %s: %v", p.Code, live[k].Code, err)
			}
			if area := geo.Area(common); area > 0.05 {
				t.Errorf("parcels %s and %s share %.3f m²", p.Code, live[k].Code, area)
			}
			if shareCorners(p.Shape, live[k].Shape) >= 2 {
				neighbours++
			}
			return true
		})
	}
	if neighbours < len(live)/2 {
		t.Errorf("only %d of %d parcels share a border corner by corner", neighbours, len(live))
	}
}

func shareCorners(a, b geo.Shape) int {
	has := map[geo.Point]bool{}
	for _, polygon := range a {
		for _, ring := range polygon {
			for _, p := range ring {
				has[p] = true
			}
		}
	}
	n := 0
	for _, polygon := range b {
		for _, ring := range polygon {
			for _, p := range ring[1:] {
				if has[p] {
					n++
				}
			}
		}
	}
	return n
}
