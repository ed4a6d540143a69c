package scoring

import (
	"slices"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/parcels"
)

// footprint returns the ground covered by buildings. Footprints that touch or overlap, such as a podium and its tower entered as
// two buildings, are united first so that ground counts once; apart they are simply summed. If a union cannot be built the sum
// stands, and the density may come out too high.
func footprint(all []parcels.Building, on []int) float64 {
	sum, together := 0.0, false
	for k, i := range on {
		sum += float64(geo.Area(all[i].Shape))
		for _, j := range on[:k] {
			together = together || mayTouch(all[i].Shape, all[j].Shape)
		}
	}
	if !together {
		return sum
	}
	sum = 0
	for rest := slices.Clone(on); len(rest) > 0; {
		n := gather(all, rest)
		sum += united(all, rest[:n])
		rest = rest[n:]
	}
	return sum
}

// gather moves to the front of on, behind its first, all buildings that hang together with it, each after one that it touches, and
// returns how many there are.
func gather(all []parcels.Building, on []int) int {
	n := 1
	for k := 0; k < n; k++ {
		for j := n; j < len(on); j++ {
			if mayTouch(all[on[k]].Shape, all[on[j]].Shape) {
				on[n], on[j] = on[j], on[n]
				n++
			}
		}
	}
	return n
}

// united returns the area of buildings that hang together. Uniting only these matters for exactness too: between parts that lie apart
// a union may put a new corner on a straight edge, beside the geodesic.
func united(all []parcels.Building, on []int) float64 {
	shapes, sum := make([]geo.Shape, len(on)), 0.0
	for k, i := range on {
		shapes[k] = all[i].Shape
		sum += float64(geo.Area(all[i].Shape))
	}
	if len(on) == 1 {
		return sum
	}
	whole, err := geo.Union(shapes...)
	if err != nil {
		return sum
	}
	return float64(geo.Area(whole))
}

// mayTouch is false only when two shapes have no point in common.
func mayTouch(a, b geo.Shape) bool {
	if len(a) == 0 || len(b) == 0 || !a.Bound().Intersects(b.Bound()) {
		return false
	}
	return edgesMeet(a, b) || holds(a, b) || holds(b, a)
}

// holds reports whether a corner of b lies in a.
func holds(a, b geo.Shape) bool {
	for _, poly := range b {
		if len(poly) > 0 && len(poly[0]) > 0 && geo.Contains(a, poly[0][0]) {
			return true
		}
	}
	return false
}

func edgesMeet(a, b geo.Shape) bool {
	for _, pa := range a {
		for _, ra := range pa {
			for i := 1; i < len(ra); i++ {
				if edgeMeets(ra[i-1], ra[i], b) {
					return true
				}
			}
		}
	}
	return false
}

func edgeMeets(p, q orb.Point, b geo.Shape) bool {
	for _, poly := range b {
		for _, r := range poly {
			for i := 1; i < len(r); i++ {
				if segmentsMeet(p, q, r[i-1], r[i]) {
					return true
				}
			}
		}
	}
	return false
}

// segmentsMeet reports whether the boxes of two segments meet and neither lies strictly on one side of the other. Near misses may
// count as meeting; that costs a union and changes no area.
func segmentsMeet(a, b, c, d orb.Point) bool {
	if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) ||
		max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return false
	}
	return turn(a, b, c)*turn(a, b, d) <= 0 && turn(c, d, a)*turn(c, d, b) <= 0
}

func turn(a, b, c orb.Point) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}
