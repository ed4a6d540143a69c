package scoring

import (
	"math"
	"strconv"

	"muchan/parcels"
)

// NumberText writes a number rounded to so many places, without needless zeros.
func NumberText(v float64, places int) string {
	scale := math.Pow10(places)
	if v = math.Round(v*scale) / scale; v == 0 {
		return "0" // never -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// NumberOperand is an operand whose value is a number; the value is empty where it is missing.
func NumberOperand(name, nameEn string, v parcels.Opt[float64], unit string, places int, source string) Operand {
	o := Operand{Name: name, NameEn: nameEn, Unit: unit, Source: source}
	if f, ok := v.Get(); ok {
		o.Value = NumberText(f, places)
	}
	return o
}

// AddNote appends a remark; an empty one changes nothing.
func (e *Explanation) AddNote(w Text) {
	note := Text{e.Note, e.NoteEn}.between("；", "; ", w)
	e.Note, e.NoteEn = note.Zh, note.En
}

// And puts another remark behind one; an empty one leaves the other alone.
func (w Text) And(next Text) Text { return w.between("；", "; ", next) }

// Over divides a part by a whole; missing where either is, or the whole is not above 0.
func Over(part, whole parcels.Opt[float64]) parcels.Opt[float64] { return over(part, whole) }

// FloorsOf returns floor area in m²: each storey once, and as the floor-area ratio counts it, storeys above 8 m twice.
func FloorsOf(storeys []parcels.Storey) (once, far float64) {
	return floors(&parcels.Building{Storeys: storeys})
}
