package tiles

// branching is the number of boxes under a node: four cache lines that are read in order.
const branching = 16

// tree is a packed R-tree over boxes that stand in Hilbert order. The boxes' own order is that of the leaves, so nothing but boxes is
// kept: those of the features, then those of each level above, the last level being the root alone. geo.Index does the same for boxes
// in degrees in any order; this one takes half the memory and finds rows in ascending order.
type tree struct {
	boxes []box
	start []int // of each level in boxes, and the end of the last
}

// roomForTree is how many boxes a tree over so many holds.
func roomForTree(boxes int) int { return boxes + boxes/(branching-1) + branching }

func newTree(boxes []box) tree {
	t := tree{boxes: boxes, start: []int{0, len(boxes)}}
	for level := t.level(0); len(level) > 1; level = t.level(len(t.start) - 2) {
		for k := 0; k < len(level); k += branching {
			node := emptyBox
			for _, b := range level[k:min(k+branching, len(level))] {
				node = node.union(b)
			}
			t.boxes = append(t.boxes, node)
		}
		t.start = append(t.start, len(t.boxes))
	}
	return t
}

func (t *tree) level(l int) []box { return t.boxes[t.start[l]:t.start[l+1]] }

// leaves returns the features' boxes.
func (t *tree) leaves() []box { return t.level(0) }

// search appends the positions of the leaves that meet a box, ascending.
func (t *tree) search(hits []uint32, b box) []uint32 {
	if len(t.boxes) == 0 {
		return hits
	}
	return t.descend(hits, b, len(t.start)-2, 0, 1)
}

// touched reports whether any leaf meets a box.
func (t *tree) touched(b box) bool {
	return len(t.boxes) > 0 && t.touchedUnder(b, len(t.start)-2, 0, 1)
}

func (t *tree) touchedUnder(b box, l, first, last int) bool {
	level := t.level(l)
	for k := first; k < min(last, len(level)); k++ {
		if level[k].meets(b) && (l == 0 || b.holds(level[k]) || t.touchedUnder(b, l-1, k*branching, (k+1)*branching)) {
			return true
		}
	}
	return false
}

// descend looks at the boxes from first to last of a level.
func (t *tree) descend(hits []uint32, b box, l, first, last int) []uint32 {
	level := t.level(l)
	for k := first; k < min(last, len(level)); k++ {
		switch {
		case !level[k].meets(b):
		case l == 0:
			hits = append(hits, uint32(k))
		case b.holds(level[k]):
			hits = t.all(hits, l, k)
		default:
			hits = t.descend(hits, b, l-1, k*branching, (k+1)*branching)
		}
	}
	return hits
}

// all appends every leaf under a node.
func (t *tree) all(hits []uint32, l, k int) []uint32 {
	first, last := k, k+1
	for ; l > 0; l-- {
		first, last = first*branching, last*branching
	}
	for k := first; k < min(last, len(t.leaves())); k++ {
		hits = append(hits, uint32(k))
	}
	return hits
}
