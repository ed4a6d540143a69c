package main

import (
	"fmt"
	"strings"

	"muchan/api"
	"muchan/parcels"
	"muchan/scoring"
)

// firmRow is one firm's evaluation as JSON, as the API tells it.
type firmRow struct {
	api.Rating
	LandMu parcels.Opt[float64] `json:"land_mu"`
}

var firmList = scoreList{
	name: "firms", short: "The evaluation of every firm: cohort, points, rank, class, and what was done to it and why",
	header: []scoring.Text{
		{Zh: "统一社会信用代码", En: "Credit code"}, {Zh: "企业", En: "Firm"}, {Zh: "评价组", En: "Cohort"}, {Zh: "行业组", En: "Group"},
		{Zh: "用地 亩", En: "Land mu"}, {Zh: "得分", En: "Points"}, {Zh: "名次", En: "Rank"}, {Zh: "等级", En: "Class"}, {Zh: "说明", En: "Steps"},
	},
	rows: func(s *scoring.Scores, l tongue) ([][]string, any, error) {
		table, doc := make([][]string, len(s.Firms)), make([]firmRow, len(s.Firms))
		for i := range s.Firms {
			f := &s.Firms[i]
			doc[i] = firmRow{api.RatingOf(s, i), f.LandMu}
			table[i] = l.firmCells(f, &doc[i].Rating)
		}
		return table, doc, nil
	},
}

func (l tongue) firmCells(f *scoring.FirmScore, r *api.Rating) []string {
	rank := "—"
	if f.Rank > 0 {
		rank = fmt.Sprintf("%d/%d", f.Rank, f.Of)
	}
	steps := make([]string, len(r.Steps))
	for i, step := range r.Steps {
		steps[i] = l.say(step.Text, step.TextEn)
	}
	return []string{
		f.USCC, r.Name, l.say(r.CohortTitle, r.CohortTitleEn), l.say(r.GroupTitle, r.GroupTitleEn), number(f.LandMu, 1), number(f.Points, 1), rank,
		string(f.Class), strings.Join(steps, l.say("；", "; ")),
	}
}
