package tiles

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"muchan/tiles/layers"
)

// Field numbers of vector_tile.proto, version 2.1.
const (
	tileLayer = 3

	layerName, layerFeature, layerKey, layerValue, layerExtent, layerVersion = 1, 2, 3, 4, 5, 15

	featureID, featureTags, featureType, featureGeometry = 1, 2, 3, 4

	valueText, valueDouble, valueSigned, valueFlag = 1, 3, 6, 7

	typePolygon = 3
	version     = 2
)

// layerWriter collects one layer: features as they come, and each different value once.
type layerWriter struct {
	table    *layers.Table
	features []byte
	values   []byte
	texts    map[string]uint32
	numbers  []map[float64]uint32 // per type: Number, Integer, Flag
	count    uint32
	empty    bool

	scratch, packed []byte
}

func newLayerWriter(t *layers.Table) *layerWriter {
	return &layerWriter{
		table: t, empty: true, texts: map[string]uint32{},
		numbers: []map[float64]uint32{{}, {}, {}},
	}
}

// feature adds a row with its geometry in tile units.
func (w *layerWriter) feature(row int, shape orb.MultiPolygon) {
	w.empty = false
	f := appendVarintField(w.scratch[:0], featureID, FeatureID(w.table.IDs[row]))
	w.packed = w.packed[:0]
	for k := range w.table.Columns {
		if value, ok := w.value(row, k); ok {
			w.packed = binary.AppendUvarint(w.packed, uint64(k))
			w.packed = binary.AppendUvarint(w.packed, uint64(value))
		}
	}
	f = appendBytesField(f, featureTags, w.packed)
	f = appendVarintField(f, featureType, typePolygon)
	w.packed = appendGeometry(w.packed[:0], shape)
	f = appendBytesField(f, featureGeometry, w.packed)
	w.features = appendBytesField(w.features, layerFeature, f)
	w.scratch = f
}

// value returns the number of a row's value in the layer's list, adding it when it is new, and false when it is missing.
func (w *layerWriter) value(row, column int) (uint32, bool) {
	c := &w.table.Columns[column]
	if !c.Present[row] {
		return 0, false
	}
	if c.Text != nil {
		return w.text(c.Text[row]), true
	}
	return w.number(c.Number[row], w.table.Layer.Fields[column].Type), true
}

func (w *layerWriter) text(s string) uint32 {
	n, known := w.texts[s]
	if !known {
		n = w.add(appendBytesField(nil, valueText, []byte(s)))
		w.texts[s] = n
	}
	return n
}

func (w *layerWriter) number(f float64, kind layers.Type) uint32 {
	seen := w.numbers[map[layers.Type]int{layers.Number: 0, layers.Integer: 1, layers.Flag: 2}[kind]]
	n, known := seen[f]
	if !known {
		n = w.add(appendNumber(nil, f, kind))
		seen[f] = n
	}
	return n
}

func appendNumber(dst []byte, f float64, kind layers.Type) []byte {
	switch kind {
	case layers.Integer:
		i := int64(f)
		return appendVarintField(dst, valueSigned, uint64(i<<1)^uint64(i>>63))
	case layers.Flag:
		return appendVarintField(dst, valueFlag, uint64(f))
	}
	dst = binary.AppendUvarint(dst, valueDouble<<3|1)
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(f))
}

func (w *layerWriter) add(value []byte) uint32 {
	w.values = appendBytesField(w.values, layerValue, value)
	w.count++
	return w.count - 1
}

// appendTo appends the layer to a tile, or nothing when it has no features.
func (w *layerWriter) appendTo(tile []byte) []byte {
	if w.empty {
		return tile
	}
	layer := appendBytesField(nil, layerName, []byte(w.table.Layer.Name))
	layer = append(layer, w.features...)
	for _, f := range w.table.Layer.Fields {
		layer = appendBytesField(layer, layerKey, []byte(f.Name))
	}
	layer = append(layer, w.values...)
	layer = appendVarintField(layer, layerExtent, Extent)
	layer = appendVarintField(layer, layerVersion, version)
	return appendBytesField(tile, tileLayer, layer)
}

func appendVarintField(dst []byte, field, value uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(dst, field<<3), value)
}

func appendBytesField(dst []byte, field uint64, b []byte) []byte {
	dst = binary.AppendUvarint(dst, field<<3|2)
	return append(binary.AppendUvarint(dst, uint64(len(b))), b...)
}

// appendGeometry writes rings as commands: move to the first vertex, lines to the others, close; each position as its difference
// from the one before.
func appendGeometry(dst []byte, shape orb.MultiPolygon) []byte {
	const moveTo, lineTo, closePath = 1, 2, 7
	var x, y int64
	point := func(p orb.Point) {
		nx, ny := int64(p[0]), int64(p[1])
		dst = binary.AppendVarint(dst, nx-x)
		dst = binary.AppendVarint(dst, ny-y)
		x, y = nx, ny
	}
	for _, polygon := range shape {
		for _, ring := range polygon {
			dst = binary.AppendUvarint(dst, moveTo|1<<3)
			point(ring[0])
			dst = binary.AppendUvarint(dst, lineTo|uint64(len(ring)-2)<<3)
			for _, p := range ring[1 : len(ring)-1] {
				point(p)
			}
			dst = binary.AppendUvarint(dst, closePath|1<<3)
		}
	}
	return dst
}
