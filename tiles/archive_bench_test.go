package tiles_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"muchan/tiles"
	"muchan/tiles/layers"
)

// BenchmarkArchive writes the parcels' archive for the public, z8 to z16.
func BenchmarkArchive(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d-zone", n), func(b *testing.B) {
			built := zone(b, n, layers.Public)
			a := tiles.Archive{Images: []*tiles.Image{image(built[layers.Parcels])}, Beside: image(built[layers.Parks]), MinZoom: tiles.ArchiveMinZoom, MaxZoom: tiles.ArchiveMaxZoom}
			path := filepath.Join(b.TempDir(), "zone.pmtiles")
			b.ReportAllocs()
			for b.Loop() {
				written, err := a.Write(b.Context(), path, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(written.Tiles), "tiles")
				b.ReportMetric(float64(written.Bytes), "bytes")
			}
		})
	}
}
