package geo

import "math"

// webMercator is EPSG:3857: the sphere's formula fed with geodetic latitudes. It is for tiles and base maps only; areas in it
// are 22 % too large at 25° N.
type webMercator struct{}

func (webMercator) forward(p Point) (x, y float64) {
	return semiMajor * p[0] * radians, semiMajor * math.Asinh(math.Tan(p[1]*radians))
}

func (webMercator) inverse(x, y float64) Point {
	return Point{x / semiMajor / radians, math.Atan(math.Sinh(y/semiMajor)) / radians}
}

// lonLat is the identity: WGS 84 and CGCS2000 differ by less than a decimetre, and PROJ treats them as equal.
type lonLat struct{}

func (lonLat) forward(p Point) (x, y float64) { return p[0], p[1] }
func (lonLat) inverse(x, y float64) Point     { return Point{x, y} }
