package tiles

import (
	"encoding/binary"
	"hash/maphash"
	"math"

	"muchan/tiles/layers"
)

// values are the different values of a table, each once and ready for a tile: a layer's field of a Value message.
type values struct {
	blob []byte
	end  []uint32 // of each value in blob
}

// ref names a value in a feature's row: 0 is missing, any other is the value's number plus 1. A value that only one feature has is marked
// as alone, so that nobody looks whether the tile has it already.
type ref uint32

const alone ref = 1 << 31

func (r ref) number() uint32 { return uint32(r&^alone) - 1 }

func (v *values) bytes(r ref) []byte {
	n := r.number()
	begin := uint32(0)
	if n > 0 {
		begin = v.end[n-1]
	}
	return v.blob[begin:v.end[n]]
}

// add appends a value and returns its reference.
func (v *values) add(c *layers.Column, kind layers.Type, row uint32) ref {
	const tag = layerValue<<3 | 2
	if c.Text != nil {
		s := c.Text[row]
		size := 1 + varintSize(len(s)) + len(s)
		v.blob = binary.AppendUvarint(append(v.blob, tag), uint64(size))
		v.blob = appendBytesField(v.blob, valueText, s)
	} else {
		var message [2 * binary.MaxVarintLen64]byte
		v.blob = appendBytesField(v.blob, layerValue, appendNumber(message[:0], c.Number[row], kind))
	}
	v.end = append(v.end, uint32(len(v.blob)))
	return ref(len(v.end))
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
	ref     ref
}

func newInterner(features int) *interner {
	in := &interner{seed: maphash.MakeSeed(), bits: 4}
	for 1<<in.bits < 2*features {
		in.bits++
	}
	in.slots = make([]slot, 1<<in.bits)
	return in
}

// fill writes a column into refs, one of every stride, in the order of the features.
func (in *interner) fill(v *values, c *layers.Column, kind layers.Type, rows []uint32, refs []ref, stride int) {
	clear(in.slots)
	for k, row := range rows {
		if !c.Present[row] {
			continue
		}
		s := in.find(c, rows, row)
		if s.feature == 0 {
			s.feature, s.ref = uint32(k)+1, v.add(c, kind, row)
			refs[k*stride] = s.ref | alone
			continue
		}
		refs[k*stride] = s.ref
		refs[int(s.feature-1)*stride] = s.ref
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
