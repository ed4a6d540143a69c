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

// A zone of n parcels with twelve corners each.
func BenchmarkAreaOfZone(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			zone := benchZone(n)
			b.ReportAllocs()
			for b.Loop() {
				sum := geo.M2(0)
				for _, s := range zone {
					sum += geo.Area(s)
				}
				if sum <= 0 {
					b.Fatal("no area")
				}
			}
		})
	}
}

// The same zone from CGCS2000 / 3-degree Gauss-Kruger, as bureaus deliver it, to longitude and latitude.
func BenchmarkTransformZone(b *testing.B) {
	crs, _ := geo.CRSByEPSG(4549)
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			zone := benchZone(n)
			for i := range zone {
				zone[i] = geo.FromLonLat(zone[i], crs)
			}
			b.ReportAllocs()
			for b.Loop() {
				for _, s := range zone {
					geo.ToLonLat(s, crs)
				}
			}
		})
	}
}

func benchZone(n int) []geo.Shape {
	random := rand.New(rand.NewPCG(55, 56))
	zone := make([]geo.Shape, n)
	for i := range zone {
		at := orb.Point{118.4 + float64(i%1000)*2e-4, 24.8 + float64(i/1000)*1e-4}
		zone[i] = geo.Shape{{star(random, at, 5e-5, 12, false)}}
	}
	return zone
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
