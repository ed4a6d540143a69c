package geo

import (
	"slices"
	"sort"
)

// After returns the index over boxes of which only those at some positions differ from the ones that ix was made of: what NewIndex makes of
// them, without sorting the others again. ix stays as it is; neither slice is kept.
func (ix *Index) After(bounds []Bound, changed []int) *Index {
	if ix.Len() == 0 || len(changed) > len(bounds)/16 {
		return NewIndex(bounds)
	}
	leaves, extent := ix.boxes[:ix.levels[0]], ix.boxes[len(ix.boxes)-1]
	along := newCurve(extent)
	var keys []uint64
	differ := make(map[uint32]bool, len(changed))
	for _, i := range changed {
		if differ[uint32(i)] = true; searchable(bounds[i]) {
			keys = append(keys, along.key(bounds[i], uint32(i)))
		}
	}
	slices.Sort(keys)
	next, at := newIndex(len(ix.items)+len(keys)), 0
	stay := func(until int) {
		for ; at < until; at++ {
			if i := ix.items[at]; !differ[i] {
				next.add(i, leaves[at])
			}
		}
	}
	for _, key := range slices.Compact(keys) {
		stay(sort.Search(len(leaves), func(k int) bool { return along.key(leaves[k], ix.items[k]) >= key }))
		next.add(uint32(key), bounds[uint32(key)])
	}
	stay(len(leaves))
	if next.Len() == 0 {
		return next
	}
	if next.pack(); next.boxes[len(next.boxes)-1] != extent {
		return NewIndex(bounds) // the curve runs through the box around all, and that is another one now
	}
	return next
}
