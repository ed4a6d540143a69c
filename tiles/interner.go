package tiles

import (
	"hash/maphash"
	"math"

	"muchan/tiles/layers"
)

// coding is a column in code, the same for every audience that sees it.
type coding struct {
	column *layers.Column
	kind   layers.Type
	refs   []ref  // by feature; values are numbered from 1 within the column
	values values // that several features have
}

// interner finds equal values of a column, by an open hash table that is used for one column after the other.
type interner struct {
	seed  maphash.Seed
	bits  uint
	slots []slot
	taken []uint32 // slots that are not empty
}

type slot struct {
	hash    uint64
	feature uint32 // the first with the value, plus 1; 0 where the slot is empty
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

// code encodes a column.
func (in *interner) code(c *coding, rows []uint32) {
	c.refs = make([]ref, len(rows))
	in.fill(&c.values, c.column, c.kind, rows, c.refs)
}

// fill refers the features to their values of a column. A value that several have is added.
func (in *interner) fill(v *values, c *layers.Column, kind layers.Type, rows []uint32, refs []ref) {
	in.clear()
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

// clear empties the slots. Most columns have few values, and a table for a million features is 32 MB.
func (in *interner) clear() {
	if len(in.taken) < len(in.slots)/16 {
		for _, at := range in.taken {
			in.slots[at] = slot{}
		}
	} else {
		clear(in.slots)
	}
	in.taken = in.taken[:0]
}

// find returns the slot of a row's value, or the empty one it belongs in, with its hash. Equal numbers are told by their hash alone, which no
// other has.
func (in *interner) find(c *layers.Column, rows []uint32, row uint32) *slot {
	var h uint64
	if c.Text != nil {
		h = maphash.String(in.seed, c.Text[row])
	} else {
		h = bitsOf(c, row) * 0x9E3779B97F4A7C15
	}
	for at := h >> (64 - in.bits); ; at = (at + 1) & (1<<in.bits - 1) {
		s := &in.slots[at]
		if s.feature == 0 {
			s.hash = h
			in.taken = append(in.taken, uint32(at))
			return s
		}
		if s.hash == h && (c.Text == nil || c.Text[rows[s.feature-1]] == c.Text[row]) {
			return s
		}
	}
}

// bitsOf is a number by its bits, so that NaN is found and a negative zero keeps its sign.
func bitsOf(c *layers.Column, row uint32) uint64 { return math.Float64bits(c.Number[row]) }
