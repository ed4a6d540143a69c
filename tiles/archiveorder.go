package tiles

import (
	"cmp"
	"iter"
	"slices"
)

// archiveID numbers the tiles of all zoom levels: those of lower ones first, each level's along the Hilbert curve.
func archiveID(at Address) uint64 {
	before := (uint64(1)<<(2*at.Z) - 1) / 3 // 1 + 4 + 16 + ...
	return before + along(at)
}

// addresses visits the tiles that features of some layers may meet, ascending by archiveID. It never looks at the emptiness between far places: a
// tile that meets nothing has no children.
func addresses(grounds []*Ground, minZoom, maxZoom int) iter.Seq[Address] {
	return func(yield func(Address) bool) {
		for z := minZoom; z <= maxZoom; z++ {
			if !descend(grounds, Address{}, z, yield) {
				return
			}
		}
	}
}

// descend visits the tiles of a zoom level under a tile. It returns false when the visitor has enough.
func descend(grounds []*Ground, at Address, z int, yield func(Address) bool) bool {
	if !slices.ContainsFunc(grounds, func(g *Ground) bool { return g.tree.touched(at.box(buffer)) }) {
		return true
	}
	if at.Z == z {
		return yield(at)
	}
	for _, child := range at.children() {
		if !descend(grounds, child, z, yield) {
			return false
		}
	}
	return true
}

// children are the four tiles of the next zoom level in the order of the Hilbert curve.
func (a Address) children() []Address {
	z, x, y := a.Z+1, 2*a.X, 2*a.Y
	four := []Address{{z, x, y}, {z, x, y + 1}, {z, x + 1, y + 1}, {z, x + 1, y}}
	slices.SortFunc(four, func(a, b Address) int { return cmp.Compare(along(a), along(b)) })
	return four
}
