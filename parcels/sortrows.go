package parcels

import "sort"

// sortRows sorts rows that are too large to be moved about or copied to be compared: their order is found by their positions, and then each is
// moved once. Stretches that are in order already are merged, as those of parks that came one after another and the rows that were edited since;
// rows that all are stay untouched. Equal rows stay as they stood.
func sortRows[T any](rows []T, compare func(a, b *T) int) {
	ends := stretches(rows, compare)
	if len(ends) < 2 {
		return
	}
	order, merged := make([]int32, len(rows)), make([]int32, len(rows)) // by place: the row that belongs there
	for i := range order {
		order[i] = int32(i)
	}
	for len(ends) > 1 {
		var next []int
		begin := 0
		for i := 0; i < len(ends); i += 2 {
			middle, end := ends[i], ends[min(i+1, len(ends)-1)]
			mergePositions(merged[begin:end], order[begin:middle], order[middle:end], func(a, b int32) bool { return compare(&rows[a], &rows[b]) <= 0 })
			next, begin = append(next, end), end
		}
		order, merged, ends = merged, order, next
	}
	rearrange(rows, order)
}

// stretches are where the stretches of rows end in which none belongs before the one ahead of it.
func stretches[T any](rows []T, compare func(a, b *T) int) (ends []int) {
	for i := 1; i < len(rows); i++ {
		if compare(&rows[i-1], &rows[i]) > 0 {
			ends = append(ends, i)
		}
	}
	return append(ends, len(rows))
}

// mergePositions merges two stretches of positions. first reports whether one of the former goes before one of the latter. Those of a table follow each
// other in long parts as a rule, of which only the ends are looked for.
func mergePositions(to, a, b []int32, first func(a, b int32) bool) {
	for len(a) > 0 && len(b) > 0 {
		n := leading(len(a), func(i int) bool { return first(a[i], b[0]) })
		to, a = to[copy(to, a[:n]):], a[n:]
		if len(a) > 0 {
			n = leading(len(b), func(i int) bool { return !first(a[0], b[i]) })
			to, b = to[copy(to, b[:n]):], b[n:]
		}
	}
	copy(to[copy(to, a):], b)
}

// leading counts how many of n, from the first on, something holds for; behind them it holds for none. It looks in steps that double, so that many
// take little more than few.
func leading(n int, holds func(int) bool) int {
	low, step := 0, 1
	for low+step <= n && holds(low+step-1) {
		low, step = low+step, 2*step
	}
	high := min(low+step-1, n)
	return low + sort.Search(high-low, func(i int) bool { return !holds(low + i) })
}

// rearrange moves each row to its place, and uses the order up.
func rearrange[T any](rows []T, order []int32) {
	const settled = -1
	for place := range order {
		if order[place] == settled {
			continue
		}
		first := rows[place]
		for at := place; ; {
			from := int(order[at])
			order[at] = settled
			if from == place {
				rows[at] = first
				break
			}
			rows[at] = rows[from]
			at = from
		}
	}
}
