package tiles_test

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"muchan/tiles"
	"muchan/tiles/layers"
)

// BenchmarkEncode writes the tile with most features, all of them with all attributes. At zooms below 14 that is what a tile without
// limits would cost.
func BenchmarkEncode(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d-zone", n), func(b *testing.B) {
			table := zoneOnce(b, n)
			ground := tiles.NewGround(table)
			for name, m := range map[string]*tiles.Image{"all": tiles.NewImage(table, ground), "twelve": tiles.NewImage(twelve(table), ground)} {
				b.Logf("%d parcels with %s fields: image %.0f bytes a parcel, ground %.0f", n, name,
					float64(m.Bytes())/float64(m.Len()), float64(m.GroundBytes())/float64(m.Len()))
				for _, z := range []int{12, 14, 16} {
					at := densest(table, z)
					b.Run(fmt.Sprintf("fields=%s/z=%d", name, z), func(b *testing.B) { benchmarkTile(b, m, at) })
				}
			}
		})
	}
}

func benchmarkTile(b *testing.B, m *tiles.Image, at tiles.Address) {
	b.ReportAllocs()
	var tile []byte
	begun := processorTime()
	for b.Loop() {
		var err error
		if tile, err = m.AppendFeatures(tile[:0], at); err != nil {
			b.Fatal(err)
		}
	}
	// The processor's time, which other processes disturb less than the clock.
	used := float64(processorTime() - begun)
	features := len(only(b, tile).features)
	b.ReportMetric(used/float64(b.N)/float64(features), "ns/feature")
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
			table := zoneOnce(b, n)
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

func processorTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it fails for no valid argument
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// twelve cuts a table down to twelve fields, as many as the comparison with PostGIS has.
func twelve(t *layers.Table) *layers.Table {
	few := *t
	few.Layer.Fields, few.Columns = t.Layer.Fields[:12], t.Columns[:12]
	return &few
}

var zones = map[int]*layers.Table{}

// zoneOnce is the parcels of a zone for analysts. Making a large one takes minutes, so the benchmarks share it.
func zoneOnce(b *testing.B, n int) *layers.Table {
	if zones[n] == nil {
		zones[n] = zone(b, n, layers.Analyst)[layers.Parcels]
	}
	return zones[n]
}

// BenchmarkServe makes every tile of a zoom level as it is served, up to a thousand of them that lie evenly, and reports their sizes.
func BenchmarkServe(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d-zone", n), func(b *testing.B) {
			table := zoneOnce(b, n)
			m := image(table)
			for z := 8; z <= 16; z++ {
				all := occupied(table, z)
				b.Run(fmt.Sprintf("z=%d", z), func(b *testing.B) {
					b.ReportAllocs()
					var sizes []int
					details := map[tiles.Detail]float64{}
					for k := 0; b.Loop(); k++ {
						tile, detail := served(b, m, all[k%len(all)])
						if k < len(all) {
							sizes = append(sizes, len(tile))
							details[detail]++
						}
					}
					slices.Sort(sizes)
					b.ReportMetric(float64(sizes[len(sizes)/2]), "median-bytes")
					b.ReportMetric(float64(sizes[len(sizes)-1]), "most-bytes")
					b.ReportMetric(details[tiles.Gridded]/float64(len(sizes)), "gridded")
					b.ReportMetric(details[tiles.Thinned]/float64(len(sizes)), "thinned")
				})
			}
		})
	}
}

// occupied lists up to a thousand tiles of a zoom level that hold a feature's middle, evenly from all of them.
func occupied(table *layers.Table, z int) (some []tiles.Address) {
	seen := map[tiles.Address]bool{}
	for _, bound := range table.Bounds {
		if at := addressOf(z, bound.Center()); !seen[at] {
			seen[at] = true
			some = append(some, at)
		}
	}
	if step := len(some)/1000 + 1; step > 1 {
		for k := range len(some) / step {
			some[k] = some[k*step]
		}
		some = some[:len(some)/step]
	}
	return some
}
