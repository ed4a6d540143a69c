package tiles

import (
	"encoding/binary"
	"hash/maphash"
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

// interner finds equal values of a column, by an open hash table that is used for one column after the other.
type interner struct {
	seed  maphash.Seed
	bits  uint
	slots []slot
}

type slot struct {
	feature uint32 // the first with the value, plus 1
	ref     ref    // 0 until a second has it
}

func newInterner(features int) *interner {
	in := &interner{seed: maphash.MakeSeed(), bits: 4}
	for 1<<in.bits < 2*features {
		in.bits++
	}
	in.slots = make([]slot, 1<<in.bits)
	return in
}

// fill refers the features to their values of a column. A value that several have is added.
func (in *interner) fill(v *values, c *layers.Column, kind layers.Type, rows []uint32, refs []ref) {
	clear(in.slots)
	for k, row := range rows {
		if refs[k] = 0; !c.Present[row] {
			continue
		}
		s := in.find(c, rows, row)
		if s.feature == 0 {
			s.feature, refs[k] = uint32(k)+1, alone
			continue
		}
		if s.ref == 0 {
			s.ref = v.share(c, kind, row)
			refs[s.feature-1] = s.ref
		}
		refs[k] = s.ref
	}
}

// find returns the slot of a row's value, or the empty one it belongs in.
func (in *interner) find(c *layers.Column, rows []uint32, row uint32) *slot {
	var h uint64
	if c.Text != nil {
		h = maphash.String(in.seed, c.Text[row])
	} else {
		h = math.Float64bits(c.Number[row]) * 0x9E3779B97F4A7C15
	}
	for at := h >> (64 - in.bits); ; at = (at + 1) & (1<<in.bits - 1) {
		s := &in.slots[at]
		if s.feature == 0 || same(c, rows[s.feature-1], row) {
			return s
		}
	}
}

// same compares numbers by their bits, so that NaN is found and a negative zero keeps its sign.
func same(c *layers.Column, a, b uint32) bool {
	if c.Text != nil {
		return c.Text[a] == c.Text[b]
	}
	return math.Float64bits(c.Number[a]) == math.Float64bits(c.Number[b])
}
