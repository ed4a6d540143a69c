package scoring

import "muchan/parcels"

// ExplainFirm says where the class, the rated land and each indicator of a firm come from; f is a position in Firms. The class comes
// first: cohort, group, indicators, points, rank and every step. nil when there is no such firm or the scores were not made by Run.
func (s *Scores) ExplainFirm(f int) []Explanation {
	if s.run == nil || f < 0 || f >= len(s.Firms) {
		return nil
	}
	x := &explainer{run: s.run}
	out := []Explanation{x.firmClass(f), x.firmLand(f)}
	for k := range s.Firms[f].Indicators {
		out = append(out, x.firmIndicator(f, k))
	}
	return out
}

func (x *explainer) firmClass(f int) Explanation {
	fs := &x.run.out.Firms[f]
	class := wordOf("class", string(fs.Class))
	e := Explanation{
		ID: "class", Title: "等级", TitleEn: "Class", Text: class.Zh, TextEn: class.En, Value: fs.Points,
		Formula: classFormula.Zh, FormulaEn: classFormula.En,
	}
	x.classOf(&e, f).list()
	return e
}

// firmLand lists the parcels that a firm's rated land is made of.
func (x *explainer) firmLand(f int) Explanation {
	fs, firm := &x.run.out.Firms[f], &x.run.snap.Firms[f]
	e := Explanation{
		ID: "land_mu", Title: "评价用地", TitleEn: "Rated land", Unit: "亩", Value: fs.LandMu,
		Formula:   "Σ 宗地用地 × 占用建筑面积份额 × 占用天数份额 ÷ 在园天数份额；方案规定的建设期内用地、未交付及公共用地除外",
		FormulaEn: "Σ land of a parcel × share of its floor area × share of the days, over the share of days in the park; without land inside its building period, not delivered or public, where the set says so",
	}
	x.classOf(&e, f)
	for _, h := range x.run.ledger.of(f) {
		s := &x.run.ledger.stakes[h.stake]
		if s.parcel < 0 {
			e.note("部分占用的宗地不在库，未计入", "some of what it occupied lies on no parcel on file and is left out")
			continue
		}
		e.Inputs = append(e.Inputs, x.stakeOperand(s, firm))
	}
	return e
}

func (x *explainer) stakeOperand(s *stake, firm *parcels.Firm) Operand {
	parcel, without := x.run.snap.Parcels.At(int(s.parcel)), x.run.ratedBy[s.firm].exclusions()
	landM2, leftOut := x.run.sites[s.parcel].landM2, x.run.sites[s.parcel].leftOutM2(without)
	tenure := wordOf("tenure", map[bool]string{true: "own", false: "lease"}[s.own])
	if leftOut > 0 {
		mu := textOf(muOf(leftOut), "亩")
		tenure = tenure.between("，", ", ", Text{"已扣除未交付或公共用地 " + mu + " 亩", "less " + mu + " mu not delivered or public"})
	}
	if without.buildingPeriod && inBuildingPeriod(&parcel.Contract, x.run.lastDay()) {
		tenure = tenure.between("，", ", ", Text{"建设期内，不计", "inside its building period, left out"})
	}
	return Operand{
		Name: parcel.Code + "（" + tenure.Zh + "）", NameEn: parcel.Code + " (" + tenure.En + ")", Value: textOf(muOf(s.land*(landM2-leftOut)), "亩"), Unit: "亩",
		Source: "occupancies " + parcel.Code + " " + firm.USCC, Firm: firm.USCC,
	}
}

func (x *explainer) firmIndicator(f, k int) Explanation {
	item := &x.run.out.Firms[f].Indicators[k]
	var e Explanation
	c := x.classOf(&e, f)
	e.Title, e.TitleEn, e.Unit = c.t.set.IndicatorTitle(item.ID)
	e.ID, e.Value = item.ID, item.Value
	e.Formula, e.FormulaEn = "得分 = min(max(指标 ÷ 基准, 下限), 上限) × 权重", "points = min(max(value ÷ base, floor), cap) × weight"
	c.item(k)
	return e
}
