package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muchan/scoring"
)

func (p *program) explainCommand(f *scoreFlags) *cobra.Command {
	return &cobra.Command{
		Use:     "explain CODE",
		Short:   "Say where every number and flag of a parcel comes from: inputs, formula, rule and document",
		Example: "  muchan score explain 350502001001GB00012\n  muchan score explain 350502001001GB00012 --year 2024 --english",
		Args:    cobra.ExactArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return p.explain(c.Context(), f, args[0]) },
	}
}

func (p *program) explain(ctx context.Context, f *scoreFlags, code string) error {
	scores, err := p.scoresFor(ctx, f)
	if err != nil {
		return err
	}
	list := scores.Explain(code)
	if list == nil {
		return fmt.Errorf("no parcel %s on %s; `muchan score` lists them", code, scores.AsOf)
	}
	if f.json {
		return printJSON(p.stdout, list)
	}
	for i := range list {
		p.printExplanation(&list[i], f.tongue)
	}
	return nil
}

func (p *program) printExplanation(e *scoring.Explanation, l tongue) {
	value := number(e.Value, 1)
	if text := l.say(e.Text, e.TextEn); text != "" {
		value = text
	}
	fmt.Fprintf(p.stdout, "%s  %s %s\n", l.say(e.Title, e.TitleEn), value, e.Unit)
	if formula := l.say(e.Formula, e.FormulaEn); formula != "" {
		fmt.Fprintf(p.stdout, "    = %s\n", formula)
	}
	for _, in := range e.Inputs {
		v := in.Value
		if l.english && in.ValueEn != "" {
			v = in.ValueEn
		}
		if v == "" {
			v = "—"
		}
		from := ""
		if in.Source != "" {
			from = "  [" + in.Source + "]"
		}
		fmt.Fprintf(p.stdout, "    %s  %s %s%s\n", l.say(in.Name, in.NameEn), v, in.Unit, from)
	}
	if e.Rule != nil {
		fmt.Fprintf(p.stdout, "    %s %s %s %s\n", e.Rule.ID, e.Rule.Document, e.Clause, l.say(e.Rule.Notice, e.Rule.NoticeEn))
	}
	if note := l.say(e.Note, e.NoteEn); note != "" {
		fmt.Fprintf(p.stdout, "    %s\n", note)
	}
}
