package geo

import "math"

// branching is the number of children of a node: 16 boxes of 32 bytes, eight cache lines that are read in order.
const branching = 16

// maxPending bounds the nodes waiting in a search: seven siblings' worth at each of the eight levels that 2³² boxes would need.
const maxPending = 8 * branching

// Index is a packed Hilbert R-tree over boxes. It is immutable and safe for concurrent use; a nil Index is empty.
//
// All boxes stand in one array, the leaves first and each level after the one below it, so node k of a level covers entries
// branching·k onwards of the level below. No pointers, no allocation in a search.
type Index struct {
	boxes  []Bound
	items  []uint32 // for the leaves: position in the boxes given to NewIndex
	levels []int    // end of each level in boxes; the last level is the root alone
}

// NewIndex builds an index over boxes; a hit is reported by its position in bounds. Empty boxes (those of undrawn shapes) and
// boxes with NaN are never found. The slice is not kept.
func NewIndex(bounds []Bound) *Index {
	items, extent := drawn(bounds)
	ix := newIndex(len(items))
	for _, i := range hilbertOrder(bounds, items, extent) {
		ix.add(i, bounds[i])
	}
	if len(items) > 0 {
		ix.pack()
	}
	return ix
}

// newIndex is an empty index with room for boxes, which must be added in the order of the curve.
func newIndex(boxes int) *Index {
	if boxes == 0 {
		return &Index{}
	}
	return &Index{items: make([]uint32, 0, boxes), boxes: make([]Bound, 0, boxes+boxes/(branching-1)+maxPending)}
}

func (ix *Index) add(item uint32, b Bound) {
	ix.items, ix.boxes = append(ix.items, item), append(ix.boxes, b)
}

// searchable is false for empty boxes and, since every comparison with NaN fails, for boxes with NaN.
func searchable(b Bound) bool { return b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1] }

// HilbertOrder lists the positions of boxes along a Hilbert curve through their centres, but for those of boxes that are empty or have NaN.
func HilbertOrder(bounds []Bound) []uint32 {
	items, extent := drawn(bounds)
	return hilbertOrder(bounds, items, extent)
}

// drawn lists the boxes that can be found, and the box around them.
func drawn(bounds []Bound) (items []uint32, extent Bound) {
	items = make([]uint32, 0, len(bounds))
	for i, b := range bounds {
		if searchable(b) {
			items = append(items, uint32(i))
		}
	}
	return items, BoundAround(bounds)
}

// hilbertOrder sorts items along a Hilbert curve through the centres of their boxes; equal places keep their order.
func hilbertOrder(bounds []Bound, items []uint32, extent Bound) []uint32 {
	keys, curve := make([]uint64, len(items)), newCurve(extent)
	for k, i := range items {
		keys[k] = uint64(curve.along(bounds[i]))
	}
	SortByKey(keys, items)
	return items
}

// curve is a Hilbert curve through the box around all boxes.
type curve struct {
	low            Point
	scaleX, scaleY float64
}

func newCurve(extent Bound) curve {
	return curve{extent.Min, hilbertScale(extent.Min[0], extent.Max[0]), hilbertScale(extent.Min[1], extent.Max[1])}
}

// key orders boxes along the curve, and boxes in one place by their position.
func (c *curve) key(b Bound, i uint32) uint64 { return uint64(c.along(b))<<32 | uint64(i) }

// along is how far along the curve the centre of a box lies.
func (c *curve) along(b Bound) uint32 {
	x := uint32(c.scaleX * ((b.Min[0]+b.Max[0])/2 - c.low[0]))
	y := uint32(c.scaleY * ((b.Min[1]+b.Max[1])/2 - c.low[1]))
	return uint32(Hilbert(x, y, 16))
}

func hilbertScale(low, high float64) float64 {
	scale := (1<<16 - 1) / (high - low)
	if math.IsInf(scale, 0) || math.IsNaN(scale) {
		return 0
	}
	return scale
}

// pack writes each level of nodes above the leaves, up to the root.
func (ix *Index) pack() {
	ix.levels = append(ix.levels, len(ix.boxes))
	for start := 0; len(ix.boxes)-start > 1; {
		end := len(ix.boxes)
		for k := start; k < end; k += branching {
			ix.boxes = append(ix.boxes, BoundAround(ix.boxes[k:min(k+branching, end)]))
		}
		ix.levels = append(ix.levels, len(ix.boxes))
		start = end
	}
}

// Len returns the number of boxes that can be found.
func (ix *Index) Len() int {
	if ix == nil {
		return 0
	}
	return len(ix.items)
}

// Search calls visit with the position of every box that meets b, edges included, until visit returns false. The order is that of
// the Hilbert curve, not of the positions. It does not allocate.
func (ix *Index) Search(b Bound, visit func(i int) bool) {
	if ix.Len() == 0 || !searchable(b) {
		return
	}
	var pending [maxPending]node
	pending[0] = ix.root()
	for n := 1; n > 0; {
		n--
		at := pending[n]
		if !meets(&ix.boxes[at.box], &b) {
			continue
		}
		if at.level == 0 {
			if !visit(int(ix.items[at.box])) {
				return
			}
			continue
		}
		first, last := ix.children(at)
		if at.level == 1 {
			for k := first; k < last; k++ {
				if meets(&ix.boxes[k], &b) && !visit(int(ix.items[k])) {
					return
				}
			}
			continue
		}
		for k := last - 1; k >= first; k-- {
			pending[n] = node{k, at.level - 1}
			n++
		}
	}
}

// meets is Intersects of two boxes of which neither is empty.
func meets(a, b *Bound) bool {
	return a.Min[0] <= b.Max[0] && a.Max[0] >= b.Min[0] && a.Min[1] <= b.Max[1] && a.Max[1] >= b.Min[1]
}

// node is a box in the tree and its level, leaves being level 0.
type node struct{ box, level int }

func (ix *Index) root() node { return node{len(ix.boxes) - 1, len(ix.levels) - 1} }

// children returns the range of boxes below a node of level 1 or higher.
func (ix *Index) children(n node) (first, last int) {
	start := 0
	if n.level > 1 {
		start = ix.levels[n.level-2]
	}
	first = start + (n.box-ix.levels[n.level-1])*branching
	return first, min(first+branching, ix.levels[n.level-1])
}
