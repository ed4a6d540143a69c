package tiles

import (
	"math"
	"sync/atomic"
)

// hardness is at which zoom levels a feature's outline is hard: rounding and leaving out vertices may spoil it there, so that it is repaired when it
// is drawn. Bit z says whether it is, bit told+z that this is known. It is found out when the feature is first drawn at a level: for all levels
// of all features it takes a third of laying them out, and few are ever drawn at most. Whoever finds it out finds the same.
type hardness = uint64

const told = 32

// isHard says whether a feature's outline needs repair at a zoom level. w is scratch.
func (g *Ground) isHard(k, z int, w *outline) bool {
	h := atomic.LoadUint64(&g.hard[k])
	if h>>(told+z)&1 == 0 {
		h = g.tell(k, z, w)
		atomic.OrUint64(&g.hard[k], h)
	}
	return h>>z&1 != 0
}

// tell finds out whether a feature is hard at a zoom level. With a clearance of c units between whatever does not belong together nothing meets as
// long as no line moves by half of that: by the tolerance where vertices are left out, twice where one is drawn for a neighbour's sake, and by
// rounding half a unit each way. So the levels from one on are known at once.
func (g *Ground) tell(k, z int, w *outline) (h hardness) {
	c := g.clearance(k)
	for at := MaxZoom; at >= 0 && c > 2*mostMove(at); at-- {
		h |= 1 << (told + at)
	}
	if h>>(told+z)&1 == 0 {
		h |= 1 << (told + z)
		if g.crowded(k, z) || w.take(g, k, z, spot{}, func(v uint32) bool { return g.detail[v].at(z) }).state() != whole || w.bent {
			h |= 1 << z
		}
	}
	return h
}

// mostMove is how far a zoom level may move a line, in world units.
func mostMove(z int) float64 {
	move := math.Sqrt2 / 2
	if z < firstExactZoom {
		move += 2 * tolerance
	}
	return move * float64(int(1)<<shift(z))
}

// crowded reports whether two neighbouring vertices that a zoom level draws fall on one place, or a ring has less than three of them. Taking
// such an outline would leave some out: it is what most outlines come to that a level is too small for, and told at the first such vertex.
func (g *Ground) crowded(k, z int) bool {
	s := shift(z)
	first, last := g.vertices(k)
	var begin, before spot
	n := 0
	for v := first; v < last; v++ {
		d := g.detail[v]
		if d&ringStart != 0 && v > first {
			if n < 3 || before == begin {
				return true
			}
			n = 0
		}
		if !d.at(z) {
			continue
		}
		at := g.spots[v].rounded(s)
		if n == 0 {
			begin = at
		} else if at == before {
			return true
		}
		before = at
		n++
	}
	return n < 3 || before == begin
}
