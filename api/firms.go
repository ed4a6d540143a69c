package api

import (
	"slices"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
)

var firmRoutes = []route{{
	method: get, pattern: "/api/v1/firms", who: analysts, cache: revalidate, image: true, secret: true, tag: "zone", answer: firmRows{},
	params: slices.Concat([]param{
		yearParam, parkParam, classParam, cohortParam, firmTextParam,
		{name: "industry", kind: textParam, min: 2, max: 4, doc: words{"行业代码开头，GB/T 4754-2017", "what the industry code begins with, GB/T 4754-2017"}},
		{name: "above_scale", kind: flagParam, doc: words{"是否规上；未登记的不列", "above scale or not; those of which it is not on file are left out"}},
	}, listParams("uscc", firmOrders)),
	doc: words{"企业清单：评价组、得分、名次和等级", "firms: cohort, points, rank and class"}, handle: (*call).firms,
}}

type firmRows struct {
	Year  int            `json:"year"`
	AsOf  parcels.Date   `json:"as_of"`
	Total int            `json:"total"`
	Rows  []firmBriefDoc `json:"rows"`
}

// firmBriefDoc is a firm in a list; /api/v1/firms/{uscc} tells the rest.
type firmBriefDoc struct {
	USCC       string                   `json:"uscc"`
	Name       string                   `json:"name"`
	Industry   string                   `json:"industry"`
	AboveScale parcels.Opt[bool]        `json:"above_scale"`
	Parks      []string                 `json:"parks"` // where it uses land in the year
	RuleSet    string                   `json:"rule_set"`
	Cohort     string                   `json:"cohort"`
	Group      string                   `json:"group"`
	LandMu     parcels.Opt[float64]     `json:"land_mu"`
	TaxWan     parcels.Opt[parcels.Wan] `json:"tax_wan"`
	Points     parcels.Opt[float64]     `json:"points"`
	Rank       *int                     `json:"rank"`
	Of         *int                     `json:"of"`
	Class      scoring.Class            `json:"class"`
}

// firmOrders sort positions of firms.
var firmOrders = []order[int]{
	{"uscc", func(c *call, f int) sortKey { return byText(c.image.Scores.Firms[f].USCC) }},
	{"name", func(c *call, f int) sortKey { return byText(c.image.Snapshot.Firms[f].Name) }},
	{"industry", func(c *call, f int) sortKey { return byText(c.image.Snapshot.Firms[f].Industry) }},
	{"class", func(c *call, f int) sortKey { return byText(string(c.image.Scores.Firms[f].Class)) }},
	{"rank", func(c *call, f int) sortKey { return byRank(c.image.Scores.Firms[f].Rank) }},
	{"points", func(c *call, f int) sortKey { return byOpt(c.image.Scores.Firms[f].Points) }},
	{"land_mu", func(c *call, f int) sortKey { return byOpt(c.image.Scores.Firms[f].LandMu) }},
	{"tax_wan", func(c *call, f int) sortKey { return byOpt(c.image.Scores.Firms[f].TaxWan) }},
}

// byRank is missing for the rank 0, which is none.
func byRank(rank int) sortKey { return sortKey{number: float64(rank), missing: rank == 0} }

// firms lists firms with their place in the evaluation.
func (c *call) firms() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	rows := []int{}
	for at := range c.image.Scores.Firms {
		if c.wantsFirmAt(at) {
			rows = append(rows, at)
		}
	}
	doc := firmRows{Year: c.image.Scores.Year, AsOf: c.image.Scores.AsOf, Total: len(rows), Rows: []firmBriefDoc{}}
	for _, at := range listed(c, rows, firmOrders) {
		doc.Rows = append(doc.Rows, c.image.firmBrief(at))
	}
	return c.json(doc)
}

func (c *call) wantsFirmAt(at int) bool {
	f, s := &c.image.Snapshot.Firms[at], &c.image.Scores.Firms[at]
	above, known := c.image.Scores.AboveScale(at).Get()
	park, scale := c.text("park"), c.text("above_scale")
	return c.wantsFirm(f.Name, f.USCC, s.Cohort, s.Class) && strings.HasPrefix(f.Industry, c.text("industry")) &&
		(scale == "" || known && (scale == "true") == above) && (park == "" || slices.Contains(c.image.parksOf(at), park))
}

// parksOf lists the parks in which a firm uses land in the year, ascending.
func (i *Image) parksOf(firm int) []string {
	parks := []string{}
	for _, at := range i.parcelsOf()[firm] {
		parks = append(parks, i.Snapshot.Parcels.At(int(at)).Park)
	}
	slices.Sort(parks)
	return slices.Compact(parks)
}

func (i *Image) firmBrief(at int) firmBriefDoc {
	f, s := &i.Snapshot.Firms[at], &i.Scores.Firms[at]
	doc := firmBriefDoc{
		USCC: f.USCC, Name: f.Name, Industry: f.Industry, AboveScale: i.Scores.AboveScale(at), Parks: i.parksOf(at), RuleSet: s.RuleSet, Cohort: s.Cohort,
		Group: s.Group, LandMu: s.LandMu, TaxWan: s.TaxWan, Points: s.Points, Class: s.Class,
	}
	if s.Rank > 0 {
		doc.Rank, doc.Of = &s.Rank, &s.Of
	}
	return doc
}
