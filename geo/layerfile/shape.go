package layerfile

import (
	"strconv"

	"muchan/geo"
)

// shapes reads shapes in one system and turns them into EPSG:4490.
type shapes struct {
	crs      geo.CRS
	given    bool // the file or an option named the system
	unplaced bool // leave coordinates as they are
	swapped  bool // north comes first
}

func newShapes(crs geo.CRS, given bool, opt ReadOptions) shapes {
	return shapes{crs: crs, given: given, unplaced: crs == unplaced, swapped: opt.swapped}
}

// fromGeoJSON reads a geometry object; null gives nil.
func (s shapes) fromGeoJSON(b []byte, row int) (geo.Shape, error) {
	raw, err := geo.ParseGeoJSON(b, geo.CRS84)
	if err != nil {
		return nil, &Error{
			Row: row, Column: "geometry", Rule: RuleShape, Message: "the geometry cannot be read: " + clipLong(err.Error()), Err: err,
			Remedy: "Export areas as Polygon or MultiPolygon.",
		}
	}
	return s.place(raw, row, "geometry")
}

// fromWKT reads well-known text; "" gives nil.
func (s shapes) fromWKT(wkt string, row int, column string) (geo.Shape, error) {
	raw, err := ParseWKT(wkt)
	if err != nil {
		return nil, &Error{
			Row: row, Column: column, Rule: RuleShape, Message: "the shape cannot be read: " + clipLong(err.Error()), Value: clip(wkt),
			Err: err, Remedy: "Write it as WKT: MULTIPOLYGON(((118.57 24.84,118.58 24.84,118.58 24.85,118.57 24.84))).",
		}
	}
	return s.place(raw, row, column)
}

// place transforms raw coordinates, and refuses those that cannot be in the system they are said to be in.
func (s shapes) place(raw geo.Shape, row int, column string) (geo.Shape, error) {
	refuse := func(p geo.Point) error {
		e := &Error{Row: row, Column: column, Value: strconv.FormatFloat(p[0], 'f', -1, 64) + " " + strconv.FormatFloat(p[1], 'f', -1, 64)}
		switch {
		case s.crs.Geographic && s.given:
			e.Rule, e.Message, e.Remedy = RuleDegrees, "coordinates are not degrees, as "+CRSName(s.crs)+" wants", likelyCRS(p[0], p[1])
		case s.crs.Geographic:
			e.Rule, e.Message = RuleDegrees, "coordinates are not degrees, and no coordinate system is named"
			e.Remedy = likelyCRS(p[0], p[1]) + " Or have it found out by --crs " + DetectCRS + "."
		default:
			e.Rule, e.Message = RuleNorthing, "northing comes before easting"
			e.Remedy = "Write easting before northing."
		}
		return e
	}
	if s.unplaced {
		return raw, nil
	}
	if s.swapped {
		swap(raw)
	}
	if p, ok := s.misplaced(raw); ok {
		return nil, refuse(p)
	}
	if s.crs.Geographic {
		return raw, nil
	}
	return geo.ToLonLat(raw, s.crs), nil
}

// misplaced finds a position that cannot be in the system, or is in it with its axes swapped.
func (s shapes) misplaced(raw geo.Shape) (geo.Point, bool) {
	for _, polygon := range raw {
		for _, ring := range polygon {
			for _, p := range ring {
				if s.crs.Geographic && !inDegrees(p[0], p[1]) {
					return p, true
				}
				if !s.crs.Geographic && s.crs.EPSG != 3857 && northing(p[0]) && !easting(p[0]) && easting(p[1]) {
					return p, true
				}
			}
		}
	}
	return geo.Point{}, false
}

// clipLong shortens an error that may repeat a stranger's text.
func clipLong(s string) string {
	const most = 200
	if len(s) > most {
		return clip(s[:most]) + "…"
	}
	return s
}
