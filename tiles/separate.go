package tiles

import "github.com/paulmach/orb"

// quickLimit is the number of edges up to which every pair of them is looked at.
const quickLimit = 64

// separate makes one polygon of each ring if they are plainly valid that way: outer rings only, none of which meets itself or
// another. It returns nil when they are not, or when it would take long to tell; RepairGrid then does. Coordinates are whole and
// small, so the arithmetic is exact.
func separate(rings []orb.Ring) orb.MultiPolygon {
	edges := 0
	for _, ring := range rings {
		edges += len(ring) - 1
		if len(ring) < 4 || area2(ring) <= 0 {
			return nil
		}
	}
	if edges > quickLimit || !apart(rings) {
		return nil
	}
	out := make(orb.MultiPolygon, len(rings))
	for k, ring := range rings {
		out[k] = orb.Polygon{ring}
	}
	return out
}

// area2 is twice the signed area of a closed ring.
func area2(ring orb.Ring) float64 {
	sum := 0.0
	for k := 1; k < len(ring); k++ {
		sum += ring[k-1][0]*ring[k][1] - ring[k][0]*ring[k-1][1]
	}
	return sum
}

// apart reports whether no two edges meet but neighbours in their common end. Neighbours that run back over each other need no
// look: in a ring with an area, one of them then meets the edge after or before.
func apart(rings []orb.Ring) bool {
	for r, ring := range rings {
		n := len(ring) - 1
		for i := range n {
			for j := i + 2; j < n; j++ {
				if (i > 0 || j < n-1) && meet(ring[i], ring[i+1], ring[j], ring[j+1]) {
					return false
				}
			}
			for _, other := range rings[r+1:] {
				for j := 1; j < len(other); j++ {
					if meet(ring[i], ring[i+1], other[j-1], other[j]) {
						return false
					}
				}
			}
		}
	}
	return true
}

// meet reports whether two edges share a point.
func meet(a, b, c, d orb.Point) bool {
	if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) ||
		max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return false
	}
	return cross(a, b, c)*cross(a, b, d) <= 0 && cross(c, d, a)*cross(c, d, b) <= 0
}

func cross(a, b, c orb.Point) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}
