package parcels

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"muchan/geo"
)

// contradiction checks the columns of one row against each other, for entities without editions.
func contradiction[T any](t *Table[T], row *T) *Problem {
	switch r := any(row).(type) {
	case *Zone:
		return periodOrder(t, row, "valid_to", r.ValidFrom, r.ValidTo)
	case *Occupancy:
		return periodOrder(t, row, "to", r.From, r.To)
	case *Event:
		if r.USCC == "" && r.Parcel == "" {
			return refuse(t, row, "uscc", "events.subject.missing", "it names neither a firm nor a parcel", "Fill in uscc or parcel.")
		}
		return periodOrder(t, row, "valid_to", r.ValidFrom, r.ValidTo)
	}
	return nil
}

func periodOrder[T any](t *Table[T], row *T, column string, from, to Date) *Problem {
	if !from.OK() || !to.OK() || to > from {
		return nil
	}
	return refuse(t, row, column, t.Name+".period.order",
		fmt.Sprintf("it ends on %s, which is not after it begins on %s", to, from), "Correct one of the two days; the end is the first day after.")
}

// storable finds the first reason why a row cannot be kept and read back exactly, or why its dates contradict each other. It
// judges form alone; whether values make sense is for ingest and for the quality checks.
func storable[T any](t *Table[T], row *T) *Problem {
	for i := range t.Columns {
		c := &t.Columns[i]
		field := c.Field(row)
		if Missing(field) {
			if c.Required {
				return refuse(t, row, c.Name, "column.required", c.Title+" ("+c.Name+") is missing", "Give it a value.")
			}
			continue
		}
		if rule, message, remedy := unfit(field, c.Key); rule != "" {
			return refuse(t, row, c.Name, rule, message, remedy)
		}
	}
	return contradiction(t, row)
}

func refuse[T any](t *Table[T], row *T, column, rule, message, remedy string) *Problem {
	return &Problem{
		Entity: t.Name, Key: t.Key(row), Column: column, Rule: rule, Message: message, Remedy: remedy, Severity: SeverityError,
	}
}

func unfit(field any, key bool) (rule, message, remedy string) {
	switch f := field.(type) {
	case *string:
		return unfitText(*f, key)
	case *Opt[float64]:
		if v, _ := f.Get(); !finite(v) {
			return "number.finite", fmt.Sprintf("%v is not a number", v), "Leave the cell empty when the number is not known."
		}
	case *Opt[Wan]:
		if v, _ := f.Get(); v > maxWan || v < -maxWan {
			return "money.range", v.String() + " 万元 is beyond 10^9 万元", "Check the unit: amounts are in 万元."
		}
	case *Date:
		if y := f.Year(); y < 1900 || y > 2200 {
			return "date.range", fmt.Sprintf("the year %d is not between 1900 and 2200", y), "Correct the date."
		}
	case *[]string:
		return unfitList(*f)
	case *[]Storey:
		for _, s := range *f {
			if !finite(s.FloorM2) || !finite(s.HeightM) || s.FloorM2 < 0 || s.HeightM < 0 {
				return "storeys.form", "a storey has a floor area or height that is not a number of at least 0", "Write storeys as 6000@9;6000@4.5."
			}
		}
	case *geo.Shape:
		return unfitShape(*f)
	}
	return "", "", ""
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func unfitText(s string, key bool) (rule, message, remedy string) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "text.encoding", fmt.Sprintf("%q is not valid text", s), "Read the file with its true encoding, for example --encoding gb18030."
	}
	if key && strings.Contains(s, "|") {
		return "key.separator", fmt.Sprintf("%q holds \"|\", which separates the parts of a key", s), "Use another character in codes."
	}
	return "", "", ""
}

func unfitList(items []string) (rule, message, remedy string) {
	for _, item := range items {
		if rule, message, remedy = unfitText(item, false); rule != "" {
			return rule, message, remedy
		}
		if kept := ParseList(item); len(kept) != 1 || kept[0] != item {
			return "list.item", fmt.Sprintf("%q cannot be an item of a list", item), "Items are not empty, hold no semicolon and have no blanks around them."
		}
	}
	return "", "", ""
}

func unfitShape(s geo.Shape) (rule, message, remedy string) {
	const remedyShape = "Repair the shape in QGIS (Check validity) and import it again."
	for _, polygon := range s {
		if len(polygon) == 0 {
			return "shape.empty", "a part of the shape has no boundary", remedyShape
		}
		for _, ring := range polygon {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
				return "shape.ring", "a ring of the shape is not closed or has fewer than three corners", remedyShape
			}
			for _, p := range ring {
				if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
					return "shape.range", fmt.Sprintf("the shape has the coordinate %v, which is not a longitude and latitude in degrees", p), "State the file's coordinate system, for example --crs EPSG:4549."
				}
			}
		}
	}
	return "", "", ""
}
