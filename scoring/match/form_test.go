package match_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring/match"
)

// inMetres puts a figure drawn in metres on the ellipsoid, turned by some degrees, near 118.58E 24.87N. A conformal system of the zone
// serves as the plane.
func inMetres(t *testing.T, turn float64, corners ...orb.Point) geo.Shape {
	t.Helper()
	crs, ok := geo.CRSByEPSG(4548)
	if !ok {
		t.Fatal("no EPSG:4548")
	}
	x0, y0 := crs.Forward(geo.Point{118.58, 24.87})
	scale := scaleAt(crs, x0, y0)
	sin, cos := math.Sincos(turn * math.Pi / 180)
	ring := orb.Ring{}
	for _, c := range append(corners, corners[0]) {
		ring = append(ring, crs.Inverse(x0+scale*(c[0]*cos-c[1]*sin), y0+scale*(c[0]*sin+c[1]*cos)))
	}
	return geo.Shape{{ring}}
}

// scaleAt is the scale of a conformal system at a place: metres on the plane for one on the ellipsoid.
func scaleAt(crs geo.CRS, x, y float64) float64 {
	return 100 / geo.Distance(crs.Inverse(x-50, y), crs.Inverse(x+50, y))
}

// town2 is the town with another shape of plot 2.
func town2(shape geo.Shape) parcels.Rows {
	rows := town()
	rows.Parcels[1].Shape = shape
	return rows
}

func TestForms(t *testing.T) {
	for _, c := range []struct {
		name        string
		corners     []orb.Point
		long, short float64
		fill, value float64 // value with the limit 1/3
	}{
		{"square", []orb.Point{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, 100, 100, 1, 1},
		{"three to one", []orb.Point{{0, 0}, {300, 0}, {300, 100}, {0, 100}}, 300, 100, 1, 1},
		{"six to one", []orb.Point{{0, 0}, {600, 0}, {600, 100}, {0, 100}}, 600, 100, 1, 0.5},
		{"triangle", []orb.Point{{0, 0}, {200, 0}, {0, 200}}, 282.8427, 141.4214, 0.5, 0.5},
		{"L", []orb.Point{{0, 0}, {200, 0}, {200, 100}, {100, 100}, {100, 200}, {0, 200}}, 200, 200, 0.75, 0.75},
		{"more corners on a side", []orb.Point{{0, 0}, {30, 0}, {60, 0}, {100, 0}, {100, 100}, {50, 100}, {0, 100}}, 100, 100, 1, 1},
	} {
		for _, turn := range []float64{0, 17, 45, 89} {
			r := find(t, town2(inMetres(t, turn, c.corners...)), match.Need{})
			item, _ := told(t, r, 2)
			f := item.Form
			// The diagonal rectangle around an L and the one along a triangle's legs have the same area, so the sides may be either's.
			if math.Abs(f.LongM*f.ShortM/(c.long*c.short)-1) > 1e-4 || math.Abs(f.Fill-c.fill) > 1e-4 {
				t.Errorf("%s by %v°: %+v", c.name, turn, f)
			}
			if c.fill == 1 && (math.Abs(f.LongM-c.long) > 0.05 || math.Abs(f.ShortM-c.short) > 0.05) {
				t.Errorf("%s by %v°: %+v", c.name, turn, f)
			}
			if got := value(t, item, match.PartForm); math.Abs(got-c.value) > 5e-4 {
				t.Errorf("%s by %v°: value %v, want %v", c.name, turn, got, c.value)
			}
		}
	}
	if f := match.FormOf(nil); f != (match.Form{}) {
		t.Errorf("not drawn: %+v", f)
	}
}
