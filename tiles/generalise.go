package tiles

import "math"

// Below firstExactZoom vertices are left out as well as rounded; from there on they are only rounded.
const firstExactZoom = 14

// tolerance of leaving out vertices, in tile units.
const tolerance = 1

// generalise decides for each vertex from which zoom level on it is drawn. The decision belongs to the place, not to the ring: every
// ring through a place draws it or leaves it out, so a border that two features share is the same from both sides at every zoom.
//
// A place where rings part is a junction and is always drawn. Between two junctions rings run together along an arc, and Douglas and
// Peucker's method, which gives the same for an arc run either way, says at which tolerance a vertex of it is needed. Outlines that
// this or rounding may spoil at some zoom are marked as hard, and repaired when they are drawn.
func (g *Ground) generalise() {
	g.rateVertices()
	w := &outline{}
	for k := range g.rows {
		g.markHard(k, w)
	}
}

func (g *Ground) rateVertices() {
	net := newNetwork(g)
	for k := range g.rows {
		g.eachRing(k, func(first, last uint32) { net.rate(first, last) })
	}
	net.spread(g)
}

// eachRing visits the rings of a feature as ranges of vertices.
func (g *Ground) eachRing(k int, visit func(first, last uint32)) {
	first, last := g.vertices(k)
	for first < last {
		end := first + 1
		for end < last && g.detail[end]&ringStart == 0 {
			end++
		}
		visit(first, end)
		first = end
	}
}

// markHard finds the zoom levels at which a feature's rounded vertices are not plainly a valid outline. With a clearance of c units
// between whatever does not belong together nothing meets as long as no line moves by half of that: by the tolerance where vertices are
// left out, twice where one is drawn for a neighbour's sake, and by rounding half a unit each way.
func (g *Ground) markHard(k int, w *outline) {
	c := g.clearance(k)
	for z := range MaxZoom + 1 {
		move := math.Sqrt2 / 2
		if z < firstExactZoom {
			move += 2 * tolerance
		}
		if c > 2*move*float64(int(1)<<shift(z)) {
			continue
		}
		if g.crowded(k, z) || w.take(g, k, z, spot{}, func(v uint32) bool { return g.detail[v].at(z) }).state() != whole || w.bent {
			g.hard[k] |= 1 << z
		}
	}
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
