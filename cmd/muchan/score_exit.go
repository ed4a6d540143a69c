package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"muchan/scoring"
)

// exitList is the list of suspected candidates, worst first; with --json the tests as well.
var exitList = scoreList{
	name: "exits", short: "Suspected exit candidates, worst first: failed tests and the lawful ways that fit",
	header: []scoring.Text{
		{Zh: "序", En: "No."},
		{Zh: "宗地代码", En: "Parcel"},
		{Zh: "园区", En: "Park"},
		{Zh: "紧迫度", En: "Severity"},
		{Zh: "未达标检验", En: "Failed tests"},
		{Zh: "可行途径", En: "Ways that fit"},
	},
	rows: func(s *scoring.Scores, t tongue) ([][]string, any, error) {
		table := make([][]string, len(s.Exit))
		for i := range s.Exit {
			at := s.Exit[i].Parcel
			v := s.ExitVerdict(at)
			table[i] = []string{
				strconv.Itoa(i + 1), s.Parcels[at].Code, t.parkOf(s, at), severityText(v.Severity), t.failedTests(&v), t.fittingPaths(&v),
			}
		}
		doc, err := resultsOf(s, "exit")
		return table, doc, err
	},
}

// severityText writes a severity with three decimals; one too small for them is no 0.
func severityText(severity float64) string {
	if severity > 0 && severity < 0.0005 {
		return "<0.001"
	}
	return strconv.FormatFloat(severity, 'f', 3, 64)
}

func (l tongue) failedTests(v *scoring.ExitVerdict) string {
	var parts []string
	for i := range v.Tests {
		if t := &v.Tests[i]; t.Failed {
			parts = append(parts, fmt.Sprintf("%s %s<%s %s", l.of(scoring.MetricTitle(t.Metric)), digits(t.Value), strconv.FormatFloat(t.Threshold, 'f', -1, 64), t.Unit))
		}
	}
	return strings.Join(parts, l.say("；", "; "))
}

func (l tongue) fittingPaths(v *scoring.ExitVerdict) string {
	var parts []string
	for i := range v.Paths {
		if v.Paths[i].Fits {
			parts = append(parts, l.of(v.Paths[i].Title))
		}
	}
	return strings.Join(parts, l.say("、", ", "))
}

func (p *program) whyExitCommand(f *scoreFlags) *cobra.Command {
	return &cobra.Command{
		Use:     "why-exit CODE",
		Short:   "Say why a parcel is or is not a suspected exit candidate, how far it is from the list, and which ways the law leaves",
		Example: "  muchan score why-exit 350502001001GB00012",
		Args:    cobra.ExactArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return p.whyExit(c.Context(), f, args[0]) },
	}
}

func (p *program) whyExit(ctx context.Context, f *scoreFlags, code string) error {
	scores, err := p.scoresFor(ctx, f)
	if err != nil {
		return err
	}
	at, ok := scores.Snapshot().ParcelIndex(code)
	if !ok {
		return fmt.Errorf("no parcel %s on %s; `muchan score` lists them", code, scores.AsOf)
	}
	v := scores.ExitVerdict(at)
	if f.json {
		return printJSON(p.stdout, v)
	}
	return p.printVerdict(code, f.parkOf(scores, at), &v, f.tongue)
}

var testColumns = []scoring.Text{
	{Zh: "检验", En: "Test"},
	{Zh: "值", En: "Value"},
	{Zh: "阈值", En: "Threshold"},
	{Zh: "单位", En: "Unit"},
	{Zh: "结果", En: "Result"},
	{Zh: "依据", En: "Ground"},
}

func (p *program) printVerdict(code, park string, v *scoring.ExitVerdict, l tongue) error {
	fmt.Fprintf(p.stdout, "%s %s%s%s\n", code, park, l.say("：", ": "), l.verdictLine(v))
	rows := make([][]string, len(v.Tests))
	for i := range v.Tests {
		t := &v.Tests[i]
		rows[i] = []string{
			l.of(scoring.MetricTitle(t.Metric)), digits(t.Value), strconv.FormatFloat(t.Threshold, 'f', -1, 64), t.Unit, l.outcomeOf(t),
			t.Rule.Document + " " + t.Clause + " " + l.say(t.Note, t.NoteEn),
		}
	}
	if err := printTable(p.stdout, l.header(testColumns), rows); err != nil {
		return err
	}
	for i := range v.Paths {
		w := &v.Paths[i]
		fits := l.say("不可", "does not fit")
		if w.Fits {
			fits = l.say("可行", "fits")
		}
		fmt.Fprintf(p.stdout, l.say("%s %s：%s（%s %s）\n", "%s: %s: %s (%s %s)\n"), fits, l.of(w.Title), l.of(w.Reason), w.Document, w.Clause)
	}
	return nil
}

// outcomeOf says how a test came out; one without a value was not applied.
func (l tongue) outcomeOf(t *scoring.Test) string {
	switch {
	case t.Failed:
		return l.say("未达标", "failed")
	case t.Value.OK():
		return l.say("达标", "passed")
	}
	return l.say("未适用", "not applied")
}

// verdictLine says in one sentence how a parcel stands.
func (l tongue) verdictLine(v *scoring.ExitVerdict) string {
	switch {
	case v.Rule == nil:
		return l.say("无适用规则", "no rule set applies")
	case v.Untested != (scoring.Text{}):
		return l.of(v.Untested)
	case v.Candidate:
		return fmt.Sprintf(l.say("疑似退出候选，%d 组检验未达标（须 %d 组），紧迫度 %s", "a suspected exit candidate: %d groups of tests failed (%d suffice), severity %s"), len(v.GroupsFailed), v.GroupsNeeded, severityText(v.Severity))
	case v.Excused != (scoring.Text{}):
		return fmt.Sprintf(l.say("不列入：%s（%d 组检验未达标）", "not on the list: %s (%d groups of tests failed)"), l.of(v.Excused), len(v.GroupsFailed))
	}
	return fmt.Sprintf(l.say("不列入：%d 组检验未达标，须 %d 组", "not on the list: %d groups of tests failed, %d would have to"), len(v.GroupsFailed), v.GroupsNeeded)
}
