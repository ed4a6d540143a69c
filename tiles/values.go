package tiles

import (
	"encoding/binary"
	"math"

	"muchan/tiles/layers"
)

// values are the values of a table that several features have, each once and ready for a tile: a layer's field that holds a Value message.
type values struct {
	shared []byte
	end    []uint32 // of each
}

// ref is a feature's value of a field: 0 is missing, alone is on its sheet, any other is the number of a shared value plus 1.
type ref uint32

const alone ref = math.MaxUint32

// sharedValue returns a shared value.
func (v *values) sharedValue(r ref) []byte {
	if r == 1 {
		return v.shared[:v.end[0]]
	}
	return v.shared[v.end[r-2]:v.end[r-1]]
}

// share adds a shared value and returns its reference.
func (v *values) share(c *layers.Column, kind layers.Type, row uint32) ref {
	v.shared = appendValue(v.shared, c, kind, row)
	v.end = append(v.end, uint32(len(v.shared)))
	return ref(len(v.end))
}

// add adds the values of a column behind those that are there.
func (v *values) add(of *values) {
	behind := uint32(len(v.shared))
	v.shared = append(v.shared, of.shared...)
	for _, end := range of.end {
		v.end = append(v.end, behind+end)
	}
}

func appendValue(dst []byte, c *layers.Column, kind layers.Type, row uint32) []byte {
	if c.Text != nil {
		s := c.Text[row]
		dst = appendUint(append(dst, layerValue<<3|2), uint32(1+varintSize(uint64(len(s)))+len(s)))
		return appendBytesField(dst, valueText, s)
	}
	var message [2 * binary.MaxVarintLen64]byte
	return appendBytesField(dst, layerValue, appendNumber(message[:0], c.Number[row], kind))
}

// valueSize is the length of the first value of some.
func valueSize(b []byte) int {
	n, size := binary.Uvarint(b[1:])
	return 1 + size + int(n)
}

func appendNumber(dst []byte, f float64, kind layers.Type) []byte {
	switch kind {
	case layers.Integer:
		i := int64(f)
		return appendVarintField(dst, valueSigned, uint64(i<<1)^uint64(i>>63))
	case layers.Flag:
		return appendVarintField(dst, valueFlag, uint64(f))
	}
	dst = append(dst, valueDouble<<3|1)
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(f))
}
