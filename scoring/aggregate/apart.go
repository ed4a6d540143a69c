package aggregate

import (
	"cmp"
	"slices"
)

// apart reports whether a cell may be published beside its year's published cells: whether no rest of a cell, when cells within it
// that lie apart are taken from it, is dominated. The rests that are new are those of the cell itself and those without it.
func (a *auditor) apart(c *cell) bool {
	published := a.published[c.year]
	if a.leavesDominated(c, nil, published) {
		return false
	}
	return !slices.ContainsFunc(published, func(whole *cell) bool {
		return len(whole.columns) > len(c.columns) && includes(whole.columns, c.columns) && a.leavesDominated(whole, c, published)
	})
}

// leavesDominated reports whether a rest of a whole is dominated, among those from which a part is taken; among all when it is nil.
func (a *auditor) leavesDominated(whole, part *cell, published []*cell) bool {
	p := a.packing(whole)
	if part != nil {
		p.add(a.at, part)
	}
	for _, q := range published {
		if len(q.columns) < len(whole.columns) && includes(whole.columns, q.columns) {
			p.add(a.at, q)
		}
	}
	p.join()
	if part != nil {
		p.take(0)
	}
	for f := range p.heaps {
		if !p.taken[f] && p.isolates(f) {
			return true
		}
	}
	return false
}

// packing lays a whole's columns out, the heaviest first.
func (a *auditor) packing(whole *cell) *packing {
	heaps := a.heaps[whole.year]
	order := slices.Clone(whole.columns)
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(heaps[y].sum, heaps[x].sum) })
	p := &packing{dominance: a.dominance, heaps: make([]heap, len(order)), in: make([][]int, len(order)), taken: make([]bool, len(order)), open: make([]int, len(order))}
	for at, k := range order {
		p.heaps[at], a.at[k] = heaps[k], at
	}
	return p
}

// includes reports whether all of part stands in whole; both ascend.
func includes(whole, part []int) bool {
	if len(part) > len(whole) {
		return false
	}
	k := 0
	for _, v := range whole {
		if k < len(part) && part[k] == v {
			k++
		}
	}
	return k == len(part)
}
