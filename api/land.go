package api

import (
	"slices"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

var landRoutes = []route{{
	method: get, pattern: "/api/v1/land", who: viewers, cache: revalidate, image: true, secret: true, tag: "zone", answer: landList{},
	params: append([]param{
		yearParam, parkParam,
		{name: "type", kind: wordParam, words: scoring.FindingTypes, doc: words{"疑似类型", "type of suspicion"}},
	}, listParams("type", landOrders)...),
	doc: words{"各宗地的疑似类型（闲置、建而未用、未满额、低效等）", "suspicions about land, by type"}, handle: (*call).land,
}}

// landList holds the suspicions of a page; Types counts those of every type in the parks asked for, whatever type and page were asked.
type landList struct {
	Year     int            `json:"year"`
	AsOf     string         `json:"as_of"`
	Notice   string         `json:"notice"`
	NoticeEn string         `json:"notice_en"`
	Types    []landTypeDoc  `json:"types"`
	Total    int            `json:"total"`
	Rows     []suspicionDoc `json:"rows"`
}

type landTypeDoc struct {
	Type  string       `json:"type"`
	Title scoring.Text `json:"title"`
	Count int          `json:"count"`
}

// suspicionDoc is one suspicion; a parcel with two has two rows.
type suspicionDoc struct {
	Code   string          `json:"code"`
	Park   string          `json:"park"`
	Type   string          `json:"type"`
	Title  scoring.Text    `json:"title"`
	Since  parcels.Date    `json:"since"` // null where the facts carry no day
	Rule   scoring.RuleRef `json:"rule"`
	Clause string          `json:"clause"`
	Why    *scoring.Text   `json:"why"` // null for a viewer where it tells of a firm's figures
	BBox   []float64       `json:"bbox"`
	*landValueDoc
}

// landValueDoc is what was compared. Of the types that rest on a firm's figures it is for analysts.
type landValueDoc struct {
	Value parcels.Opt[float64] `json:"value"` // per cent where Unit says so
	Limit parcels.Opt[float64] `json:"limit"`
	Unit  string               `json:"unit"`
}

var landNotice = scoring.Text{Zh: "均为疑似，认定由主管部门作出", En: "suspicions only; a determination is an act of the authority"}

// landRow names a finding: the n-th of a parcel.
type landRow struct{ parcel, n int }

// landOrders sort findings, which come by parcel code.
var landOrders = []order[landRow]{
	{"type", func(c *call, r landRow) sortKey {
		return byNumber(slices.Index(scoring.FindingTypes, c.finding(r).Type))
	}},
	{"since", func(c *call, r landRow) sortKey { return byDay(c.finding(r).Since) }},
	{"code", func(c *call, r landRow) sortKey { return byText(c.image.Snapshot.Parcels.At(r.parcel).Code) }},
}

func (c *call) finding(r landRow) *scoring.Finding {
	return &c.image.Scores.Parcels[r.parcel].Findings[r.n]
}

// land lists the suspicions about land.
func (c *call) land() error {
	if err := c.knownPark(); err != nil {
		return err
	}
	scores := c.image.Scores
	doc := landList{Year: scores.Year, AsOf: scores.AsOf.String(), Notice: landNotice.Zh, NoticeEn: landNotice.En, Types: []landTypeDoc{}, Rows: []suspicionDoc{}}
	rows, counts := c.landRows()
	for _, kind := range scoring.FindingTypes {
		doc.Types = append(doc.Types, landTypeDoc{kind, (&scoring.Finding{Type: kind}).Title(), counts[kind]})
	}
	doc.Total = len(rows)
	for _, row := range listed(c, rows, landOrders) {
		doc.Rows = append(doc.Rows, c.suspicion(row))
	}
	return c.json(doc)
}

// landRows picks the findings of the park and type asked for, and counts those of the park by type.
func (c *call) landRows() (rows []landRow, counts map[string]int) {
	park, kind := c.text("park"), c.text("type")
	counts = map[string]int{}
	for p := range c.image.Scores.Parcels {
		if park != "" && park != c.image.Snapshot.Parcels.At(p).Park {
			continue
		}
		for n, f := range c.image.Scores.Parcels[p].Findings {
			if counts[f.Type]++; kind == "" || kind == f.Type {
				rows = append(rows, landRow{p, n})
			}
		}
	}
	return rows, counts
}

func (c *call) suspicion(r landRow) suspicionDoc {
	p, f := c.image.Snapshot.Parcels.At(r.parcel), &c.image.Scores.Parcels[r.parcel].Findings[r.n]
	doc := suspicionDoc{Code: p.Code, Park: p.Park, Type: f.Type, Title: f.Title(), Since: f.Since, Rule: *f.Rule, Clause: f.Clause, BBox: box(p.Shape.Bound())}
	if !layers.MayKnowWhy(f, c.audience) {
		return doc
	}
	why := f.Why
	doc.Why, doc.landValueDoc = &why, &landValueDoc{f.Value, f.Limit, f.Unit}
	if f.Unit == "%" {
		doc.Value, doc.Limit = perCent(f.Value), perCent(f.Limit)
	}
	return doc
}
