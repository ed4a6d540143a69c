package geo

import (
	"cmp"
	"slices"
)

// After returns the index over boxes of which only those at some positions differ from the ones that ix was made of: what NewIndex makes of
// them, without sorting the others again. ix stays as it is; neither slice is kept.
func (ix *Index) After(bounds []Bound, changed []int) *Index {
	if ix.Len() == 0 || len(changed) > len(bounds)/16 {
		return NewIndex(bounds)
	}
	extent := ix.boxes[len(ix.boxes)-1]
	curve := newCurve(extent)
	var keys []uint64
	differ := make(map[uint32]bool, len(changed))
	for _, i := range changed {
		if differ[uint32(i)] = true; searchable(bounds[i]) {
			keys = append(keys, curve.key(bounds, uint32(i)))
		}
	}
	slices.Sort(keys)
	next := &Index{items: make([]uint32, 0, len(ix.items)+len(keys))}
	rest := slices.DeleteFunc(slices.Clone(ix.items), func(i uint32) bool { return differ[i] })
	for _, key := range slices.Compact(keys) {
		at, _ := slices.BinarySearchFunc(rest, key, func(i uint32, key uint64) int { return cmp.Compare(curve.key(bounds, i), key) })
		next.items = append(append(next.items, rest[:at]...), uint32(key))
		rest = rest[at:]
	}
	next.items = append(next.items, rest...)
	if len(next.items) == 0 {
		return next
	}
	if next.pack(bounds); next.boxes[len(next.boxes)-1] != extent {
		return NewIndex(bounds) // the curve runs through the box around all, and that is another one now
	}
	return next
}
