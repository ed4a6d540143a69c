package layers

import (
	"slices"

	"muchan/geo"
)

// Table is one layer as one audience sees it: features as rows, attributes as typed columns. It is immutable once built.
type Table struct {
	Layer    Layer // with the fields of this audience only
	Audience Audience
	Year     int
	IDs      []string    // stable feature identifiers, one per row, ascending
	Shapes   []geo.Shape // one per row
	Bounds   []geo.Bound // one per row
	Columns  []Column    // parallel to Layer.Fields
	Index    *geo.Index  // over Bounds
	Bound    geo.Bound   // of all rows

	mark    *mark // of this table
	follows *mark // of the one it was made of by giving some rows other values
	changed []int // those rows
}

// Len returns the number of rows.
func (t *Table) Len() int { return len(t.IDs) }

// Equal reports whether two tables say the same of the same features to the same audience.
func (t *Table) Equal(u *Table) bool {
	if t == u {
		return true
	}
	alike := t.Audience == u.Audience && t.Year == u.Year && t.Layer.Name == u.Layer.Name && slices.Equal(t.Layer.Fields, u.Layer.Fields) &&
		same(t.IDs, u.IDs)
	return alike && slices.EqualFunc(t.Columns, u.Columns, Column.equal) && slices.EqualFunc(t.Shapes, u.Shapes, geo.Shape.Equal)
}

// SameMemory reports whether two tables stand in the same memory, but for who may see them: those of audiences who see the same fields of a layer.
func (t *Table) SameMemory(u *Table) bool {
	alike := t.Layer.Name == u.Layer.Name && len(t.Columns) == len(u.Columns) && overlay(t.IDs, u.IDs) && overlay(t.Shapes, u.Shapes)
	for f := 0; alike && f < len(t.Columns); f++ {
		alike = t.Columns[f].is(&u.Columns[f])
	}
	return alike
}

// Row returns the position of the feature with an identifier, and whether there is one.
func (t *Table) Row(id string) (int, bool) { return slices.BinarySearch(t.IDs, id) }

// FieldIndex returns the position of a field, and whether this audience has it.
func (t *Table) FieldIndex(name string) (int, bool) {
	for i, f := range t.Layer.Fields {
		if f.Name == name {
			return i, true
		}
	}
	return 0, false
}

// Value returns a feature's value of a field: a string for Text and Day, a float64 for Number, an int64 for Integer, a bool for
// Flag. It returns nil and false when the value is missing.
func (t *Table) Value(row, col int) (any, bool) {
	c := &t.Columns[col]
	if !c.Present[row] {
		return nil, false
	}
	switch t.Layer.Fields[col].Type {
	case Number:
		return c.Number[row], true
	case Integer:
		return int64(c.Number[row]), true
	case Flag:
		return c.Number[row] != 0, true
	}
	return c.Text[row], true
}
