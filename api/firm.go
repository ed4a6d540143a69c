package api

import (
	"muchan/parcels"
	"muchan/scoring"
)

// ratingDoc is a firm's evaluation.
type ratingDoc struct {
	USCC       string                   `json:"uscc"`
	Name       string                   `json:"name"`
	Industry   string                   `json:"industry"`
	Cohort     string                   `json:"cohort"`
	Class      scoring.Class            `json:"class"`
	Points     parcels.Opt[float64]     `json:"points"`
	Rank       *int                     `json:"rank"`
	Of         *int                     `json:"of"`
	TaxWan     parcels.Opt[parcels.Wan] `json:"tax_wan"`
	Indicators []indicatorDoc           `json:"indicators"`
	Steps      []stepDoc                `json:"steps"`
}

type indicatorDoc struct {
	ID      string               `json:"id"`
	Title   string               `json:"title"`
	TitleEn string               `json:"title_en"`
	Unit    string               `json:"unit"`
	Value   parcels.Opt[float64] `json:"value"`
	Base    float64              `json:"base"`
	Weight  float64              `json:"weight"`
	Points  float64              `json:"points"`
	Filled  bool                 `json:"filled"`
}

type stepDoc struct {
	Effect   string        `json:"effect"`
	Arg      string        `json:"arg"`
	Evidence string        `json:"evidence"`
	From     scoring.Class `json:"from"`
	To       scoring.Class `json:"to"`
}

type firmDoc struct {
	Year int `json:"year"`
	ratingDoc
	AboveScale   parcels.Opt[bool]    `json:"above_scale"`
	RegisteredOn parcels.Date         `json:"registered_on"`
	ProducedOn   parcels.Date         `json:"produced_on"`
	ClosedOn     parcels.Date         `json:"closed_on"`
	Tags         []string             `json:"tags"`
	LandMu       parcels.Opt[float64] `json:"land_mu"`
	Land         []landDoc            `json:"land"`
}

type landDoc struct {
	Code   string    `json:"code"`
	Park   string    `json:"park"`
	BBox   []float64 `json:"bbox"`
	Tenure string    `json:"tenure"`
	Share  float64   `json:"share"`
	LandMu float64   `json:"land_mu"`
}

// firm shows one firm with its evaluation and the land it uses in the year.
func (c *call) firm() error {
	at, ok := c.image.Snapshot.FirmIndex(c.path("uscc"))
	if !ok {
		return notFound("没有这家企业", "there is no such firm")
	}
	f := &c.image.Snapshot.Firms[at]
	doc := firmDoc{
		Year: c.image.Scores.Year, ratingDoc: c.image.rating(at), AboveScale: f.AboveScale, RegisteredOn: f.RegisteredOn,
		ProducedOn: f.ProducedOn, ClosedOn: f.ClosedOn, Tags: f.Tags, LandMu: c.image.Scores.Firms[at].LandMu, Land: c.image.landOf(at),
	}
	if doc.Tags == nil {
		doc.Tags = []string{}
	}
	return c.json(doc)
}

func (i *Image) rating(at int) ratingDoc {
	f, s := &i.Snapshot.Firms[at], &i.Scores.Firms[at]
	doc := ratingDoc{
		USCC: f.USCC, Name: f.Name, Industry: f.Industry, Cohort: s.Cohort, Class: s.Class, Points: s.Points, TaxWan: s.TaxWan,
		Indicators: []indicatorDoc{}, Steps: []stepDoc{},
	}
	if s.Rank > 0 {
		doc.Rank, doc.Of = &s.Rank, &s.Of
	}
	for _, in := range s.Indicators {
		title, titleEn, unit := i.Scores.IndicatorTitle(at, in.ID)
		doc.Indicators = append(doc.Indicators, indicatorDoc{in.ID, title, titleEn, unit, in.Value, in.Base, in.Weight, in.Points, in.Filled})
	}
	for _, step := range s.Steps {
		doc.Steps = append(doc.Steps, stepDoc(step))
	}
	return doc
}

// landOf lists the parcels a firm uses in the year, ascending by code.
func (i *Image) landOf(firm int) []landDoc {
	docs := []landDoc{}
	for _, at := range i.parcelsOf[firm] {
		p := &i.Snapshot.Parcels[at]
		for _, s := range i.Scores.Parcels[at].Firms {
			if s.Firm == firm {
				docs = append(docs, landDoc{p.Code, p.Park, box(p.Shape.Bound()), s.Tenure, s.Weight, s.LandMu})
			}
		}
	}
	return docs
}
