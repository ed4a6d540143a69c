package layerfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"strconv"

	"muchan/geo"
)

// geojsonEncoder writes a FeatureCollection, one feature a line.
type geojsonEncoder struct {
	features featureText
	w        *bufio.Writer
	rows     int
}

func createGeoJSON(f *os.File, l Layer, _ WriteOptions) (encoder, error) {
	e := &geojsonEncoder{features: newFeatureText(l), w: bufio.NewWriterSize(f, 64<<10)}
	head := append([]byte(`{"type":"FeatureCollection","name":`), appendJSONString(nil, l.Name)...)
	// GeoJSON means WGS 84 unless the member of the 2008 draft says otherwise; GDAL and QGIS understand it.
	if l.CRS.EPSG != 0 && l.CRS.EPSG != 4326 {
		head = append(head, `,"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::`...)
		head = strconv.AppendInt(head, int64(l.CRS.EPSG), 10)
		head = append(head, `"}}`...)
	}
	_, err := e.w.Write(append(head, `,"features":[`...))
	return e, err
}

func (e *geojsonEncoder) encode(cells []cell, shape geo.Shape) error {
	between := ",\n"
	if e.rows == 0 {
		between = "\n"
	}
	e.rows++
	if _, err := e.w.WriteString(between); err != nil {
		return err
	}
	_, err := e.w.Write(e.features.next(cells, shape))
	return err
}

func (e *geojsonEncoder) finish() error {
	if _, err := e.w.WriteString("\n]}\n"); err != nil {
		return err
	}
	return e.w.Flush()
}

// featureText makes the text of one feature after the other.
type featureText struct {
	keys  [][]byte // `"name":`
	shape bool
	buf   []byte
}

func newFeatureText(l Layer) featureText {
	t := featureText{shape: l.HasShape}
	for _, field := range l.Fields {
		t.keys = append(t.keys, append(appendJSONString(nil, field.Name), ':'))
	}
	return t
}

// next returns the text of a feature; it is valid until the next call.
func (t *featureText) next(cells []cell, shape geo.Shape) []byte {
	dst := append(t.buf[:0], `{"type":"Feature","properties":{`...)
	for i, c := range cells {
		dst = appendComma(dst, i)
		dst = append(dst, t.keys[i]...)
		switch c.kind {
		case missing:
			dst = append(dst, "null"...)
		case text:
			dst = appendJSONString(dst, c.text)
		case number, truth:
			dst = append(dst, c.text...)
		}
	}
	dst = append(dst, `},"geometry":`...)
	if !t.shape {
		shape = nil
	}
	t.buf = append(geo.AppendGeoJSON(dst, shape), '}')
	return t.buf
}

func appendJSONString(dst []byte, s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(s) // cannot fail for a string
	return append(dst, bytes.TrimRight(b.Bytes(), "\n")...)
}
