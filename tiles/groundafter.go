package tiles

import (
	"slices"
	"sync/atomic"

	"muchan/tiles/layers"
)

// mark tells one ground, or one image, from another.
type mark struct{ _ byte }

// after returns the ground of a table in which some rows, ascending, have other shapes than in the one that g was made of: what NewGround
// makes of it. Everything else stands, but for neighbours whose vertices matter more or less than before.
func (g *Ground) after(t *layers.Table, moved []int) *Ground {
	next := &Ground{mark: new(mark), follows: g.mark}
	order := g.reordered(t, moved)
	next.take(g, t, order)
	next.tree = newTree(order.boxes)
	if !next.rateNear(append(g.boxesOf(moved), next.boxesOf(moved)...), order) {
		return NewGround(t)
	}
	next.showFrom = next.shownFrom()
	return next
}

// order is in which order features stand, and where they stood before.
type order struct {
	rows  []uint32
	boxes []box
	was   []uint32 // nowhere for those that came or moved
}

// reordered is the order with some rows where the table has them now.
func (g *Ground) reordered(t *layers.Table, moved []int) (o order) {
	fresh, leaves := placesOf(t, moved), g.tree.leaves()
	n := len(g.rows) + len(fresh)
	o = order{make([]uint32, 0, n), make([]box, 0, roomForTree(n)), make([]uint32, 0, n)}
	next := 0
	stay := func(until int) {
		for ; next < until; next++ {
			if _, moves := slices.BinarySearch(moved, int(g.rows[next])); !moves {
				o.add(g.rows[next], leaves[next], uint32(next))
			}
		}
	}
	for _, p := range fresh {
		stay(g.firstFrom(p))
		o.add(p.row, p.box, nowhere)
	}
	stay(len(g.rows))
	return o
}

func (o *order) add(row uint32, b box, was uint32) {
	o.rows, o.boxes, o.was = append(o.rows, row), append(o.boxes, b), append(o.was, was)
}

// firstFrom returns the first feature that does not stand before a place.
func (g *Ground) firstFrom(p place) int {
	leaves := g.tree.leaves()
	low, high := 0, len(leaves)
	for low < high {
		if mid := (low + high) / 2; placeOf(g.rows[mid], leaves[mid]).compare(p) < 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// take fills a ground with the features of another that stand, and with those of the table that came or moved.
func (g *Ground) take(from *Ground, t *layers.Table, o order) {
	n, vertices := len(o.was), len(from.spots)
	g.rows, g.numbers, g.hard = make([]uint32, 0, n), make([]uint64, 0, n), make([]hardness, n)
	g.first = make([]uint32, 1, n+1)
	g.spots, g.detail = make([]spot, 0, vertices+vertices/64), make([]detail, 0, vertices+vertices/64)
	var over projector
	eachStretch(o.was, func(s stretch) {
		if s.was == nowhere {
			g.add(t, o.rows[s.at], &over)
			return
		}
		old := int(s.was)
		begin, end := from.first[old], from.first[old+s.n]
		shift := uint32(len(g.spots)) - begin
		g.rows, g.numbers = append(g.rows, from.rows[old:old+s.n]...), append(g.numbers, from.numbers[old:old+s.n]...)
		g.spots, g.detail = append(g.spots, from.spots[begin:end]...), append(g.detail, from.detail[begin:end]...)
		for _, last := range from.first[old+1 : old+s.n+1] {
			g.first = append(g.first, last+shift)
		}
		for i := range s.n {
			g.hard[s.at+i] = atomic.LoadUint64(&from.hard[old+i])
		}
	})
}

// boxesOf are the boxes of those of some rows, ascending, that are drawn.
func (g *Ground) boxesOf(rows []int) (boxes []box) {
	for k, row := range g.rows {
		if _, found := slices.BinarySearch(rows, int(row)); found {
			boxes = append(boxes, g.tree.leaves()[k])
		}
	}
	return boxes
}

// rateNear is rateVertices where features came, went or moved, by their boxes before and after. It is false where so many features
// hang together that all may as well be done.
//
// A vertex matters along its arc, and rings that run through it run along the whole arc together. So only rings through a place where some ring
// came or went have other arcs than before; and to know where theirs end takes the rings through their own vertices, one round of
// neighbours more. Features that share a vertex have boxes that meet.
func (g *Ground) rateNear(moved []box, o order) bool {
	near := g.meeting(moved)
	wide := g.around(near)
	if len(wide) > len(g.rows)/4 {
		return false
	}
	local := g.part(wide)
	local.rateVertices()
	for i, k := range wide {
		if _, found := slices.BinarySearch(near, k); found {
			g.redraw(int(k), local.detail[local.first[i]:local.first[i+1]], o.was[k] == nowhere)
		}
	}
	return true
}

// redraw gives a feature's vertices their details, and notes it when they are others than those of a feature that stands.
func (g *Ground) redraw(k int, details []detail, fresh bool) {
	first, last := g.vertices(k)
	if !fresh && slices.Equal(g.detail[first:last], details) {
		return
	}
	copy(g.detail[first:last], details)
	g.hard[k] = 0
	if !fresh {
		g.redrawn = append(g.redrawn, g.tree.leaves()[k])
	}
}

// part is some of the features, ascending, with no more than their outlines.
func (g *Ground) part(features []uint32) *Ground {
	p := &Ground{first: []uint32{0}}
	for _, k := range features {
		first, last := g.vertices(int(k))
		p.rows = append(p.rows, g.rows[k])
		p.spots = append(p.spots, g.spots[first:last]...)
		for _, d := range g.detail[first:last] {
			p.detail = append(p.detail, d&ringStart|firstExactZoom)
		}
		p.first = append(p.first, uint32(len(p.spots)))
	}
	return p
}

// around returns features and those whose boxes meet theirs, ascending.
func (g *Ground) around(features []uint32) []uint32 {
	boxes := make([]box, len(features))
	for i, k := range features {
		boxes[i] = g.tree.leaves()[k]
	}
	return g.meeting(boxes)
}

// meeting returns the features whose boxes meet any of some, ascending.
func (g *Ground) meeting(boxes []box) (features []uint32) {
	for _, b := range boxes {
		if features = g.tree.search(features, b); len(features) > 4*len(g.rows) {
			features = unique(features)
		}
	}
	return unique(features)
}

func unique(features []uint32) []uint32 {
	slices.Sort(features)
	return slices.Compact(features)
}
