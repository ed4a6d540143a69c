package tiles

import "math"

// mostClearance is the number of vertices of a feature up to which its clearance is worked out, which takes the square of it.
const mostClearance = 1024

// clearance is the least distance, in world units, of a vertex of a feature from an edge that it does not belong to; 0 when they meet
// or when that would take long to tell. Nothing of a valid outline meets that did not as long as no vertex moves by half as much.
func (g *Ground) clearance(k int) float64 {
	first, last := g.vertices(k)
	if last-first > mostClearance || last == first {
		return 0
	}
	least := math.Inf(1)
	turned := false
	g.eachRing(k, func(from, to uint32) {
		turned = turned || from == first && doubleArea(g.spots[from:to]) <= 0
		for e := from; e < to; e++ {
			end := e + 1
			if end == to {
				end = from
			}
			least = g.nearest(first, last, e, end, least)
		}
	})
	if turned {
		return 0
	}
	return math.Sqrt(least)
}

// nearest returns the smaller of least and the squared distance of an edge from the nearest vertex that is not its own.
func (g *Ground) nearest(first, last, from, to uint32, least float64) float64 {
	a, b := g.spots[from], g.spots[to]
	for v := first; v < last; v++ {
		if v != from && v != to {
			least = min(least, squaredToSegment(g.spots[v], a, b))
		}
	}
	return least
}

// doubleArea is twice the signed area of a ring without its closing vertex, positive for outer rings.
func doubleArea(ring []spot) int64 {
	var sum int64
	last := ring[len(ring)-1]
	for _, s := range ring {
		sum += int64(last.x)*int64(s.y) - int64(s.x)*int64(last.y)
		last = s
	}
	return sum
}
