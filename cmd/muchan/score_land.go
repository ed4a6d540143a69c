package main

import (
	"fmt"
	"strconv"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/potential"
)

// gainRow is what one parcel could gain, as JSON. Areas are m².
type gainRow struct {
	Code            string               `json:"code"`
	Park            string               `json:"park"`
	Group           potential.Group      `json:"group"`
	FAR             parcels.Opt[float64] `json:"far"`
	LimitFAR        parcels.Opt[float64] `json:"limit_far"`
	Binding         string               `json:"binding"`
	Open            bool                 `json:"open_upward"`
	FloorGainM2     parcels.Opt[float64] `json:"floor_gain_m2"`
	FootprintGainM2 parcels.Opt[float64] `json:"footprint_gain_m2"`
	Worth           potential.Worth      `json:"worth"`
	Missing         scoring.Text         `json:"missing"` // why there is no floor gain
}

var potentialList = scoreList{
	name: "potential", short: "What each parcel could gain in floor area and footprint, which limit binds, and what that is worth",
	header: []string{"宗地代码", "园区", "类别", "容积率", "上限", "上限依据", "可增建筑 m²", "可增基底 m²", "折产值 万元", "折税收 万元", "说明"},
	rows: func(s *scoring.Scores) ([][]string, any, error) {
		all := potential.Of(s)
		list := all.List("", "floor")
		table, doc := make([][]string, len(list)), make([]gainRow, len(list))
		for i, at := range list {
			g := &all.Parcels[at]
			code := s.Parcels[at].Code
			doc[i] = gainRow{
				code, s.Snapshot().Parcels[at].Park, g.Group, g.FAR, g.LimitFAR, g.Binding, g.Open, g.FloorGainM2, g.FootprintGainM2, g.Worth,
				potential.Reason(g.FloorMissing),
			}
			limit := number(g.LimitFAR, 1)
			if g.Open {
				limit += " 以上"
			}
			table[i] = []string{
				code, parcelLabel(s, at), g.Group.Title().Zh, number(g.FAR, 1), limit, potential.LimitTitle(g.Binding).Zh, number(g.FloorGainM2, 1),
				number(g.FootprintGainM2, 1), wanText(g.Worth.OutputByLand), wanText(g.Worth.TaxByLand), potential.Reason(g.FloorMissing).Zh,
			}
		}
		return table, doc, nil
	},
	notes: potentialSums,
}

// potentialSums adds up each park by group.
func potentialSums(s *scoring.Scores) []string {
	all := potential.Of(s)
	var lines []string
	for k := range all.Parks {
		for _, sum := range all.Parks[k].Sums {
			lines = append(lines, fmt.Sprintf("%s %s：%d 宗，可增建筑 %.0f m²（%d 宗缺数据），可增基底 %.0f m²", parkName(s.Snapshot(), all.Parks[k].Code),
				sum.Group.Title().Zh, sum.Parcels, sum.FloorGainM2, sum.FloorMissing, sum.FootprintGainM2))
		}
	}
	return lines
}

func wanText(o parcels.Opt[parcels.Wan]) string {
	w, ok := o.Get()
	if !ok {
		return "—"
	}
	return w.String()
}

// findingRow is one suspicion about a parcel's land, as JSON.
type findingRow struct {
	Code   string               `json:"code"`
	Park   string               `json:"park"`
	Type   string               `json:"type"`
	Title  scoring.Text         `json:"title"`
	Since  parcels.Date         `json:"since"`
	Rule   scoring.RuleRef      `json:"rule"`
	Clause string               `json:"clause"`
	Why    scoring.Text         `json:"why"`
	Value  parcels.Opt[float64] `json:"value"`
	Limit  parcels.Opt[float64] `json:"limit"`
	Unit   string               `json:"unit"`
}

var findingList = scoreList{
	name: "land", short: "Suspicions about the land: idle, unbuilt, unfinished, unused, of low efficiency; each by its rule",
	header: []string{"宗地代码", "园区", "类型（均为疑似）", "自", "依据", "理由"},
	rows: func(s *scoring.Scores) ([][]string, any, error) {
		table, doc := [][]string{}, []findingRow{}
		for i := range s.Parcels {
			for k := range s.Parcels[i].Findings {
				f := &s.Parcels[i].Findings[k]
				code := s.Parcels[i].Code
				doc = append(doc, findingRow{code, s.Snapshot().Parcels[i].Park, f.Type, f.Title(), f.Since, f.Rule, f.Clause, f.Why, f.Value, f.Limit, f.Unit})
				table = append(table, []string{code, parcelLabel(s, i), f.Title().Zh, f.Since.String(), f.Rule.Document + " " + f.Clause, f.Why.Zh})
			}
		}
		return table, doc, nil
	},
}

var zoneList = scoreList{
	name: "zone", short: "Indicators of the land use of each park and of all: supply, built land, ratios, intensity, idle land",
	header: []string{"园区", "指标", "值", "单位", "万元/亩", "计入宗地", "缺数据", "说明"},
	rows: func(s *scoring.Scores) ([][]string, any, error) {
		var table [][]string
		var doc []scoring.ZoneIndicator
		parks := []string{""}
		for i := range s.Snapshot().Parks {
			parks = append(parks, s.Snapshot().Parks[i].Code)
		}
		for _, park := range parks {
			for _, z := range scoring.ZoneIndicators(s, park) {
				doc = append(doc, z)
				where, note := "全部", z.Formula.Zh
				if park != "" {
					where = parkName(s.Snapshot(), park)
				}
				if z.LowerBound {
					note += "；部分企业缺数据，为下限"
				}
				table = append(table, []string{
					where, z.Title.Zh, digits(z.Value), z.Unit, number(z.PerMu, 1), strconv.Itoa(z.Counted), strconv.Itoa(z.Lacking), note,
				})
			}
		}
		return table, doc, nil
	},
}
