package geo

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/paulmach/orb"
)

// AppendGeoJSON appends a shape as a GeoJSON MultiPolygon geometry object, lon/lat with the shortest digits that read back to the
// same number. A nil shape is null.
func AppendGeoJSON(dst []byte, s Shape) []byte {
	if s == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, `{"type":"MultiPolygon","coordinates":[`...)
	for i, polygon := range s {
		dst = appendComma(dst, i)
		dst = append(dst, '[')
		for j, ring := range polygon {
			dst = appendComma(dst, j)
			dst = appendRing(dst, ring)
		}
		dst = append(dst, ']')
	}
	return append(dst, "]}"...)
}

func appendRing(dst []byte, ring orb.Ring) []byte {
	dst = append(dst, '[')
	for i, p := range ring {
		dst = appendComma(dst, i)
		dst = append(dst, '[')
		dst = strconv.AppendFloat(dst, p[0], 'f', -1, 64)
		dst = append(dst, ',')
		dst = strconv.AppendFloat(dst, p[1], 'f', -1, 64)
		dst = append(dst, ']')
	}
	return append(dst, ']')
}

func appendComma(dst []byte, i int) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	return dst
}

// ParseGeoJSON reads a Polygon or MultiPolygon geometry object whose positions, x first as RFC 7946 wants, are in a system. null
// is a nil shape. Heights are dropped. Rings are oriented; whether they are closed and valid is for Check to say. Objects beyond
// maxShapeBytes or maxShapePoints are refused.
func ParseGeoJSON(b []byte, from CRS) (Shape, error) {
	if len(b) > maxShapeBytes {
		return nil, fmt.Errorf("parse GeoJSON geometry: %d bytes is above the limit of %d: split the geometry", len(b), maxShapeBytes)
	}
	var object *struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	}
	if err := json.Unmarshal(b, &object); err != nil {
		return nil, fmt.Errorf("parse GeoJSON geometry: %w", err)
	}
	if object == nil {
		return nil, nil
	}
	polygons, err := parsePolygons(object.Type, object.Coordinates)
	if err != nil {
		return nil, fmt.Errorf("parse GeoJSON geometry: %w", err)
	}
	return shapeFromJSON(polygons, from)
}

// position takes any number of ordinates without allocating more than the two it needs.
type position struct{ orb.Point }

// UnmarshalJSON reads [x, y] or [x, y, z]; anything else is an error.
func (p *position) UnmarshalJSON(b []byte) error {
	var ordinates []float64
	if err := json.Unmarshal(b, &ordinates); err != nil {
		return err
	}
	if len(ordinates) < 2 || len(ordinates) > 4 {
		return fmt.Errorf("position %s has %d numbers: give longitude and latitude", clip(string(b)), len(ordinates))
	}
	p.Point = orb.Point{ordinates[0], ordinates[1]}
	return nil
}

func parsePolygons(kind string, coordinates json.RawMessage) (polygons [][][]position, err error) {
	switch kind {
	case "Polygon":
		polygons = make([][][]position, 1)
		err = json.Unmarshal(coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(coordinates, &polygons)
	default:
		return nil, fmt.Errorf("type %q is not an area: give a Polygon or MultiPolygon", clip(kind))
	}
	if len(coordinates) == 0 {
		return nil, fmt.Errorf("%s without coordinates", kind)
	}
	return polygons, err
}

func shapeFromJSON(polygons [][][]position, from CRS) (Shape, error) {
	s := make(Shape, 0, len(polygons))
	points := 0
	for _, rings := range polygons {
		polygon := make(orb.Polygon, 0, len(rings))
		for _, positions := range rings {
			if points += len(positions); points > maxShapePoints {
				return nil, tooManyPoints(points)
			}
			ring := make(orb.Ring, len(positions))
			for i, p := range positions {
				ring[i] = from.Inverse(p.Point[0], p.Point[1])
			}
			polygon = append(polygon, ring)
		}
		s = append(s, polygon)
	}
	orientInPlace(s)
	return s, nil
}

// clip shortens a stranger's text for a message.
func clip(s string) string {
	const most = 40
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
