package aggregate

import (
	"encoding/binary"
	"slices"
)

// AtLeast is how many firms must stand behind whatever can be worked out. The audit looks for sums over one and two firms, so it is no
// parameter.
const AtLeast = 3

// Why an amount is not published.
const (
	TooFew        = "few"           // fewer than three firms
	Dominated     = "dominance"     // one firm has more than the dominance share, or all amounts are 0
	Complementary = "complementary" // it would give away what is hidden elsewhere
	TooLarge      = "limit"         // the zone is too large for an audit in this detail
)

// cell is one sum that might be published.
type cell struct {
	members []int32   // firms behind it, ascending
	amounts []float64 // parallel to members
	family  int       // place of its grouping in Groupings
	year    int
	place   int    // in the order in which the cells of its year are wanted
	columns []int  // its members' columns in the audit, ascending
	reason  string // why it is not published, "" when it is
}

// heap is what is known of some firms together.
type heap struct {
	firms     int
	sum, most float64 // of the absolute amounts
}

func (h *heap) add(o heap) {
	h.firms, h.sum, h.most = h.firms+o.firms, h.sum+o.sum, max(h.most, o.most)
}

func heapOf(amounts []float64) (h heap) {
	for _, v := range amounts {
		h.add(heap{1, max(v, -v), max(v, -v)})
	}
	return h
}

// refuse returns why the amount of a heap may not be known.
func (h heap) refuse(dominance float64) string {
	switch {
	case h.firms < AtLeast:
		return TooFew
	case h.sum == 0, h.most > dominance*h.sum:
		return Dominated
	}
	return ""
}

// auditor decides which cells of one system of unknowns are published. What is published spans a space of sums over firms, every one
// of which can be worked out. A cell is let in only while
//
//   - no sum in this space, with whatever factors, is over fewer than three firms;
//   - no cell that had to be hidden is in it;
//   - nothing that is left of a cell without published cells of one grouping within it is too small or dominated.
//
// Firms that stand in the same cells are one column that counts as often as there are firms; a sum over such a column is never over
// fewer. In reduced row echelon form a sum over one column is a row with one entry, and a sum over two columns is a row with two
// entries or comes of two rows whose entries outside their pivots are proportional.
type auditor struct {
	dominance float64
	width     int   // number of columns
	column    []int // of each firm, -1 for one in no cell
	weight    []int // firms in each column
	basis     []echelon
	hidden    [][]uint64     // what remains of each hidden cell after what is published was taken from it
	heaps     map[int][]heap // by year, each column
	gone      []int          // by column: stamp of the last subtraction it was taken away in
	stamp     int
}

// echelon is a row of the reduced row echelon form.
type echelon struct {
	pivot   int
	row     []uint64
	outside string // its entries outside the pivot, scaled so that the first is 1; "" when there is none
	few     bool   // it is a sum over fewer than three firms
}

// audit sets the reason of every cell. Cells come in the order in which they are wanted. careless leaves complementary suppression
// out; it is for tests that must notice.
func audit(cells []*cell, firms int, dominance float64, careless bool) {
	a := &auditor{dominance: dominance}
	for _, c := range cells {
		if c.reason == "" {
			c.reason = heapOf(c.amounts).refuse(dominance)
		}
	}
	a.within(cells, firms)
	a.pile(cells)
	for _, c := range cells {
		if c.reason == Dominated { // one of too few firms cannot be worked out anyway
			a.hidden = append(a.hidden, a.vector(c))
		}
	}
	published := map[int][]*cell{} // by year
	for _, c := range cells {
		if c.reason != "" {
			continue
		}
		if !careless && (!a.apart(c, published[c.year]) || !a.admit(a.vector(c))) {
			c.reason = Complementary
			continue
		}
		published[c.year] = append(published[c.year], c)
	}
}

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
	a.column, a.gone = column, make([]int, a.width)
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

