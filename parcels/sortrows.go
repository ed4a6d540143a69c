package parcels

import (
	"cmp"
	"slices"
)

// sortRows sorts rows that are too large to be moved about or copied to be compared: their order is found by their positions, and then each is
// moved once. Rows that are in order stay untouched, as a store's are that was never edited.
func sortRows[T any](rows []T, compare func(a, b *T) int) {
	if inOrder(rows, compare) {
		return
	}
	order := make([]int32, len(rows)) // by place: the row that belongs there
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(compare(&rows[a], &rows[b]), int(a-b)) })
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

func inOrder[T any](rows []T, compare func(a, b *T) int) bool {
	for i := 1; i < len(rows); i++ {
		if compare(&rows[i-1], &rows[i]) > 0 {
			return false
		}
	}
	return true
}
