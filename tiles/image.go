package tiles

import (
	"slices"
	"sync"

	"muchan/tiles/layers"
)

// Image is one table ready to become tiles: its ground, and each feature's attributes as references to values that are encoded already.
// It is immutable and safe for concurrent use. It holds what its table holds, so an image for the public makes tiles for the public.
type Image struct {
	Layer    layers.Layer // with the fields of this audience only
	Audience layers.Audience
	Year     int

	ground *Ground
	table  *layers.Table
	refs   []ref // len(Layer.Fields) of each feature
	values values
	all    selection
	drawn  selection
	pool   sync.Pool // of *pen
}

// NewImage joins a table with the ground of its shapes, which may have been made of another audience's table of the same rows.
func NewImage(t *layers.Table, g *Ground) *Image {
	m := &Image{Layer: t.Layer, Audience: t.Audience, Year: t.Year, ground: g, table: t}
	stride := len(t.Layer.Fields)
	m.refs = make([]ref, stride*len(g.rows))
	if len(g.rows) > 0 {
		in := newInterner(len(g.rows))
		for f, field := range t.Layer.Fields {
			in.fill(&m.values, &t.Columns[f], field.Type, g.rows, m.refs[f:], stride)
		}
	}
	m.all, m.drawn = m.selectAll(), m.selectDrawn()
	m.pool.New = func() any { return &pen{mark: make([]uint64, len(m.values.end))} }
	return m
}

// Bytes is the memory of the image without its ground, and GroundBytes that of the ground, which images share.
func (m *Image) Bytes() int { return 4*cap(m.refs) + cap(m.values.blob) + 4*cap(m.values.end) }

// GroundBytes is the memory of the ground.
func (m *Image) GroundBytes() int { return m.ground.bytes() }

// Len returns the number of features that are drawn.
func (m *Image) Len() int { return m.ground.Len() }

// selection is which fields a tile carries, by their place in the layer.
type selection struct {
	fields []int
	keys   []byte // a layer's fields of the keys
}

func (m *Image) selectAll() (s selection) {
	for f := range m.Layer.Fields {
		s.add(m, f)
	}
	return s
}

func (m *Image) selectDrawn() (s selection) {
	for f, field := range m.Layer.Fields {
		if slices.Contains(m.Layer.Drawn, field.Name) {
			s.add(m, f)
		}
	}
	return s
}

func (s *selection) add(m *Image, f int) {
	s.fields = append(s.fields, f)
	s.keys = appendBytesField(s.keys, layerKey, m.Layer.Fields[f].Name)
}
