package layers

import (
	"slices"

	"muchan/geo"
)

// mark tells one table from another.
type mark struct{ _ byte }

// ChangedSince lists the rows, ascending, in which a table differs from an earlier one. It is false when the table was not made of that one
// by giving some rows other values.
func (t *Table) ChangedSince(before *Table) ([]int, bool) {
	if t == before {
		return nil, true
	}
	return t.changed, t.follows != nil && before != nil && t.follows == before.mark
}

// ChangedBytes is the memory of the rows that ChangedSince lists.
func (t *Table) ChangedBytes() int { return 8 * cap(t.changed) }

// moved are the rows of a table, ascending, that may say something else than before.
type moved struct {
	rows []int // in which any field may differ
	// graded are those in which nothing may but the fields that follow from ranks: one figure moves the ranks of a whole zone, and most fields
	// need not be looked at for it. One that is among rows counts there.
	graded []int
}

// patched returns the table in which the rows that moved are made anew, and t itself when they say what they said. Whatever stands is shared.
func patched[R any](t *Table, fields getters[R], m moved, rowsAt func(rows []int) []*R, shape func(*R) geo.Shape) *Table {
	next, p := *t, newPatch(m)
	made := rowsAt(p.rows)
	p.shapes(&next, func(k int) geo.Shape { return shape(made[k]) })
	next.Columns = slices.Clone(t.Columns)
	for f, field := range t.Layer.Fields {
		get, among := fields[field.Name], p.whole
		if gradedFields[field.Name] {
			among = p.all
		}
		p.column(&next.Columns[f], among, func(k int) cell { return get(made[k]) })
	}
	return next.after(t, p.changed())
}

// after makes the table follow another, from which it differs in some rows; it is that one when it differs in none.
func (t *Table) after(before *Table, changed []int) *Table {
	if len(changed) == 0 {
		return before
	}
	t.mark, t.follows, t.changed = new(mark), before.mark, changed
	return t
}

// patch is rows that are made anew.
type patch struct {
	rows       []int
	all, whole []int  // positions in rows: of all, and of those in which any field may differ
	differs    []bool // parallel to rows: it says something else than before
}

func newPatch(m moved) *patch {
	p := &patch{rows: slices.Concat(m.rows, m.graded)}
	slices.Sort(p.rows)
	p.rows = slices.Compact(p.rows)
	p.differs, p.all = make([]bool, len(p.rows)), make([]int, len(p.rows))
	rest := m.rows
	for k, at := range p.rows {
		if p.all[k] = k; len(rest) > 0 && rest[0] == at {
			p.whole, rest = append(p.whole, k), rest[1:]
		}
	}
	return p
}

func (p *patch) changed() (rows []int) {
	for k, at := range p.rows {
		if p.differs[k] {
			rows = append(rows, at)
		}
	}
	return rows
}

// column gives some of the rows their values. The column is copied before the first that differs.
func (p *patch) column(c *Column, among []int, get func(k int) cell) {
	copied := false
	for _, k := range among {
		at, value := p.rows[k], get(k)
		if c.at(at).equal(value) {
			continue
		}
		if !copied {
			*c, copied = Column{slices.Clone(c.Text), slices.Clone(c.Number), slices.Clone(c.Present)}, true
		}
		c.set(at, value)
		p.differs[k] = true
	}
}

// shapes gives the rows their shapes, and the table boxes and an index of them.
func (p *patch) shapes(t *Table, shape func(k int) geo.Shape) {
	var moved []int
	for _, k := range p.whole {
		at, s := p.rows[k], shape(k)
		if s.Equal(t.Shapes[at]) {
			continue
		}
		if len(moved) == 0 {
			t.Shapes, t.Bounds = slices.Clone(t.Shapes), slices.Clone(t.Bounds)
		}
		t.Shapes[at], t.Bounds[at] = s, geo.BoundOf(s)
		moved, p.differs[k] = append(moved, at), true
	}
	if len(moved) > 0 {
		t.Bound = geo.BoundAround(t.Bounds)
		t.Index = t.Index.After(t.Bounds, moved)
	}
}

// differing lists those of some rows in which two tables with the same columns say something else. Columns that they share are not looked at.
func (t *Table) differing(u *Table, rows []int) (differ []int) {
	var apart []int
	for f := range t.Columns {
		if !t.Columns[f].is(&u.Columns[f]) {
			apart = append(apart, f)
		}
	}
	for _, at := range rows {
		same := t.Shapes[at].Equal(u.Shapes[at])
		for _, f := range apart {
			same = same && t.Columns[f].at(at).equal(u.Columns[f].at(at))
		}
		if !same {
			differ = append(differ, at)
		}
	}
	return differ
}
