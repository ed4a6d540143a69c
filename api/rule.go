package api

import "muchan/scoring"

type ruleDoc struct {
	scoring.RuleRef
	Text string `json:"text"`
}

// rules lists the rule sets that the image's scores were made with, as they are written.
func (c *call) rules() error {
	docs := make([]ruleDoc, 0, len(c.image.Scores.Rules))
	for _, ref := range c.image.Scores.Rules {
		doc := ruleDoc{RuleRef: ref}
		for i := range c.image.Rules.Sets {
			if c.image.Rules.Sets[i].Hash == ref.Hash {
				doc.Text = string(c.image.Rules.Sets[i].Text)
			}
		}
		docs = append(docs, doc)
	}
	return c.json(docs)
}
