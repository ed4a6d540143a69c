package tiles_test

import (
	"fmt"
	"testing"

	"muchan/tiles/layers"
)

// BenchmarkEncode writes one tile with all its features and attributes. Zooms below 14 are what a tile without limits would cost.
func BenchmarkEncode(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		table := tables(b, town(n), layers.Viewer)[layers.Parcels]
		m := image(table)
		b.Logf("%d parcels: image %.0f bytes a parcel, ground %.0f", n, float64(m.Bytes())/float64(n), float64(m.GroundBytes())/float64(n))
		for _, z := range []int{12, 14, 16} {
			at := addressOf(z, table.Bound.Center())
			b.Run(fmt.Sprintf("z=%d/n=%d", z, n), func(b *testing.B) {
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
			})
		}
	}
}
