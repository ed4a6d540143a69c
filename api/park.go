package api

import (
	"muchan/geo"
	"muchan/parcels"
)

var parkRoutes = []route{{
	method: get, pattern: "/api/v1/parks", who: anyone, cache: revalidate, image: true, tag: "zone", answer: parkRows{},
	params: listParams("code", parkOrders), doc: words{"园区：名称、面积口径和范围", "parks: names, area by its definition, extent"}, handle: (*call).parks,
}}

type parkRows struct {
	AsOf  parcels.Date `json:"as_of"`
	Total int          `json:"total"`
	Rows  []parkRow    `json:"rows"`
}

// parkRow is what the public map shows of a park too; what it adds up to is for /api/v1/summary.
type parkRow struct {
	Code       string               `json:"code"`
	Name       string               `json:"name"`
	NameEn     string               `json:"name_en"`
	Definition string               `json:"definition"` // what the area means: approved, planned or built
	AreaKm2    parcels.Opt[float64] `json:"area_km2"`
	DrawnKm2   float64              `json:"drawn_km2"`
	Parcels    int                  `json:"parcels"`
	BBox       []float64            `json:"bbox"`
}

var parkOrders = []order[parkRow]{
	{"code", func(_ *call, p parkRow) sortKey { return byText(p.Code) }},
	{"name", func(_ *call, p parkRow) sortKey { return byText(p.Name) }},
	{"area_km2", func(_ *call, p parkRow) sortKey { return byOpt(p.AreaKm2) }},
	{"parcels", func(_ *call, p parkRow) sortKey { return byNumber(p.Parcels) }},
}

func (c *call) parks() error {
	snap := c.image.Snapshot
	counts := map[string]int{}
	for i := range snap.Parcels.Len() {
		counts[snap.Parcels.At(i).Park]++
	}
	rows := []parkRow{}
	for i := range snap.Parks {
		p := &snap.Parks[i]
		row := parkRow{
			Code: p.Code, Name: p.Name, NameEn: p.NameEn, Definition: p.Definition, DrawnKm2: float64(geo.Area(p.Shape)) / 1e6, Parcels: counts[p.Code],
			BBox: box(p.Shape.Bound()),
		}
		if m2, ok := p.AreaM2.Get(); ok {
			row.AreaKm2 = parcels.Some(m2 / 1e6)
		}
		rows = append(rows, row)
	}
	return c.json(parkRows{AsOf: snap.AsOf, Total: len(rows), Rows: listed(c, rows, parkOrders)})
}
