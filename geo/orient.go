package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// orientInPlace turns outer rings counter-clockwise and holes clockwise, writing into s.
func orientInPlace(s Shape) (turned int) {
	for _, polygon := range s {
		for i, ring := range polygon {
			if area := planeArea2(ring); (area < 0) == (i == 0) && area != 0 {
				slices.Reverse(ring)
				turned++
			}
		}
	}
	return turned
}

// planeArea2 is twice the signed area of a ring in the plane of degrees, positive when counter-clockwise. Coordinates are taken
// from the first vertex, since the products of raw ones would cancel.
func planeArea2(r orb.Ring) float64 {
	if len(r) < 3 {
		return 0
	}
	o, sum := r[0], 0.0
	for i := 1; i < len(r)-1; i++ {
		sum += (r[i][0]-o[0])*(r[i+1][1]-o[1]) - (r[i+1][0]-o[0])*(r[i][1]-o[1])
	}
	return sum
}
