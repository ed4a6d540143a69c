package api

import (
	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

var zoneIndicatorRoutes = []route{{
	method: get, pattern: "/api/v1/zone-indicators", who: viewers, cache: revalidate, image: true, secret: true, tag: "zone", answer: zoneIndicatorList{},
	params: append([]param{
		yearParam, parkParam, {name: "money", kind: flagParam, doc: words{"是否为金额指标", "whether it is in money"}},
	}, listParams("", zoneIndicatorOrders)...),
	doc: words{"开发区土地利用指标", "indicators of the zone's land use"}, handle: (*call).zoneIndicators,
}}

type zoneIndicatorList struct {
	Year  int                `json:"year"`
	AsOf  string             `json:"as_of"`
	Total int                `json:"total"`
	Rows  []zoneIndicatorDoc `json:"rows"`
}

// zoneIndicatorDoc is one indicator. Ratios are fractions; money is in 万元/公顷 and, as PerMu, in 万元/亩.
type zoneIndicatorDoc struct {
	ID          string               `json:"id"`
	Park        string               `json:"park"` // "" for all
	Title       scoring.Text         `json:"title"`
	Formula     scoring.Text         `json:"formula"`
	Unit        string               `json:"unit"`
	Numerator   parcels.Opt[float64] `json:"numerator"`   // m² or 万元
	Denominator parcels.Opt[float64] `json:"denominator"` // m², or 公顷 for money
	Value       parcels.Opt[float64] `json:"value"`
	PerMu       parcels.Opt[float64] `json:"per_mu"`
	Counted     int                  `json:"counted"`
	Lacking     int                  `json:"lacking"` // parcels left out for want of data
	LowerBound  bool                 `json:"lower_bound"`
	Ideal       parcels.Opt[float64] `json:"ideal"`
	Weight      parcels.Opt[float64] `json:"weight"`
	Score       parcels.Opt[float64] `json:"score"` // 0..100
	Benchmarks  []benchmarkDoc       `json:"benchmarks"`
	Rule        *scoring.RuleRef     `json:"rule"`
}

type benchmarkDoc struct {
	Value    float64      `json:"value"`
	Of       scoring.Text `json:"of"`
	Source   string       `json:"source"`
	SourceEn string       `json:"source_en"`
	Verified bool         `json:"verified"`
}

// zoneIndicatorOrders sort indicators, which come in the order of the standard.
var zoneIndicatorOrders = []order[zoneIndicatorDoc]{
	{"id", func(_ *call, d zoneIndicatorDoc) sortKey { return byText(d.ID) }},
	{"value", func(_ *call, d zoneIndicatorDoc) sortKey { return byOpt(d.Value) }},
	{"lacking", func(_ *call, d zoneIndicatorDoc) sortKey { return byNumber(d.Lacking) }},
}

// zoneIndicators lists the indicators of a park or of all; those in money are for analysts.
func (c *call) zoneIndicators() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	doc := zoneIndicatorList{Year: c.image.Scores.Year, AsOf: c.image.Scores.AsOf.String(), Rows: []zoneIndicatorDoc{}}
	for _, i := range scoring.ZoneIndicators(c.image.Scores, c.text("park")) {
		if i.Money && c.audience < layers.Analyst || c.text("money") != "" && (c.text("money") == "true") != i.Money {
			continue
		}
		row := zoneIndicatorDoc{
			ID: i.ID, Park: i.Park, Title: i.Title, Formula: i.Formula, Unit: i.Unit, Numerator: i.Numerator, Denominator: i.Denominator,
			Value: i.Value, PerMu: i.PerMu, Counted: i.Counted, Lacking: i.Lacking, LowerBound: i.LowerBound, Ideal: i.Ideal, Weight: i.Weight,
			Score: i.Score, Benchmarks: []benchmarkDoc{}, Rule: i.Rule,
		}
		for _, b := range i.Benchmarks {
			row.Benchmarks = append(row.Benchmarks, benchmarkDoc{b.Value, scoring.Text{Zh: b.Of, En: b.OfEn}, b.Source, b.SourceEn, b.Verified})
		}
		doc.Rows = append(doc.Rows, row)
	}
	doc.Total = len(doc.Rows)
	doc.Rows = listed(c, doc.Rows, zoneIndicatorOrders)
	return c.json(doc)
}
