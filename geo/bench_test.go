package geo_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

func BenchmarkArea(b *testing.B) {
	for _, n := range []int{4, 100, 10_000} {
		s := geo.Shape{{star(rand.New(rand.NewPCG(51, 52)), orb.Point{118.5, 24.8}, 1e-3, n, false)}}
		b.Run(fmt.Sprintf("points=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			var area geo.M2
			for b.Loop() {
				area = geo.Area(s)
			}
			if area <= 0 {
				b.Fatal("no area")
			}
		})
	}
}

func BenchmarkTransform(b *testing.B) {
	for _, code := range []int{4549, 3857} {
		crs, _ := geo.CRSByEPSG(code)
		p := orb.Point{118.58, 24.87}
		x, y := crs.Forward(p)
		b.Run(fmt.Sprintf("forward/epsg=%d", code), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				crs.Forward(p)
			}
		})
		b.Run(fmt.Sprintf("inverse/epsg=%d", code), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				crs.Inverse(x, y)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{10, 1_000} {
		s := geo.Shape{{star(rand.New(rand.NewPCG(53, 54)), orb.Point{118.5, 24.8}, 1e-3, n, false)}}
		b.Run(fmt.Sprintf("points=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if v := geo.Check(s); !v.Valid {
					b.Fatal(v)
				}
			}
		})
	}
}

func BenchmarkAppendGeoJSON(b *testing.B) {
	s := geo.Shape{{star(rand.New(rand.NewPCG(55, 56)), orb.Point{118.5, 24.8}, 1e-3, 100, false)}}
	var buffer []byte
	b.ReportAllocs()
	for b.Loop() {
		buffer = geo.AppendGeoJSON(buffer[:0], s)
	}
	b.SetBytes(int64(len(buffer)))
}
