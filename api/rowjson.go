package api

import (
	"encoding/json"
	"math"
	"strconv"
	"unicode/utf8"

	"muchan/geo"
	"muchan/tiles/layers"
)

// rowWriter writes a table's rows as JSON members, without garbage per row.
type rowWriter struct {
	table *layers.Table
	names [][]byte // "name": by column
}

func newRowWriter(t *layers.Table) *rowWriter {
	w := &rowWriter{table: t}
	for _, f := range t.Layer.Fields {
		w.names = append(w.names, append(appendText(nil, f.Name), ':'))
	}
	return w
}

// appendMembers writes every field of the table, null where the value is missing: a client that learns the fields from the first
// rows then knows them all.
func (w *rowWriter) appendMembers(dst []byte, row int) []byte {
	for i := range w.names {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, w.names[i]...)
		dst = w.appendValue(dst, row, i)
	}
	return dst
}

func (w *rowWriter) appendValue(dst []byte, row, col int) []byte {
	c := &w.table.Columns[col]
	if !c.Present[row] {
		return append(dst, "null"...)
	}
	switch w.table.Layer.Fields[col].Type {
	case layers.Number:
		return appendNumber(dst, c.Number[row])
	case layers.Integer:
		return strconv.AppendInt(dst, int64(c.Number[row]), 10)
	case layers.Flag:
		return strconv.AppendBool(dst, c.Number[row] != 0)
	}
	return appendText(dst, c.Text[row])
}

// object is a whole row as a JSON object.
func (w *rowWriter) object(row int) json.RawMessage {
	return append(w.appendMembers([]byte{'{'}, row), '}')
}

func appendNumber(dst []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	return strconv.AppendFloat(dst, f, 'f', -1, 64)
}

func appendBox(dst []byte, b geo.Bound) []byte {
	if b.Min[0] > b.Max[0] || b.Min[1] > b.Max[1] {
		return append(dst, "null"...)
	}
	dst = append(dst, '[')
	for i, f := range []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendNumber(dst, f)
	}
	return append(dst, ']')
}

// appendPoint writes [lon,lat], null for a shape that has no point on it.
func appendPoint(dst []byte, p *geo.Point) []byte {
	if p == nil {
		return append(dst, "null"...)
	}
	dst = appendNumber(append(dst, '['), p[0])
	return append(appendNumber(append(dst, ','), p[1]), ']')
}

// appendText writes a JSON string; only texts with characters to escape take the long way.
func appendText(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return appendEscaped(dst, s)
		}
	}
	if !utf8.ValidString(s) {
		return appendEscaped(dst, s)
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

func appendEscaped(dst []byte, s string) []byte {
	b, _ := json.Marshal(s) // a string always marshals
	return append(dst, b...)
}
