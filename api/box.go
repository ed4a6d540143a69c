package api

import "muchan/geo"

// box is a bound as [west, south, east, north], nil for nothing drawn.
func box(b geo.Bound) []float64 {
	if b.Min[0] > b.Max[0] || b.Min[1] > b.Max[1] {
		return nil
	}
	return []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}
