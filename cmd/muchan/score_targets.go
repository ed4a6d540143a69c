package main

import (
	"math"
	"strconv"
	"strings"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/targets"
)

// targetRow is one target held against the year, as JSON.
type targetRow struct {
	ID            string               `json:"id"`
	Name          string               `json:"name"`
	NameEn        string               `json:"name_en"`
	Unit          string               `json:"unit"`
	BaseYear      int                  `json:"base_year"`
	Base          parcels.Opt[float64] `json:"base"`
	TargetYear    int                  `json:"target_year"`
	Target        parcels.Opt[float64] `json:"target"`
	Year          int                  `json:"year"`
	Actual        parcels.Opt[float64] `json:"actual"`
	Why           scoring.Text         `json:"why"`           // the actual value is missing
	ActualSource  string               `json:"actual_source"` // of a reported value; "" for a sum over the firms on file
	Progress      parcels.Opt[float64] `json:"progress"`
	Elapsed       parcels.Opt[float64] `json:"elapsed"`
	FromBasePct   parcels.Opt[float64] `json:"required_from_base_pct"`
	FromActualPct parcels.Opt[float64] `json:"required_from_actual_pct"`
	Met           parcels.Opt[bool]    `json:"met"`
	Source        string               `json:"source"`
	Note          string               `json:"note"`
}

var targetList = scoreList{
	name: "targets", short: "The plan's targets held against the year: progress, required growth, what cannot be computed and why",
	header: []scoring.Text{
		{Zh: "指标", En: "Target"},
		{Zh: "单位", En: "Unit"},
		{Zh: "基期", En: "Base"},
		{Zh: "目标", En: "Planned"},
		{Zh: "实际", En: "Actual"},
		{Zh: "进度 %", En: "Progress %"},
		{Zh: "时间 %", En: "Time %"},
		{Zh: "所需年增 %", En: "Growth needed % a year"},
		{Zh: "说明", En: "Note"},
	},
	rows: func(s *scoring.Scores, l tongue) ([][]string, any, error) {
		report := targets.Make(targets.Exact(s))
		table, doc := make([][]string, len(report.Rows)), make([]targetRow, len(report.Rows))
		for i := range report.Rows {
			r := &report.Rows[i]
			t := r.Target
			doc[i] = targetRow{
				ID: t.ID, Name: t.Name, NameEn: t.NameEn, Unit: t.Unit, BaseYear: t.BaseYear, Base: t.Base, TargetYear: t.TargetYear, Target: t.Target,
				Year: r.Year, Actual: r.Actual.Value, Why: r.Actual.Why, ActualSource: r.Actual.Source, Progress: r.Progress, Elapsed: r.Elapsed, FromBasePct: r.FromBasePct,
				FromActualPct: r.FromActualPct, Met: r.Met, Source: t.Source, Note: t.Note,
			}
			why, name := l.of(r.Actual.Why), t.Name
			if r.Actual.Source != "" {
				why = l.say("填报：", "reported: ") + r.Actual.Source
			}
			if r.Consistency != nil && !r.Consistency.Agrees {
				why += l.say("；目标与其自身增速不符，按增速为 ", "; the target disagrees with its own growth, by which it would be ") + strconv.FormatFloat(r.Consistency.Implied, 'f', 2, 64)
			}
			if l.english && t.NameEn != "" {
				name = t.NameEn
			}
			table[i] = []string{
				name, t.Unit, digits(t.Base), digits(t.Target), digits(r.Actual.Value), number(r.Progress, 100), number(r.Elapsed, 100),
				number(r.FromActualPct, 1), why,
			}
		}
		return table, doc, nil
	},
	notes: contradictionLines,
}

// contradictionLines lists where the plan does not agree with itself, each with its figures and where they stand.
func contradictionLines(s *scoring.Scores, l tongue) []string {
	lines := []string{l.say("规划自身的矛盾（按原文列示，未作更正）：", "Contradictions of the plan, as printed and not corrected:")}
	for _, c := range targets.Make(targets.Exact(s)).Contradictions {
		lines = append(lines, "  "+strings.Trim(l.of(c.Title)+l.say("：", ": ")+l.of(c.Note), "：: "))
		for _, f := range c.Figures {
			lines = append(lines, "    "+l.of(f.Label)+" "+digits(parcels.Some(f.Value))+" "+f.Unit+"（"+f.Source+"）")
		}
	}
	return lines
}

// digits prints a value with the digits it has, at most four after the point.
func digits(o parcels.Opt[float64]) string {
	v, ok := o.Get()
	if !ok {
		return "—"
	}
	return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64)
}
