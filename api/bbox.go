package api

import (
	"strings"

	"muchan/geo"
)

// bbox is a box asked for; west above east crosses the antimeridian.
type bbox struct{ west, south, east, north float64 }

var errBBox = badParameter("bbox", words{
	"应为 4 个（或含高程 6 个）经纬度数值：西,南,东,北，且南不大于北",
	"must be 4 numbers, or 6 with heights: west,south,east,north in degrees, south not above north",
})

// parseBBox reads 4 or 6 numbers in CRS84; heights are read and not used.
func parseBBox(s string) (bbox, error) {
	parts := strings.Split(s, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return bbox{}, errBBox
	}
	var n [6]float64
	for i, part := range parts {
		f, err := finite(strings.TrimSpace(part))
		if err != nil {
			return bbox{}, errBBox
		}
		n[i] = f
	}
	b := bbox{n[0], n[1], n[2], n[3]}
	if len(parts) == 6 {
		b = bbox{n[0], n[1], n[3], n[4]}
		if n[2] > n[5] {
			return bbox{}, errBBox
		}
	}
	if b.south > b.north || b.south < -90 || b.north > 90 || outside(b.west) || outside(b.east) {
		return bbox{}, errBBox
	}
	return b, nil
}

func outside(lon float64) bool { return lon < -180 || lon > 180 }

// bounds are the one or two boxes on a flat map.
func (b bbox) bounds() []geo.Bound {
	if b.west <= b.east {
		return []geo.Bound{{Min: geo.Point{b.west, b.south}, Max: geo.Point{b.east, b.north}}}
	}
	return []geo.Bound{
		{Min: geo.Point{b.west, b.south}, Max: geo.Point{180, b.north}},
		{Min: geo.Point{-180, b.south}, Max: geo.Point{b.east, b.north}},
	}
}
