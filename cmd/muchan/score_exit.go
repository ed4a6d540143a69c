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
	header: []string{"序", "宗地代码", "园区", "紧迫度", "未达标检验", "可行途径"},
	rows: func(s *scoring.Scores) ([][]string, any, error) {
		table := make([][]string, len(s.Exit))
		for i := range s.Exit {
			at := s.Exit[i].Parcel
			v := s.ExitVerdict(at)
			table[i] = []string{
				strconv.Itoa(i + 1), s.Parcels[at].Code, parcelLabel(s, at), strconv.FormatFloat(v.Severity, 'f', 3, 64), failedTests(&v), fittingPaths(&v),
			}
		}
		doc, err := resultsOf(s, "exit")
		return table, doc, err
	},
}

func failedTests(v *scoring.ExitVerdict) string {
	var parts []string
	for i := range v.Tests {
		if t := &v.Tests[i]; t.Failed {
			parts = append(parts, fmt.Sprintf("%s %s<%s %s", scoring.MetricTitle(t.Metric).Zh, digits(t.Value), strconv.FormatFloat(t.Threshold, 'f', -1, 64), t.Unit))
		}
	}
	return strings.Join(parts, "；")
}

func fittingPaths(v *scoring.ExitVerdict) string {
	var parts []string
	for i := range v.Paths {
		if v.Paths[i].Fits {
			parts = append(parts, v.Paths[i].Title.Zh)
		}
	}
	return strings.Join(parts, "、")
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
	fmt.Fprintf(p.stdout, "%s %s：%s\n", code, parcelLabel(scores, at), verdictLine(&v))
	rows := make([][]string, len(v.Tests))
	for i := range v.Tests {
		t := &v.Tests[i]
		rows[i] = []string{
			scoring.MetricTitle(t.Metric).Zh, digits(t.Value), strconv.FormatFloat(t.Threshold, 'f', -1, 64), t.Unit, outcomeOf(t),
			t.Rule.Document + " " + t.Clause + " " + t.Note,
		}
	}
	if err := printTable(p.stdout, []string{"检验", "值", "阈值", "单位", "结果", "依据"}, rows); err != nil {
		return err
	}
	for i := range v.Paths {
		w := &v.Paths[i]
		fmt.Fprintf(p.stdout, "%s %s：%s（%s %s）\n", map[bool]string{true: "可行", false: "不可"}[w.Fits], w.Title.Zh, w.Reason.Zh, w.Document, w.Clause)
	}
	return nil
}

// outcomeOf says how a test came out; one without a value was not applied.
func outcomeOf(t *scoring.Test) string {
	switch {
	case t.Failed:
		return "未达标"
	case t.Value.OK():
		return "达标"
	}
	return "未适用"
}

// verdictLine says in one sentence how a parcel stands.
func verdictLine(v *scoring.ExitVerdict) string {
	switch {
	case v.Rule == nil:
		return "无适用规则"
	case v.Untested != (scoring.Text{}):
		return v.Untested.Zh
	case v.Candidate:
		return fmt.Sprintf("疑似退出候选，%d 组检验未达标（须 %d 组），紧迫度 %.3f", len(v.GroupsFailed), v.GroupsNeeded, v.Severity)
	case v.Excused != (scoring.Text{}):
		return fmt.Sprintf("不列入：%s（%d 组检验未达标）", v.Excused.Zh, len(v.GroupsFailed))
	}
	return fmt.Sprintf("不列入：%d 组检验未达标，须 %d 组", len(v.GroupsFailed), v.GroupsNeeded)
}
