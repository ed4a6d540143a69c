package quality_test

import (
	"fmt"
	"runtime"
	"testing"

	"muchan/parcels"
	"muchan/parcels/quality"
	"muchan/seeds"
)

// The larger size takes minutes and gigabytes: go test -bench Check/1000000 -benchtime 1x.
func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if n > 100_000 && testing.Short() {
				b.Skip("long")
			}
			s := parcels.NewSnapshot(1, asOf, seeds.Rows(seeds.Options{Parcels: n, Seed: 7}))
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			var r quality.Report
			for b.Loop() {
				r = quality.Check(s, quality.DefaultOptions())
			}
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.Sys-before.Sys)/(1<<20), "MiB-more")
			b.ReportMetric(float64(before.HeapAlloc)/(1<<20), "MiB-rows")
			b.ReportMetric(float64(len(r.Findings)), "findings")
		})
	}
}
