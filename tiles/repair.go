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
	fresh     []bool   // by sheet: it is not the old image's
	owners    []uint32 // features whose own values must be written anew, in any order and more than once
	in        *interner
}

// rowEdit is a row that may have other values, with the place of its feature now and before: nowhere where it is not drawn.
type rowEdit struct{ row, at, was uint32 }

func newRepair(old, next *Image, rows []int) *repair {
	n := len(next.table.IDs)
	stands := next.ground.places(n)
	stood := stands
	if old.ground != next.ground {
		stood = old.ground.places(n)
	}
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
	v := &r.old.values
	r.next.values = values{slices.Clip(v.shared), slices.Clip(v.end)}
	r.takeSheets()
	for f := range r.next.Layer.Fields {
		r.column(f)
	}
	r.keepOwn()
}

// takeSheets takes over the sheets whose features stand where they stood, and copies the references of others.
func (r *repair) takeSheets() {
	m, stride := r.next, len(r.next.Layer.Fields)
	for from := 0; from < len(r.was); from += sheetFeatures {
		was := r.was[from:min(from+sheetFeatures, len(r.was))]
		stood := r.stood(from, was)
		r.fresh = append(r.fresh, !stood)
		if stood {
			m.sheets = append(m.sheets, r.old.sheets[from>>sheetBits])
			continue
		}
		s := &sheet{refs: make([]ref, stride*len(was))}
		for at, k := range was {
			if k != nowhere {
				old, there := r.old.sheetOf(int(k))
				copy(s.refs[at*stride:][:stride], old.refs[there*stride:])
			}
		}
		m.sheets = append(m.sheets, s)
	}
}

// stood reports whether the features of a sheet are those of the old image's.
func (r *repair) stood(from int, was []uint32) bool {
	for at, k := range was {
		if int(k) != from+at {
			return false
		}
	}
	return len(r.old.rowsOf(from>>sheetBits)) == len(was)
}

// renew makes a feature's sheet one that may be written on.
func (r *repair) renew(k int) {
	if i := k >> sheetBits; !r.fresh[i] {
		r.next.sheets[i], r.fresh[i] = &sheet{refs: slices.Clone(r.next.sheets[i].refs)}, true
	}
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
	if r.in == nil {
		r.in = newInterner()
	}
	refs := make([]ref, len(r.was))
	r.in.fill(&m.values, &m.table.Columns[f], m.Layer.Fields[f].Type, m.ground.rows, refs)
	for k, to := range refs {
		r.set(uint32(k), f, to)
	}
	for _, c := range cells {
		if c.at != nowhere {
			r.owners = append(r.owners, c.at)
		}
	}
}

// set refers a feature to a value of a field.
func (r *repair) set(k uint32, f int, to ref) {
	held := r.next.refOf(int(k), f)
	if held == to {
		return
	}
	if held == alone || to == alone {
		r.owners = append(r.owners, k)
	}
	r.renew(int(k))
	s, at := r.next.sheetOf(int(k))
	s.refs[at*len(r.next.Layer.Fields)+f] = to
}

// keepOwn writes the values of the owners, and takes over those of the other features of their sheets.
func (r *repair) keepOwn() {
	for _, k := range r.owners {
		r.renew(int(k))
		r.was[k] = nowhere
	}
	var room []byte
	for i, fresh := range r.fresh {
		if fresh {
			room = r.keepOwnOn(i, room)
		}
	}
}

func (r *repair) keepOwnOn(sheet int, room []byte) []byte {
	m, s := r.next, r.next.sheets[sheet]
	rows, was := m.rowsOf(sheet), r.was[sheet<<sheetBits:]
	return s.keepOwn(room, len(rows), func(room []byte, at int) ([]byte, uint8) {
		if was[at] == nowhere {
			return s.appendOwn(room, at, m.table, rows[at])
		}
		old, there := r.old.sheetOf(int(was[at]))
		return append(room, old.ownOf(there)...), old.ownCount[there]
	})
}
