package tiles

import (
	"muchan/tiles/layers"
)

// appendGrid writes the layer of squares, by a name, with the sums of what lies in the tile; nothing when nothing does.
func (m *Image) appendGrid(dst []byte, at Address, name string) []byte {
	gr := newGrid(m.table, m.ground, at)
	if len(gr.square) == 0 {
		return dst
	}
	w := gridWriter{known: map[string]uint32{}}
	count := gr.count()
	all := make([]cells, len(gr.fields))
	for f, field := range gr.fields {
		all[f] = gr.cells(field, count)
		w.keys = appendBytesField(w.keys, layerKey, field.Name)
	}
	for square, known := range count.known {
		if known {
			w.square(at, square, gr.fields, all)
		}
	}
	return appendLayerMessage(dst, name, w.features, w.keys, w.values)
}

// gridWriter collects the squares of a tile, and each different value once.
type gridWriter struct {
	outline
	features, keys, values []byte
	known                  map[string]uint32 // value's number by its message
	tags, message          []byte
}

func (w *gridWriter) square(at Address, square int, fields []layers.GridField, all []cells) {
	w.tags = w.tags[:0]
	for f, field := range fields {
		if c := &all[f]; c.known[square] {
			w.tags = appendUint(append(w.tags, byte(f)), w.value(c, square, field.Type))
		}
	}
	const side = Extent / gridSide
	x, y := int32(square%gridSide), int32(square/gridSide)
	w.spots = append(w.spots[:0], spot{x * side, y * side}, spot{x*side + side, y * side}, spot{x*side + side, y*side + side}, spot{x * side, y*side + side})
	w.ends = append(w.ends[:0], 4)

	f := appendVarintField(nil, featureID, squareID(at, int(x), int(y)))
	f = appendBytesField(f, featureTags, w.tags)
	f = appendVarintField(f, featureType, typePolygon)
	f = appendBytesField(f, featureGeometry, w.appendTo(nil))
	w.features = appendBytesField(w.features, layerFeature, f)
}

// value returns the number of a square's value in the layer, adding it when it is new.
func (w *gridWriter) value(c *cells, square int, kind layers.Type) uint32 {
	w.message = w.message[:0]
	if c.text != nil {
		w.message = appendBytesField(w.message, valueText, c.text[square])
	} else {
		w.message = appendNumber(w.message, rounded(c.number[square]), kind)
	}
	n, ok := w.known[string(w.message)]
	if !ok {
		n = uint32(len(w.known))
		w.known[string(w.message)] = n
		w.values = appendBytesField(w.values, layerValue, w.message)
	}
	return n
}

// squareID numbers the squares of all zoom levels within 53 bits.
func squareID(at Address, x, y int) uint64 {
	const bits = MaxZoom + gridBits
	return uint64(at.Z)<<(2*bits) | uint64(at.X*gridSide+x)<<bits | uint64(at.Y*gridSide+y)
}
