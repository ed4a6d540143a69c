package api

import "muchan/parcels"

type targetDoc struct {
	ID         string               `json:"id"`
	Name       string               `json:"name"`
	NameEn     string               `json:"name_en"`
	Unit       string               `json:"unit"`
	BaseYear   int                  `json:"base_year"`
	Base       parcels.Opt[float64] `json:"base"`
	TargetYear int                  `json:"target_year"`
	Target     parcels.Opt[float64] `json:"target"`
	GrowthPct  parcels.Opt[float64] `json:"growth_pct"`
	Binding    parcels.Opt[bool]    `json:"binding"`
	Source     string               `json:"source"`
	Note       string               `json:"note"`
}

// targets lists the plan's figures with their notes.
func (c *call) targets() error {
	docs := make([]targetDoc, 0, len(c.image.Snapshot.Targets))
	for _, t := range c.image.Snapshot.Targets {
		docs = append(docs, targetDoc(t))
	}
	return c.json(docs)
}
