package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"muchan/geo"
)

// The point decides in which zone land lies, so it must not move: the overlay's library finds it by the same line.
func TestPointOnSurfaceIsThatOfTheLibrary(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	for round := range 3000 {
		s := mosaic(rng)
		turn, far := rng.Float64()*7, rng.Float64()*120
		for _, polygon := range s {
			for _, ring := range polygon {
				for i, p := range ring {
					if round%3 > 0 { // else on its grid, where corners lie at the middle
						ring[i] = geo.Point{far + p[0]*math.Cos(turn)*1e-3 - p[1]*math.Sin(turn)*1e-3, far/4 + p[0]*math.Sin(turn)*1e-3 + p[1]*math.Cos(turn)*1e-3}
					}
				}
			}
		}
		got, ok := geo.PointOnSurface(s)
		want, has := geo.LibraryPointOnSurface(s)
		if ok != has || got != want {
			t.Fatalf("round %d: on %v: %v %v, want %v %v", round, s, got, ok, want, has)
		}
	}
}
