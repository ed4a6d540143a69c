package export_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"time"

	"muchan/geo"
	"muchan/tiles/export"
	"muchan/tiles/layers"
)

// many repeats the demonstration's parcels, analyst's columns and all, until there are n.
func many(b *testing.B, n int) *layers.Table {
	b.Helper()
	from := job(b, "geojson", layers.Analyst, layers.Parcels).Tables[0]
	t := &layers.Table{Layer: from.Layer, Audience: from.Audience, Year: from.Year}
	for i := range n {
		t.IDs = append(t.IDs, fmt.Sprintf("3505%015d", i))
		t.Shapes = append(t.Shapes, from.Shapes[i%from.Len()])
	}
	for _, c := range from.Columns {
		var wide layers.Column
		for i := range n {
			k := i % from.Len()
			wide.Present = append(wide.Present, c.Present[k])
			if c.Text != nil {
				wide.Text = append(wide.Text, c.Text[k])
			} else {
				wide.Number = append(wide.Number, c.Number[k])
			}
		}
		t.Columns = append(t.Columns, wide)
	}
	return t
}

// heapPeak samples the heap until stop is called, and returns the most it saw above what was there before, in MiB. Garbage is collected
// early meanwhile: else it grows with the table that is written, which is in memory anyway.
func heapPeak() (stop func() float64) {
	percent := debug.SetGCPercent(2)
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&now)
				most.Store(max(most.Load(), now.HeapAlloc))
			}
		}
	}()
	return func() float64 {
		close(done)
		<-ended
		debug.SetGCPercent(percent)
		return (float64(most.Load()) - float64(before.HeapAlloc)) / (1 << 20)
	}
}

// BenchmarkExport writes many parcels with all columns in metres of their zone. peak-MiB hardly grows with n: rows stream, and
// excelize keeps the last 16 MiB of a sheet.
func BenchmarkExport(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		table := many(b, n)
		for _, f := range export.Formats {
			if f.Name == "geojsonl" {
				continue // GeoJSON but for the brackets around it
			}
			b.Run(fmt.Sprintf("format=%s/n=%d", f.Name, n), func(b *testing.B) {
				dir := b.TempDir()
				j := export.Job{Format: f, Tables: []*layers.Table{table}}
				j.CRS, _ = geo.CRSByEPSG(4549)
				path := filepath.Join(dir, "a."+f.Extension)
				peak := 0.0
				for b.Loop() {
					stop := heapPeak()
					counts, err := j.Write(context.Background(), path)
					peak = max(peak, stop())
					if err != nil || counts[0] != n {
						b.Fatal(counts, err)
					}
				}
				info, err := os.Stat(path)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(peak, "peak-MiB")
				b.ReportMetric(float64(info.Size())/(1<<20), "file-MiB")
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}
