package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
	"github.com/twpayne/go-geom/encoding/wkb"
)

// storedSRID is the system every store keeps shapes in.
const storedSRID = 4490

// EncodeEWKB writes a shape as PostGIS takes it: MultiPolygon, SRID 4490, little endian. A nil shape is nil bytes, which is NULL.
func EncodeEWKB(s Shape) []byte {
	if s == nil {
		return nil
	}
	return AppendEWKB(make([]byte, 0, wkbSize(s)), s)
}

// DecodeEWKB reads a Polygon or MultiPolygon in any system muchan speaks and returns it in EPSG:4490, its rings oriented; heights
// and measures are dropped. SRID 0 means 4490. No bytes are a nil shape. Validity is for Check to say.
func DecodeEWKB(b []byte) (Shape, error) { return new(ShapeRoom).DecodeEWKB(b) }

// DecodeEWKB is the function of that name for one of many shapes.
func (r *ShapeRoom) DecodeEWKB(b []byte) (Shape, error) {
	if len(b) == 0 {
		return nil, nil
	}
	if s, ok := decodePlain(b, true, r); ok {
		return s, nil
	}
	return decodeAnyEWKB(b)
}

func decodeAnyEWKB(b []byte) (Shape, error) {
	if err := scanWKB(b); err != nil {
		return nil, fmt.Errorf("decode EWKB: %w", err)
	}
	g, err := ewkb.Unmarshal(b)
	if err != nil {
		return nil, fmt.Errorf("decode EWKB: %w", err)
	}
	s, err := fromGeom(g)
	if err != nil {
		return nil, fmt.Errorf("decode EWKB: %w", err)
	}
	return transformed(s, g.SRID())
}

func transformed(s Shape, srid int) (Shape, error) {
	if srid == 0 || srid == storedSRID {
		return s, nil
	}
	crs, ok := CRSByEPSG(srid)
	if !ok {
		return nil, fmt.Errorf("decode EWKB: SRID %d is not supported: transform to EPSG:4490 first", srid)
	}
	if crs.Geographic {
		return s, nil
	}
	s = ToLonLat(s, crs)
	if n, ok := unplaced(s); ok {
		return nil, fmt.Errorf("decode EWKB: point %d has no place: EPSG:%d does not reach as far as its coordinates say", n, srid)
	}
	orientInPlace(s) // a ring that is hardly an area may run the other way there
	return s, nil
}

// unplaced is the number, from 1, of the first point that is nowhere.
func unplaced(s Shape) (number int, found bool) {
	for _, polygon := range s {
		for _, ring := range polygon {
			for _, p := range ring {
				if number++; math.IsNaN(p[0]) || math.IsNaN(p[1]) {
					return number, true
				}
			}
		}
	}
	return 0, false
}

// DecodeWKB reads a Polygon or MultiPolygon, lon/lat of EPSG:4490, its rings oriented; heights and measures are dropped. No bytes
// are a nil shape. Validity is for Check to say.
func DecodeWKB(b []byte) (Shape, error) {
	if len(b) == 0 {
		return nil, nil
	}
	if s, ok := decodePlain(b, false, new(ShapeRoom)); ok {
		return s, nil
	}
	return decodeAnyWKB(b)
}

func decodeAnyWKB(b []byte) (Shape, error) {
	if err := scanWKB(b); err != nil {
		return nil, fmt.Errorf("decode WKB: %w", err)
	}
	g, err := wkb.Unmarshal(b)
	if err != nil {
		return nil, fmt.Errorf("decode WKB: %w", err)
	}
	s, err := fromGeom(g)
	if err != nil {
		return nil, fmt.Errorf("decode WKB: %w", err)
	}
	return s, nil
}

func fromGeom(g geom.T) (Shape, error) {
	var endss [][]int
	switch g := g.(type) {
	case *geom.Polygon:
		endss = [][]int{g.Ends()}
	case *geom.MultiPolygon:
		endss = g.Endss()
	default:
		return nil, fmt.Errorf("%T is not an area: give a Polygon or MultiPolygon", g)
	}
	s := make(Shape, 0, len(endss))
	flat, stride, start := g.FlatCoords(), g.Stride(), 0
	for _, ends := range endss {
		polygon := make(orb.Polygon, 0, len(ends))
		for _, end := range ends {
			polygon = append(polygon, ringFromFlat(flat[start:end], stride))
			start = end
		}
		if len(polygon) > 0 {
			s = append(s, polygon)
		}
	}
	orientInPlace(s)
	return s, nil
}

func ringFromFlat(flat []float64, stride int) orb.Ring {
	ring := make(orb.Ring, 0, len(flat)/stride)
	for k := 0; k+1 < len(flat); k += stride {
		ring = append(ring, orb.Point{flat[k], flat[k+1]})
	}
	return ring
}
