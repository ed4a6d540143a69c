package tiles_test

import (
	"slices"
	"testing"

	"muchan/tiles"
	"muchan/tiles/layers"
)

// In a dense town of 20 000 parcels no tile of any zoom is large, no zoom's middle one is over 200 kB, and attributes go before
// features do.
func TestNoTileIsLarge(t *testing.T) {
	for name, table := range tables(t, town(20_000), layers.Analyst) {
		m := image(table)
		details := map[tiles.Detail]bool{}
		for z := table.Layer.MinZoom; z <= 16; z++ {
			var sizes []int
			for _, at := range covering(z, table.Bound) {
				b, detail := served(t, m, at)
				details[detail] = true
				if sizes = append(sizes, len(b)); len(b) > tiles.MaxBytes {
					t.Errorf("%s, tile %v has %d bytes", name, at, len(b))
				}
			}
			if slices.Sort(sizes); len(sizes) > 0 && sizes[len(sizes)/2] > 200_000 {
				t.Errorf("%s: the middle tile of zoom %d has %d bytes", name, z, sizes[len(sizes)/2])
			}
		}
		if name == layers.Parcels && !(details[tiles.Gridded] && details[tiles.Whole]) {
			t.Errorf("%s: details %v", name, details)
		}
	}
}

// A tile that is thinned out has every feature that the whole one has, with what a map draws by.
func TestThinnedTiles(t *testing.T) {
	table := tables(t, town(3000), layers.Analyst)[layers.Parcels]
	m := image(table)
	var at tiles.Address
	var thin []byte
	for _, at = range covering(13, table.Bound) {
		b, detail := served(t, m, at)
		if detail == tiles.Thinned {
			thin = b
			break
		}
	}
	if thin == nil {
		t.Fatal("no tile is thinned out")
	}
	whole, some := only(t, encode(t, at, m)), only(t, thin)
	if len(some.features) != len(whole.features) {
		t.Fatalf("%d features of %d", len(some.features), len(whole.features))
	}
	for k, f := range some.features {
		all := whole.features[k].tags
		for _, field := range table.Layer.Drawn {
			if f.tags[field] != all[field] {
				t.Errorf("%s of %v is %v, want %v", field, all["code"], f.tags[field], all[field])
			}
			delete(all, field)
			delete(f.tags, field)
		}
		if len(f.tags) > 0 {
			t.Errorf("left over: %v", f.tags)
		}
	}
}

// Zones have no grid: where there are too many, the largest are shown.
func TestLayerWithoutGrid(t *testing.T) {
	shapes := town(30_000)
	table := *tables(t, shapes, layers.Viewer)[layers.Parcels]
	table.Layer.Name = "zones"
	m := image(&table)
	b, detail := served(t, m, addressOf(11, table.Bound.Center()))
	if detail != tiles.Largest || len(b) == 0 || len(b) > tiles.MaxBytes {
		t.Errorf("detail %v, %d bytes", detail, len(b))
	}
}
