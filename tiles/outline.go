package tiles

import (
	"github.com/paulmach/orb"
)

// outline is a feature in whole tile units: rings without their closing vertex, one after the other. It is scratch.
type outline struct {
	spots []spot
	ends  []int // of each ring in spots
	lost  bool  // a ring of the feature has fewer than three vertices left
	bent  bool  // vertices were left out that keep let through
}

// take rounds the vertices of a feature that keep lets through, from an origin in the zoom's units. Vertices in the place of the one
// before are left out, spikes, and rings left with fewer than three vertices.
func (o *outline) take(g *Ground, k, z int, origin spot, keep func(v uint32) bool) *outline {
	o.empty()
	s := shift(z)
	g.eachRing(k, func(first, last uint32) {
		begin := len(o.spots)
		for v := first; v < last; v++ {
			if keep(v) {
				at := g.spots[v].rounded(s)
				o.spots = append(o.spots, spot{at.x - origin.x, at.y - origin.y})
			}
		}
		o.close(begin)
	})
	return o
}

func (o *outline) empty() { o.spots, o.ends, o.lost, o.bent = o.spots[:0], o.ends[:0], false, false }

// close ends a ring that begins at a position of spots.
func (o *outline) close(begin int) {
	given := len(o.spots)
	ring := o.spots[begin:begin]
	for _, s := range o.spots[begin:] {
		for len(ring) > 1 && folds(ring[len(ring)-2], ring[len(ring)-1], s) {
			ring = ring[:len(ring)-1]
		}
		if len(ring) == 0 || ring[len(ring)-1] != s {
			ring = append(ring, s)
		}
	}
	for n := len(ring); n > 2; n = len(ring) {
		if ring[n-1] == ring[0] || folds(ring[n-2], ring[n-1], ring[0]) {
			ring = ring[:n-1]
		} else if folds(ring[n-1], ring[0], ring[1]) {
			ring = append(ring[:0], ring[1:]...)
		} else {
			break
		}
	}
	if len(ring) < 3 {
		ring = ring[:0]
		o.lost = true
	}
	o.spots = o.spots[:begin+len(ring)]
	if o.bent = o.bent || len(o.spots) < given; len(ring) > 0 {
		o.ends = append(o.ends, len(o.spots))
	}
}

// folds reports whether a line runs from a to b and straight back towards c.
func folds(a, b, c spot) bool {
	return cross(a, b, c) == 0 && int64(b.x-a.x)*int64(c.x-b.x)+int64(b.y-a.y)*int64(c.y-b.y) < 0
}

// ring returns the ring with a number.
func (o *outline) ring(r int) []spot {
	if r == 0 {
		return o.spots[:o.ends[0]]
	}
	return o.spots[o.ends[r-1]:o.ends[r]]
}

// state is what a quick look tells about an outline.
type state int

const (
	unknown state = iota // too large for a quick look, or a hole stands before the ring around it
	whole                // no ring meets itself or another, and each hole lies in the outer ring before it
	spoiled              // a ring lost its area, or something met
)

// quickLimit is the number of edges up to which every pair of them is looked at.
const quickLimit = 256

// state looks at the outline. Coordinates are whole and small, so the arithmetic is exact.
func (o *outline) state() state {
	switch {
	case o.lost:
		return spoiled
	case len(o.spots) > quickLimit:
		return unknown
	}
	outer := -1
	for r := range o.ends {
		switch a := doubleArea(o.ring(r)); {
		case a == 0:
			return spoiled
		case a > 0:
			outer = r
		case outer < 0 || !surrounds(o.ring(outer), o.ring(r)[0]):
			return unknown
		}
	}
	if !o.apart() {
		return spoiled
	}
	return whole
}

// surrounds reports whether a position lies within a ring; on the ring it may say either.
func surrounds(ring []spot, s spot) bool {
	in := false
	a := ring[len(ring)-1]
	for _, b := range ring {
		// The edge passes the height of s, and does so to the east of it.
		if a.y > s.y != (b.y > s.y) && cross(a, b, s) > 0 == (b.y > a.y) {
			in = !in
		}
		a = b
	}
	return in
}

// apart reports whether no two edges meet but neighbours in their common end. Neighbours that run back over each other need no
// look: in a ring with an area, one of them then meets the edge after or before.
func (o *outline) apart() bool {
	for r := range o.ends {
		ring := o.ring(r)
		n := len(ring)
		for i := range n {
			a, b := ring[i], ring[(i+1)%n]
			for j := i + 2; j < n; j++ {
				if (i > 0 || j < n-1) && meet(a, b, ring[j], ring[(j+1)%n]) {
					return false
				}
			}
			for q := r + 1; q < len(o.ends); q++ {
				other := o.ring(q)
				for j := range other {
					if meet(a, b, other[j], other[(j+1)%len(other)]) {
						return false
					}
				}
			}
		}
	}
	return true
}

// meet reports whether two edges share a point.
func meet(a, b, c, d spot) bool {
	if max(a.x, b.x) < min(c.x, d.x) || max(c.x, d.x) < min(a.x, b.x) ||
		max(a.y, b.y) < min(c.y, d.y) || max(c.y, d.y) < min(a.y, b.y) {
		return false
	}
	return opposite(cross(a, b, c), cross(a, b, d)) && opposite(cross(c, d, a), cross(c, d, b))
}

// opposite reports whether two numbers are not both positive and not both negative.
func opposite(a, b int64) bool { return !(a > 0 && b > 0 || a < 0 && b < 0) }

func cross(a, b, c spot) int64 {
	return int64(b.x-a.x)*int64(c.y-a.y) - int64(b.y-a.y)*int64(c.x-a.x)
}

// rings copies the outline for code that wants closed rings of floating-point numbers.
func (o *outline) rings() []orb.Ring {
	rings := make([]orb.Ring, len(o.ends))
	for r := range o.ends {
		for _, s := range o.ring(r) {
			rings[r] = append(rings[r], orb.Point{float64(s.x), float64(s.y)})
		}
		rings[r] = append(rings[r], rings[r][0])
	}
	return rings
}

// assign makes the outline of whole-numbered closed rings.
func (o *outline) assign(shape orb.MultiPolygon) {
	o.empty()
	for _, polygon := range shape {
		for _, ring := range polygon {
			begin := len(o.spots)
			for _, p := range ring[:len(ring)-1] {
				o.spots = append(o.spots, spot{int32(p[0]), int32(p[1])})
			}
			o.close(begin)
		}
	}
}
