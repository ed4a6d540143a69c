package tiles

import (
	"fmt"
	"hash/fnv"
	"slices"

	"muchan/tiles/layers"
)

// Encode writes the features of some tables that meet a tile as an uncompressed vector tile, MVT 2.1, a layer per table in the
// order given and features in ascending identifier. A layer without features, or above its lowest zoom level, is left out; a tile
// without layers is empty bytes. A feature smaller than a tile unit is left out. The tables are not written into.
//
// Every present value of every field of the table becomes an attribute; Day is a string. It fails on an address that does not
// exist.
func Encode(tables []*layers.Table, z, x, y int) ([]byte, error) {
	at := Address{z, x, y}
	if err := at.check(); err != nil {
		return nil, err
	}
	var tile []byte
	for _, t := range tables {
		if z < t.Layer.MinZoom {
			continue
		}
		var err error
		if tile, err = appendLayer(tile, t, at); err != nil {
			return nil, fmt.Errorf("encode tile %v of %s: %w", at, t.Layer.Name, err)
		}
	}
	return tile, nil
}

func appendLayer(tile []byte, t *layers.Table, at Address) ([]byte, error) {
	var rows []int
	t.Index.Search(at.bound(), func(row int) bool { rows = append(rows, row); return true })
	slices.Sort(rows)
	w := newLayerWriter(t)
	for _, row := range rows {
		shape, err := at.geometry(t.Shapes[row])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.IDs[row], err)
		}
		if len(shape) > 0 {
			w.feature(row, shape)
		}
	}
	return w.appendTo(tile), nil
}

// FeatureID is the number that stands for a feature in tiles: 53 bits, which JavaScript holds exactly, of the FNV-1a hash of its
// identifier. It stays the same from snapshot to snapshot and tile to tile, so that a client may keep its highlights; row numbers
// would move with every split of a parcel. Among 10^6 features two share a number with a chance of 1 in 18 000, and attributes
// tell them apart.
func FeatureID(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64() >> 11
}
