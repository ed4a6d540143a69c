package parcels

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

// mergePositions merges two stretches of positions. first reports whether one of the former goes before one of the latter.
func mergePositions(to, a, b []int32, first func(a, b int32) bool) {
	for k := range to {
		if len(b) == 0 || len(a) > 0 && first(a[0], b[0]) {
			to[k], a = a[0], a[1:]
		} else {
			to[k], b = b[0], b[1:]
		}
	}
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
