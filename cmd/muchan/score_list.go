package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"muchan/scoring"
)

// scoreList is one list made from scores: a table on a terminal, or with --json all of it.
type scoreList struct {
	name, short string
	header      []scoring.Text
	rows        func(*scoring.Scores, tongue) ([][]string, any, error)
	notes       func(*scoring.Scores, tongue) []string // lines under the table; may be nil
}

var scoreLists = []scoreList{firmList, exitList, zoneList, findingList, potentialList, targetList}

func (p *program) scoreListCommand(l *scoreList, f *scoreFlags) *cobra.Command {
	return &cobra.Command{
		Use: l.name, Short: l.short, Args: cobra.NoArgs,
		Example: "  muchan score " + l.name + " --year 2025\n  muchan score " + l.name + " --json",
		RunE:    func(c *cobra.Command, _ []string) error { return p.printList(c.Context(), l, f) },
	}
}

func (p *program) printList(ctx context.Context, l *scoreList, f *scoreFlags) error {
	scores, err := p.scoresFor(ctx, f)
	if err != nil {
		return err
	}
	rows, doc, err := l.rows(scores, f.tongue)
	if err != nil {
		return err
	}
	if f.json {
		return printJSON(p.stdout, doc)
	}
	p.printRules(scores, f.tongue)
	if err := printTable(p.stdout, f.header(l.header), rows); err != nil {
		return err
	}
	if l.notes != nil {
		for _, line := range l.notes(scores, f.tongue) {
			fmt.Fprintln(p.stdout, line)
		}
	}
	_, err = fmt.Fprintf(p.stdout, "%d rows; figures of %d as of %s\n", len(rows), scores.Year, scores.AsOf)
	return err
}

// scoresFor opens the store, scores the year of the flags and closes the store.
func (p *program) scoresFor(ctx context.Context, f *scoreFlags) (*scoring.Scores, error) {
	asOf, err := p.parseAsOf(f.asOf)
	if err != nil {
		return nil, err
	}
	if err := checkChoice(f.rules); err != nil {
		return nil, err
	}
	store, err := p.openStore(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	book, err := p.bookFor(ctx, store, f.rules)
	if err != nil {
		return nil, err
	}
	scores, _, err := score(ctx, store, f.year, asOf, book)
	return scores, err
}

// resultsOf returns one part of the encoded results, in the form a published run holds.
func resultsOf(s *scoring.Scores, part string) (json.RawMessage, error) {
	encoded, err := scoring.EncodeResults(s)
	if err != nil {
		return nil, err
	}
	var parts map[string]json.RawMessage
	err = json.Unmarshal(encoded, &parts)
	return parts[part], err
}

func printJSON(w io.Writer, doc any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(doc)
}
