package layerfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"muchan/geo"
)

// geojsonReader streams a FeatureCollection. It goes through the file twice: first for the property names and the coordinate
// system, which may stand behind the features, then for the features.
type geojsonReader struct {
	file   *os.File
	layer  Layer
	info   Info
	limits Limits
	shapes shapes
	fields map[string]int
	values []any
	walk   *collectionWalk
	row    int

	newWalk func(io.Reader, *textFile, Limits) *collectionWalk
}

func openGeoJSON(f *os.File, opt ReadOptions) (Reader, error) {
	return newGeoJSON(f, opt, "GeoJSON", newCollectionWalk)
}

// openGeoJSONSeq opens features one after the other, one to a line, with or without the record separators of RFC 8142.
func openGeoJSONSeq(f *os.File, opt ReadOptions) (Reader, error) {
	return newGeoJSON(f, opt, "GeoJSONSeq", newSequenceWalk)
}

func newGeoJSON(f *os.File, opt ReadOptions, format string, walk func(io.Reader, *textFile, Limits) *collectionWalk) (Reader, error) {
	text, err := openText(f, opt.Encoding)
	if err != nil {
		return nil, err
	}
	r := &geojsonReader{file: f, limits: opt.Limits, fields: map[string]int{}, newWalk: walk}
	r.info = Info{Format: format, Encoding: text.encoding}
	if err := r.survey(text, opt); err != nil {
		return nil, err
	}
	r.values = make([]any, len(r.layer.Fields))
	body, err := text.rewind()
	if err != nil {
		return nil, err
	}
	r.walk, r.row = r.newWalk(body, text, r.limits), 0
	return r, nil
}

// survey is the first pass.
func (r *geojsonReader) survey(text *textFile, opt ReadOptions) error {
	body, err := text.rewind()
	if err != nil {
		return err
	}
	walk := r.newWalk(body, text, r.limits)
	for {
		feature, err := walk.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return atFeature(err, walk.count)
		}
		if err := r.addFields(feature); err != nil {
			return atFeature(err, walk.count)
		}
	}
	r.layer.Name = walk.name
	return r.useCRS(walk, opt)
}

func (r *geojsonReader) useCRS(walk *collectionWalk, opt ReadOptions) error {
	if opt.SkipShapes {
		return nil
	}
	own, err := walk.ownCRS()
	if err != nil {
		return err
	}
	if walk.crsNull && opt.CRS == "" && !opt.unplaced {
		return fatal(RuleCRS, "the file says that its coordinate system is not known (\"crs\": null)", "Name it by --crs.")
	}
	crs, err := requested(opt, own)
	if err != nil {
		return err
	}
	r.layer.HasShape, r.layer.CRS = true, crs
	r.shapes = newShapes(crs, own != nil || opt.CRS != "", opt)
	r.info.CRS = CRSName(crs)
	return nil
}

// addFields adds the names of a feature's properties.
func (r *geojsonReader) addFields(feature []byte) error {
	return members(feature, func(key string, value []byte) error {
		if key != "properties" || value[0] != '{' {
			return nil
		}
		return members(value, func(name string, v []byte) error {
			i, known := r.fields[name]
			if !known {
				if len(r.layer.Fields) == r.limits.Columns {
					return fatal(RuleColumns, fmt.Sprintf("the features have more than %d different properties", r.limits.Columns), "Export the needed columns only.")
				}
				i = len(r.layer.Fields)
				r.fields[name] = i
				r.layer.Fields = append(r.layer.Fields, Field{Name: name, Type: typeOf(v)})
			} else if r.layer.Fields[i].Type != typeOf(v) && v[0] != 'n' {
				r.layer.Fields[i].Type = Text
			}
			return nil
		})
	})
}

// typeOf guesses a field's type from its first value.
func typeOf(v []byte) FieldType {
	switch c := v[0]; {
	case c == 't' || c == 'f':
		return Bool
	case c == '-' || c >= '0' && c <= '9':
		return Real
	}
	return Text
}

// atFeature adds the feature's number to an error that has no row.
func atFeature(err error, row int) error {
	var e *Error
	if errors.As(err, &e) {
		if e.Row == 0 {
			e.Row = row
		}
		return e
	}
	return &Error{Row: row, Rule: RuleSyntax, Message: "the JSON is broken: " + clipLong(err.Error()), Remedy: "Export the file again.", Fatal: true, Err: err}
}

