package report

import (
	"math"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// planeOf is the 3-degree Gauss-Krüger zone of CGCS2000 that a place lies in. It reports false far from both zones that muchan speaks,
// where their coordinates would mean nothing.
func planeOf(p geo.Point) (geo.CRS, bool) {
	const between, reach = 118.5, 2.5 // degrees
	epsg, meridian := 4548, 117.0
	if p[0] >= between {
		epsg, meridian = 4549, 120.0
	}
	crs, _ := geo.CRSByEPSG(epsg)
	return crs, math.Abs(p[0]-meridian) <= reach
}

// scales are the round denominators maps are drawn at, close enough to each other that no parcel looks lost on its paper.
var scales = []float64{
	200, 300, 500, 750, 1000, 1500, 2000, 3000, 4000, 5000, 7500, 10_000, 15_000, 20_000, 30_000, 50_000, 100_000, 200_000, 500_000,
}

// frame is the rectangle of paper a map is drawn in, and the ground under it.
type frame struct {
	crs           geo.CRS
	east, north   float64 // of its middle, metres
	denominator   float64 // of the scale
	width, height float64 // on paper, millimetres
}

// frameOf fits a shape into a rectangle so that its neighbours are seen around it.
func frameOf(s geo.Shape, crs geo.CRS, width, height float64) frame {
	plane := geo.FromLonLat(s, crs).Bound()
	f := frame{crs: crs, width: width, height: height, east: (plane.Min[0] + plane.Max[0]) / 2, north: (plane.Min[1] + plane.Max[1]) / 2}
	const share = 0.6 // of the paper that the shape may take
	for _, f.denominator = range scales {
		if (plane.Max[0]-plane.Min[0])*1000/f.denominator <= share*width && (plane.Max[1]-plane.Min[1])*1000/f.denominator <= share*height {
			break
		}
	}
	return f
}

// bound is the ground the frame shows, in longitude and latitude and a little more.
func (f *frame) bound() geo.Bound {
	w, h := f.width*f.denominator/2000, f.height*f.denominator/2000
	b := orb.Bound{Min: f.crs.Inverse(f.east-w, f.north-h), Max: f.crs.Inverse(f.east+w, f.north+h)}
	return b.Extend(f.crs.Inverse(f.east-w, f.north+h)).Extend(f.crs.Inverse(f.east+w, f.north-h))
}

// spot is a place on paper, in millimetres from the frame's top left corner.
type spot struct{ x, y float64 }

func (f *frame) spot(p geo.Point) spot {
	e, n := f.crs.Forward(p)
	return spot{f.width/2 + (e-f.east)*1000/f.denominator, f.height/2 - (n-f.north)*1000/f.denominator}
}

func (f *frame) holds(p spot, margin float64) bool {
	return p.x >= margin && p.y >= margin && p.x <= f.width-margin && p.y <= f.height-margin
}

// clipped is the part of a ring inside the frame, after Sutherland and Hodgman. Where the ring leaves the frame, its edge runs along
// the frame's.
func (f *frame) clipped(ring orb.Ring) []spot {
	points := make([]spot, 0, len(ring))
	for _, p := range ring {
		points = append(points, f.spot(p))
	}
	for _, edge := range []struct {
		inside func(spot) bool
		cut    func(a, b spot) spot
	}{
		{func(p spot) bool { return p.x >= 0 }, func(a, b spot) spot { return atX(a, b, 0) }},
		{func(p spot) bool { return p.x <= f.width }, func(a, b spot) spot { return atX(a, b, f.width) }},
		{func(p spot) bool { return p.y >= 0 }, func(a, b spot) spot { return atY(a, b, 0) }},
		{func(p spot) bool { return p.y <= f.height }, func(a, b spot) spot { return atY(a, b, f.height) }},
	} {
		points = cutBy(points, edge.inside, edge.cut)
	}
	return points
}

// shows reports whether any of a shape lies inside the frame.
func (f *frame) shows(s geo.Shape) bool {
	for _, polygon := range s {
		if len(polygon) > 0 && len(f.clipped(polygon[0])) > 2 {
			return true
		}
	}
	return false
}

func cutBy(points []spot, inside func(spot) bool, cut func(a, b spot) spot) []spot {
	var out []spot
	for i, p := range points {
		before := points[(i+len(points)-1)%len(points)]
		if inside(p) != inside(before) {
			out = append(out, cut(before, p))
		}
		if inside(p) {
			out = append(out, p)
		}
	}
	return out
}

func atX(a, b spot, x float64) spot { return spot{x, a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)} }

func atY(a, b spot, y float64) spot { return spot{a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y), y} }
