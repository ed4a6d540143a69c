package layerfile

import (
	"bufio"
	"os"

	"muchan/geo"
)

// recordSeparator stands before each feature of a sequence by RFC 8142.
const recordSeparator = 0x1E

// geojsonSeqEncoder writes features one after the other, each on a line of its own, without anything around them: a reader can begin
// before the file ends. Files called .geojsons carry record separators (RFC 8142), .geojsonl none; GDAL knows both so.
type geojsonSeqEncoder struct {
	features  featureText
	w         *bufio.Writer
	separated bool
}

func createGeoJSONSeq(f *os.File, l Layer, opt WriteOptions) (encoder, error) {
	if !l.CRS.Geographic {
		return nil, fatal(RuleCRS, "GeoJSONSeq names no coordinate system and holds longitude and latitude alone", "Leave the system out, or write .geojson or .gpkg.")
	}
	return &geojsonSeqEncoder{newFeatureText(l), bufio.NewWriterSize(f, 64<<10), opt.Format == "geojsons"}, nil
}

func (e *geojsonSeqEncoder) encode(cells []cell, shape geo.Shape) error {
	if e.separated {
		if err := e.w.WriteByte(recordSeparator); err != nil {
			return err
		}
	}
	if _, err := e.w.Write(e.features.next(cells, shape)); err != nil {
		return err
	}
	return e.w.WriteByte('\n')
}

func (e *geojsonSeqEncoder) finish() error { return e.w.Flush() }