// Layer implements Reader.
func (r *geojsonReader) Layer() Layer { return r.layer }

// Info implements Reader.
func (r *geojsonReader) Info() Info { return r.info }

// Close implements Reader.
func (r *geojsonReader) Close() error { return r.file.Close() }

// Next implements Reader.
func (r *geojsonReader) Next() (Record, error) {
	feature, err := r.walk.next()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return Record{}, io.EOF
		}
		return Record{}, atFeature(err, r.walk.count)
	}
	r.row = r.walk.count
	clear(r.values)
	rec := Record{Row: r.row, Values: r.values}
	var failed error
	seen := map[string]bool{}
	err = members(feature, func(key string, value []byte) error {
		if seen[key] {
			return &Error{Row: r.row, Column: clip(key), Rule: RuleSyntax, Message: "the feature has this member twice", Remedy: "Remove one."}
		}
		seen[key] = true
		var err error
		switch key {
		case "geometry":
			if !r.layer.HasShape {
				return nil
			}
			rec.Shape, err = r.geometry(value)
		case "properties":
			err = r.properties(value)
		case "crs":
			err = r.ownSystem("feature", value)
		}
		if err != nil && failed == nil {
			failed = err
		}
		return nil
	})
	return rec, firstError(failed, err)
}

// ownSystem refuses a coordinate system named inside a feature, which would otherwise be passed over.
func (r *geojsonReader) ownSystem(what string, value []byte) error {
	return &Error{
		Row: r.row, Column: "crs", Rule: RuleCRS, Value: clip(string(value)), Message: "the " + what + " names a coordinate system of its own",
		Remedy: "One system is named for all features, beside them: export the file again.",
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *geojsonReader) geometry(value []byte) (geo.Shape, error) {
	if len(value) > r.limits.CellBytes {
		return nil, &Error{Row: r.row, Column: "geometry", Rule: RuleCellSize, Message: fmt.Sprintf("the geometry has %d bytes, the limit is %d", len(value), r.limits.CellBytes), Remedy: "Simplify or split it."}
	}
	if bytes.Contains(value, []byte(`"crs"`)) {
		return nil, r.ownSystem("geometry", value)
	}
	return r.shapes.fromGeoJSON(value, r.row)
}

func (r *geojsonReader) properties(value []byte) error {
	if value[0] == 'n' {
		return nil
	}
	if value[0] != '{' {
		return &Error{Row: r.row, Rule: RuleSyntax, Message: "the properties are not an object", Remedy: "Export the file again."}
	}
	var failed error
	err := members(value, func(name string, raw []byte) error {
		v, err := r.value(name, raw)
		if i := r.fields[name]; err == nil && r.values[i] != nil {
			err = &Error{Row: r.row, Column: clip(name), Rule: RuleHeader, Message: "the feature has this property twice", Remedy: "Remove one."}
		} else {
			r.values[i] = v
		}
		if failed == nil {
			failed = err
		}
		return nil
	})
	return firstError(failed, err)
}

// value turns a property into a cell's value. A list of texts becomes one text joined by ";".
func (r *geojsonReader) value(name string, raw []byte) (any, error) {
	if len(raw) > r.limits.CellBytes {
		return nil, &Error{Row: r.row, Column: clip(name), Rule: RuleCellSize, Message: fmt.Sprintf("the value has %d bytes, the limit is %d", len(raw), r.limits.CellBytes), Remedy: "Shorten it."}
	}
	switch raw[0] {
	case 'n':
		return nil, nil
	case 't', 'f':
		return raw[0] == 't', nil
	case '"':
		s, err := stringOf(raw)
		if err != nil || s == "" {
			return nil, err
		}
		return s, nil
	case '[':
		var list []string
		if err := json.Unmarshal(raw, &list); err == nil {
			return strings.Join(list, ";"), nil
		}
		fallthrough
	case '{':
		return nil, &Error{Row: r.row, Column: clip(name), Rule: RuleCellType, Value: clip(string(raw)), Message: "the value is an object or a list", Remedy: "Write texts, numbers, true or false."}
	}
	return Number(raw), nil
}
