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
	header: []scoring.Text{
		{Zh: "宗地代码", En: "Parcel"},
		{Zh: "园区", En: "Park"},
		{Zh: "类别", En: "Group"},
		{Zh: "容积率", En: "FAR"},
		{Zh: "上限", En: "Limit"},
		{Zh: "上限依据", En: "Set by"},
		{Zh: "可增建筑 m²", En: "Floor gain m²"},
		{Zh: "可增基底 m²", En: "Footprint gain m²"},
		{Zh: "折产值 万元", En: "As output 万元"},
		{Zh: "折税收 万元", En: "As tax 万元"},
		{Zh: "说明", En: "Note"},
	},
	rows: func(s *scoring.Scores, l tongue) ([][]string, any, error) {
		all := potential.Of(s)
		list := all.List("", "floor")
		table, doc := make([][]string, len(list)), make([]gainRow, len(list))
		for i, at := range list {
			g := &all.Parcels[at]
			code := s.Parcels[at].Code
			doc[i] = gainRow{
				code, s.Snapshot().Parcels.At(at).Park, g.Group, g.FAR, g.LimitFAR, g.Binding, g.Open, g.FloorGainM2, g.FootprintGainM2, g.Worth,
				potential.Reason(g.FloorMissing),
			}
			limit := number(g.LimitFAR, 1)
			if g.Open {
				limit += l.say(" 以上", " or more")
			}
			table[i] = []string{
				code, l.parkOf(s, at), l.of(g.Group.Title()), number(g.FAR, 1), limit, l.of(potential.LimitTitle(g.Binding)), number(g.FloorGainM2, 1),
				number(g.FootprintGainM2, 1), wanText(g.Worth.OutputByLand), wanText(g.Worth.TaxByLand), l.of(potential.Reason(g.FloorMissing)),
			}
		}
		return table, doc, nil
	},
	notes: potentialSums,
}

// potentialSums adds up each park by group.
func potentialSums(s *scoring.Scores, l tongue) []string {
	all := potential.Of(s)
	var lines []string
	for k := range all.Parks {
		for _, sum := range all.Parks[k].Sums {
			lines = append(lines, fmt.Sprintf(
				l.say("%s %s：%d 宗，可增建筑 %.0f m²（%d 宗缺数据），可增基底 %.0f m²", "%s %s: %d parcels, floor gain %.0f m² (%d without data), footprint gain %.0f m²"),
				l.park(s.Snapshot(), all.Parks[k].Code), l.of(sum.Group.Title()), sum.Parcels, sum.FloorGainM2, sum.FloorMissing, sum.FootprintGainM2))
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
	header: []scoring.Text{
		{Zh: "宗地代码", En: "Parcel"},
		{Zh: "园区", En: "Park"},
		{Zh: "类型（均为疑似）", En: "Type (suspected)"},
		{Zh: "自", En: "Since"},
		{Zh: "依据", En: "Ground"},
		{Zh: "理由", En: "Reason"},
	},
	rows: func(s *scoring.Scores, l tongue) ([][]string, any, error) {
		table, doc := [][]string{}, []findingRow{}
		for i := range s.Parcels {
			for k := range s.Parcels[i].Findings {
				f := &s.Parcels[i].Findings[k]
				code := s.Parcels[i].Code
				doc = append(doc, findingRow{code, s.Snapshot().Parcels.At(i).Park, f.Type, f.Title(), f.Since, *f.Rule, f.Clause, f.Why, f.Value, f.Limit, f.Unit})
				table = append(table, []string{code, l.parkOf(s, i), l.of(f.Title()), f.Since.String(), f.Rule.Document + " " + f.Clause, l.of(f.Why)})
			}
		}
		return table, doc, nil
	},
}

var zoneList = scoreList{
	name: "zone", short: "Indicators of the land use of each park and of all: supply, built land, ratios, intensity, idle land",
	header: []scoring.Text{
		{Zh: "园区", En: "Park"},
		{Zh: "指标", En: "Indicator"},
		{Zh: "值", En: "Value"},
		{Zh: "单位", En: "Unit"},
		{Zh: "万元/亩", En: "万元/mu"},
		{Zh: "计入宗地", En: "Counted"},
		{Zh: "缺数据", En: "Lacking"},
		{Zh: "说明", En: "Formula"},
	},
	rows: func(s *scoring.Scores, l tongue) ([][]string, any, error) {
		var table [][]string
		var doc []scoring.ZoneIndicator
		parks := []string{""}
		for i := range s.Snapshot().Parks {
			parks = append(parks, s.Snapshot().Parks[i].Code)
		}
		for _, park := range parks {
			for _, z := range scoring.ZoneIndicators(s, park) {
				doc = append(doc, z)
				where, note := l.say("全部", "all"), l.of(z.Formula)
				if park != "" {
					where = l.park(s.Snapshot(), park)
				}
				if z.LowerBound {
					note += l.say("；部分企业缺数据，为下限", "; a lower bound: some firms lack the figure")
				}
				table = append(table, []string{
					where, l.of(z.Title), digits(z.Value), z.Unit, number(z.PerMu, 1), strconv.Itoa(z.Counted), strconv.Itoa(z.Lacking), note,
				})
			}
		}
		return table, doc, nil
	},
}
