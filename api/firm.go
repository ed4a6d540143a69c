package api

import (
	"muchan/parcels"
	"muchan/scoring"
)

type firmDoc struct {
	Year int `json:"year"`
	Rating
	AboveScale   parcels.Opt[bool]    `json:"above_scale"`
	RegisteredOn parcels.Date         `json:"registered_on"`
	ProducedOn   parcels.Date         `json:"produced_on"`
	ClosedOn     parcels.Date         `json:"closed_on"`
	Tags         []string             `json:"tags"`
	LandMu       parcels.Opt[float64] `json:"land_mu"`
	Land         []landDoc            `json:"land"`
	// Explain says where class, rated land and each indicator come from.
	Explain []scoring.Explanation `json:"explain"`
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
		Year: c.image.Scores.Year, Rating: RatingOf(c.image.Scores, at), AboveScale: c.image.Scores.AboveScale(at), RegisteredOn: f.RegisteredOn,
		ProducedOn: f.ProducedOn, ClosedOn: f.ClosedOn, Tags: f.Tags, LandMu: c.image.Scores.Firms[at].LandMu, Land: c.image.landOf(at),
		Explain: c.image.Scores.ExplainFirm(at),
	}
	if doc.Tags == nil {
		doc.Tags = []string{}
	}
	return c.json(doc)
}

// landOf lists the parcels a firm uses in the year, ascending by code.
func (i *Image) landOf(firm int) []landDoc {
	docs := []landDoc{}
	for _, at := range i.parcelsOf()[firm] {
		p := i.Snapshot.Parcels.At(int(at))
		for _, s := range i.Scores.Parcels[at].Firms {
			if s.Firm == firm {
				docs = append(docs, landDoc{p.Code, p.Park, box(p.Shape.Bound()), s.Tenure(), s.Weight, s.LandMu})
			}
		}
	}
	return docs
}
