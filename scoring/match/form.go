package match

import (
	"cmp"
	"math"
	"slices"

	"muchan/geo"
)

// Form is the smallest rectangle around a parcel, turned any way.
type Form struct {
	LongM, ShortM float64 // its sides, in metres; no usable width is more than ShortM
	Fill          float64 // part of it that the parcel covers, 0..1; 0 for what is not drawn
}

// slimness is the short by the long side, 0..1.
func (f Form) slimness() float64 {
	if !(f.LongM > 0) {
		return 0
	}
	return f.ShortM / f.LongM
}

// value is the part "form": fill, times the slimness by slimBelow where it is less.
func (f Form) value(slimBelow float64) float64 { return f.Fill * min(1, f.slimness()/slimBelow) }

// FormOf measures a shape. A smallest rectangle has a side along an edge of the convex hull, so all of these are tried. Degrees become
// metres on the ellipsoid at the middle of the shape, which is exact to 10⁻⁴ for land up to some kilometres.
func FormOf(s geo.Shape) Form {
	hull := convexHull(metres(s))
	if len(hull) < 3 {
		return Form{}
	}
	best := math.Inf(1)
	var f Form
	for i := range hull {
		long, short := sidesAlong(hull, hull[i], hull[(i+1)%len(hull)])
		if area := long * short; area < best {
			best, f.LongM, f.ShortM = area, max(long, short), min(long, short)
		}
	}
	if best > 0 {
		f.Fill = min(1, float64(geo.Area(s))/best)
	}
	return f
}

// metres puts the corners of a shape on a plane, in metres from the middle of its box.
func metres(s geo.Shape) []geo.Point {
	b := s.Bound()
	mid := geo.Point{(b.Min[0] + b.Max[0]) / 2, (b.Min[1] + b.Max[1]) / 2}
	const step = 1e-3 // degrees, some 100 m: lengths of a degree are taken around the middle
	perLon := geo.Distance(geo.Point{mid[0] - step/2, mid[1]}, geo.Point{mid[0] + step/2, mid[1]}) / step
	perLat := geo.Distance(geo.Point{mid[0], mid[1] - step/2}, geo.Point{mid[0], mid[1] + step/2}) / step
	var corners []geo.Point
	for _, polygon := range s {
		if len(polygon) == 0 {
			continue
		}
		for _, p := range polygon[0] {
			corners = append(corners, geo.Point{(p[0] - mid[0]) * perLon, (p[1] - mid[1]) * perLat})
		}
	}
	return corners
}

// convexHull returns the corners of the convex hull, counter-clockwise (Andrew's monotone chain).
func convexHull(points []geo.Point) []geo.Point {
	slices.SortFunc(points, func(a, b geo.Point) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	points = slices.Compact(points)
	if len(points) < 3 {
		return points
	}
	chain := func(hull []geo.Point, p geo.Point, floor int) []geo.Point {
		for len(hull) > floor && turn(hull[len(hull)-2], hull[len(hull)-1], p) <= 0 {
			hull = hull[:len(hull)-1]
		}
		return append(hull, p)
	}
	var hull []geo.Point
	for _, p := range points {
		hull = chain(hull, p, 1)
	}
	floor := len(hull)
	for _, p := range slices.Backward(points[:len(points)-1]) {
		hull = chain(hull, p, floor)
	}
	return hull[:len(hull)-1]
}

func turn(a, b, c geo.Point) float64 { return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]) }

// sidesAlong returns how far a hull reaches along the direction from a to b and across it.
func sidesAlong(hull []geo.Point, a, b geo.Point) (along, across float64) {
	ux, uy := b[0]-a[0], b[1]-a[1]
	n := math.Hypot(ux, uy)
	ux, uy = ux/n, uy/n
	low, high, left, right := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range hull {
		t, u := p[0]*ux+p[1]*uy, p[1]*ux-p[0]*uy
		low, high, left, right = min(low, t), max(high, t), min(left, u), max(right, u)
	}
	return high - low, right - left
}
