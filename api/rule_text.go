package api

import (
	"encoding/json"
	"slices"
	"time"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/tiles/layers"
)

// ruleShipped is the use of a text that came with the program; parcels.RuleAdded and parcels.RuleUsed are those of the store's.
const ruleShipped = "shipped"

var ruleTextRoutes = []route{{
	method: get, pattern: "/api/v1/rules/{id}/texts", who: viewers, cache: neverKept, image: true, tag: "zone", answer: []ruleTextDoc{},
	doc: words{
		"一个规则集的历次文本，新的在前：随程序提供的、录入启用的，以及评价曾用过的",
		"every text a rule set ever had, newest first: as shipped, as added, and as runs used it",
	},
	handle: (*call).ruleTexts,
}}

// ruleTextDoc is one text of a rule set. A text of an older release that cannot be read any more has no tree and no dates.
type ruleTextDoc struct {
	Hash      string          `json:"hash"`
	Use       string          `json:"use"` // shipped, added, or used by a run alone, which puts nothing in force
	At        *time.Time      `json:"at"`  // null as shipped
	InForce   bool            `json:"in_force"`
	Title     string          `json:"title"`
	Verified  bool            `json:"verified"`
	ValidFrom parcels.Date    `json:"valid_from"`
	ValidTo   parcels.Date    `json:"valid_to"`
	Tree      json.RawMessage `json:"tree"`
	Text      string          `json:"text"`
	*ruleTextBy
}

// ruleTextBy is who put a text in force, for those who may know the accounts' names from cases and runs.
type ruleTextBy struct {
	By string `json:"by"`
}

// ruleTexts lists the texts of one rule set.
func (c *call) ruleTexts() error {
	id := c.path("id")
	stored, err := c.s.Source.Rules(c.r.Context())
	if err != nil {
		return err
	}
	docs := []ruleTextDoc{}
	if set := c.s.Rules.Set(id); set != nil {
		docs = append(docs, c.ruleText(&parcels.RuleText{ID: id, Hash: set.Hash, Text: set.Text, Use: ruleShipped}))
	}
	for i := range stored {
		r := &stored[i]
		known := slices.ContainsFunc(docs, func(d ruleTextDoc) bool { return d.Hash == r.Hash })
		if r.ID == id && (r.Use == parcels.RuleAdded || !known) {
			docs = append(docs, c.ruleText(r))
		}
	}
	if len(docs) == 0 {
		return notFound("没有这个规则集", "there is no such rule set")
	}
	slices.Reverse(docs)
	inForce := slices.IndexFunc(docs, func(d ruleTextDoc) bool { return d.Use == parcels.RuleAdded })
	if inForce < 0 {
		inForce = slices.IndexFunc(docs, func(d ruleTextDoc) bool { return d.Use == ruleShipped })
	}
	if inForce >= 0 {
		docs[inForce].InForce = true
	}
	return c.json(docs)
}

func (c *call) ruleText(r *parcels.RuleText) ruleTextDoc {
	d := ruleTextDoc{Hash: r.Hash, Use: r.Use, Text: string(r.Text)}
	if r.Use != ruleShipped {
		at := r.At.UTC()
		d.At = &at
		if c.audience >= layers.Analyst {
			d.ruleTextBy = &ruleTextBy{r.Who}
		}
	}
	set, err := scoring.ParseRuleSet(r.ID, r.Text)
	if err != nil {
		return d
	}
	d.Title, d.Verified, d.ValidFrom, d.ValidTo = set.Title, set.Verified, set.ValidFrom, set.ValidTo
	if tree, err := set.Tree(); err == nil {
		d.Tree = tree
	}
	return d
}
