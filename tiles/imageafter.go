package tiles

import (
	"slices"

	"muchan/geo"
	"muchan/tiles/layers"
)

// After returns the image of a table with a ground of its shapes, as NewImage makes it. Where the table was made of the image's own by giving
// some rows other values (layers.Table.ChangedSince) all else is taken over as it stands. A nil image has nothing to take over.
func (m *Image) After(t *layers.Table, g *Ground) *Image {
	return ImagesOf([]*layers.Table{t}, []*Image{m}, g)[0]
}

// repaired is After where there is something to take over, and nil where there is not.
func (m *Image) repaired(t *layers.Table, g *Ground) *Image {
	rows, follows := m.changedIn(t)
	if !follows || m.worn() {
		return nil
	}
	next := &Image{
		Layer: t.Layer, Year: t.Year, ground: g, table: t, all: m.all, drawn: m.drawn, firstValues: m.firstValues,
	}
	newRepair(m, next, rows).do()
	if redrawn, known := g.redrawnSince(m.ground); known {
		next.follows, next.changed = m.mark, append(g.boxesOf(rows), redrawn...)
		if g != m.ground {
			next.changed = append(next.changed, m.ground.boxesOf(rows)...)
		}
	}
	return next.ready()
}

// changedIn lists the rows in which a table differs from the image's own, and false where that cannot be told without looking at all.
func (m *Image) changedIn(t *layers.Table) ([]int, bool) {
	if m == nil {
		return nil, false
	}
	return t.ChangedSince(m.table)
}

// worn reports whether so many values were added since the image was made whole that most may be those that no feature has any more.
func (m *Image) worn() bool { return len(m.values.end) > 2*m.firstValues+1000 }

// GroundOf returns the ground of a table's shapes: the image's own when the table has the same features in the same places, as after an
// edit of attributes or for another year; one made of it where it is known which rows differ; and otherwise a new one. A nil image has none
// of its own.
func (m *Image) GroundOf(t *layers.Table) *Ground {
	if rows, follows := m.changedIn(t); follows {
		moved := slices.DeleteFunc(slices.Clone(rows), func(row int) bool { return m.table.Shapes[row].Equal(t.Shapes[row]) })
		if len(moved) == 0 {
			return m.ground
		}
		return m.ground.after(t, moved)
	}
	if m == nil || !slices.Equal(m.table.IDs, t.IDs) || !slices.EqualFunc(m.table.Shapes, t.Shapes, geo.Shape.Equal) {
		return NewGround(t)
	}
	return m.ground
}

// redrawnSince are the boxes of features that stand as on an earlier ground and are drawn in another way. It is false when the ground was not
// made of that one.
func (g *Ground) redrawnSince(before *Ground) ([]box, bool) {
	if g == before {
		return nil, true
	}
	return g.redrawn, g.follows != nil && g.follows == before.mark
}
