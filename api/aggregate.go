package api

import (
	"fmt"

	"muchan/scoring"
	"muchan/scoring/aggregate"
)

var aggregateRoutes = []route{{
	method: get, pattern: "/api/v1/aggregates", who: anyone, cache: revalidate, image: true, tag: "zone", answer: aggregatesDoc{},
	params: append([]param{yearParam, {
		name: "by", kind: wordParam, words: aggregate.Groupings, standard: aggregate.ByPark,
		doc: words{"分组方式", "how firms are grouped"},
	}}, pageParams...),
	doc: words{
		"公开汇总：不少于三家企业的合计；占比过大或可推算出单个企业的合计不公开，不以零代替；取自当年首个定稿，定稿后的更正不改变公开汇总",
		"public sums over at least three firms; what one firm dominates, or what would give a firm away, is suppressed and never shown as zero; they are of the year's first final run and no correction changes them",
	},
	handle: (*call).aggregates,
}}

// aggregatesDoc is the same for every reader. Money is in whole 万元, land in hundredths of a 亩, sums per mu in 万元/亩.
type aggregatesDoc struct {
	Year      int             `json:"year"`
	AsOf      string          `json:"as_of"`
	Run       string          `json:"run"` // the final run whose frozen figures are summed; "" for none
	By        string          `json:"by"`
	MinFirms  int             `json:"min_firms"`
	Dominance float64         `json:"dominance"` // largest share of a sum that one firm may have, 0..1
	Rated     bool            `json:"rated"`     // a final evaluation of the year is published, so there are classes
	Note      scoring.Text    `json:"note"`
	Total     int             `json:"total"`
	Rows      []aggregate.Row `json:"rows"`
}

var aggregatesNote = scoring.Text{
	Zh: "企业按其用地最多的宗地计入一组，合计不拆分到宗地；未公开之处为保护单个企业数据（统计法第二十八条），不是零",
	En: "a firm counts where it holds most land, whole; what is suppressed protects single firms (Statistics Law, art. 28) and is not zero",
}

// aggregates lists the public sums of a year.
func (c *call) aggregates() error {
	table, err := c.publicTable()
	if err != nil {
		return err
	}
	by, rows := c.text("by"), []aggregate.Row{}
	for i := range table.Rows {
		if table.Rows[i].By == by {
			rows = append(rows, table.Rows[i])
		}
	}
	return c.json(aggregatesDoc{
		Year: table.Year, Run: table.Run, AsOf: c.asOfRun(table.Run), By: by, MinFirms: aggregate.AtLeast, Dominance: aggregate.Defaults.Dominance,
		Rated: table.Run != "", Note: aggregatesNote, Total: len(rows), Rows: windowOf(c, rows),
	})
}

// publicTable is the audited table of the year that is asked for.
func (c *call) publicTable() (aggregate.Table, error) {
	sums, err := c.image.gen.aggregates()
	if err != nil {
		return aggregate.Table{}, err
	}
	return aggregate.Of(sums, c.image.Scores.Year, c.image.Snapshot.Parks), nil
}

// asOfRun is the day a run saw, the snapshot's without a run.
func (c *call) asOfRun(id string) string {
	for i := range c.image.Runs {
		if c.image.Runs[i].ID == id {
			return c.image.Runs[i].AsOf.String()
		}
	}
	return c.image.Snapshot.AsOf.String()
}

// aggregates audits the sums of all final runs together, once per generation.
func (g *generation) aggregates() (sums []aggregate.Table, err error) {
	g.sumsMu.Lock()
	defer g.sumsMu.Unlock()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("aggregates: panic: %v", p)
		}
	}()
	if g.sums == nil {
		if g.sums, err = aggregate.OfRuns(g.state.runs, aggregate.Defaults); err != nil {
			return nil, err
		}
	}
	return g.sums, nil
}
