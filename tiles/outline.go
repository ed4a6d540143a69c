package tiles

import (
	"github.com/paulmach/orb"
)

// outline is a feature in whole tile units: rings without their closing vertex, one after the other. It is scratch.
type outline struct {
	spots []spot
	ends  []int // of each ring in spots
	lost  bool  // a ring of the feature has fewer than three vertices left
}

// take rounds the vertices of a feature that keep lets through, from an origin in the zoom's units. Vertices in the place of the one
// before are left out, and rings left with fewer than three.
func (o *outline) take(g *Ground, k, z int, origin spot, keep func(v uint32) bool) *outline {
	o.spots, o.ends, o.lost = o.spots[:0], o.ends[:0], false
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

// close ends a ring that begins at a position of spots.
func (o *outline) close(begin int) {
	n := begin
	for _, s := range o.spots[begin:] {
		if n == begin || o.spots[n-1] != s {
			o.spots[n] = s
			n++
		}
	}
	for n > begin+1 && o.spots[n-1] == o.spots[begin] {
		n--
	}
	if n < begin+3 {
		o.spots, o.lost = o.spots[:begin], true
		return
	}
	o.spots = o.spots[:n]
	o.ends = append(o.ends, n)
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
	unknown state = iota // it has holes, or is too large for a quick look
	whole                // outer rings only, none of which meets itself or another
	spoiled              // a ring lost its area or met something
)

// quickLimit is the number of edges up to which every pair of them is looked at.
const quickLimit = 256

// state looks at the outline. Coordinates are whole and small, so the arithmetic is exact.
func (o *outline) state() state {
	if o.lost {
		return spoiled
	}
	for r := range o.ends {
		switch a := doubleArea(o.ring(r)); {
		case a < 0:
			return unknown
		case a == 0:
			return spoiled
		}
	}
	if len(o.spots) > quickLimit {
		return unknown
	}
	if !o.apart() {
		return spoiled
	}
	return whole
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
	o.spots, o.ends, o.lost = o.spots[:0], o.ends[:0], false
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
