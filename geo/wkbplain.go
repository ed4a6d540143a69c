package geo

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// decodePlain reads what stores hold, and nothing else: a MultiPolygon of longitude and latitude alone, in little endian, that says that it is
// of the stored system or says nothing. It is false for all that needs a closer look, or a reason why it is refused: the reader behind it gives
// the same of every shape, in five times as long, as it makes another of it on the way.
func decodePlain(b []byte, extended bool, room *ShapeRoom) (Shape, bool) {
	rest, ok := plainBody(b, extended)
	if !ok {
		return nil, false
	}
	var polygons, rings, points int
	if !walkPlain(rest, func(n int) { polygons, rings = polygons+1, rings+n }, func(ring []byte) { points += len(ring) / pointBytes }) || points > maxShapePoints {
		return nil, false
	}
	shape, ringRoom, pointRoom := Shape(room.polygons.take(polygons)[:0]), room.rings.take(rings), room.points.take(points)
	whole := true
	walkPlain(rest, func(n int) {
		if n > 0 {
			shape = append(shape, ringRoom[:n:n])
		}
	}, func(raw []byte) {
		n := len(raw) / pointBytes
		ring := pointRoom[:n:n]
		for i := range ring {
			ring[i] = orb.Point{math.Float64frombits(binary.LittleEndian.Uint64(raw[pointBytes*i:])), math.Float64frombits(binary.LittleEndian.Uint64(raw[pointBytes*i+8:]))}
			whole = whole && !math.IsNaN(ring[i][0]) && !math.IsNaN(ring[i][1])
		}
		ringRoom[0], ringRoom, pointRoom = ring, ringRoom[1:], pointRoom[n:]
	})
	if !whole {
		return nil, false
	}
	orientInPlace(shape)
	return shape, true
}

const pointBytes = 16

// plainBody is what follows the head. Only the extended form names a system.
func plainBody(b []byte, extended bool) ([]byte, bool) {
	if len(b) < 9 || len(b) > maxShapeBytes || b[0] != 1 {
		return nil, false
	}
	switch binary.LittleEndian.Uint32(b[1:]) {
	case wkbMultiPolygon:
		return b[5:], true
	case wkbMultiPolygon | ewkbSRID:
		return b[9:], extended && binary.LittleEndian.Uint32(b[5:]) == storedSRID
	}
	return nil, false
}

// walkPlain visits every polygon by the number of its rings, and then each ring by its points. It is false where the bytes are others than
// the counts in them say.
func walkPlain(b []byte, polygon func(rings int), ring func(points []byte)) bool {
	polygons, b, ok := countPlain(b, 9)
	for ; ok && polygons > 0; polygons-- {
		if len(b) < 9 || b[0] != 1 || binary.LittleEndian.Uint32(b[1:]) != wkbPolygon {
			return false
		}
		var rings, points int
		if rings, b, ok = countPlain(b[5:], 4); !ok {
			return false
		}
		polygon(rings)
		for range rings {
			if points, b, ok = countPlain(b, pointBytes); !ok {
				return false
			}
			ring(b[:points*pointBytes])
			b = b[points*pointBytes:]
		}
	}
	return ok && len(b) == 0
}

// countPlain reads a number of things that take at least size bytes each.
func countPlain(b []byte, size int) (n int, rest []byte, ok bool) {
	if len(b) < 4 {
		return 0, nil, false
	}
	n, rest = int(binary.LittleEndian.Uint32(b)), b[4:]
	return n, rest, n <= len(rest)/size
}
