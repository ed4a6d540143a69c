package tiles

import (
	"hash/maphash"
	"math"
	"runtime"

	"muchan/tiles/layers"
)

// coding is a column in code, the same for every audience that sees it.
type coding struct {
	column *layers.Column
	kind   layers.Type
	refs   []ref  // by feature; values are numbered from 1 within the column
	values values // that several features have
}

// interner finds equal values of a column, by an open hash table that is used for one column after the other. It grows with the values: those of
// most columns are few, and stay near the processor.
type interner struct {
	seed   maphash.Seed
	bits   uint
	slots  []slot
	used   int
	rooms  [33][]slot // by bits, kept for the next column
	hashes [lookedUpTogether]uint32
}

type slot struct {
	hash    uint32
	feature uint32 // the first with the value, plus 1; 0 where the slot is empty
}

// fewestSlotBits is 32 kB of slots.
const fewestSlotBits = 12

func newInterner() *interner { return &interner{seed: maphash.MakeSeed()} }

// code encodes a column.
func (in *interner) code(c *coding, rows []uint32) {
	c.refs = make([]ref, len(rows))
	in.fill(&c.values, c.column, c.kind, rows, c.refs)
}

// fill refers the features to their values of a column. A value that several have is added.
func (in *interner) fill(v *values, c *layers.Column, kind layers.Type, rows []uint32, refs []ref) {
	in.bits, in.used, in.slots = fewestSlotBits, 0, in.room(fewestSlotBits)
	for from := 0; from < len(rows); from += lookedUpTogether {
		step := rows[from:min(from+lookedUpTogether, len(rows))]
		in.hash(c, step)
		for i, row := range step {
			k := from + i
			if refs[k] = 0; !c.Present[row] {
				continue
			}
			first := in.find(c, rows, k, in.hashes[i])
			if first == k {
				refs[k] = alone
				continue
			}
			if refs[first] == alone {
				refs[first] = v.share(c, kind, row)
			}
			refs[k] = refs[first]
		}
	}
}

// room returns empty slots.
func (in *interner) room(bits uint) []slot {
	if in.rooms[bits] == nil {
		in.rooms[bits] = make([]slot, 1<<bits)
	} else {
		clear(in.rooms[bits])
	}
	return in.rooms[bits]
}

// hash hashes the values of some rows, and has their slots come near.
func (in *interner) hash(c *layers.Column, rows []uint32) {
	if c.Text != nil {
		for i, row := range rows {
			in.hashes[i] = uint32(maphash.String(in.seed, c.Text[row]))
		}
	} else {
		for i, row := range rows {
			in.hashes[i] = uint32(bitsOf(c, row) * 0x9E3779B97F4A7C15 >> 32)
		}
	}
	seen, shift := uint32(0), 32-in.bits
	for _, h := range in.hashes[:len(rows)] {
		seen ^= in.slots[h>>shift].feature
	}
	runtime.KeepAlive(seen)
}

// find returns the first feature with the value of feature k, which may be k itself.
func (in *interner) find(c *layers.Column, rows []uint32, k int, h uint32) (first int) {
	for at := h >> (32 - in.bits); ; at = (at + 1) & (1<<in.bits - 1) {
		s := &in.slots[at]
		if s.feature == 0 {
			*s = slot{h, uint32(k) + 1}
			if in.used++; in.used > len(in.slots)/2 {
				in.grow(k+1, len(rows))
			}
			return k
		}
		if s.hash == h && sameValue(c, rows[s.feature-1], rows[k]) {
			return int(s.feature) - 1
		}
	}
}

// grow makes room for as many values as a column will have if it goes on as it began. Slots stand in the order of their hashes but for those that wrap
// round, so both rooms are gone through from end to end.
func (in *interner) grow(seen, of int) {
	old := in.slots
	for in.bits++; len(old)*(of/seen) > 1<<in.bits; {
		in.bits++
	}
	in.slots = in.room(in.bits)
	for _, s := range old {
		if s.feature != 0 {
			at := s.hash >> (32 - in.bits)
			for in.slots[at].feature != 0 {
				at = (at + 1) & (1<<in.bits - 1)
			}
			in.slots[at] = s
		}
	}
}

// sameValue reports whether two rows that have a value of a column have the same.
func sameValue(c *layers.Column, a, b uint32) bool {
	if c.Text != nil {
		return c.Text[a] == c.Text[b]
	}
	return bitsOf(c, a) == bitsOf(c, b)
}

// bitsOf is a number by its bits, so that NaN is found and a negative zero keeps its sign.
func bitsOf(c *layers.Column, row uint32) uint64 { return math.Float64bits(c.Number[row]) }
