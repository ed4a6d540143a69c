package tiles

import (
	"encoding/binary"
	"slices"
)

// Field numbers of vector_tile.proto, version 2.1.
const (
	tileLayer = 3

	layerName, layerFeature, layerKey, layerValue, layerExtent, layerVersion = 1, 2, 3, 4, 5, 15

	featureID, featureTags, featureType, featureGeometry = 1, 2, 3, 4

	valueText, valueDouble, valueSigned, valueFlag = 1, 3, 6, 7

	typePolygon = 3
	version     = 2

	moveTo, lineTo, closePath = 1, 2, 7
)

func appendVarintField(dst []byte, field, value uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(dst, field<<3), value)
}

func appendBytesField[B []byte | string](dst []byte, field uint64, b B) []byte {
	dst = binary.AppendUvarint(dst, field<<3|2)
	return append(binary.AppendUvarint(dst, uint64(len(b))), b...)
}

// appendUint appends a number of up to 32 bits as a varint. Most in a tile take one byte or two; binary.AppendUvarint is not inlined.
func appendUint(dst []byte, n uint32) []byte {
	for n >= 0x80 {
		dst = append(dst, byte(n)|0x80)
		n >>= 7
	}
	return append(dst, byte(n))
}

func zigzag(n int32) uint32 { return uint32(n<<1) ^ uint32(n>>31) }

// mostUint is how many bytes putUint may write, and one more.
const mostUint = 6

// room returns a slice with all its capacity, which is enough for so many bytes more, and where they begin.
func room(dst []byte, more int) (b []byte, begin int) {
	b = slices.Grow(dst, more)
	return b[:cap(b)], len(b)
}

// putUint is appendUint into a slice that has room; it returns where the number ends. Whether one takes one byte or two a processor cannot
// foretell, so both are written, without a branch.
func putUint(b []byte, at int, n uint32) int {
	if n >= 1<<14 {
		return len(appendUint(b[:at], n))
	}
	second := (0x7f - n) >> 31 // 1 or 0
	binary.LittleEndian.PutUint16(b[at:], uint16(n&0x7f|second<<7|n>>7<<8))
	return at + 1 + int(second)
}

// sized writes the length of what stands from a place on into the byte before it. Where it takes more than that byte, the rest moves.
func sized(b []byte, begin int) []byte {
	n := uint32(len(b) - begin)
	if n < 0x80 {
		b[begin-1] = byte(n)
		return b
	}
	more := varintSize(uint64(n)) - 1
	b = append(b, make([]byte, more)...)
	copy(b[begin+more:], b[begin:])
	appendUint(b[:begin-1], n)
	return b
}

// varintSize is the number of bytes of a varint.
func varintSize(n uint64) int {
	size := 1
	for ; n >= 0x80; n >>= 7 {
		size++
	}
	return size
}
