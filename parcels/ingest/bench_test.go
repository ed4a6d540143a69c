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
		for _, n := range []int{1_000, 100_000} {
			b.Run(fmt.Sprintf("%s/n=%d", ext, n), func(b *testing.B) {
				path := filepath.Join(b.TempDir(), "parcels."+ext)
				writeParcels(b, path, n)
				b.ReportAllocs()
				for b.Loop() {
					change, report, err := ingest.Read(b.Context(), "parcels", []string{path}, ingest.Options{})
					if err != nil || change.Rows.Len() != n {
						b.Fatal(err, report)
					}
				}
			})
		}
	}
}

func writeParcels(b *testing.B, path string, n int) {
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
	for i := range n {
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
