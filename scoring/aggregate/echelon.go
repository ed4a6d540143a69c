package aggregate

import (
	"encoding/binary"
	"slices"
)

// echelon is a row of the reduced row echelon form.
type echelon struct {
	pivot   int
	row     []uint64
	outside string // its entries outside the pivot, scaled so that the first is 1; "" when there is none
	few     bool   // it is a sum over fewer than three firms
}

// admit takes a sum into what is published if nothing is given away by it.
func (a *auditor) admit(v []uint64) bool {
	a.reduce(v)
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
		if !nonzero(left[i]) {
			return false
		}
	}
	a.basis, a.hidden = next, left
	return true
}

// reduce takes what is published from a sum.
func (a *auditor) reduce(v []uint64) {
	for i := range a.basis {
		if e := &a.basis[i]; v[e.pivot] != 0 {
			subtract(v, e.row, v[e.pivot])
		}
	}
}

func nonzero(v []uint64) bool { return slices.ContainsFunc(v, func(x uint64) bool { return x != 0 }) }

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
