package tiles_test

import (
	"fmt"
	"testing"

	"muchan/tiles"
	"muchan/tiles/layers"
)

// BenchmarkEncode writes the tile with most features, all of them with all attributes. At zooms below 14 that is what a tile without
// limits would cost.
func BenchmarkEncode(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d-zone", n), func(b *testing.B) {
			table := zone(b, n, layers.Viewer)[layers.Parcels]
			m := image(table)
			for _, z := range []int{12, 14, 16} {
				at := densest(table, z)
				b.Run(fmt.Sprintf("z=%d", z), func(b *testing.B) { benchmarkTile(b, m, at) })
			}
			// Reported as a time so that it stands in the same table.
			b.ReportMetric(float64(m.Bytes())/float64(m.Len()), "image-bytes/parcel")
			b.ReportMetric(float64(m.GroundBytes())/float64(m.Len()), "ground-bytes/parcel")
		})
	}
}

func benchmarkTile(b *testing.B, m *tiles.Image, at tiles.Address) {
	b.ReportAllocs()
	var tile []byte
	for b.Loop() {
		var err error
		if tile, err = m.AppendFeatures(tile[:0], at); err != nil {
			b.Fatal(err)
		}
	}
	features := len(only(b, tile).features)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(features), "ns/feature")
	b.ReportMetric(float64(features), "features")
	b.ReportMetric(float64(len(tile)), "bytes")
}

// densest is the tile of a zoom level with most features.
func densest(table *layers.Table, z int) (best tiles.Address) {
	features := map[tiles.Address]int{}
	for _, bound := range table.Bounds {
		at := addressOf(z, bound.Center())
		if features[at]++; features[at] > features[best] {
			best = at
		}
	}
	return best
}

// BenchmarkImage builds the ground and the image of one layer for one audience.
func BenchmarkImage(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d-zone", n), func(b *testing.B) {
			table := zone(b, n, layers.Viewer)[layers.Parcels]
			var ground *tiles.Ground
			b.Run("ground", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					ground = tiles.NewGround(table)
				}
			})
			b.Run("image", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					tiles.NewImage(table, ground)
				}
			})
		})
	}
}
