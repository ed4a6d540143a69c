package api

import (
	"strconv"
	"strings"

	"muchan/parcels"
	"muchan/parcels/quality"
)

var qualityRoutes = []route{{
	method: get, pattern: "/api/v1/quality", who: analysts, cache: revalidate, image: true, secret: true, tag: "zone", answer: qualityList{},
	params: append([]param{
		parkParam,
		{name: "rule", kind: wordParam, words: ruleIDs(), doc: words{"规则，如 parcel.overlap", "a rule, such as parcel.overlap"}},
		{name: "severity", kind: wordParam, words: []string{"error", "warning", "note"}, doc: words{"严重程度", "severity"}},
	}, pageParams...),
	doc: words{
		"数据质量：全库检查的各规则计数和逐条问题，按严重程度、规则、主键排序；每条规则最多列出一万条，计数不受限",
		"data quality: counts by rule over the whole store, and each problem by severity, rule and key; a rule lists ten thousand at most, its count is whole",
	},
	handle: (*call).quality,
}}

func ruleIDs() []string {
	ids := make([]string, len(quality.Rules))
	for i := range quality.Rules {
		ids[i] = quality.Rules[i].ID
	}
	return ids
}

// qualityList is the report on the store as of a day. Counts go by rule and severity alone; total and rows by park too.
type qualityList struct {
	AsOf   string         `json:"as_of"`
	Total  int            `json:"total"`
	Counts []ruleCountDoc `json:"counts"`
	Rows   []problemDoc   `json:"rows"`
}

type ruleCountDoc struct {
	Rule     string       `json:"rule"`
	Severity string       `json:"severity"`
	Found    int          `json:"found"`
	Listed   int          `json:"listed"` // of which so many can be paged through
	Title    quality.Text `json:"title"`
	Meaning  quality.Text `json:"meaning"`
	Remedy   quality.Text `json:"remedy"`
}

type problemDoc struct {
	Rule     string       `json:"rule"`
	Severity string       `json:"severity"`
	Entity   string       `json:"entity"` // table of the row
	Key      string       `json:"key"`
	Others   []string     `json:"others"` // keys of the other rows that take part
	Park     *string      `json:"park"`
	Column   *string      `json:"column"`
	Value    *string      `json:"value"`
	Message  quality.Text `json:"message"`
	Remedy   quality.Text `json:"remedy"`
	Place    []float64    `json:"place"` // longitude and latitude; null when it has no place
	BBox     []float64    `json:"bbox"`  // of what is shared, left out or reaches over, else of the row's or its parcel's shape
}

// quality lists what is wrong or missing in the store.
func (c *call) quality() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	whole := c.image.gen.quality()
	report := whole.Filter(c.text("rule"), parcels.Severity(c.text("severity")), c.text("park"))
	doc := qualityList{AsOf: report.AsOf.String(), Total: len(report.Findings), Counts: []ruleCountDoc{}, Rows: []problemDoc{}}
	for _, n := range report.Counts {
		r := quality.RuleOf(n.Rule)
		doc.Counts = append(doc.Counts, ruleCountDoc{n.Rule, string(n.Severity), n.Found, n.Kept, r.Title, r.Meaning, r.Remedy})
	}
	from := min(c.number("offset"), len(report.Findings))
	for i := range report.Findings[from:min(from+c.number("limit"), len(report.Findings))] {
		doc.Rows = append(doc.Rows, problemDocOf(&report.Findings[from+i]))
	}
	return c.json(doc)
}

func problemDocOf(f *quality.Finding) problemDoc {
	doc := problemDoc{
		Rule: f.Rule, Severity: string(f.Severity), Entity: f.Entity, Key: f.Key, Others: f.Others, Park: present(f.Park), Column: present(f.Column),
		Value: present(f.Value), Message: quality.Text{Zh: f.MessageZh, En: f.Message}, Remedy: quality.Text{Zh: f.RemedyZh, En: f.Remedy},
		Place: position(f.Place),
	}
	if doc.Others == nil {
		doc.Others = []string{}
	}
	if len(f.Shape) > 0 {
		doc.BBox = box(f.Shape.Bound())
	}
	return doc
}

// position reads "lon lat"; nil when there is none.
func position(place string) []float64 {
	lon, lat, _ := strings.Cut(place, " ")
	x, errX := strconv.ParseFloat(lon, 64)
	y, errY := strconv.ParseFloat(lat, 64)
	if errX != nil || errY != nil {
		return nil
	}
	return []float64{x, y}
}
