package main

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"

	"muchan/parcels"
	"muchan/scoring"
)

// ruleRow is a rule set as JSON, with its text where one is shown.
type ruleRow struct {
	scoring.RuleRef
	TitleEn   string       `json:"title_en"`
	Authority string       `json:"authority"`
	Source    string       `json:"source"` // where its figures were read, in Chinese
	SourceEn  string       `json:"source_en"`
	ValidFrom parcels.Date `json:"valid_from"`
	ValidTo   parcels.Date `json:"valid_to"` // exclusive; null while in force
	AppliesTo []string     `json:"applies_to"`
	Years     []int        `json:"years"` // empty for any
	From      string       `json:"from"`  // shipped, or who added it when
	Text      string       `json:"text,omitempty"`
}

func (s *sourced) row() ruleRow {
	return ruleRow{
		RuleRef: s.Ref(), TitleEn: s.TitleEn, Authority: s.Authority, Source: s.Source, SourceEn: s.SourceEn, ValidFrom: s.ValidFrom, ValidTo: s.ValidTo,
		AppliesTo: append([]string{}, s.AppliesTo...), Years: append([]int{}, s.Years...), From: s.from,
	}
}

func (p *program) listRules(ctx context.Context, f *rulesFlags) error {
	list, err := p.allRules(ctx)
	if err != nil {
		return err
	}
	if f.json {
		rows := make([]ruleRow, len(list))
		for i := range list {
			rows[i] = list[i].row()
		}
		return printJSON(p.stdout, rows)
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tKIND\tDOCUMENT\tVALID\tVERIFIED\tFROM\tTITLE")
	for _, s := range list {
		title := s.Title
		if f.english && s.TitleEn != "" {
			title = s.TitleEn
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%t\t%s\t%s\n", s.ID, s.Kind, s.Document, validity(&s.RuleSet), s.Verified, s.from, title)
	}
	return w.Flush()
}

// validity names the first and the last day of a set.
func validity(s *scoring.RuleSet) string {
	if !s.ValidTo.OK() {
		return s.ValidFrom.String() + ".."
	}
	return s.ValidFrom.String() + ".." + (s.ValidTo - 1).String()
}

// showRules prints the text of a set by its ID, or by the hash that a run names, whether or not it is still in force.
func (p *program) showRules(ctx context.Context, f *rulesFlags, name string) error {
	set, err := p.findRules(ctx, name)
	if err != nil {
		return err
	}
	if f.json {
		row := set.row()
		row.Text = string(set.Text)
		return printJSON(p.stdout, row)
	}
	fmt.Fprintf(p.stderr, "%s: %s\n", set.ID, set.from)
	_, err = p.stdout.Write(set.Text)
	return err
}

func (p *program) findRules(ctx context.Context, name string) (*sourced, error) {
	list, err := p.allRules(ctx)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(list, func(s sourced) bool { return s.ID == name || s.Hash == name }); i >= 0 {
		return &list[i], nil
	}
	stored, err := p.storeRules(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(stored, func(r parcels.RuleText) bool { return r.Hash == name })
	if i < 0 {
		return nil, fmt.Errorf("no rule set %q; see `muchan rules list`", name)
	}
	// What is no longer in force is shown even if the program of today could not read it.
	set, err := scoring.ParseRuleSet(stored[i].ID, stored[i].Text)
	if err != nil {
		set = scoring.RuleSet{ID: stored[i].ID, Text: stored[i].Text, Hash: stored[i].Hash}
	}
	return &sourced{set, "store, no longer in force"}, nil
}

// checkDoc is what a check says, as JSON.
type checkDoc struct {
	File     string       `json:"file"`
	ID       string       `json:"id"`
	Problems []problemRow `json:"problems"`
}

type problemRow struct {
	Line     int    `json:"line"` // 0 when it concerns no line
	Reason   string `json:"reason"`
	ReasonZh string `json:"reason_zh"`
}

// checkRules prints every problem of a file, alone and beside the sets in use, and fails when there is one. A file that cannot be read as
// a set at all is an error.
func (p *program) checkRules(ctx context.Context, f *rulesFlags, file string) error {
	set, problems, err := p.problemsOf(ctx, file)
	if err != nil {
		return err
	}
	if f.json {
		doc := checkDoc{File: file, ID: set.ID, Problems: []problemRow{}}
		for _, problem := range problems {
			doc.Problems = append(doc.Problems, problemRow(problem))
		}
		if err := printJSON(p.stdout, doc); err != nil {
			return err
		}
	} else {
		for _, problem := range problems {
			fmt.Fprintf(p.stdout, "%s: %s\n", file, problem)
		}
	}
	if len(problems) > 0 {
		return errSaid
	}
	if !f.json {
		fmt.Fprintf(p.stdout, "%s: %s is in order\n", file, set.ID)
	}
	return nil
}

// problemsOf reads a set and lists its problems.
func (p *program) problemsOf(ctx context.Context, file string) (*scoring.RuleSet, []scoring.RuleProblem, error) {
	set, err := readSet(file)
	if err != nil {
		return nil, nil, err
	}
	inUse, err := p.allRules(ctx)
	if err != nil {
		return nil, nil, err
	}
	var book scoring.Book
	for _, s := range inUse {
		book.Sets = append(book.Sets, s.RuleSet)
	}
	return &set, book.CheckSet(&set, p.today()), nil
}
