package tiles

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

// TestProjectorRoundsAsSpotOf holds the projector against the formula, for neighbours, for strangers, and where there is none: it may round another way
// only what lies on the edge between two units.
func TestProjectorRoundsAsSpotOf(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var over projector
	near := orb.Point{118.6, 24.9}
	for i := range 400_000 {
		p := orb.Point{r.Float64()*400 - 200, r.Float64()*200 - 100}
		switch {
		case i%5 == 4: // on the edge of a cell, or beside it
			p[1] = float64(r.IntN(122*cellsPerDegree)-61*cellsPerDegree) / cellsPerDegree
			p[1] = []float64{p[1], math.Nextafter(p[1], 90), math.Nextafter(p[1], -90)}[i%3]
		case i%4 > 0:
			p = orb.Point{near[0] + r.Float64()*0.002, near[1] + r.Float64()*0.002}
		default:
			near = p
		}
		got, want := over.spotOf(p), spotOf(p)
		if fresh := new(projector).spotOf(p); fresh != got {
			t.Fatalf("%v lies at %v, and by a projector that was used at %v", p, fresh, got)
		}
		if got.x != want.x {
			t.Fatalf("%v lies at %v, want %v", p, got, want)
		}
		units := Address{}.project(p)[1] * (worldSize / Extent)
		if edge := math.Abs(units - math.Floor(units) - 0.5); got.y != want.y && !(edge < 1e-6) {
			t.Fatalf("%v lies at %v, want %v: %v is %v from the edge between two units", p, got, want, units, edge)
		}
	}
	for _, p := range []orb.Point{{math.NaN(), math.NaN()}, {math.Inf(1), math.Inf(1)}, {math.Inf(-1), math.Inf(-1)}, {0, 0}, {180, 60}, {-180, -60}, {180, 90}, {180, -90}} {
		if got, want := over.spotOf(p), spotOf(p); got != want {
			t.Errorf("%v lies at %v, want %v", p, got, want)
		}
	}
}
