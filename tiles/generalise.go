package tiles

// Below firstExactZoom vertices are left out as well as rounded; from there on they are only rounded.
const firstExactZoom = 14

// tolerance of leaving out vertices, in tile units.
const tolerance = 1

// rateVertices decides for each vertex from which zoom level on it is drawn. The decision belongs to the place, not to the ring: every
// ring through a place draws it or leaves it out, so a border that two features share is the same from both sides at every zoom.
//
// A place where rings part is a junction and is always drawn. Between two junctions rings run together along an arc, and Douglas and
// Peucker's method, which gives the same for an arc run either way, says at which tolerance a vertex of it is needed.
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
