package admission

import (
	"slices"

	"muchan/scoring"
)

// planning tests the floor-area ratio against the contract of the land. raise is the set under which a ratio above the contract's might
// be applied for, nil where the project asks for none or there is none.
func (w *where) planning(f *scoring.ControlFacts) (tests []scoring.Judged, raise *scoring.RuleSet) {
	title, _ := scoring.IndicatorName("far")
	least := scoring.Judged{Indicator: "far", Title: scoring.Text{Zh: title.Zh + "下限", En: title.En + ", least"}}
	most := scoring.Judged{Indicator: "far", Title: scoring.Text{Zh: title.Zh + "上限", En: title.En + ", greatest"}, AtMost: true}
	c := w.contract()
	if c == nil {
		least.AddNote(scoring.Text{Zh: "未指明宗地，规划条件不明", En: "no parcel is named, so its planning conditions are not known"})
		most.AddNote(least.Note)
	} else {
		least.Limit, most.Limit = c.MinFAR, c.MaxFAR
		least.Clause, most.Clause = "国有建设用地使用权出让合同：容积率下限", "国有建设用地使用权出让合同：容积率上限"
	}
	for _, j := range []*scoring.Judged{&least, &most} {
		j.Value, j.Inputs = f.FAR, f.Inputs["far"]
		j.AddNote(f.Notes["far"])
		switch {
		case !j.Value.OK():
			j.AddNote(scoring.Text{Zh: "缺少数据", En: "the value is missing"})
		case c != nil && !j.Limit.OK():
			j.AddNote(scoring.Text{Zh: "合同未约定", En: "the contract names none"})
		}
		j.Decide(f.LowerBound["far"])
	}
	if most.Outcome == scoring.Failed {
		raise = w.raise(&most)
	}
	return []scoring.Judged{least, most}, raise
}

// raise leaves a ratio above the contract's open where a document on stock industrial land speaks of the parcel. Its bands sort land
// by what the present users yield, which says nothing of a new project: it neither passes nor fails by them.
func (w *where) raise(most *scoring.Judged) *scoring.RuleSet {
	set := w.scores.RuleSet(scoring.KindStock, w.land)
	raises := func(b scoring.StockBand) bool { return b.MaxFAR > 0 }
	if set == nil || !w.scores.StockApplies(w.land) || !slices.ContainsFunc(set.Stock.Bands, raises) {
		return nil
	}
	most.Outcome = scoring.Unknown
	most.AddNote(scoring.Text{
		Zh: "超出合同上限：须先按" + set.Document + "申请提容，经批准并变更合同后方可；该文件按现有使用者的效益分档，不能据以认定新项目",
		En: "above the contract: possible only after an increase is granted under " + set.Document +
			" and the contract is changed; its bands rest on what the present users yield and settle nothing for a new project",
	})
	return set
}
