package parcels

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"muchan/geo"
)

// Key returns the key of a row: its key columns joined by "|", dates as YYYY-MM-DD, missing ones empty.
func (t *Table[T]) Key(row *T) string {
	var buf [64]byte
	dst, first := buf[:0], true
	for i := range t.Columns {
		if !t.Columns[i].Key {
			continue
		}
		if !first {
			dst = append(dst, '|')
		}
		dst, first = appendKey(dst, t.Columns[i].Field(row)), false
	}
	return string(dst)
}

// Code returns the leading key column of a row: the code, ID or credit code that other rows refer to. It is the text by which
// stores look rows up for Need.
func (t *Table[T]) Code(row *T) string {
	for i := range t.Columns {
		if t.Columns[i].Key {
			return *t.Columns[i].Field(row).(*string)
		}
	}
	panic("parcels: table " + t.Name + " has no key")
}

// CodeColumn returns the name of the column Code reads.
func (t *Table[T]) CodeColumn() string {
	for i := range t.Columns {
		if t.Columns[i].Key {
			return t.Columns[i].Name
		}
	}
	panic("parcels: table " + t.Name + " has no key")
}

func appendKey(dst []byte, field any) []byte {
	switch f := field.(type) {
	case *string:
		return append(dst, *f...)
	case *int:
		return strconv.AppendInt(dst, int64(*f), 10)
	case *Date:
		return appendDate(dst, *f)
	}
	panic("parcels: a key column is a text, an integer or a date")
}

func appendDate(dst []byte, d Date) []byte {
	if !d.OK() {
		return dst
	}
	year, month, day := d.Time().Date()
	return append(dst,
		digit(year/1000), digit(year/100), digit(year/10), digit(year), '-',
		digit(int(month)/10), digit(int(month)), '-', digit(day/10), digit(day))
}

// digit is the last digit of a number.
func digit(n int) byte { return '0' + byte(n%10) }

// Equal reports whether two rows have the same content in every column, shapes and missing values included.
func (t *Table[T]) Equal(a, b *T) bool {
	for i := range t.Columns {
		if !equalField(t.Columns[i].Field(a), t.Columns[i].Field(b)) {
			return false
		}
	}
	return true
}

func equalField(a, b any) bool {
	switch f := a.(type) {
	case *string:
		return *f == *b.(*string)
	case *int:
		return *f == *b.(*int)
	case *Opt[float64]:
		return *f == *b.(*Opt[float64])
	case *Opt[Wan]:
		return *f == *b.(*Opt[Wan])
	case *Opt[bool]:
		return *f == *b.(*Opt[bool])
	case *Date:
		return *f == *b.(*Date)
	case *[]string:
		return slices.Equal(*f, *b.(*[]string))
	case *[]Storey:
		return slices.Equal(*f, *b.(*[]Storey))
	case *geo.Shape:
		return equalShape(*f, *b.(*geo.Shape))
	}
	panic("parcels: no kind for this field")
}

// equalShape compares coordinates exactly: a moved boundary stone is a change, however small.
func equalShape(a, b geo.Shape) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if len(a[i]) != len(b[i]) {
			return false
		}
		for j := range a[i] {
			if !slices.Equal(a[i][j], b[i][j]) {
				return false
			}
		}
	}
	return true
}

// AppendJSON appends a row as one JSON object for the journal: column names in the table's order, without the shape and without
// missing values; money in 万元, dates as YYYY-MM-DD, lists and storeys in their text form.
func (t *Table[T]) AppendJSON(dst []byte, row *T) []byte {
	dst = append(dst, '{')
	first := true
	for i := range t.Columns {
		field := t.Columns[i].Field(row)
		if _, shape := field.(*geo.Shape); shape || Missing(field) {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(dst, '"')
		dst = append(dst, t.Columns[i].Name...)
		dst = append(dst, '"', ':')
		dst = appendJSONField(dst, field)
	}
	return append(dst, '}')
}

func appendJSONField(dst []byte, field any) []byte {
	switch f := field.(type) {
	case *string:
		return appendJSONText(dst, *f)
	case *int:
		return strconv.AppendInt(dst, int64(*f), 10)
	case *Opt[float64]:
		return appendJSONNumber(dst, f.Or(0))
	case *Opt[Wan]:
		return appendWan(dst, f.Or(0))
	case *Opt[bool]:
		return strconv.AppendBool(dst, f.Or(false))
	case *Date:
		return append(appendDate(append(dst, '"'), *f), '"')
	case *[]string:
		return appendJSONText(dst, FormatList(*f))
	case *[]Storey:
		return appendJSONText(dst, FormatStoreys(*f))
	}
	panic("parcels: no kind for this field")
}

// appendJSONText writes what needs no escape itself, which is nearly every text, and leaves the rest to encoding/json.
func appendJSONText(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == 0x7f || c == '"' || c == '\\' {
			return appendMarshalled(dst, s)
		}
	}
	if !utf8.ValidString(s) {
		return appendMarshalled(dst, s)
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

func appendMarshalled(dst []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always marshals
	}
	return append(dst, quoted...)
}

// appendJSONNumber writes what encoding/json does: the shortest digits that read back.
func appendJSONNumber(dst []byte, v float64) []byte {
	if size := math.Abs(v); size >= 1e-6 && size < 1e21 { // where it uses no exponent
		return strconv.AppendFloat(dst, v, 'f', -1, 64)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return append(dst, "null"...) // only NaN and infinities, which no plan lets in
	}
	return append(dst, text...)
}
