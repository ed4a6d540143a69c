package api

import "time"

type runDoc struct {
	ID          string    `json:"id"`
	Year        int       `json:"year"`
	AsOf        string    `json:"as_of"`
	RulesID     string    `json:"rules_id"`
	RulesHash   string    `json:"rules_hash"`
	PublishedAt time.Time `json:"published_at"`
}

// runs lists the published runs, newest first, without who published them and without results.
func (c *call) runs() error {
	docs := make([]runDoc, 0, len(c.image.Runs))
	for _, r := range c.image.Runs {
		docs = append(docs, runDoc{r.ID, r.Year, r.AsOf.String(), r.RulesID, r.RulesHash, r.PublishedAt.UTC()})
	}
	return c.json(docs)
}
