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
	w     *bufio.Writer
	keys  [][]byte // `"name":`
	shape bool
	buf   []byte
	rows  int
}

func createGeoJSON(f *os.File, l Layer, _ WriteOptions) (encoder, error) {
	e := &geojsonEncoder{w: bufio.NewWriterSize(f, 64<<10), shape: l.HasShape}
	for _, field := range l.Fields {
		e.keys = append(e.keys, append(appendJSONString(nil, field.Name), ':'))
	}
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

func appendJSONString(dst []byte, s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(s) // cannot fail for a string
	return append(dst, bytes.TrimRight(b.Bytes(), "\n")...)
}

func (e *geojsonEncoder) encode(cells []cell, shape geo.Shape) error {
	dst := e.buf[:0]
	if e.rows > 0 {
		dst = append(dst, ',')
	}
	e.rows++
	dst = append(dst, "\n"+`{"type":"Feature","properties":{`...)
	for i, c := range cells {
		dst = appendComma(dst, i)
		dst = append(dst, e.keys[i]...)
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
	if !e.shape {
		shape = nil
	}
	e.buf = append(geo.AppendGeoJSON(dst, shape), '}')
	_, err := e.w.Write(e.buf)
	return err
}

func (e *geojsonEncoder) finish() error {
	if _, err := e.w.WriteString("\n]}\n"); err != nil {
		return err
	}
	return e.w.Flush()
}
