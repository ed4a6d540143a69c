package tiles

import (
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// Changes is where two images of one layer and audience differ.
type Changes struct {
	all   bool
	where tree
}

// Compare finds where an image differs from an earlier one: where features went, came, moved or changed an attribute, or are drawn in
// another way for a neighbour's sake. Where layers differ in their fields, or in the zoom level that begins to show features, all did.
func Compare(old, m *Image) Changes {
	if !slices.Equal(old.Layer.Fields, m.Layer.Fields) || old.ground.showFrom != m.ground.showFrom {
		return Changes{all: true}
	}
	if old == m {
		return Changes{}
	}
	changed := slices.Clone(m.changed)
	if m.follows == nil || m.follows != old.mark {
		before, after := old.prints(), m.prints()
		changed = slices.Concat(old.without(before, after), m.without(after, before))
	}
	slices.SortFunc(changed, func(a, b box) int { return cmp.Compare(hilbert(a.centre()), hilbert(b.centre())) })
	return Changes{where: newTree(changed)}
}

// Touch reports whether a tile may differ.
func (c *Changes) Touch(at Address) bool {
	return c.all || len(c.where.search(nil, at.box(buffer))) > 0
}

// printSeed makes the prints of all images comparable.
var printSeed = maphash.MakeSeed()

// takePrints makes hashes of all that is drawn of each feature.
func (m *Image) takePrints() []uint64 {
	g := m.ground
	out := make([]uint64, len(g.rows))
	var b []byte
	for k := range out {
		b = binary.LittleEndian.AppendUint64(b[:0], g.numbers[k])
		first, last := g.vertices(k)
		for v := first; v < last; v++ {
			b = binary.LittleEndian.AppendUint32(b, uint32(g.spots[v].x))
			b = binary.LittleEndian.AppendUint32(b, uint32(g.spots[v].y))
			b = binary.LittleEndian.AppendUint16(b, uint16(g.detail[v]))
		}
		out[k] = maphash.Bytes(printSeed, m.appendValues(b, k))
	}
	return out
}

// appendValues appends a feature's values, each after the number of its field. Whether a value is shared is no part of it.
func (m *Image) appendValues(b []byte, k int) []byte {
	s, at := m.sheetOf(k)
	own, stride := s.ownOf(at), len(m.Layer.Fields)
	for f, r := range s.refs[at*stride:][:stride] {
		switch r {
		case 0:
		case alone:
			size := valueSize(own)
			b = append(append(b, byte(f)), own[:size]...)
			own = own[size:]
		default:
			b = append(append(b, byte(f)), m.values.sharedValue(r)...)
		}
	}
	return b
}

// without returns the boxes of features whose hash is not among others.
func (m *Image) without(prints, others []uint64) (boxes []box) {
	sorted := slices.Sorted(slices.Values(others))
	for k, print := range prints {
		if _, found := slices.BinarySearch(sorted, print); !found {
			boxes = append(boxes, m.ground.tree.leaves()[k])
		}
	}
	return boxes
}
