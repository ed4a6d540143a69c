package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"muchan/scoring"
	"muchan/scoring/whatif"
)

type whatIfFlags struct {
	edits     []string
	replace   []string
	normalise bool
	accept    bool
}

func (p *program) whatIfCommand(f *scoreFlags) *cobra.Command {
	var w whatIfFlags
	c := &cobra.Command{
		Use:   "what-if [SET:PATH=VALUE]...",
		Short: "Try other parameters or inputs: who changes class and why, and how the exit list differs",
		Long: `Scores the year again with other parameters of rule sets, whole sets in the place of others, or single inputs, and prints the class
migration, the firms that change class with the reason, and what joins or leaves the exit list. Nothing is stored.`,
		Example: `  muchan score what-if evaluation.default:evaluation.cohorts.above_scale.indicators.I1.weight=40 --normalise
  muchan score what-if exit.default:exit.tests.far.threshold=1.0
  muchan score what-if --replace ours.yaml --json
  muchan score what-if --edit 'parcels|350502999001GB00002|fai_wan=5000'`,
		RunE: func(c *cobra.Command, args []string) error { return p.whatIf(c.Context(), f, w, args) },
	}
	c.Flags().StringArrayVar(&w.edits, "edit", nil, "a single input, as TABLE|KEY|COLUMN=VALUE; may be repeated")
	c.Flags().StringArrayVar(&w.replace, "replace", nil, "YAML file of a whole set in the place of the one with its ID; may be repeated")
	c.Flags().BoolVar(&w.normalise, "normalise", false, "scale weights that do not add up to 100")
	c.Flags().BoolVar(&w.accept, "accept-problems", false, "go on with sets that the check has something to say of")
	return c
}

func (p *program) whatIf(ctx context.Context, f *scoreFlags, w whatIfFlags, patches []string) error {
	request, err := w.request(patches)
	if err != nil {
		return err
	}
	scores, err := p.scoresFor(ctx, f)
	if err != nil {
		return err
	}
	result, err := whatif.Try(scores, scores.Book(), request, whatif.Whole)
	if err != nil {
		return err
	}
	if f.json {
		return printJSON(p.stdout, result)
	}
	return p.printWhatIf(result, f.tongue)
}

// request reads what is to be different from flags and arguments.
func (w *whatIfFlags) request(patches []string) (whatif.Request, error) {
	q := whatif.Request{Normalise: w.normalise, AcceptProblems: w.accept}
	for _, text := range patches {
		set, rest, ok := strings.Cut(text, ":")
		path, value, hasValue := strings.Cut(rest, "=")
		if !ok || !hasValue {
			return q, usageError{fmt.Errorf("%q is not SET:PATH=VALUE", text)}
		}
		q.Patches = append(q.Patches, whatif.Patch{Set: set, Patch: scoring.Patch{Path: path, Value: value}})
	}
	for _, text := range w.edits {
		where, value, ok := strings.Cut(text, "=")
		first, last := strings.Index(where, "|"), strings.LastIndex(where, "|")
		if !ok || first < 0 || first == last {
			return q, usageError{fmt.Errorf("--edit %q is not TABLE|KEY|COLUMN=VALUE", text)}
		}
		q.Edits = append(q.Edits, scoring.Edit{Table: where[:first], Key: where[first+1 : last], Column: where[last+1:], Value: value})
	}
	for _, file := range w.replace {
		text, err := os.ReadFile(file)
		if err != nil {
			return q, err
		}
		q.Sets = append(q.Sets, whatif.Replacement{Text: string(text)})
	}
	if len(q.Patches)+len(q.Edits)+len(q.Sets) == 0 {
		return q, usageError{fmt.Errorf("nothing is to be different: name a parameter, --edit or --replace")}
	}
	return q, nil
}

var changeColumns = []scoring.Text{
	{Zh: "统一社会信用代码", En: "Credit code"},
	{Zh: "企业", En: "Firm"},
	{Zh: "等级", En: "Class"},
	{Zh: "原得分", En: "Points before"},
	{Zh: "新得分", En: "Points after"},
	{Zh: "名次", En: "Rank"},
	{Zh: "原因", En: "Why"},
}

func (p *program) printWhatIf(r *whatif.Result, l tongue) error {
	for _, m := range []struct {
		title string
		*whatif.Migration
	}{{l.say("企业", "Firms"), &r.Firms}, {l.say("宗地", "Parcels"), &r.Parcels}} {
		fmt.Fprintf(p.stdout, l.say("%s 等级变化 %d\n", "%s that change class: %d\n"), m.title, m.Moved)
		if err := printTable(p.stdout, migrationHeader(l), migrationRows(m.Migration)); err != nil {
			return err
		}
	}
	rows := [][]string{}
	for _, c := range r.FirmChanges {
		why := make([]string, len(c.Why))
		for i, w := range c.Why {
			why[i] = l.of(w)
		}
		rows = append(rows, []string{
			c.USCC, c.Name, string(c.Before.Class) + "→" + string(c.After.Class), number(c.Before.Points, 1), number(c.After.Points, 1),
			place(c.Before) + "→" + place(c.After), strings.Join(why, l.say("；", "; ")),
		})
	}
	if len(rows) > 0 {
		if err := printTable(p.stdout, l.header(changeColumns), rows); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(p.stdout, "exit list: %d join, %d leave, %d move; stock bands: %d change; idle: %d change; figures of %d as of %s\n",
		len(r.Exit.Added), len(r.Exit.Removed), len(r.Exit.Moved), len(r.Stock), len(r.Idle), r.Year, r.AsOf)
	return err
}

func place(s whatif.Standing) string {
	if s.Rank == 0 {
		return "—"
	}
	return fmt.Sprintf("%d/%d", s.Rank, s.Of)
}

// migrationHeader names the classes after; a row of the matrix is a class before.
func migrationHeader(l tongue) []string {
	header := []string{l.say("原等级＼新等级", "before\\after")}
	for _, c := range whatif.Classes {
		header = append(header, className(c))
	}
	return header
}

func migrationRows(m *whatif.Migration) [][]string {
	var rows [][]string
	for i, from := range whatif.Classes {
		row := []string{className(from)}
		for _, n := range m.Count[i] {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	return rows
}

// className is a class for a table, where no firm to rate must show too.
func className(c scoring.Class) string {
	if c == scoring.ClassNone {
		return "—"
	}
	return string(c)
}
