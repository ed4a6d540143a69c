package layerfile

import (
	"errors"
	"strconv"
	"time"
	"unicode/utf8"

	"muchan/geo"
)

func (r *gpkgReader) unreadable(rec *Record, column int, err error) error {
	return &Error{Row: rec.Row, Column: r.table.columns[column].name, Rule: RuleEncoding, Message: err.Error(), Remedy: "Write it as UTF-8."}
}

func decodeGPB(blob []byte) (geo.Shape, error) {
	g, err := geo.ReadGPB(blob)
	if err != nil {
		return nil, err
	}
	return geo.DecodeWKB(g.WKB)
}

// place puts a shape that was decoded into the record.
func (r *gpkgReader) place(rec *Record, raw geo.Shape, err error) error {
	if err != nil {
		return &Error{
			Row: rec.Row, Column: r.table.shape, Rule: RuleShape, Message: "the shape cannot be read: " + clipLong(err.Error()), Err: err,
			Remedy: "Export areas as polygons.",
		}
	}
	rec.Shape, err = r.shapes.place(raw, rec.Row, r.table.shape)
	return err
}

// valueOf makes a value of what SQLite holds; a blob that is no geometry is left out and counted.
func (r *gpkgReader) valueOf(v any, kind string) (any, error) {
	switch v := v.(type) {
	case int64:
		if kind == "BOOLEAN" {
			return v != 0, nil
		}
		return Number(strconv.FormatInt(v, 10)), nil
	case float64:
		c, err := realCell(v)
		if err != nil {
			return nil, nil // not a number, which is how some programs write none
		}
		return Number(c.text), nil
	case bool:
		return v, nil
	case time.Time:
		if v.Equal(v.Truncate(24 * time.Hour)) {
			return v.Format(time.DateOnly), nil
		}
		return v.Format(time.RFC3339), nil
	case string:
		if !utf8.ValidString(v) {
			return nil, errors.New("the text is not UTF-8")
		}
		if v == "" {
			return nil, nil
		}
		return v, nil
	case []byte:
		r.blobs++
	}
	return nil, nil
}
