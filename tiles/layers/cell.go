package layers

import (
	"math"

	"muchan/parcels"
)

// getters tells for each field of a layer how to read it from a row. Every field of a layer stands in its getters.
type getters[R any] map[string]func(*R) cell

// cell is one value on its way into a column.
type cell struct {
	text    string
	number  float64
	present bool
}

// equal compares numbers by their bits, as tiles do: a negative zero keeps its sign.
func (c cell) equal(d cell) bool {
	if !c.present || !d.present {
		return c.present == d.present
	}
	return c.text == d.text && math.Float64bits(c.number) == math.Float64bits(d.number)
}

func text[S ~string](s S) cell { return cell{text: string(s), present: s != ""} }

func day(d parcels.Date) cell { return cell{text: d.String(), present: d.OK()} }

func number(f float64) cell { return cell{number: f, present: true} }

func optional(o parcels.Opt[float64]) cell {
	v, ok := o.Get()
	return cell{number: v, present: ok}
}

func percent(share parcels.Opt[float64]) cell {
	v, ok := share.Get()
	return cell{number: 100 * v, present: ok}
}

func money(o parcels.Opt[parcels.Wan]) cell {
	v, ok := o.Get()
	return cell{number: v.Float(), present: ok}
}

func flag(b bool) cell {
	if b {
		return number(1)
	}
	return number(0)
}

// positive is missing when a number is not above 0, for fields where 0 means "does not apply".
func positive(f float64) cell { return cell{number: f, present: f > 0} }
