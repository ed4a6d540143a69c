package geo_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

func TestSharedAreaAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(43, 44))
	for k := range 200 {
		a := randomShape(rng, orb.Point{118.5, 24.8}, 1e-3)
		b := randomShape(rng, orb.Point{118.5 + 2e-3*rng.Float64(), 24.8 + 1e-3*rng.Float64()}, 1e-3)
		if k%2 == 1 { // a file may have its rings run either way
			for _, polygon := range b {
				for _, ring := range polygon {
					slices.Reverse(ring)
				}
			}
		}
		var want float64
		err := conn.QueryRow(t.Context(), "SELECT ST_Area(ST_Intersection(ST_GeomFromEWKB($1), ST_GeomFromEWKB($2))::geography)", ewkb(t, a), ewkb(t, b)).Scan(&want)
		if err != nil {
			t.Fatal(err)
		}
		got, swapped := float64(geo.SharedArea(a, b)), float64(geo.SharedArea(b, a))
		if math.Abs(got-want) > 1e-4*want+1e-6 || math.Abs(got-swapped) > 1e-6 {
			t.Errorf("shapes %d share %v m², swapped %v, PostGIS %v", k, got, swapped, want)
		}
	}
}

func TestSharedAreaByHand(t *testing.T) {
	square := wkt(t, "POLYGON((118 24,118.002 24,118.002 24.002,118 24.002,118 24))")
	whole := float64(geo.Area(square))
	for name, c := range map[string]struct {
		other string
		want  float64
	}{
		"itself":                         {"POLYGON((118 24,118.002 24,118.002 24.002,118 24.002,118 24))", whole},
		"a neighbour with the same edge": {"POLYGON((118.002 24,118.004 24,118.004 24.002,118.002 24.002,118.002 24))", 0},
		"a neighbour at a corner":        {"POLYGON((118.002 24.002,118.004 24.002,118.004 24.004,118.002 24.004,118.002 24.002))", 0},
		"the lower triangle":             {"POLYGON((118 24,118.002 24,118.002 24.002,118 24))", whole / 2},
		"the diamond of its middles":     {"POLYGON((118.001 24,118.002 24.001,118.001 24.002,118 24.001,118.001 24))", whole / 2},
		"all around a hole of its size":  {"POLYGON((117 23,119 23,119 25,117 25,117 23),(118 24,118 24.002,118.002 24.002,118.002 24,118 24))", 0},
		"all around":                     {"POLYGON((117 23,119 23,119 25,117 25,117 23))", whole},
		"two parts, a quarter each": {"MULTIPOLYGON(((118 24,118.001 24,118.001 24.001,118 24.001,118 24))," +
			"((118.001 24.001,118.003 24.001,118.003 24.003,118.001 24.003,118.001 24.001)))", whole / 2},
		"far away": {"POLYGON((1 1,2 1,2 2,1 1))", 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := float64(geo.SharedArea(square, wkt(t, c.other))); math.Abs(got-c.want) > 1e-4*c.want+1e-6 {
				t.Errorf("%v m², want %v", got, c.want)
			}
		})
	}
	if got := geo.SharedArea(square, nil); got != 0 {
		t.Errorf("with nothing: %v", got)
	}
}

func BenchmarkSharedArea(b *testing.B) {
	left := wkt(b, "POLYGON((118 24,118.002 24,118.002 24.002,118 24.002,118 24))")
	right := wkt(b, "POLYGON((118.0019 24,118.004 24,118.004 24.002,118.002 24.002,118.0019 24))")
	b.ReportAllocs()
	for b.Loop() {
		geo.SharedArea(left, right)
	}
}
