package geo

import (
	"cmp"
	"slices"
)

const (
	digitBits = 11
	digits    = (64 + digitBits - 1) / digitBits
)

// SortByKey sorts items by their keys, one for each, which are used up; items with equal keys stay as they stood. It sorts by one digit of the keys
// after the other, which for the places of a million boxes along a curve takes a fourth of the time of comparing them.
func SortByKey(keys []uint64, items []uint32) {
	if len(keys) < 1<<digitBits {
		sortFewByKey(keys, items)
		return
	}
	var counts [digits][1 << digitBits]uint32
	for _, key := range keys {
		for d := range digits {
			counts[d][digitOf(key, d)]++
		}
	}
	otherKeys, otherItems := make([]uint64, len(keys)), make([]uint32, len(items))
	from, to := keys, otherKeys
	fromItems, toItems := items, otherItems
	for d := range digits {
		if counts[d][digitOf(keys[0], d)] == uint32(len(keys)) {
			continue // all have the same
		}
		next := &counts[d]
		begin := uint32(0)
		for i, n := range next {
			next[i], begin = begin, begin+n
		}
		for i, key := range from {
			at := &next[digitOf(key, d)]
			to[*at], toItems[*at] = key, fromItems[i]
			*at++
		}
		from, to, fromItems, toItems = to, from, toItems, fromItems
	}
	copy(items, fromItems)
}

func digitOf(key uint64, d int) uint64 { return key >> (d * digitBits) & (1<<digitBits - 1) }

func sortFewByKey(keys []uint64, items []uint32) {
	type keyed struct {
		key  uint64
		item uint32
	}
	pairs := make([]keyed, len(keys))
	for i := range keys {
		pairs[i] = keyed{keys[i], items[i]}
	}
	slices.SortStableFunc(pairs, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	for i, p := range pairs {
		items[i] = p.item
	}
}
