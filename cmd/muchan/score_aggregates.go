package main

import (
	"context"

	"github.com/spf13/cobra"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
)

func (p *program) aggregatesCommand(f *scoreFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "aggregates",
		Short: "The public sums: over at least three firms, none dominating, none to be solved for one firm",
		Long: `Audits the frozen figures of all final runs together, as the public answer does, and prints those of one year. What is suppressed protects single firms and
is not zero.`,
		Example: "  muchan score aggregates --year 2025\n  muchan score aggregates --json",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return p.aggregates(c.Context(), f) },
	}
}

func (p *program) aggregates(ctx context.Context, f *scoreFlags) error {
	latest, err := p.scoresFor(ctx, f)
	if err != nil {
		return err
	}
	runs, err := p.publishedRuns(ctx)
	if err != nil {
		return err
	}
	tables, err := aggregate.OfRuns(runs, aggregate.Defaults)
	if err != nil {
		return err
	}
	table := aggregate.Of(tables, latest.Year, latest.Snapshot().Parks)
	if f.json {
		return printJSON(p.stdout, table)
	}
	var rows [][]string
	for i := range table.Rows {
		r := &table.Rows[i]
		rows = append(rows, []string{
			r.By, r.Park + " " + r.Industry + r.Class + r.Cell, f.sumText(r.Land), f.sumText(r.Output), f.sumText(r.ValueAdded), f.sumText(r.Tax), perMuText(r.Tax),
		})
	}
	return printTable(p.stdout, f.header(sumColumns), rows)
}

func (p *program) publishedRuns(ctx context.Context) ([]parcels.Run, error) {
	store, err := p.openStore(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	return store.Runs(ctx)
}

// suppressedWords says why a sum is not published.
var suppressedWords = map[string]scoring.Text{
	"few": {Zh: "不公开（不足三家）", En: "withheld (under three firms)"}, "dominance": {Zh: "不公开（一家占比过大）", En: "withheld (one firm dominates)"},
	"complementary": {Zh: "不公开（防推算）", En: "withheld (others could be told)"}, "limit": {Zh: "不公开（分组过多）", En: "withheld (too many groups)"},
	"not_published": {Zh: "未公开（该年度尚无定稿）", En: "not published (no final run of the year)"},
}

var sumColumns = []scoring.Text{
	{Zh: "分组", En: "By"}, {Zh: "组", En: "Group"}, {Zh: "用地 亩", En: "Land mu"}, {Zh: "产值 万元", En: "Output 万元"},
	{Zh: "增加值 万元", En: "Value added 万元"}, {Zh: "税收 万元", En: "Tax 万元"}, {Zh: "亩均税收 万元/亩", En: "Tax 万元/mu"},
}

func (l tongue) sumText(s aggregate.Sum) string {
	if s.Suppressed != "" {
		return l.of(suppressedWords[s.Suppressed])
	}
	return number(s.Sum, 1)
}

func perMuText(s aggregate.Sum) string { return number(s.PerMu, 1) }
