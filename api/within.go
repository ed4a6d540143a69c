package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"muchan/geo"
)

var withinRoutes = []route{{
	method: http.MethodPost, pattern: "/api/v1/within", who: viewers, cache: neverKept, image: true, secret: true, tag: "zone",
	answer: withinDoc{}, params: []param{yearParam},
	body: schema{
		"type": "object", "additionalProperties": false, "required": []string{"area"},
		"properties": schema{"area": schema{"type": "object", "description": "a GeoJSON Polygon or MultiPolygon in CRS84"}},
	},
	doc: words{
		"一个范围内的宗地，及各宗地有多少在范围内；不含任何企业数据",
		"the parcels in an area, and how much of each lies in it; nothing about firms",
	},
	handle: (*call).within,
}}

// maxCorners bounds a drawn area; the border of a park has some hundreds.
const maxCorners = 2000

// Who is not signed in gets no such answer: areas that differ by one parcel would make sums that differ by one firm. A viewer gets
// parcels and shares, which the map shows him too, and adds up himself what he may see.

// withinDoc is what lies in an area.
type withinDoc struct {
	Year   int         `json:"year"`
	AreaM2 float64     `json:"area_m2"` // of the area, on the ellipsoid
	LandM2 float64     `json:"land_m2"` // of the parcels' land in it, as drawn
	Total  int         `json:"total"`
	Rows   []withinRow `json:"rows"` // by code
}

type withinRow struct {
	Code  string  `json:"code"`
	Share float64 `json:"share"` // of the parcel, above 0 and at most 1
	M2    float64 `json:"m2"`    // of the parcel's drawn area
}

func (c *call) within() error {
	var body struct {
		Area json.RawMessage `json:"area"`
	}
	if err := c.readBody(&body); err != nil {
		return err
	}
	area, err := drawnArea(body.Area)
	if err != nil {
		return err
	}
	table, ok := c.image.Table(c.audience, "parcels")
	if !ok {
		return errForbidden
	}
	doc := withinDoc{Year: c.image.Scores.Year, AreaM2: float64(geo.Area(area)), Rows: []withinRow{}}
	var rows []int
	table.Index.Search(area.Bound(), func(row int) bool {
		rows = append(rows, row)
		return true
	})
	slices.SortFunc(rows, func(a, b int) int { return strings.Compare(table.IDs[a], table.IDs[b]) })
	for _, row := range rows {
		if share := shareWithin(table.Shapes[row], area); share > 0 {
			m2 := share * float64(geo.Area(table.Shapes[row]))
			doc.Rows = append(doc.Rows, withinRow{table.IDs[row], share, m2})
			doc.LandM2 += m2
		}
	}
	doc.Total = len(doc.Rows)
	return c.json(doc)
}

// leastShare is what a neighbour that only touches may seem to have inside, and a parcel that lies inside may seem to lack.
const leastShare = 1e-6

// shareWithin is how much of a parcel lies in an area, 0 to 1. Both areas are measured in the same way, so that a parcel inside is whole.
func shareWithin(parcel, area geo.Shape) float64 {
	whole := geo.SharedArea(parcel, parcel)
	if whole <= 0 {
		return 0
	}
	switch share := float64(geo.SharedArea(parcel, area) / whole); {
	case share < leastShare:
		return 0
	case share > 1-leastShare:
		return 1
	default:
		return share
	}
}

// drawnArea reads an area and refuses one that has too many corners or whose border crosses itself.
func drawnArea(text json.RawMessage) (geo.Shape, error) {
	if len(text) == 0 {
		return nil, badMember("area", words{"必填", "it is required"})
	}
	area, err := geo.ParseGeoJSON(text, geo.CRS84)
	if err != nil {
		return nil, badMember("area", words{"应为 GeoJSON Polygon 或 MultiPolygon（经纬度）", "must be a GeoJSON Polygon or MultiPolygon in degrees"})
	}
	corners := 0
	for _, polygon := range area {
		for _, ring := range polygon {
			corners += len(ring)
		}
	}
	if corners > maxCorners {
		return nil, badMember("area", words{fmt.Sprintf("不超过 %d 个点", maxCorners), fmt.Sprintf("must have at most %d points", maxCorners)})
	}
	if v := geo.Check(area); !v.Valid {
		return nil, &fault{status: http.StatusUnprocessableEntity, code: "invalid_area", parameter: "area", reason: v.Message, detail: words{
			"所画范围的边界自相交叉或无面积，请重画", "the border of the area crosses itself or encloses nothing; draw it anew",
		}}
	}
	return area, nil
}
