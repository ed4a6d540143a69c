package parcels

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"muchan/geo"
)

// halfWidth turns the full-width letters, digits and signs of Chinese input into their plain forms.
func halfWidth(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return width.Fold.String(s)
		}
	}
	return s
}

// spellingOf tells how a column that holds a code is brought into its one spelling; nil for one that holds none.
func spellingOf(table, column string) func(string) string {
	switch column {
	case "uscc":
		return NormaliseUSCC
	case "parcel", "parents":
		return NormaliseParcelCode
	case "industry":
		return NormaliseIndustry
	case "park":
		return normalisePark
	case "building", "id", "county", "use_code":
		return normaliseID
	case "code":
		return codeSpelling(table)
	}
	return nil
}

// codeSpelling is that of the one name that means another thing in each table.
func codeSpelling(table string) func(string) string {
	switch table {
	case ParcelTable.Name:
		return NormaliseParcelCode
	case ParkTable.Name:
		return normalisePark
	}
	return nil
}

func normalisePark(s string) string { return strings.ToUpper(normaliseID(s)) }

func normaliseID(s string) string { return strings.TrimSpace(halfWidth(s)) }

// Normalise writes into a row: it trims texts, brings codes into their one spelling and repairs shapes as far as the land they
// cover stays known. It returns a note for each code it changed and a warning for each shape it repaired.
func Normalise[T any](t *Table[T], row *T) []Problem {
	f := newFindings(t, row)
	if p, ok := any(row).(*Parcel); ok {
		wordsToUse(f, p)
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		switch field := c.Field(row).(type) {
		case *string:
			normaliseText(f, t.Name, c.Name, field)
		case *[]string:
			*field = slices.Clone(*field) // a stored row may have lent it
			for j := range *field {
				normaliseText(f, t.Name, c.Name, &(*field)[j])
			}
		case *geo.Shape:
			if len(*field) > 0 {
				repairShape(f, c.Name, field)
			}
		}
	}
	return f.list
}

// Spelled is a text in the one spelling of its column.
func Spelled(table, column, s string) string {
	if spelling := spellingOf(table, column); spelling != nil {
		return spelling(s)
	}
	return strings.TrimSpace(s)
}

func normaliseText(f *findings, table, column string, s *string) {
	before := *s
	*s = Spelled(table, column, before)
	if *s != before && spellingOf(table, column) != nil {
		f.note(column, "code.spelling", fmt.Sprintf("%q is taken as %s", shorten(before), *s))
	}
}

// repairShape leaves a shape that cannot be repaired as it is, for Validate to refuse with its place.
func repairShape(f *findings, column string, s *geo.Shape) {
	fixed, verdict, err := geo.Repair(*s)
	if err != nil || verdict.Rule == "" {
		return
	}
	after := geo.Area(fixed)
	*s = fixed
	if verdict.Valid {
		f.note(column, verdict.Rule, verdict.Message+": tidied")
		return
	}
	f.warn(column, verdict.Rule, fmt.Sprintf("%s: repaired; its area was %.2f m² and is %.2f m²", verdict.Message, float64(after-verdict.Change), float64(after)),
		"Look at the shape on the map, and correct the source.")
	f.list[len(f.list)-1].Place = place(verdict.Place)
}
