package layerfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

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
}

func openGeoJSON(f *os.File, opt ReadOptions) (Reader, error) {
	text, err := openText(f, opt.Encoding)
	if err != nil {
		return nil, err
	}
	r := &geojsonReader{file: f, limits: opt.Limits, fields: map[string]int{}}
	r.info = Info{Format: "GeoJSON", Encoding: text.encoding}
	if err := r.survey(text, opt); err != nil {
		return nil, err
	}
	r.values = make([]any, len(r.layer.Fields))
	body, err := text.rewind()
	if err != nil {
		return nil, err
	}
	r.walk, r.row = newCollectionWalk(body, text, r.limits), 0
	return r, nil
}

// survey is the first pass.
func (r *geojsonReader) survey(text *textFile, opt ReadOptions) error {
	body, err := text.rewind()
	if err != nil {
		return err
	}
	walk := newCollectionWalk(body, text, r.limits)
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
	if walk.crsNull && opt.CRS == "" {
		return fatal(RuleCRS, "the file says that its coordinate system is not known (\"crs\": null)", "Name it by --crs.")
	}
	crs, err := requested(opt, own)
	if err != nil {
		return err
	}
	r.layer.HasShape, r.layer.CRS = true, crs
	r.shapes = shapes{crs: crs, given: own != nil || opt.CRS != ""}
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
		}
		if err != nil && failed == nil {
			failed = err
		}
		return nil
	})
	return rec, firstError(failed, err)
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

// collectionWalk steps through the features of a FeatureCollection and keeps its other members.
type collectionWalk struct {
	gate    *gate
	dec     *json.Decoder
	limits  Limits
	gb      bool // decoded from GB18030
	state   int  // 0 before the object, 1 among its members, 2 among the features, 3 behind it
	count   int  // number of the feature read last
	kind    string
	name    string
	crs     string
	crsNull bool
	seen    bool // features were there
}

func newCollectionWalk(r io.Reader, text *textFile, limits Limits) *collectionWalk {
	g := newGate(r, limits.RecordBytes, RuleCellSize)
	dec := json.NewDecoder(g)
	return &collectionWalk{gate: g, dec: dec, limits: limits, gb: text.encoding == encodingGB18030}
}

// next returns the next feature as JSON, valid until the next call, or io.EOF.
func (w *collectionWalk) next() ([]byte, error) {
	for {
		w.gate.open()
		var err error
		switch w.state {
		case 0:
			err = w.expect('{', 1)
		case 1:
			err = w.member()
		case 2:
			if w.dec.More() {
				return w.feature()
			}
			err = w.expect(']', 1)
		default:
			return nil, w.behind()
		}
		if err != nil {
			return nil, unexpectedEnd(err)
		}
	}
}

// unexpectedEnd keeps an end of the file inside the collection from being taken for the end of the features.
func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return fatal(RuleSyntax, "the JSON ends too early", "The file was cut off: copy or export it again.")
	}
	return err
}

func (w *collectionWalk) expect(delim json.Delim, then int) error {
	t, err := w.dec.Token()
	if err != nil {
		return err
	}
	if t != delim {
		return fatal(RuleSyntax, fmt.Sprintf("%v stands where %v should", clip(fmt.Sprint(t)), delim), "Export the file as a GeoJSON FeatureCollection.")
	}
	w.state = then
	return nil
}

func (w *collectionWalk) member() error {
	if !w.dec.More() {
		return w.expect('}', 3)
	}
	t, err := w.dec.Token()
	if err != nil {
		return err
	}
	if t == "features" {
		if w.seen {
			return fatal(RuleSyntax, "there are two lists of features", "Export the file again.")
		}
		w.seen = true
		return w.expect('[', 2)
	}
	var value json.RawMessage
	if err := w.dec.Decode(&value); err != nil {
		return err
	}
	switch t {
	case "type":
		return json.Unmarshal(value, &w.kind)
	case "name":
		json.Unmarshal(value, &w.name) // a name that is no text is no name
	case "crs":
		return w.readCRS(value)
	}
	return nil
}

func (w *collectionWalk) readCRS(value []byte) error {
	var crs *struct {
		Type       string `json:"type"`
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(value, &crs); err != nil || crs != nil && crs.Properties.Name == "" {
		return fatal(RuleCRS, fmt.Sprintf("the coordinate system %s cannot be understood", clip(string(value))), "Remove the crs member and name the system by --crs.")
	}
	if w.crsNull = crs == nil; crs != nil {
		w.crs = crs.Properties.Name
	}
	return nil
}

func (w *collectionWalk) ownCRS() (*geo.CRS, error) {
	if w.crs == "" {
		return nil, nil
	}
	crs, err := ParseCRS(w.crs)
	if err != nil {
		return nil, err
	}
	return &crs, nil
}

func (w *collectionWalk) feature() ([]byte, error) {
	if w.count++; w.count > w.limits.Rows {
		return nil, fatal(RuleRows, fmt.Sprintf("the file has more than %d features", w.limits.Rows), "Split it.")
	}
	var raw json.RawMessage
	if err := w.dec.Decode(&raw); err != nil {
		return nil, unexpectedEnd(err)
	}
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || raw[0] != '{':
		return nil, fatal(RuleSyntax, "a feature is not an object", "Export the file again.")
	case depthOf(raw) > w.limits.Depth:
		return nil, fatal(RuleNesting, fmt.Sprintf("brackets nest deeper than %d", w.limits.Depth), "Export the file again as Polygon or MultiPolygon.")
	case !utf8.Valid(raw), w.gb && bytes.ContainsRune(raw, utf8.RuneError):
		return nil, fatal(RuleEncoding, "the text is neither UTF-8 nor GB18030", "Save the file in UTF-8.")
	}
	return raw, nil
}

// behind ends the walk: the collection must have been one, and nothing may follow it.
func (w *collectionWalk) behind() error {
	if w.kind != "FeatureCollection" || !w.seen {
		return fatal(RuleFormat, fmt.Sprintf("this is JSON of type %q, not a FeatureCollection", clip(w.kind)), "Export the layer as GeoJSON.")
	}
	if _, err := w.dec.Token(); !errors.Is(err, io.EOF) {
		return fatal(RuleSyntax, "something follows the end of the collection", "Export the file again.")
	}
	return io.EOF
}
