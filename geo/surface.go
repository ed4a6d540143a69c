package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// PointOnSurface returns a position inside a shape, for a label or a marker, and false for a shape without area. It is the middle of the
// widest stretch that a line through a polygon's half height has inside it: where the overlay's library puts it, to the bit, without
// making shapes of its kind on the way.
func PointOnSurface(s Shape) (p Point, ok bool) {
	var room [16]float64
	most := 0.0
	for i := range s {
		across := acrossMiddle(s[i : i+1])
		cuts := across.appendCuts(room[:0], s[i])
		for k := 0; k+1 < len(cuts); k += 2 {
			if width := cuts[k+1] - cuts[k]; width > most {
				p, most, ok = Point{(cuts[k] + cuts[k+1]) / 2, across.lat}, width, true
			}
		}
	}
	return p, ok
}

// across is a line from west to east through a polygon that meets no corner.
type across struct {
	lat    float64
	length float64 // it begins and ends outside
}

// acrossMiddle goes through a polygon half way up, or above that where a corner lies at this very latitude.
func acrossMiddle(polygon Shape) across {
	bound := BoundOf(polygon)
	a := across{(bound.Min[1] + bound.Max[1]) / 2, (bound.Max[0] + 1) - (bound.Min[0] - 1)}
	corner, above := false, bound.Max[1]
	for _, ring := range polygon[0] {
		for i := range ring {
			if lat := ring[i][1]; lat > a.lat {
				above = least(above, lat)
			} else if lat == a.lat {
				corner = true
			}
		}
	}
	if corner {
		a.lat = (a.lat + above) / 2
	}
	return a
}

// appendCuts appends where a polygon's edges cross the line, from west to east; nothing where their number is odd, so that it cannot be told
// what lies inside.
func (a *across) appendCuts(cuts []float64, polygon orb.Polygon) []float64 {
	for _, ring := range polygon {
		for i := 1; i < len(ring); i++ {
			if p, q := ring[i-1], ring[i]; (p[1] > a.lat) != (q[1] > a.lat) {
				part := a.length * (p[1] - a.lat) / (a.length * (p[1] - q[1]))
				cuts = append(cuts, (q[0]-p[0])*part+p[0])
			}
		}
	}
	slices.Sort(cuts)
	if cuts = slices.Compact(cuts); len(cuts)%2 != 0 {
		return nil
	}
	return cuts
}
