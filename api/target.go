package api

import (
	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/targets"
	"muchan/tiles/layers"
)

var targetRoutes = []route{{
	method: get, pattern: "/api/v1/targets", who: viewers, cache: revalidate, image: true, secret: true, tag: "zone", answer: targetList{},
	params: append([]param{
		yearParam,
		{name: "series", kind: wordParam, words: []string{"level", "total", "rate"}, doc: words{"类型：水平、累计、比率", "level, total or rate"}},
		{name: "known", kind: flagParam, doc: words{"实际值是否可知", "whether the actual value is known"}},
		{name: "met", kind: flagParam, doc: words{"是否已达标", "whether it is met"}},
		{name: "area_km2", kind: numberParam, doc: words{"按此面积另算一行，平方公里", "an area to compute with as well, km²"}},
		{name: "area_definition", kind: wordParam, words: parcels.AreaDefinitions, doc: words{"该面积的口径", "what that area means"}},
	}, listParams("", targetOrders)...),
	doc: words{"规划指标、进度和规划自身的矛盾", "the plan's targets, their progress and the plan's contradictions"}, handle: (*call).targets,
}}

// targetNotice is said of every answer, before what the service says of its data.
var targetNotice = scoring.Text{
	Zh: "指标按规划原文列示，互相矛盾之处未作更正；实际值有填报的用填报值，其余为库内企业合计",
	En: "Targets as the plan has them, contradictions uncorrected; actual values are as reported where somebody reported them, else sums over the firms on file",
}

// targetOrders sort targets, which come by ID.
var targetOrders = []order[targetDoc]{
	{"id", func(_ *call, d targetDoc) sortKey { return byText(d.ID) }},
	{"target_year", func(_ *call, d targetDoc) sortKey { return byNumber(d.TargetYear) }},
	{"progress", func(_ *call, d targetDoc) sortKey { return byOpt(d.Progress) }},
	{"achieved", func(_ *call, d targetDoc) sortKey { return byOpt(d.Achieved) }},
}

// wantsTarget reports whether a target passes the filters. One of which it is not known whether it is met is neither.
func (c *call) wantsTarget(d *targetDoc) bool {
	series, known, wanted := c.text("series"), c.text("known"), c.text("met")
	met, told := d.Met.Get()
	return (series == "" || series == string(d.Series)) && (known == "" || (known == "true") == d.Actual.Value.OK()) &&
		(wanted == "" || told && (wanted == "true") == met)
}

// targets holds the plan against the year.
func (c *call) targets() error {
	in := targets.Exact(c.image.Scores)
	if c.audience < layers.Analyst {
		table, err := c.publicTable()
		if err != nil {
			return err
		}
		in = targets.Published(c.image.Scores, table)
	}
	km2, given := c.decimal("area_km2")
	switch {
	case given && !(km2 > 0 && km2 <= maxMeasure):
		return badParameter("area_km2", words{"应大于 0 且不超过 10 亿", "must be above 0 and at most 10⁹"})
	case given:
		in.Areas = []targets.Area{{Definition: c.text("area_definition"), Km2: km2}}
	case c.text("area_definition") != "":
		return badParameter("area_definition", words{"须与 area_km2 同用", "belongs to area_km2"})
	}
	r := targets.Make(in)
	doc := targetList{
		Year: r.Year, AsOf: c.image.Scores.AsOf.String(), Rows: []targetDoc{}, Denominators: []denominatorDoc{},
		Areas: []areaDoc{}, Contradictions: []contradictionDoc{}, Notice: targetNotice.Zh, NoticeEn: targetNotice.En,
	}
	if n := c.notice(); n.Zh != "" {
		doc.Notice, doc.NoticeEn = n.Zh+"；"+doc.Notice, n.En+"; "+doc.NoticeEn
	}
	for i := range r.Rows {
		if row := targetRow(&r.Rows[i]); c.wantsTarget(&row) {
			doc.Rows = append(doc.Rows, row)
		}
	}
	doc.Total = len(doc.Rows)
	doc.Rows = listed(c, doc.Rows, targetOrders)
	for _, d := range r.Denominators {
		doc.Denominators = append(doc.Denominators, denominatorDoc{d.Total.ID, d.PerKm2.ID, d.Km2, d.Mu, d.WanPerMu, d.Actual, d.ActualPerKm2})
	}
	for i := range r.Areas {
		doc.Areas = append(doc.Areas, areaRow(&r.Areas[i]))
	}
	for i := range r.Contradictions {
		doc.Contradictions = append(doc.Contradictions, contradictionRow(&r.Contradictions[i]))
	}
	return c.json(doc)
}
