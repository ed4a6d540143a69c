package scoring

import (
	"muchan/geo"
	"muchan/parcels"
)

// footprint returns the ground covered by buildings; where they touch or overlap, such as a podium and its tower entered as two
// buildings, it counts once. If a union cannot be built the sum stands, and the density may come out too high.
func footprint(all *parcels.Pages[parcels.Building], on []int) float64 {
	if len(on) == 1 {
		return float64(geo.Area(all.At(on[0]).Shape))
	}
	var room [8]geo.Shape
	shapes, sum := room[:0], 0.0
	for _, i := range on {
		shapes = append(shapes, all.At(i).Shape)
	}
	covered, err := geo.UnionArea(shapes...)
	if err == nil {
		return float64(covered)
	}
	for _, s := range shapes {
		sum += float64(geo.Area(s))
	}
	return sum
}
