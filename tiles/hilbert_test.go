package tiles

import "testing"

// TestHilbertCurveVisitsNeighbours holds the curve against what makes one a Hilbert curve: at every zoom level it visits each tile once, and goes from it to a neighbour.
func TestHilbertCurveVisitsNeighbours(t *testing.T) {
	for z := 1; z <= 7; z++ {
		tiles := map[uint64]Address{}
		for x := range 1 << z {
			for y := range 1 << z {
				tiles[along(Address{Z: z, X: x, Y: y})] = Address{Z: z, X: x, Y: y}
			}
		}
		if len(tiles) != 1<<(2*z) {
			t.Fatalf("zoom %d: %d places", z, len(tiles))
		}
		for d := uint64(1); d < 1<<(2*z); d++ {
			a, b := tiles[d-1], tiles[d]
			if dx, dy := b.X-a.X, b.Y-a.Y; dx*dx+dy*dy != 1 {
				t.Fatalf("zoom %d: from %v the curve goes to %v", z, a, b)
			}
		}
	}
}
