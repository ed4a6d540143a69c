package geo

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// The header of GeoPackageBinary (OGC 12-128r18, 2.1.3).
const (
	gpbHeaderSize   = 8
	gpbEnvelopeXY   = 32
	gpbFlagLittle   = 0x01
	gpbFlagEmpty    = 0x10
	gpbFlagExtended = 0x20
	gpbFlagsXY      = gpbFlagLittle | 1<<1 // little endian, envelope of x and y
)

// gpbEnvelopes are the sizes of an envelope by its indicator: none, xy, xyz, xym, xyzm.
var gpbEnvelopes = [...]int{0, gpbEnvelopeXY, 48, 48, 64}

// EncodeGPB writes a shape as GeoPackageBinary with its envelope. The coordinates are taken as they are; srs is the identifier of
// their system in the file. The shape is not empty.
func EncodeGPB(s Shape, srs int32) []byte {
	b := make([]byte, 0, gpbHeaderSize+gpbEnvelopeXY+wkbSize(s))
	b = append(b, 'G', 'P', 0, gpbFlagsXY)
	b = binary.LittleEndian.AppendUint32(b, uint32(srs))
	box := s.Bound()
	for _, v := range [...]float64{box.Min[0], box.Max[0], box.Min[1], box.Max[1]} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return appendWKB(b, s)
}

// GPB is a GeoPackage geometry whose header has been read.
type GPB struct {
	SRS   int32
	WKB   []byte
	empty bool
	box   []float64 // min x, max x, min y, max y; nil when the header has none
}

// ReadGPB reads a header. The bytes are shared.
func ReadGPB(b []byte) (GPB, error) {
	if len(b) < gpbHeaderSize || b[0] != 'G' || b[1] != 'P' {
		return GPB{}, errors.New("not a GeoPackage geometry")
	}
	order, flags := binary.ByteOrder(binary.BigEndian), b[3]
	if flags&gpbFlagLittle != 0 {
		order = binary.LittleEndian
	}
	indicator := int(flags >> 1 & 7)
	if flags&gpbFlagExtended != 0 || indicator >= len(gpbEnvelopes) {
		return GPB{}, errors.New("geometry of an extended or unknown type")
	}
	size := gpbHeaderSize + gpbEnvelopes[indicator]
	if len(b) < size {
		return GPB{}, errors.New("geometry ends in its header")
	}
	g := GPB{SRS: int32(order.Uint32(b[4:])), WKB: b[size:], empty: flags&gpbFlagEmpty != 0}
	if indicator > 0 {
		g.box = make([]float64, 4)
		for i := range g.box {
			g.box[i] = math.Float64frombits(order.Uint64(b[gpbHeaderSize+8*i:]))
		}
	}
	return g, nil
}

// Bound returns the envelope and whether there is one: an empty or unreadable geometry has none.
func (g *GPB) Bound() (Bound, bool) {
	if g.empty {
		return Bound{}, false
	}
	if g.box != nil {
		return Bound{Min: orb.Point{g.box[0], g.box[2]}, Max: orb.Point{g.box[1], g.box[3]}}, !math.IsNaN(g.box[0])
	}
	s, err := DecodeWKB(g.WKB)
	if err != nil || len(s) == 0 {
		return Bound{}, false
	}
	return s.Bound(), true
}
