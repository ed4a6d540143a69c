package layerfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"muchan/geo"
)

// collectionWalk steps through the features of a FeatureCollection and keeps its other members.
type collectionWalk struct {
	gate    *gate
	dec     *json.Decoder
	limits  Limits
	gb      bool // decoded from GB18030
	state   int  // 0 before the object, 1 among its members, 2 among the features, 3 behind it, 4 in a sequence of features
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

// newSequenceWalk steps through features that follow one another without a collection around them.
func newSequenceWalk(r io.Reader, text *textFile, limits Limits) *collectionWalk {
	w := newCollectionWalk(&separated{r}, text, limits)
	w.state = 4
	return w
}

// separated turns record separators into blanks. In a text they could only stand escaped.
type separated struct{ io.Reader }

func (s *separated) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	for i, c := range p[:n] {
		if c == 0x1E {
			p[i] = ' '
		}
	}
	return n, err
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
		case 4:
			return w.alone()
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

// alone returns the next feature of a sequence.
func (w *collectionWalk) alone() ([]byte, error) {
	if !w.dec.More() {
		if w.count == 0 {
			return nil, fatal(RuleEmpty, "the file holds no feature", "Export it again.")
		}
		_, err := w.dec.Token()
		return nil, err
	}
	raw, err := w.feature()
	if err != nil {
		return nil, err
	}
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(raw, &kind); err != nil || kind.Type != "Feature" {
		return nil, fatal(RuleFormat, fmt.Sprintf("line %d holds JSON of type %q, not a Feature", w.count, clip(kind.Type)), "A FeatureCollection needs the extension .geojson.")
	}
	return raw, nil
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
