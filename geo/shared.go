package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// SharedArea returns the area that two valid shapes share without making the shape they share. It takes about a microsecond for two
// plots of land, where Intersection takes a hundred times as long, never fails, and is good to 10⁻⁴ of what is shared as long as
// that is no longer than some kilometres. Neither the order of the two nor the direction of their rings matters.
func SharedArea(a, b Shape) M2 {
	box, meets := common(a.Bound(), b.Bound())
	if !meets {
		return 0
	}
	// A shape is a sum of footings that stand on one parallel below all of it: the strip below an edge counts where the shape lies
	// below the edge and is taken away where it lies above. What two shapes share is the sum over pairs of their footings, and two
	// footings share what lies below both edges. No edge has to be cut at another, so that nothing hinges on rounding.
	var roomA, roomB [64]footing
	origin := Point{box.Min[0], min(a.Bound().Min[1], b.Bound().Min[1])}
	footingsA := appendFootings(roomA[:0], a, box, origin)
	footingsB := appendFootings(roomB[:0], b, box, origin)
	sum := 0.0
	for i := range footingsA {
		for j := range footingsB {
			sum += footingsA[i].shared(&footingsB[j])
		}
	}
	return M2(max(sum, 0) * squareDegree((box.Min[1]+box.Max[1])/2))
}

// common is the box that two boxes share, and whether that has an area.
func common(a, b Bound) (Bound, bool) {
	c := Bound{
		Min: Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])},
		Max: Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])},
	}
	return c, c.Min[0] < c.Max[0] && c.Min[1] < c.Max[1]
}

// squareDegree is the size in square metres of a square degree at a latitude.
func squareDegree(lat float64) float64 {
	sin, cos := math.Sincos(lat * radians)
	perLon := parallelRadius(sin, cos) * radians
	return perLon * perLon * isometricPerLatitude(sin, cos)
}

// footing is the strip between a parallel and the edge from x1, y1 to x2 > x1, y2, in degrees from an origin on the parallel. Sign is
// 1 where it counts and -1 where it is taken away.
type footing struct{ x1, y1, x2, y2, sign float64 }

// appendFootings appends the footings of a shape that reach into the meridians of a box.
func appendFootings(footings []footing, s Shape, box Bound, origin Point) []footing {
	for _, polygon := range s {
		for i, ring := range polygon {
			side := -windingSign(ring)
			if i > 0 {
				side = -side
			}
			for k := 1; k < len(ring); k++ {
				p, q := ring[k-1], ring[k]
				sign := side
				if p[0] > q[0] {
					p, q, sign = q, p, -side
				}
				if p[0] < q[0] && q[0] > box.Min[0] && p[0] < box.Max[0] {
					footings = append(footings, footing{p[0] - origin[0], p[1] - origin[1], q[0] - origin[0], q[1] - origin[1], sign})
				}
			}
		}
	}
	return footings
}

// windingSign is 1 for a ring that runs counter-clockwise and -1 for one that runs clockwise.
func windingSign(r orb.Ring) float64 {
	sum := 0.0
	for k := 1; k < len(r); k++ {
		sum += (r[k-1][0]-r[0][0])*(r[k][1]-r[0][1]) - (r[k][0]-r[0][0])*(r[k-1][1]-r[0][1])
	}
	return math.Copysign(1, sum)
}

// shared is the signed area below both edges of two footings, in square degrees.
func (s *footing) shared(t *footing) float64 {
	from, to := max(s.x1, t.x1), min(s.x2, t.x2)
	if from >= to {
		return 0
	}
	a1, a2, b1, b2 := s.at(from), s.at(to), t.at(from), t.at(to)
	// The lower of two heights is their mean less half their distance.
	return s.sign * t.sign * (to - from) * ((a1+a2+b1+b2)/4 - meanDistance(a1-b1, a2-b2)/2)
}

// meanDistance is the mean of |d| while d goes evenly from one value to another.
func meanDistance(from, to float64) float64 {
	if from*to >= 0 {
		return math.Abs(from+to) / 2
	}
	return (from*from + to*to) / 2 / math.Abs(from-to)
}

func (s *footing) at(x float64) float64 {
	return s.y1 + (s.y2-s.y1)*((x-s.x1)/(s.x2-s.x1))
}
