package geo

import (
	"encoding/binary"
	"math"
)

// AppendEWKB appends what EncodeEWKB writes, also for a shape without polygons.
func AppendEWKB(dst []byte, s Shape) []byte {
	dst = appendWKBHead(dst, wkbMultiPolygon|ewkbSRID)
	dst = binary.LittleEndian.AppendUint32(dst, storedSRID)
	return appendPolygons(dst, s)
}

// EncodeWKB writes a shape as plain little-endian WKB MultiPolygon, as GeoPackage wants it. A nil shape is nil bytes.
func EncodeWKB(s Shape) []byte {
	if s == nil {
		return nil
	}
	return appendWKB(make([]byte, 0, wkbSize(s)), s)
}

func appendWKB(dst []byte, s Shape) []byte {
	return appendPolygons(appendWKBHead(dst, wkbMultiPolygon), s)
}

func appendWKBHead(dst []byte, kind uint32) []byte {
	const littleEndian = 1
	return binary.LittleEndian.AppendUint32(append(dst, littleEndian), kind)
}

func appendPolygons(dst []byte, s Shape) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(s)))
	for _, polygon := range s {
		dst = appendWKBHead(dst, wkbPolygon)
		dst = binary.LittleEndian.AppendUint32(dst, uint32(len(polygon)))
		for _, ring := range polygon {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(len(ring)))
			for _, p := range ring {
				dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(p[0]))
				dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(p[1]))
			}
		}
	}
	return dst
}

// wkbSize is how many bytes a shape takes as EWKB, and four more than as WKB.
func wkbSize(s Shape) int {
	const head, count, srid, point = 5, 4, 4, 16
	size := head + srid + count
	for _, polygon := range s {
		size += head + count
		for _, ring := range polygon {
			size += count + point*len(ring)
		}
	}
	return size
}
