package api

import (
	"context"
	"fmt"
	"slices"

	"muchan/parcels"
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
		"公开汇总：不少于三家企业的合计；占比过大或可推算出单个企业的合计不公开，不以零代替",
		"public sums over at least three firms; what one firm dominates, or what would give a firm away, is suppressed and never shown as zero",
	},
	handle: (*call).aggregates,
}}

// aggregatesDoc is the same for every reader. Money is in whole 万元, land in hundredths of a 亩, sums per mu in 万元/亩.
type aggregatesDoc struct {
	Year      int             `json:"year"`
	AsOf      string          `json:"as_of"`
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
	sums, err := c.image.gen.aggregates(c.r.Context())
	if err != nil {
		return err
	}
	year, by := c.image.Scores.Year, c.text("by")
	rows := []aggregate.Row{}
	if at := slices.IndexFunc(sums, func(t aggregate.Table) bool { return t.Year == year }); at >= 0 {
		for i := range sums[at].Rows {
			if sums[at].Rows[i].By == by {
				rows = append(rows, sums[at].Rows[i])
			}
		}
	}
	return c.json(aggregatesDoc{
		Year: year, AsOf: c.image.Snapshot.AsOf.String(), By: by, MinFirms: aggregate.AtLeast, Dominance: aggregate.Defaults.Dominance,
		Rated: finalRun(c.image.Runs, year) != nil, Note: aggregatesNote, Total: len(rows), Rows: windowOf(c, rows),
	})
}

// aggregates audits all years together, once per generation.
func (g *generation) aggregates(ctx context.Context) (sums []aggregate.Table, err error) {
	if _, err := g.years(ctx); err != nil {
		return nil, err
	}
	g.sumsMu.Lock()
	defer g.sumsMu.Unlock()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("aggregates: panic: %v", p)
		}
	}()
	if g.sums == nil {
		g.sums = aggregate.Tables(g.gathered, aggregate.Defaults)
		g.gathered = nil
	}
	return g.sums, nil
}

// gather keeps what a year's scores contribute to the sums.
func (g *generation) gather(s *scoring.Scores) error {
	var classes map[string]scoring.Class
	if run := finalRun(g.state.runs, s.Year); run != nil {
		var err error
		if classes, err = scoring.PublishedFirmClasses(run.Results); err != nil {
			return fmt.Errorf("published run %s: %w", run.ID, err)
		}
	}
	g.gathered = append(g.gathered, aggregate.Gather(s, classes, aggregate.Defaults))
	return nil
}

// finalRun is the run of a year that was published last, nil for none.
func finalRun(runs []parcels.Run, year int) (last *parcels.Run) {
	for i := range runs {
		if r := &runs[i]; r.Year == year && (last == nil || r.PublishedAt.After(last.PublishedAt)) {
			last = r
		}
	}
	return last
}