// apart reports whether what is left of a cell without all published cells of one grouping within it may be known, for each published
// cell around the new one and for the new one itself. That answers for fewer of them too: a firm that dominates a larger rest
// dominates the smaller one, or a published cell.
func (a *auditor) apart(c *cell, published []*cell) bool {
	inside := make([][]*cell, len(Groupings))
	for _, p := range published {
		switch {
		case includes(p.columns, c.columns):
			siblings := []*cell{c}
			for _, other := range published {
				if other.family == c.family && includes(p.columns, other.columns) {
					siblings = append(siblings, other)
				}
			}
			if !a.remains(p, siblings...) {
				return false
			}
		case includes(c.columns, p.columns):
			inside[p.family] = append(inside[p.family], p)
		}
	}
	return !slices.ContainsFunc(inside, func(parts []*cell) bool { return !a.remains(c, parts...) })
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

// remains reports whether a cell without some parts of it is empty or may be known.
func (a *auditor) remains(whole *cell, parts ...*cell) bool {
	a.stamp++
	for _, c := range parts {
		for _, k := range c.columns {
			a.gone[k] = a.stamp
		}
	}
	var left heap
	for _, k := range whole.columns {
		if a.gone[k] != a.stamp {
			left.add(a.heaps[whole.year][k])
		}
	}
	return left.firms == 0 || left.refuse(a.dominance) == ""
}

// admit takes a sum into what is published if nothing is given away by it.
func (a *auditor) admit(v []uint64) bool {
	for i := range a.basis {
		if e := &a.basis[i]; v[e.pivot] != 0 {
			subtract(v, e.row, v[e.pivot])
		}
	}
	pivot := slices.IndexFunc(v, func(x uint64) bool { return x != 0 })
	if pivot < 0 {
		return true // it can be worked out already
	}
	scale(v, inverse(v[pivot]))
	next := a.with(v, pivot)
	if a.gives(next) {
		return false
	}
	left := make([][]uint64, len(a.hidden))
	for i, h := range a.hidden {
		left[i] = h
		if h[pivot] == 0 {
			continue
		}
		left[i] = slices.Clone(h)
		subtract(left[i], v, h[pivot])
		if !slices.ContainsFunc(left[i], func(x uint64) bool { return x != 0 }) {
			return false
		}
	}
	a.basis, a.hidden = next, left
	return true
}

func scale(v []uint64, f uint64) {
	for i, x := range v {
		if x != 0 {
			v[i] = multiply(x, f)
		}
	}
}

// with is the echelon form with one more row, which is reduced already.
func (a *auditor) with(v []uint64, pivot int) []echelon {
	next := make([]echelon, len(a.basis), len(a.basis)+1)
	for i, e := range a.basis {
		if f := e.row[pivot]; f != 0 {
			row := slices.Clone(e.row)
			subtract(row, v, f)
			e = a.row(row, e.pivot)
		}
		next[i] = e
	}
	return append(next, a.row(v, pivot))
}

// row judges one row by itself.
func (a *auditor) row(v []uint64, pivot int) echelon {
	e := echelon{pivot: pivot, row: v}
	firms, columns := 0, 0
	for i, x := range v {
		if x != 0 {
			firms, columns = firms+a.weight[i], columns+1
		}
	}
	e.few = firms < AtLeast
	if a.weight[pivot] > 1 || columns == 1 {
		return e // two rows can make a sum over two firms only when each pivot is one firm
	}
	var text []byte
	factor := uint64(0)
	for i, x := range v {
		if x == 0 || i == pivot {
			continue
		}
		if factor == 0 {
			factor = inverse(x)
		}
		text = binary.AppendUvarint(binary.AppendUvarint(text, uint64(i)), multiply(x, factor))
	}
	e.outside = string(text)
	return e
}

// gives reports whether a sum over fewer than three firms can be worked out.
func (a *auditor) gives(basis []echelon) bool {
	seen := map[string]bool{}
	for i := range basis {
		e := &basis[i]
		if e.few || e.outside != "" && seen[e.outside] {
			return true
		}
		seen[e.outside] = true
	}
	return false
}
