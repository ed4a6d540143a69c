package tiles

import (
	"cmp"
	"slices"

	"muchan/tiles/layers"
)

// Bytes of an uncompressed tile. One that would pass wantedBytes is thinned out, and gives way to the grid when that is not enough. No
// tile passes MaxBytes.
const (
	wantedBytes = 200_000
	MaxBytes    = 500_000

	// leastFeature is less than any feature takes: so many features need not be written to know that they are too many.
	leastFeature = 30
)

// Detail is how much a tile tells of what lies in it.
type Detail int

// The details.
const (
	Whole   Detail = iota // every feature with every attribute
	Thinned               // every feature, with the attributes that a map draws by
	Gridded               // squares with sums
	Largest               // the largest features of a layer that has no grid
)

// Append appends a layer of a tile as it is served, and tells how much of it; nothing when there is nothing, or above the layer's lowest
// zoom level. Attributes go before features do: where half of the layer's features are smaller than two pixels, or a tile would be
// large even when it is thinned out, squares with sums stand instead, in the layer named layers.Grid. It fails on an address that does
// not exist.
func (m *Image) Append(dst []byte, at Address) ([]byte, Detail, error) {
	return m.appendServed(dst, at, layers.Grid)
}

// appendServed is Append with another name for the layer of squares, of which a tile may have only one.
func (m *Image) appendServed(dst []byte, at Address, grid string) ([]byte, Detail, error) {
	if err := at.check(); err != nil || at.Z < m.Layer.MinZoom {
		return dst, Whole, err
	}
	fields, _ := m.Layer.GridFields()
	if len(fields) > 0 && at.Z < m.ground.showFrom {
		return m.appendGrid(dst, at, grid), Gridded, nil
	}
	p := m.pool.Get().(*pen)
	defer m.pool.Put(p)
	p.hits = m.ground.tree.search(p.hits[:0], at.box(buffer))
	if len(p.hits)*leastFeature < wantedBytes {
		for detail, s := range []*selection{Whole: &m.all, Thinned: &m.drawn} {
			tile, err := m.appendLayer(dst, p, at, s)
			if err != nil || len(tile)-len(dst) <= wantedBytes {
				return tile, Detail(detail), err
			}
		}
	}
	if len(fields) > 0 {
		return m.appendGrid(dst, at, grid), Gridded, nil
	}
	return m.appendLargest(dst, p, at)
}

// AppendBeside appends what is served of a layer, as Append does, and where the grid stands the features of another layer beside it, for
// outlines to be seen; nil for none.
func (m *Image) AppendBeside(dst []byte, at Address, beside *Image) ([]byte, error) {
	return m.appendServedBeside(dst, at, layers.Grid, beside)
}

func (m *Image) appendServedBeside(dst []byte, at Address, grid string, beside *Image) ([]byte, error) {
	tile, detail, err := m.appendServed(dst, at, grid)
	if err == nil && detail == Gridded && beside != nil && len(tile) > len(dst) {
		tile, err = beside.AppendFeatures(tile, at)
	}
	return tile, err
}

// appendLargest writes the largest features, as many as the tile may hold.
func (m *Image) appendLargest(dst []byte, p *pen, at Address) ([]byte, Detail, error) {
	boxes := m.ground.tree.leaves()
	slices.SortStableFunc(p.hits, func(a, b uint32) int { return cmp.Compare(boxes[b].side(), boxes[a].side()) })
	for n := min(len(p.hits), MaxBytes/leastFeature); ; n = n * 3 / 4 {
		p.hits = p.hits[:n]
		tile, err := m.appendLayer(dst, p, at, &m.drawn)
		if err != nil || len(tile)-len(dst) <= MaxBytes {
			return tile, Largest, err
		}
	}
}
