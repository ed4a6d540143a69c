package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
)

func (p *program) aggregatesCommand(f *scoreFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "aggregates",
		Short: "The public sums: over at least three firms, none dominating, none to be solved for one firm",
		Long: `Audits all years together, as the public answer does, and prints those of one year. What is suppressed protects single firms and
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
	tables, err := publicTables(latest, runs)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(tables, func(t aggregate.Table) bool { return t.Year == latest.Year })
	if f.json {
		return printJSON(p.stdout, tables[at])
	}
	var rows [][]string
	for i := range tables[at].Rows {
		r := &tables[at].Rows[i]
		rows = append(rows, []string{
			r.By, r.Park + " " + r.Industry + r.Class + r.Cell, sumText(r.Land), sumText(r.Output), sumText(r.ValueAdded), sumText(r.Tax), perMuText(r.Tax),
		})
	}
	header := []string{"分组", "组", "用地 亩", "产值 万元", "增加值 万元", "税收 万元", "亩均税收 万元/亩"}
	return printTable(p.stdout, header, rows)
}

func (p *program) publishedRuns(ctx context.Context) ([]parcels.Run, error) {
	store, err := p.openStore(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	return store.Runs(ctx)
}

// publicTables scores every year with figures and audits them together. Classes are those of each year's newest published run.
func publicTables(latest *scoring.Scores, runs []parcels.Run) ([]aggregate.Table, error) {
	var years []aggregate.Year
	for _, year := range latest.Snapshot().Years() {
		scores, err := scoring.Run(scoring.Input{Snapshot: latest.Snapshot(), Year: year, AsOf: latest.AsOf, Rules: latest.Book()})
		if err != nil {
			return nil, err
		}
		var classes map[string]scoring.Class
		if at := slices.IndexFunc(runs, func(r parcels.Run) bool { return r.Year == year }); at >= 0 {
			if classes, err = scoring.PublishedFirmClasses(runs[at].Results); err != nil {
				return nil, fmt.Errorf("published run %s: %w", runs[at].ID, err)
			}
		}
		years = append(years, aggregate.Gather(scores, classes, aggregate.Defaults))
	}
	return aggregate.Tables(years, aggregate.Defaults), nil
}

// suppressedWords says why a sum is not published.
var suppressedWords = map[string]string{
	"few": "不公开（不足三家）", "dominance": "不公开（一家占比过大）", "complementary": "不公开（防推算）", "limit": "不公开（分组过多）",
}

func sumText(s aggregate.Sum) string {
	if s.Suppressed != "" {
		return suppressedWords[s.Suppressed]
	}
	return number(s.Sum, 1)
}

func perMuText(s aggregate.Sum) string { return number(s.PerMu, 1) }
