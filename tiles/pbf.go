package tiles

import "encoding/binary"

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

// appendSigned appends a number in zigzag form.
func appendSigned(dst []byte, n int32) []byte { return appendUint(dst, uint32(n<<1)^uint32(n>>31)) }

// varintSize is the number of bytes of a varint.
func varintSize(n uint64) int {
	size := 1
	for ; n >= 0x80; n >>= 7 {
		size++
	}
	return size
}
