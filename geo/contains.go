package geo

import "github.com/paulmach/orb"

// Contains reports whether a position lies in a shape; its edges belong to it. A nil shape contains nothing.
func Contains(s Shape, p Point) bool {
	for _, polygon := range s {
		if polygonContains(polygon, p) {
			return true
		}
	}
	return false
}

func polygonContains(polygon orb.Polygon, p Point) bool {
	for i, ring := range polygon {
		inside, onEdge := ringContains(ring, p)
		if onEdge {
			return true
		}
		if inside != (i == 0) {
			return false
		}
	}
	return len(polygon) > 0
}

// InRing reports whether a position lies inside a closed ring, and whether on its edge, in the plane of its coordinates.
func InRing(r orb.Ring, p Point) (inside, onEdge bool) { return ringContains(r, p) }

// ringContains counts the edges that a ray from p to the east crosses. The side of an edge is decided exactly, so that a position
// is never in two neighbours that share the edge without being on it.
func ringContains(r orb.Ring, p Point) (inside, onEdge bool) {
	if len(r) == 0 {
		return false, false
	}
	a := r[len(r)-1]
	for _, b := range r {
		crosses, touches := castRay(a, b, p)
		if touches {
			return false, true
		}
		inside, a = inside != crosses, b
	}
	return inside, false
}

// castRay reports whether a ray from p to the east crosses an edge, and whether p lies on it.
func castRay(a, b, p Point) (crosses, touches bool) {
	switch {
	case a[1] < p[1] && b[1] < p[1] || a[1] > p[1] && b[1] > p[1]: // as most edges of a large ring
		return false, false
	case onSegment(a, b, p):
		return false, true
	}
	return (a[1] > p[1]) != (b[1] > p[1]) && (orientation(a, b, p) > 0) == (b[1] > a[1]), false
}
