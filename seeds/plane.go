package seeds

import (
	"math"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// vec is a position in metres east and north of a frame's origin, or a direction.
type vec struct{ x, y float64 }

func (a vec) plus(b vec) vec          { return vec{a.x + b.x, a.y + b.y} }
func (a vec) minus(b vec) vec         { return vec{a.x - b.x, a.y - b.y} }
func (a vec) times(k float64) vec     { return vec{a.x * k, a.y * k} }
func (a vec) cross(b vec) float64     { return a.x*b.y - a.y*b.x }
func (a vec) dot(b vec) float64       { return a.x*b.x + a.y*b.y }
func (a vec) length() float64         { return math.Hypot(a.x, a.y) }
func (a vec) unit() vec               { return a.times(1 / a.length()) }
func (a vec) left() vec               { return vec{-a.y, a.x} }
func (a vec) to(b vec, t float64) vec { return vec{a.x + (b.x-a.x)*t, a.y + (b.y-a.y)*t} }
func (a vec) turned(rad float64) vec {
	s, c := math.Sincos(rad)
	return vec{a.x*c - a.y*s, a.x*s + a.y*c}
}

// frame is a plane around an origin in degrees. It keeps areas: y is the length of the meridian arc and x the length along the
// parallel, so that metres squared in the plane are metres squared on the CGCS2000 ellipsoid.
type frame struct{ lon, lat float64 }

const (
	semiMajorM     = 6378137.0
	flattening     = 1 / 298.257222101
	eccentricity2  = flattening * (2 - flattening)
	degree         = math.Pi / 180
	coordinateUnit = 1e8 // shapes are rounded to 1e-8 degrees, about a millimetre
)

// point returns the position in degrees, rounded, so that parcels that share a corner share its digits.
func (f frame) point(v vec) geo.Point {
	half := f.lat + v.y/meridianRadius(f.lat)/degree/2
	lat := f.lat + v.y/meridianRadius(half)/degree
	lon := f.lon + v.x/parallelRadius(lat)/degree
	return geo.Point{math.Round(lon*coordinateUnit) / coordinateUnit, math.Round(lat*coordinateUnit) / coordinateUnit}
}

func meridianRadius(lat float64) float64 {
	s := math.Sin(lat * degree)
	return semiMajorM * (1 - eccentricity2) / math.Pow(1-eccentricity2*s*s, 1.5)
}

func parallelRadius(lat float64) float64 {
	s, c := math.Sincos(lat * degree)
	return semiMajorM * c / math.Sqrt(1-eccentricity2*s*s)
}

// polygon draws an outer ring and its holes; the outer ring runs counter-clockwise and holes clockwise, whichever way they come.
func (f frame) polygon(outer []vec, holes ...[]vec) orb.Polygon {
	p := orb.Polygon{f.ring(outer, false)}
	for _, h := range holes {
		p = append(p, f.ring(h, true))
	}
	return p
}

func (f frame) ring(vs []vec, clockwise bool) orb.Ring {
	r := make(orb.Ring, 0, len(vs)+1)
	for _, v := range vs {
		r = append(r, f.point(v))
	}
	r = append(r, r[0])
	if (ringArea(vs) < 0) != clockwise {
		r.Reverse()
	}
	return r
}

// ringArea is positive for a counter-clockwise ring.
func ringArea(vs []vec) float64 {
	sum := 0.0
	for i, v := range vs {
		sum += v.cross(vs[(i+1)%len(vs)])
	}
	return sum / 2
}

// crossing returns where the line through p along d meets the line through q along e, and false when they are nearly parallel.
func crossing(p, d, q, e vec) (vec, bool) {
	den := d.cross(e)
	if math.Abs(den) < 1e-6*d.length()*e.length() {
		return vec{}, false
	}
	return p.plus(d.times(q.minus(p).cross(e) / den)), true
}

// shifted returns a polyline moved to its right by dist, with mitred corners. A closed line is a ring without the repeated point.
func shifted(line []vec, dist float64, closed bool) []vec {
	n := len(line)
	out := make([]vec, n)
	for i, p := range line {
		before, after := line[(i+n-1)%n], line[(i+1)%n]
		in, on := p.minus(before), after.minus(p)
		switch {
		case !closed && i == 0:
			in = on
		case !closed && i == n-1:
			on = in
		}
		a := p.minus(in.unit().left().times(dist))
		b := p.minus(on.unit().left().times(dist))
		c, ok := crossing(a, in, b, on)
		if !ok {
			c = a
		}
		out[i] = c
	}
	return out
}
