package layers

import "slices"

// Column holds one field's values. Exactly one of the slices is used: Text for Text and Day fields, Number for the others (a
// Flag is 0 or 1). A missing value is false in Present.
type Column struct {
	Text    []string
	Number  []float64
	Present []bool
}

func column[R any](field Field, get func(*R) cell, rows []*R) Column {
	c := Column{Present: make([]bool, len(rows))}
	if field.isText() {
		c.Text = make([]string, len(rows))
	} else {
		c.Number = make([]float64, len(rows))
	}
	for i, row := range rows {
		c.set(i, get(row))
	}
	return c
}

// at is the value of a row.
func (c *Column) at(row int) cell {
	switch {
	case !c.Present[row]:
		return cell{}
	case c.Text != nil:
		return cell{text: c.Text[row], present: true}
	}
	return cell{number: c.Number[row], present: true}
}

// set gives a row a value. What is missing has neither text nor number.
func (c *Column) set(row int, value cell) {
	if !value.present {
		value = cell{}
	}
	if c.Present[row] = value.present; c.Text != nil {
		c.Text[row] = value.text
	} else {
		c.Number[row] = value.number
	}
}

// At is where a column stands in memory, by which those are told that tables share; nil for one without rows. Who gives a column other values
// copies all three of its slices.
func (c *Column) At() *bool {
	if len(c.Present) == 0 {
		return nil
	}
	return &c.Present[0]
}

// is reports whether two columns stand in the same memory.
func (c *Column) is(d *Column) bool {
	return overlay(c.Present, d.Present)
}

// overlay reports whether two slices are the same memory.
func overlay[T any](a, b []T) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// equal reports whether two columns hold the same. One that a table took over from another is not looked through.
func (c Column) equal(d Column) bool {
	return same(c.Present, d.Present) && same(c.Number, d.Number) && same(c.Text, d.Text)
}

func same[T comparable](a, b []T) bool {
	return overlay(a, b) || slices.Equal(a, b)
}
