package geo

import (
	"fmt"

	"github.com/paulmach/orb"
	sf "github.com/peterstace/simplefeatures/geom"
)

// Intersection returns what two valid shapes share; nil when that has no area. It fails in rare cases of
// numerical degeneracy; an invalid shape may fail or give an area without meaning, so Check comes first.
func Intersection(a, b Shape) (Shape, error) {
	if !a.Bound().Intersects(b.Bound()) {
		return nil, nil
	}
	return overlay("intersection", a, b, sf.Intersection)
}

// Union returns all that valid shapes cover together; nil when that is nothing. It fails as Intersection does.
func Union(shapes ...Shape) (Shape, error) {
	// Pairwise: the library's union of many at once loses area where one shape's hole meets another shape.
	var all Shape
	for i, s := range shapes {
		if i == 0 {
			all = s
			continue
		}
		merged, err := overlay("union", all, s, sf.Union)
		if err != nil {
			return nil, err
		}
		all = merged
	}
	return all, nil
}

// Difference returns what valid shape a covers and b does not; nil when that is nothing. It fails as Intersection does.
func Difference(a, b Shape) (Shape, error) { return overlay("difference", a, b, sf.Difference) }

func overlay(name string, a, b Shape, op func(a, b sf.Geometry) (sf.Geometry, error)) (Shape, error) {
	var g sf.Geometry
	err := guarded(func() (err error) { g, err = op(toOverlay(a), toOverlay(b)); return err })
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return fromOverlay(g), nil
}

func toOverlay(s Shape) sf.Geometry { return toMultiPolygon(s).AsGeometry() }

func toMultiPolygon(s Shape) sf.MultiPolygon {
	polygons := make([]sf.Polygon, len(s))
	for i, polygon := range s {
		polygons[i] = toPolygon(polygon)
	}
	return sf.NewMultiPolygon(polygons)
}

func toPolygon(polygon orb.Polygon) sf.Polygon {
	rings := make([]sf.LineString, len(polygon))
	for j, ring := range polygon {
		flat := make([]float64, 0, 2*len(ring))
		for _, p := range ring {
			flat = append(flat, p[0], p[1])
		}
		rings[j] = sf.NewLineString(sf.NewSequence(flat, sf.DimXY))
	}
	return sf.NewPolygon(rings)
}

// fromOverlay keeps the polygons of a geometry, oriented, and drops the points and lines where inputs only touched.
func fromOverlay(g sf.Geometry) Shape {
	var s Shape
	for _, part := range g.Dump() {
		polygon, ok := part.AsPolygon()
		if !ok || polygon.IsEmpty() {
			continue
		}
		rings := make(orb.Polygon, 0, 1+polygon.NumInteriorRings())
		for _, ring := range polygon.DumpRings() {
			rings = append(rings, fromSequence(ring.Coordinates()))
		}
		s = append(s, rings)
	}
	orientInPlace(s)
	return s
}

func fromSequence(seq sf.Sequence) orb.Ring {
	ring := make(orb.Ring, seq.Length())
	for i := range ring {
		xy := seq.GetXY(i)
		ring[i] = orb.Point{xy.X, xy.Y}
	}
	return ring
}
