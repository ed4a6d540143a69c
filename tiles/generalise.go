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
// Peucker's method, which gives the same for an arc run either way, says at which tolerance a vertex of it is needed. Where that would
// spoil a feature's outline at some zoom although its rounded vertices alone would not, all its vertices are drawn at that zoom, in
// its neighbours too. What rounding alone spoils is marked as hard and repaired when it is drawn.
func (g *Ground) generalise() {
	net := newNetwork(g)
	for k := range g.rows {
		g.eachRing(k, func(first, last uint32) { net.rate(first, last) })
	}
	safe := make([]uint8, len(g.rows))
	w := &outline{}
	for k := range g.rows {
		safe[k] = g.safeZoom(k)
	}
	for changed := true; changed; {
		changed = false
		for k := range g.rows {
			if safe[k] > 0 && g.promote(net, k, int(safe[k]), w) {
				changed = true
			}
		}
	}
	net.spread(g)
	for k := range g.rows {
		g.markHard(k, w)
	}
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

// safeZoom is the zoom level from which, up to firstExactZoom, leaving out vertices cannot spoil an outline. With a clearance of c
// units between whatever does not belong together nothing meets as long as no line moves by half of that: by twice the tolerance,
// since a vertex that is drawn for a neighbour's sake may move the line once more, and by rounding half a unit each way.
func (g *Ground) safeZoom(k int) uint8 {
	c := g.clearance(k)
	z := uint8(firstExactZoom)
	for z > 0 && c > 2*(2*tolerance+math.Sqrt2/2)*float64(int(1)<<shift(int(z)-1)) {
		z--
	}
	return z
}

// promote makes all vertices of a feature drawn at the zoom levels below safe where leaving some out spoils it and rounding alone
// does not. It reports whether it changed anything.
func (g *Ground) promote(net *network, k, safe int, w *outline) (changed bool) {
	first, last := g.vertices(k)
	for z := safe - 1; z >= 0; z-- {
		complete := true
		for v := first; v < last && complete; v++ {
			complete = net.drawn[net.of[v]].at(z)
		}
		if complete || w.take(g, k, z, spot{}, func(v uint32) bool { return net.drawn[net.of[v]].at(z) }).state() != spoiled {
			continue
		}
		if w.take(g, k, z, spot{}, func(uint32) bool { return true }).state() != whole {
			continue
		}
		for v := first; v < last; v++ {
			net.drawn[net.of[v]] |= 1 << z
		}
		changed = true
	}
	return changed
}

// markHard finds the zoom levels at which a feature's rounded vertices are not plainly a valid outline.
func (g *Ground) markHard(k int, w *outline) {
	c := g.clearance(k)
	for z := range MaxZoom + 1 {
		move := math.Sqrt2
		if z < firstExactZoom {
			move += 4 * tolerance
		}
		if c > move*float64(int(1)<<shift(z)) {
			continue
		}
		if w.take(g, k, z, spot{}, func(v uint32) bool { return g.detail[v].at(z) }).state() != whole || w.bent {
			g.hard[k] |= 1 << z
		}
	}
}
