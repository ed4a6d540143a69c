package geo_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// The oracle is orb's own Bound.
func TestBoundOf(t *testing.T) {
	rng := rand.New(rand.NewPCG(49, 50))
	for range 200 {
		s := append(randomShape(rng, orb.Point{118.5, 24.8}, 1e-3), randomShape(rng, orb.Point{118.6, -24.8}, 1e-3)...)
		if got, want := geo.BoundOf(s), s.Bound(); got != want {
			t.Fatalf("%v: %v, want %v", s, got, want)
		}
	}
	for name, s := range map[string]geo.Shape{"nil": nil, "no rings": {{}}, "an empty ring": {{{}}}} {
		if got := geo.BoundOf(s); !got.IsEmpty() || got != geo.Shape(nil).Bound() {
			t.Errorf("%s: %v", name, got)
		}
	}
}
