package tiles

import (
	"slices"

	"muchan/tiles/layers"
)

// repair makes the attributes of an image of those of an earlier one, from which some rows differ.
//
// A value that several features have stands in another place than one that a feature has alone. So an edit of one feature may move the value
// of another, which is now alone with it, or is so no longer.
type repair struct {
	old, next *Image
	was       []uint32 // by feature: where it stood in the old image
	edits     []rowEdit
	owners    []uint32 // features whose own values must be written anew, in any order and more than once
	in        *interner
}

// rowEdit is a row that may have other values, with the place of its feature now and before: nowhere where it is not drawn.
type rowEdit struct{ row, at, was uint32 }

func newRepair(old, next *Image, rows []int) *repair {
	n := len(next.table.IDs)
	stood, stands := old.ground.places(n), next.ground.places(n)
	r := &repair{old: old, next: next, was: make([]uint32, len(next.ground.rows))}
	for k, row := range next.ground.rows {
		r.was[k] = stood[row]
	}
	for _, row := range rows {
		r.edits = append(r.edits, rowEdit{uint32(row), stands[row], stood[row]})
	}
	return r
}

// places returns where the feature of each of n rows stands.
func (g *Ground) places(n int) []uint32 {
	at := slices.Repeat([]uint32{nowhere}, n)
	for k, row := range g.rows {
		at[row] = uint32(k)
	}
	return at
}

func (r *repair) do() {
	v, stride := &r.old.values, len(r.next.Layer.Fields)
	r.next.values.shared, r.next.values.end = slices.Clip(v.shared), slices.Clip(v.end)
	r.next.refs = make([]ref, stride*len(r.was))
	eachStretch(r.was, func(s stretch) {
		if s.was != nowhere {
			copy(r.next.refs[s.at*stride:], r.old.refs[int(s.was)*stride:][:s.n*stride])
		}
	})
	for f := range r.next.Layer.Fields {
		r.column(f)
	}
	r.keepOwn()
}

// column refers the features of edited rows to their values of a field.
func (r *repair) column(f int) {
	old, now := &r.old.table.Columns[f], &r.next.table.Columns[f]
	var cells []rowEdit
	for _, e := range r.edits {
		if (e.was == nowhere) != (e.at == nowhere) || e.at != nowhere && !sameIn(old, now, e.row) {
			cells = append(cells, e)
		}
	}
	switch {
	case len(cells) == 0:
	case len(cells) > len(r.was)/16:
		r.refill(f, cells)
	case now.Text != nil:
		recount(r, f, cells, textOf, hashOfText)
	default:
		recount(r, f, cells, bitsOf, hashOfBits)
	}
}

// sameIn reports whether a row has the same value in two editions of a column.
func sameIn(a, b *layers.Column, row uint32) bool {
	if !a.Present[row] || !b.Present[row] {
		return a.Present[row] == b.Present[row]
	}
	if a.Text != nil {
		return a.Text[row] == b.Text[row]
	}
	return bitsOf(a, row) == bitsOf(b, row)
}

// refill does a whole column, as NewImage does.
func (r *repair) refill(f int, cells []rowEdit) {
	m := r.next
	stride := len(m.Layer.Fields)
	wasAlone := make([]bool, len(r.was))
	for k := range r.was {
		wasAlone[k] = m.refs[k*stride+f] == alone
		m.refs[k*stride+f] = 0
	}
	if r.in == nil {
		r.in = newInterner(len(r.was))
	}
	r.in.fill(&m.values, &m.table.Columns[f], m.Layer.Fields[f].Type, m.ground.rows, m.refs[f:], stride)
	for k, before := range wasAlone {
		if before != (m.refs[k*stride+f] == alone) {
			r.owners = append(r.owners, uint32(k))
		}
	}
	for _, c := range cells {
		if c.at != nowhere {
			r.owners = append(r.owners, c.at)
		}
	}
}

// set refers a feature to a value of a field.
func (r *repair) set(at uint32, f int, to ref) {
	held := &r.next.refs[int(at)*len(r.next.Layer.Fields)+f]
	if *held == alone || to == alone {
		r.owners = append(r.owners, at)
	}
	*held = to
}

// keepOwn takes over the values that features have alone, and writes those of the owners.
func (r *repair) keepOwn() {
	m, v, from := r.next, &r.next.values, &r.old.values
	stride := len(m.Layer.Fields)
	v.own, v.ownCount = make([]byte, 0, len(from.own)+len(from.own)/64), make([]uint8, 0, len(r.was))
	v.ownFirst = make([]uint32, 1, len(r.was)+1)
	for _, k := range r.owners {
		r.was[k] = nowhere
	}
	eachStretch(r.was, func(s stretch) {
		if s.was == nowhere {
			v.keepOwn(m.table, m.ground.rows[s.at], m.refs[s.at*stride:][:stride])
			return
		}
		ends := from.ownFirst[s.was : int(s.was)+s.n+1]
		shift := uint32(len(v.own)) - ends[0]
		v.own = append(v.own, from.own[ends[0]:ends[s.n]]...)
		v.ownCount = append(v.ownCount, from.ownCount[s.was:int(s.was)+s.n]...)
		for _, end := range ends[1:] {
			v.ownFirst = append(v.ownFirst, end+shift)
		}
	})
}
