package aggregate

import (
	"encoding/binary"
	"slices"
)

// most bounds the work of an audit, in steps of the elimination; beyond it the finest family is not offered.
const most = 1e10

// within collapses the firms, and takes families away, the last first, until the rest can be audited.
func (a *auditor) within(cells []*cell, firms int) {
	for {
		a.collapse(cells, firms)
		rows, last := 0, -1
		for _, c := range cells {
			if c.reason != TooLarge {
				rows, last = rows+1, max(last, c.family)
			}
		}
		if float64(rows)*float64(min(rows, a.width))*float64(a.width) <= most || last <= 0 {
			return
		}
		for _, c := range cells {
			if c.family == last {
				c.reason = TooLarge
			}
		}
	}
}

// collapse makes one column of the firms that stand in the same cells.
func (a *auditor) collapse(cells []*cell, firms int) {
	in := make([][]byte, firms)
	for k, c := range cells {
		if c.reason == TooLarge {
			continue
		}
		for _, f := range c.members {
			in[f] = binary.AppendUvarint(in[f], uint64(k))
		}
	}
	index := map[string]int{}
	column := make([]int, firms)
	a.weight = nil
	for f := range in {
		at, ok := index[string(in[f])]
		if !ok {
			at = len(a.weight)
			index[string(in[f])], a.weight = at, append(a.weight, 0)
		}
		column[f] = at
		a.weight[at]++
	}
	a.width = len(a.weight)
	for _, c := range cells {
		if c.columns = nil; c.reason == TooLarge {
			continue
		}
		for _, f := range c.members {
			c.columns = append(c.columns, column[f])
		}
		slices.Sort(c.columns)
		c.columns = slices.Compact(c.columns)
	}
	a.column, a.at = column, make([]int, a.width)
}

// pile adds up the firms of each column, year by year.
func (a *auditor) pile(cells []*cell) {
	a.heaps = map[int][]heap{}
	seen := map[int][]bool{} // by year, each firm
	for _, c := range cells {
		if a.heaps[c.year] == nil {
			a.heaps[c.year], seen[c.year] = make([]heap, a.width), make([]bool, len(a.column))
		}
		for i, f := range c.members {
			if !seen[c.year][f] {
				seen[c.year][f] = true
				a.heaps[c.year][a.column[f]].add(heapOf(c.amounts[i : i+1]))
			}
		}
	}
}

// vector is a cell over the columns.
func (a *auditor) vector(c *cell) []uint64 {
	v := make([]uint64, a.width)
	for _, k := range c.columns {
		v[k] = 1
	}
	return v
}
