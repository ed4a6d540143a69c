package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// CRS is a coordinate reference system muchan speaks. The zero CRS is invalid; take one from CRSByEPSG or CRS84.
type CRS struct {
	EPSG       int    // 0 for CRS84, which has no EPSG code
	Name       string // as in the EPSG database
	NorthFirst bool   // the authority's axis order is north or latitude first; Forward and Inverse are x first all the same
	Geographic bool   // degrees, not metres

	projection projection
}

type projection interface {
	forward(p Point) (x, y float64)
	inverse(x, y float64) Point
}

// CRS84 is longitude, latitude on WGS 84, the system of GeoJSON and of OGC API by default.
var CRS84 = CRS{Name: "WGS 84 (CRS84)", Geographic: true, projection: lonLat{}}

// systems lists what China's cadastre exchanges near both parks. The boundary of the 3-degree zones, 118.5° E, runs between
// them. Xi'an 80 and Beijing 54 are not here: their parameters are issued locally and are not public.
var systems = []CRS{
	{EPSG: 4490, Name: "China Geodetic Coordinate System 2000", NorthFirst: true, Geographic: true, projection: lonLat{}},
	{EPSG: 4326, Name: "WGS 84", NorthFirst: true, Geographic: true, projection: lonLat{}},
	{EPSG: 4548, Name: "CGCS2000 / 3-degree Gauss-Kruger CM 117E", NorthFirst: true, projection: gaussKrueger{117, 500_000}},
	{EPSG: 4549, Name: "CGCS2000 / 3-degree Gauss-Kruger CM 120E", NorthFirst: true, projection: gaussKrueger{120, 500_000}},
	{EPSG: 4527, Name: "CGCS2000 / 3-degree Gauss-Kruger zone 39", NorthFirst: true, projection: gaussKrueger{117, 39_500_000}},
	{EPSG: 4528, Name: "CGCS2000 / 3-degree Gauss-Kruger zone 40", NorthFirst: true, projection: gaussKrueger{120, 40_500_000}},
	{EPSG: 3857, Name: "WGS 84 / Pseudo-Mercator", projection: webMercator{}},
}

// CRSByEPSG returns the system with an EPSG code, and whether muchan speaks it.
func CRSByEPSG(code int) (CRS, bool) {
	i := slices.IndexFunc(systems, func(c CRS) bool { return c.EPSG == code })
	if i < 0 {
		return CRS{}, false
	}
	return systems[i], true
}

// Systems lists every system with an EPSG code, the stored one first. The slice is the caller's.
func Systems() []CRS { return slices.Clone(systems) }

// Forward takes a position to easting and northing in metres, or for a geographic system to longitude and latitude in degrees:
// x first whatever the authority's axis order. Positions far outside the system's area of use give numbers without meaning,
// possibly NaN.
func (c CRS) Forward(p Point) (x, y float64) { return c.projection.forward(p) }

// Inverse takes easting and northing (or longitude and latitude) to a position. Numbers far outside the system's area of use give
// a position without meaning, possibly NaN, which Check refuses.
func (c CRS) Inverse(x, y float64) Point { return c.projection.inverse(x, y) }

// ToLonLat returns a shape whose coordinates, x first, are in another system as a new shape in lon/lat. The input stays as it is.
func ToLonLat(s Shape, from CRS) Shape {
	return mapPoints(s, func(p orb.Point) orb.Point { return from.Inverse(p[0], p[1]) })
}

// FromLonLat returns a shape in another system, x first. It is the inverse of ToLonLat; the result is no geo.Shape in the sense
// of this package and must not be measured with it.
func FromLonLat(s Shape, to CRS) Shape {
	return mapPoints(s, func(p orb.Point) orb.Point { x, y := to.Forward(p); return orb.Point{x, y} })
}

// mapPoints copies a shape point by point. A nil shape stays nil.
func mapPoints(s Shape, f func(orb.Point) orb.Point) Shape {
	if s == nil {
		return nil
	}
	out := make(Shape, len(s))
	for i, polygon := range s {
		out[i] = make(orb.Polygon, len(polygon))
		for j, ring := range polygon {
			out[i][j] = make(orb.Ring, len(ring))
			for k, p := range ring {
				out[i][j][k] = f(p)
			}
		}
	}
	return out
}
