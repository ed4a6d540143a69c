package geo_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// A prepared shape says of places on, beside and between its edges what the shape itself says.
func TestPreparedAnswersAsTheShape(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	inside := 0
	for round := range 300 {
		shape := mosaic(rng)
		p := geo.Prepare(shape)
		for _, at := range placesAbout(rng, shape) {
			want := geo.Contains(shape, at)
			if got := p.Contains(at); got != want {
				t.Fatalf("round %d: %v contains %v: %v, want %v", round, shape, at, got, want)
			}
			if want {
				inside++
			}
		}
	}
	if inside < 1000 {
		t.Errorf("only %d places lie inside", inside)
	}
	if none := geo.Prepare(nil); none.Contains(geo.Point{}) {
		t.Error("a shape without polygons contains something")
	}
}

// mosaic is polygons of right and slanting edges on a small grid, some with holes, so that many places lie on edges and at one height.
func mosaic(rng *rand.Rand) (s geo.Shape) {
	for range 1 + rng.IntN(3) {
		x, y := float64(rng.IntN(12)), float64(rng.IntN(6))
		size := float64(4 + rng.IntN(5))
		outer := orb.Ring{{x, y}, {x + size, y}, {x + size, y + size/2}, {x + size - 1, y + size}, {x, y + size}}
		for range rng.IntN(20) { // more corners along the western edge
			last := outer[len(outer)-1]
			outer = append(outer, orb.Point{x - float64(rng.IntN(2))/2, last[1] - (last[1]-y)/4})
		}
		polygon := orb.Polygon{append(outer, outer[0])}
		if rng.IntN(2) == 0 {
			polygon = append(polygon, orb.Ring{{x + 1, y + 1}, {x + 1, y + 2}, {x + 2, y + 2}, {x + 2, y + 1}, {x + 1, y + 1}})
		}
		s = append(s, polygon)
	}
	return s
}

func placesAbout(rng *rand.Rand, s geo.Shape) (at []geo.Point) {
	for _, polygon := range s {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				a, b := ring[i-1], ring[i]
				at = append(at, a, geo.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}, geo.Point{a[0] + 0.25, a[1]})
			}
		}
	}
	for range 30 {
		at = append(at, geo.Point{rng.Float64()*30 - 5, rng.Float64()*20 - 3})
	}
	return at
}

// Edges that stand in every band are not copied into a thousand of them.
func TestPreparedCombIsNoHeap(t *testing.T) {
	comb := orb.Ring{{0, 0}}
	for tooth := range 5000 {
		x := float64(tooth) / 5000
		comb = append(comb, orb.Point{x, 1}, orb.Point{x + 1e-4, 0.01})
	}
	comb = append(comb, orb.Point{1, 0}, orb.Point{0, 0})
	if entries := geo.Entries(geo.Prepare(geo.Shape{{comb}})); entries > 6*len(comb) {
		t.Errorf("%d entries of %d edges", entries, len(comb)-1)
	}
}
