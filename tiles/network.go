package tiles

import (
	"runtime"
	"slices"
)

// network is the places where a ground's vertices lie, and from which zoom level each is drawn.
type network struct {
	spots []spot
	of    []uint32 // by vertex: its place
	drawn []detail // by place: the lowest zoom level that draws it

	beside   [][2]uint32 // by place: the places before and after it on the rings
	junction []bool      // by place: rings part here

	arc []uint32 // scratch
}

// newNetwork finds the places and where rings part.
func newNetwork(g *Ground) *network {
	n := &network{spots: g.spots}
	n.find()
	n.beside, n.junction = make([][2]uint32, len(n.drawn)), make([]bool, len(n.drawn))
	seen := make([]bool, len(n.drawn))
	for k := range g.rows {
		g.eachRing(k, func(first, last uint32) {
			for v := first; v < last; v++ {
				before, after := v-1, v+1
				if v == first {
					before = last - 1
				}
				if after == last {
					after = first
				}
				n.pass(seen, n.of[v], [2]uint32{n.of[before], n.of[after]})
			}
		})
	}
	return n
}

// pass notes that a ring runs through a place.
func (n *network) pass(seen []bool, p uint32, beside [2]uint32) {
	switch known := n.beside[p]; {
	case !seen[p]:
		n.beside[p], seen[p] = beside, true
	case known != beside && known != [2]uint32{beside[1], beside[0]}:
		n.junction[p] = true
	}
}

// find gives equal spots the same place, by an open hash table.
func (n *network) find() {
	bits := uint(4)
	for 1<<bits < 2*len(n.spots) {
		bits++
	}
	slots := make([]uint32, 1<<bits) // vertex+1 that stands for its place
	n.of = make([]uint32, len(n.spots))
	var hashes [lookedUpTogether]uint32
	for from := 0; from < len(n.spots); from += lookedUpTogether {
		step := n.spots[from:min(from+lookedUpTogether, len(n.spots))]
		seen := uint32(0)
		for i, s := range step {
			hashes[i] = uint32(s.hash() >> (64 - bits))
			seen ^= slots[hashes[i]]
		}
		runtime.KeepAlive(seen)
		for i, s := range step {
			at := hashes[i]
			for slots[at] != 0 && n.spots[slots[at]-1] != s {
				at = (at + 1) & (1<<bits - 1)
			}
			if slots[at] == 0 {
				slots[at] = uint32(from+i) + 1
			}
			n.of[from+i] = slots[at] - 1 // until the places are numbered
		}
	}
	n.number()
}

// number counts the places, in the order of the vertices that stand for them.
func (n *network) number() {
	places := uint32(0)
	for v, stands := range n.of {
		if stands == uint32(v) {
			n.of[v] = places
			places++
		} else {
			n.of[v] = n.of[stands]
		}
	}
	n.drawn = slices.Repeat([]detail{firstExactZoom}, int(places))
}

// longestArc bounds the vertices of an arc: rating takes the square of it at worst. Longer rings are cut where a hash of the place says.
const longestArc = 4096

// rate rates the vertices of a ring, arc by arc.
func (n *network) rate(first, last uint32) {
	ends := n.ends(first, last)
	for i, from := range ends {
		to := ends[(i+1)%len(ends)]
		n.arc = n.arc[:0]
		for v := from; ; {
			n.arc = append(n.arc, v)
			if v++; v == last {
				v = first
			}
			if v == to {
				n.arc = append(n.arc, v)
				break
			}
		}
		n.rateArc(n.arc, 0)
	}
}

// ends are the vertices of a ring where its arcs begin, which every zoom draws: the junctions, or two vertices of a ring without any.
func (n *network) ends(first, last uint32) (ends []uint32) {
	long := last-first > longestArc
	for v := first; v < last; v++ {
		if n.junction[n.of[v]] || long && (n.spots[v].x^n.spots[v].y*31)%512 == 0 {
			n.drawn[n.of[v]] = 0
			ends = append(ends, v)
		}
	}
	if len(ends) > 0 {
		return ends
	}
	corner := first
	for v := first; v < last; v++ {
		if n.before(v, corner) {
			corner = v
		}
	}
	far := corner
	for v := first; v < last; v++ {
		d, best := squared(n.spots[v], n.spots[corner]), squared(n.spots[far], n.spots[corner])
		if d > best || d == best && n.before(v, far) {
			far = v
		}
	}
	n.drawn[n.of[corner]], n.drawn[n.of[far]] = 0, 0
	ends = []uint32{corner, far}
	slices.Sort(ends)
	return ends
}

// before orders places, so that of two equal vertices the same is chosen whichever way a ring runs.
func (n *network) before(v, w uint32) bool {
	a, b := n.spots[v], n.spots[w]
	return a.x < b.x || a.x == b.x && a.y < b.y
}

// rateArc gives each vertex between the ends of an arc the lowest zoom level whose tolerance it exceeds, and no lower one than the
// vertex that divides the arc before it. Vertices that no zoom below firstExactZoom needs are left.
func (n *network) rateArc(arc []uint32, lowest int) {
	for len(arc) > 2 {
		split, most := 0, -1.0
		a, b := arc[0], arc[len(arc)-1]
		if n.before(b, a) {
			a, b = b, a
		}
		for i := 1; i < len(arc)-1; i++ {
			d := squaredToSegment(n.spots[arc[i]], n.spots[a], n.spots[b])
			if d > most || d == most && n.before(arc[i], arc[split]) {
				split, most = i, d
			}
		}
		z := max(lowest, neededFrom(most))
		if z >= firstExactZoom {
			return
		}
		p := n.of[arc[split]]
		n.drawn[p] = min(n.drawn[p], detail(z))
		n.rateArc(arc[:split+1], z)
		arc, lowest = arc[split:], z
	}
}

// neededFrom is the lowest zoom level whose tolerance is less than a distance, given squared in world units.
func neededFrom(squared float64) int {
	for z := range firstExactZoom {
		if t := float64(int(tolerance) << shift(z)); squared > t*t {
			return z
		}
	}
	return firstExactZoom
}

// spread writes each place's detail to the vertices there.
func (n *network) spread(g *Ground) {
	for v, p := range n.of {
		g.detail[v] = g.detail[v]&ringStart | n.drawn[p]
	}
}

func squared(a, b spot) float64 {
	dx, dy := float64(a.x)-float64(b.x), float64(a.y)-float64(b.y)
	return dx*dx + dy*dy
}

// squaredToSegment is the square of the distance of p from the segment from a to b.
func squaredToSegment(p, a, b spot) float64 {
	dx, dy := float64(b.x)-float64(a.x), float64(b.y)-float64(a.y)
	px, py := float64(p.x)-float64(a.x), float64(p.y)-float64(a.y)
	along := px*dx + py*dy
	length := dx*dx + dy*dy
	switch {
	case along <= 0:
		return px*px + py*py
	case along >= length:
		return squared(p, b)
	}
	cross := px*dy - py*dx
	return cross * cross / length
}
