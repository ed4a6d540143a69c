package embedded

import (
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"modernc.org/sqlite"

	"muchan/geo"
)

// srsID is the one coordinate system of the file.
const srsID = 4490

// The GeoPackageBinary header (OGC 12-128r18, 2.1.3).
const (
	headerSize   = 8
	envelopeXY   = 32
	flagLittle   = 0x01
	flagEmpty    = 0x10
	flagExtended = 0x20
	flagsXY      = flagLittle | 1<<1 // little endian, envelope of x and y
)

// envelopeSizes by the envelope indicator: none, xy, xyz, xym, xyzm.
var envelopeSizes = [...]int{0, envelopeXY, 48, 48, 64}

// encodeGeometry writes a shape as GeoPackageBinary with its envelope. The shape is not empty.
func encodeGeometry(s geo.Shape) ([]byte, error) {
	wkb, err := geo.EncodeWKB(s)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, headerSize+envelopeXY+len(wkb))
	b = append(b, 'G', 'P', 0, flagsXY)
	b = binary.LittleEndian.AppendUint32(b, srsID)
	box := s.Bound()
	for _, v := range [...]float64{box.Min[0], box.Max[0], box.Min[1], box.Max[1]} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return append(b, wkb...), nil
}

// decodeGeometry reads what we, QGIS or GDAL wrote.
func decodeGeometry(b []byte) (geo.Shape, error) {
	h, err := readHeader(b)
	if err != nil {
		return nil, err
	}
	if id := h.order.Uint32(b[4:]); id != srsID {
		return nil, fmt.Errorf("geometry is in EPSG:%d, the layer in EPSG:%d", int32(id), srsID)
	}
	return geo.DecodeWKB(b[h.size:])
}

type header struct {
	order binary.ByteOrder
	size  int // with its envelope
	flags byte
}

func readHeader(b []byte) (header, error) {
	if len(b) < headerSize || b[0] != 'G' || b[1] != 'P' {
		return header{}, errors.New("not a GeoPackage geometry")
	}
	h := header{order: binary.BigEndian, flags: b[3]}
	if h.flags&flagLittle != 0 {
		h.order = binary.LittleEndian
	}
	indicator := int(h.flags >> 1 & 7)
	if h.flags&flagExtended != 0 || indicator >= len(envelopeSizes) {
		return header{}, errors.New("geometry of an extended or unknown type")
	}
	if h.size = headerSize + envelopeSizes[indicator]; len(b) < h.size {
		return header{}, errors.New("geometry ends in its header")
	}
	return h, nil
}

// bounds returns min x, max x, min y and max y of a geometry and whether it has any: an empty or unreadable one has none.
func bounds(b []byte) ([4]float64, bool) {
	var box [4]float64
	h, err := readHeader(b)
	if err != nil || h.flags&flagEmpty != 0 {
		return box, false
	}
	if h.size > headerSize {
		for i := range box {
			box[i] = math.Float64frombits(h.order.Uint64(b[headerSize+8*i:]))
		}
		return box, !math.IsNaN(box[0])
	}
	s, err := geo.DecodeWKB(b[h.size:])
	if err != nil || len(s) == 0 {
		return box, false
	}
	bound := s.Bound()
	return [4]float64{bound.Min[0], bound.Max[0], bound.Min[1], bound.Max[1]}, true
}

// registerEnvelopeFunctions gives our connections the functions that the triggers of the R-tree extension call. QGIS and GDAL
// bring their own.
func registerEnvelopeFunctions(d *sqlite.Driver) {
	register := func(name string, f func(box [4]float64, ok bool) driver.Value) {
		d.MustRegisterDeterministicScalarFunction(name, 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			blob, isBlob := args[0].([]byte)
			if !isBlob {
				return nil, nil
			}
			return f(bounds(blob)), nil
		})
	}
	for i, name := range []string{"ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"} {
		register(name, func(box [4]float64, ok bool) driver.Value {
			if !ok {
				return nil
			}
			return box[i]
		})
	}
	register("ST_IsEmpty", func(_ [4]float64, ok bool) driver.Value { return !ok })
}
