package tiles

import (
	"sync"

	"muchan/tiles/layers"
)

// Image is one table ready to become tiles: its ground, and each feature's attributes as references to values that are encoded already.
// It is as immutable as its ground, and safe for concurrent use. It holds what its table holds, so an image for the public makes tiles for the public.
type Image struct {
	Layer layers.Layer // with the fields of this audience only
	Year  int

	ground *Ground
	table  *layers.Table
	values values
	sheets []*sheet
	all    selection
	drawn  selection
	pool   sync.Pool       // of *pen
	prints func() []uint64 // see takePrints; made for the first comparison, and kept for the next

	firstValues int   // shared values when the image was made whole
	mark        *mark // of this image
	follows     *mark // of the one it was made of by After
	changed     []box // of the features that differ from that one's, before and after
}

// NewImage joins a table with the ground of its shapes, which may have been made of another audience's table of the same rows.
func NewImage(t *layers.Table, g *Ground) *Image { return newImages([]*layers.Table{t}, g)[0] }

// join writes the sheets of an image whose columns are in code.
func (m *Image) join(codes []*coding) {
	bases := make([]ref, len(codes)) // how many values stand before a column's
	for f, c := range codes {
		bases[f] = ref(len(m.values.end))
		m.values.add(&c.values)
	}
	m.sheets = newSheets(m.Len(), len(codes))
	inChunks(len(m.sheets), func(from, to int) {
		var room []byte
		for i := from; i < to; i++ {
			m.sheets[i].refer(codes, bases, i<<sheetBits)
			room = m.keepOwn(i, room)
		}
	})
	m.firstValues = len(m.values.end)
}

// keepOwn writes on a sheet what its features have alone.
func (m *Image) keepOwn(sheet int, room []byte) []byte {
	s := m.sheets[sheet]
	rows := m.rowsOf(sheet)
	return s.keepOwn(room, len(rows), func(room []byte, at int) ([]byte, uint8) { return s.appendOwn(room, at, m.table, rows[at]) })
}

// rowsOf are the rows of the features of a sheet.
func (m *Image) rowsOf(sheet int) []uint32 {
	from := sheet << sheetBits
	return m.ground.rows[from:min(from+sheetFeatures, m.Len())]
}

// ready makes what belongs to each image alone.
func (m *Image) ready() *Image {
	m.mark = new(mark)
	m.prints = sync.OnceValue(m.takePrints)
	m.pool.New = func() any { return &pen{mark: make([]uint64, len(m.values.end))} }
	return m
}

// Bytes is the memory of the image without its ground and the table's columns. What it and its table tell of an earlier one is part of it, and
// may be large after a change of rules: it goes with the image.
func (m *Image) Bytes() int {
	n := cap(m.values.shared) + 4*cap(m.values.end) + boxBytes*cap(m.changed) + m.table.ChangedBytes()
	for _, s := range m.sheets {
		n += s.bytes()
	}
	return n
}

// GroundBytes is the memory of the ground, which images share.
func (m *Image) GroundBytes() int { return m.ground.bytes() }

// Len returns the number of features that are drawn.
func (m *Image) Len() int { return m.ground.Len() }

// selection is which fields a tile carries.
type selection struct {
	key  []int  // of each field of the layer: its number in the tile, or notCarried
	keys []byte // a layer's fields of the keys
	all  bool
}

const notCarried = -1

func (m *Image) selected(wanted func(f layers.Field) bool) (s selection) {
	next := 0
	for _, field := range m.Layer.Fields {
		key := notCarried
		if wanted(field) {
			key = next
			s.keys = appendBytesField(s.keys, layerKey, field.Name)
			next++
		}
		s.key = append(s.key, key)
	}
	s.all = next == len(m.Layer.Fields)
	return s
}
