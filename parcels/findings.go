package parcels

import (
	"fmt"
	"strconv"

	"muchan/geo"
)

// findings collects what the rules find in one row.
type findings struct {
	entity string
	key    func() string
	value  func(column string) string
	list   []Problem
}

func newFindings[T any](t *Table[T], row *T) *findings {
	return &findings{
		entity: t.Name,
		key:    func() string { return t.Key(row) },
		value:  func(column string) string { return valueText(t, row, column) },
	}
}

func (f *findings) fail(column, rule, message, remedy string) {
	f.add(SeverityError, column, rule, message, remedy)
}

func (f *findings) warn(column, rule, message, remedy string) {
	f.add(SeverityWarning, column, rule, message, remedy)
}

func (f *findings) note(column, rule, message string) {
	f.add(SeverityNote, column, rule, message, "")
}

func (f *findings) add(severity Severity, column, rule, message, remedy string) {
	f.list = append(f.list, Problem{
		Entity: f.entity, Key: f.key(), Column: column, Value: f.value(column), Rule: rule, Message: message, Remedy: remedy, Severity: severity,
	})
}

// valueText is a column's value for a message, shortened.
func valueText[T any](t *Table[T], row *T, column string) string {
	for i := range t.Columns {
		if t.Columns[i].Name == column {
			return shorten(fieldText(t.Columns[i].Field(row)))
		}
	}
	return ""
}

// fieldText is a value as files have it; a shape has none, since its place says more.
func fieldText(field any) string {
	switch f := field.(type) {
	case *string:
		return *f
	case *int:
		return strconv.Itoa(*f)
	case *Opt[float64]:
		if v, ok := f.Get(); ok {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	case *Opt[Wan]:
		if v, ok := f.Get(); ok {
			return v.String()
		}
	case *Opt[bool]:
		if v, ok := f.Get(); ok {
			return strconv.FormatBool(v)
		}
	case *Date:
		return f.String()
	case *[]string:
		return FormatList(*f)
	case *[]Storey:
		return FormatStoreys(*f)
	}
	return ""
}

func shorten(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// place is a position for Problem.Place.
func place(p geo.Point) string { return fmt.Sprintf("%.7f %.7f", p[0], p[1]) }

// order reports two present dates that are the wrong way round.
func (f *findings) order(severity Severity, firstColumn, laterColumn, what string, first, later Date) {
	if first.OK() && later.OK() && later < first {
		f.add(severity, laterColumn, "date.order", fmt.Sprintf("%s: %s is before %s %s", what, later, firstColumn, first),
			"Check both dates, and whether day and month or the year are mixed up.")
	}
}

// period reports a period that is empty or runs backwards; its end is the first day after it.
func (f *findings) period(column string, from, to Date) {
	if from.OK() && to.OK() && to <= from {
		f.fail(column, f.entity+".period.order", fmt.Sprintf("it ends on %s, which is not after it begins on %s", to, from),
			"Correct one of the two days; the end is the first day after.")
	}
}
