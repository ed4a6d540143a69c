package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels/ingest"
)

func writeTo(t testing.TB, path, body string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkRead reads, normalises and validates parcels.
func BenchmarkRead(b *testing.B) {
	for _, ext := range []string{"geojson", "csv", "xlsx"} {
		for _, n := range []int{1_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/n=%d", ext, n), func(b *testing.B) {
				files := writeParcels(b, ext, n)
				b.ReportAllocs()
				for b.Loop() {
					change, report, err := ingest.Read(b.Context(), "parcels", files, ingest.Options{})
					if err != nil || change.Rows.Len() != n {
						b.Fatal(err, report)
					}
				}
			})
		}
	}
}

// perFile is about as many parcels as the generator of zones puts into one file.
const perFile = 200_000

func writeParcels(b *testing.B, ext string, n int) (files []string) {
	b.Helper()
	dir := b.TempDir()
	for from := 0; from < n; from += perFile {
		path := filepath.Join(dir, fmt.Sprintf("parcels-%d.%s", len(files)+1, ext))
		writePart(b, path, from, min(n, from+perFile))
		files = append(files, path)
	}
	return files
}

func writePart(b *testing.B, path string, from, to int) {
	b.Helper()
	layer := layerfile.Layer{Name: "parcels", HasShape: true, Fields: []layerfile.Field{
		{Name: "code"},
		{Name: "park"},
		{Name: "state"},
		{Name: "title_area_m2", Type: layerfile.Real},
		{Name: "signed_on", Type: layerfile.Date},
		{Name: "price_wan", Type: layerfile.Real},
		{Name: "valid_from", Type: layerfile.Date},
	}}
	w, err := layerfile.Create(path, layer, layerfile.WriteOptions{})
	if err != nil {
		b.Fatal(err)
	}
	for i := from; i < to; i++ {
		x, y := 118.5+float64(i%300)*0.001, 24.5+float64(i/300)*0.001
		s := geo.Shape{{orb.Ring{{x, y}, {x + 0.0009, y}, {x + 0.0009, y + 0.0005}, {x + 0.0004, y + 0.0005}, {x + 0.0004, y + 0.0009}, {x, y + 0.0009}, {x, y}}}}
		values := []any{fmt.Sprintf("350502%03d001GB%05d", i/100_000, i%100_000), "QM", "in_use", float64(geo.Area(s)), "2015-03-01", 321.5, "2015-04-01"}
		if err := w.Write(values, s); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
}
