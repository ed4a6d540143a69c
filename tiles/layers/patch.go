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

// patched returns the table in which some rows, ascending, are made anew, and t itself when they say what they said. Whatever stands is shared.
func patched[R any](t *Table, fields getters[R], rows []int, row func(at int) *R, shape func(*R) geo.Shape) *Table {
	made := make([]*R, len(rows))
	for k, at := range rows {
		made[k] = row(at)
	}
	next, p := *t, patch{rows, make([]bool, len(rows))}
	p.shapes(&next, func(k int) geo.Shape { return shape(made[k]) })
	next.Columns = slices.Clone(t.Columns)
	for f, field := range t.Layer.Fields {
		get := fields[field.Name]
		p.column(&next.Columns[f], func(k int) cell { return get(made[k]) })
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
	rows    []int
	differs []bool // parallel to rows: it says something else than before
}

func (p *patch) changed() (rows []int) {
	for k, at := range p.rows {
		if p.differs[k] {
			rows = append(rows, at)
		}
	}
	return rows
}

// column gives the rows their values. The column is copied before the first that differs.
func (p *patch) column(c *Column, get func(k int) cell) {
	copied := false
	for k, at := range p.rows {
		value := get(k)
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
	for k, at := range p.rows {
		s := shape(k)
		if s.Equal(t.Shapes[at]) {
			continue
		}
		if len(moved) == 0 {
			t.Shapes, t.Bounds = slices.Clone(t.Shapes), slices.Clone(t.Bounds)
		}
		t.Shapes[at], t.Bounds[at] = s, s.Bound()
		moved, p.differs[k] = append(moved, at), true
	}
	if len(moved) > 0 {
		t.Bound = boundOf(t.Bounds)
		t.Index = t.Index.After(t.Bounds, moved)
	}
}

// differing lists those of some rows in which two tables with the same columns say something else.
func (t *Table) differing(u *Table, rows []int) (differ []int) {
	for _, at := range rows {
		same := t.Shapes[at].Equal(u.Shapes[at])
		for f := range t.Columns {
			same = same && t.Columns[f].at(at).equal(u.Columns[f].at(at))
		}
		if !same {
			differ = append(differ, at)
		}
	}
	return differ
}
