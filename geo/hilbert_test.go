package geo_test

import (
	"testing"

	"muchan/geo"
)

// TestHilbertCurveVisitsNeighbours holds the curve against what makes one a Hilbert curve: at every scale it visits each cell once, and goes from it to a neighbour.
func TestHilbertCurveVisitsNeighbours(t *testing.T) {
	for bits := 1; bits <= 7; bits++ {
		cells := make([][2]int, 1<<(2*bits))
		seen := map[uint64]bool{}
		for x := range uint32(1) << bits {
			for y := range uint32(1) << bits {
				d := geo.Hilbert(x, y, bits)
				if finer := geo.Hilbert(x<<9|0x1ff, y<<9, bits+9) >> 18; finer != d {
					t.Fatalf("%d bits: %d/%d lies at %d, and in finer cells at %d", bits, x, y, d, finer)
				}
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
