package geo

import "testing"

// TestHilbertCurveVisitsNeighbours holds the curve against what makes one a Hilbert curve: at every scale it visits each cell once, and goes from it to a neighbour.
func TestHilbertCurveVisitsNeighbours(t *testing.T) {
	for bits := uint32(1); bits <= 7; bits++ {
		cells := make([][2]int, 1<<(2*bits))
		seen := map[uint32]bool{}
		for x := range uint32(1) << bits {
			for y := range uint32(1) << bits {
				d := hilbert(x<<(16-bits), y<<(16-bits)) >> (2 * (16 - bits))
				cells[d], seen[d] = [2]int{int(x), int(y)}, true
			}
		}
		if len(seen) != len(cells) {
			t.Fatalf("%d bits: %d places for %d cells", bits, len(seen), len(cells))
		}
		for d := 1; d < len(cells); d++ {
			dx, dy := cells[d][0]-cells[d-1][0], cells[d][1]-cells[d-1][1]
			if dx*dx+dy*dy != 1 {
				t.Fatalf("%d bits: from %v the curve goes to %v", bits, cells[d-1], cells[d])
			}
		}
	}
}
