package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// orientInPlace turns outer rings counter-clockwise and holes clockwise, writing into s.
func orientInPlace(s Shape) (turned int) {
	for _, polygon := range s {
		for i, ring := range polygon {
			if way := turning(ring); way != 0 && (way < 0) == (i == 0) {
				slices.Reverse(ring)
				turned++
			}
		}
	}
	return turned
}

// turning is +1 for a ring that runs counter-clockwise in the plane of degrees, -1 for clockwise and 0 where rounding leaves it open, as
// with a ring that holds no area: a ring that was turned is therefore never turned back.
func turning(r orb.Ring) int {
	sum, size := crossSum(r)
	// Each product errs by less than 4 units in its last place and each addition by one; what falls below the normal numbers errs by more.
	const unit, smallest = 0x1p-53, 1e-300
	if math.Abs(sum) > float64(len(r)+8)*unit*size+smallest {
		return sign(sum)
	}
	return 0
}

// planeArea2 is twice the signed area of a ring in the plane of degrees, positive when counter-clockwise.
func planeArea2(r orb.Ring) float64 {
	area2, _ := crossSum(r)
	return area2
}

// crossSum adds up the cross products of a ring's edges, and what they are the difference of. Coordinates are taken from the first vertex,
// since the products of raw ones would cancel.
func crossSum(r orb.Ring) (sum, size float64) {
	if len(r) < 3 {
		return 0, 0
	}
	o := r[0]
	for i := 1; i < len(r)-1; i++ {
		left, right := (r[i][0]-o[0])*(r[i+1][1]-o[1]), (r[i+1][0]-o[0])*(r[i][1]-o[1])
		sum += left - right
		size += math.Abs(left) + math.Abs(right)
	}
	return sum, size
}
