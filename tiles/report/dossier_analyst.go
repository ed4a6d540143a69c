package report

import (
	"fmt"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// analystPart is what the zone's staff see beside: exact money, firms, tests and cases.
type analystPart struct {
	contract []fact
	firms    [][]string
	ratings  []rating
	exit     *exitPart
	cases    []caseRecord
}

// rating is a firm's evaluation, item by item.
type rating struct {
	firm  string
	items [][]string
	steps []string
}

// exitPart is what the exit tests say of a parcel.
type exitPart struct {
	verdict string
	tests   [][]string
	paths   [][]string
}

// caseRecord is a case with its acts.
type caseRecord struct {
	title string
	acts  [][]string
}

func analystPartOf(in *Input, at int) *analystPart {
	scores := in.Scores
	p := &scores.Snapshot().Parcels[at]
	a := &analystPart{contract: append(contractFacts(&p.Contract), feeFacts(scores.Parcels[at].Idle)...), exit: exitPartOf(scores, at), cases: casesOf(in.Cases, p)}
	for _, share := range scores.Parcels[at].Firms {
		a.firms = append(a.firms, firmRow(scores, share))
		a.ratings = append(a.ratings, ratingOf(scores, share.Firm))
	}
	return a
}

func contractFacts(c *parcels.Contract) []fact {
	return []fact{
		{"合同编号", c.Number},
		{"出让价款", moneyText(c.PriceWan)},
		{"约定固定资产投资", moneyText(c.AgreedFAIWan)},
		{"累计固定资产投资", moneyText(c.FAIWan)},
		{"建设总投资(不含地价)", moneyText(c.TotalBuildWan)},
		{"已投建设资金(不含地价)", moneyText(c.InvestedBuildWan)},
		{"应动工开发面积", withUnit(c.ToDevelopM2, "m²")},
		{"已动工开发面积", withUnit(c.DevelopedM2, "m²")},
		{"容积率下限", realText(c.MinFAR, 2)},
		{"容积率上限", realText(c.MaxFAR, 2)},
		{"约定总建筑面积", withUnit(c.AgreedFloorM2, "m²")},
		{"约定亩均产值", withUnit(c.AgreedOutputWanMu, "万元/亩")},
		{"约定亩均税收", withUnit(c.AgreedTaxWanMu, "万元/亩")},
		{"停工起始日期", dayText(c.SuspendedOn)},
		{"政府原因", truthText(c.GovernmentCause)},
	}
}

// feeFacts is the fee of suspected idle land, a share of the land price.
func feeFacts(idle *scoring.Idle) []fact {
	if fee := moneyText(idle.FeeWan); fee != "" {
		return []fact{{"疑似闲置的闲置费", fee}}
	}
	return nil
}

func withUnit(o parcels.Opt[float64], unit string) string {
	if !o.OK() {
		return ""
	}
	return realText(o, 2) + " " + unit
}

func firmRow(scores *scoring.Scores, share scoring.Share) []string {
	f, s := &scores.Snapshot().Firms[share.Firm], &scores.Firms[share.Firm]
	rank := ""
	if s.Rank > 0 {
		rank = fmt.Sprintf("%d / %d", s.Rank, s.Of)
	}
	return []string{
		f.Name, f.USCC, f.Industry, scoring.Word("tenure", share.Tenure).Zh, decimal(100*share.Weight, 1) + " %", decimal(share.LandMu, 2),
		moneyText(s.TaxWan), className(s.Class), realText(s.Points, 2), rank,
	}
}

func ratingOf(scores *scoring.Scores, firm int) rating {
	f, s := &scores.Snapshot().Firms[firm], &scores.Firms[firm]
	r := rating{firm: f.Name + "　" + joined("，", scores.CohortText(firm).Zh, className(s.Class))}
	for _, in := range s.Indicators {
		title, _, unit := scores.IndicatorTitle(firm, in.ID)
		value := realText(in.Value, 4)
		if in.Filled {
			value = joined(" ", value, "（缺，按规则补）")
		}
		r.items = append(r.items, []string{in.ID + " " + title, blankUnit(unit), value, decimal(in.Base, 4), decimal(in.Weight, 0), decimal(in.Points, 2)})
	}
	if points := realText(s.Points, 2); points != "" {
		r.items = append(r.items, []string{"总分", " ", " ", " ", " ", points})
	}
	for k := range s.Steps {
		r.steps = append(r.steps, scores.StepText(firm, k).Zh)
	}
	return r
}

// exitPartOf is nil where no exit rules apply.
func exitPartOf(scores *scoring.Scores, at int) *exitPart {
	v := scores.ExitVerdict(at)
	if v.Rule == nil {
		return nil
	}
	part := &exitPart{verdict: verdictText(&v)}
	for i := range v.Tests {
		part.tests = append(part.tests, testRow(&v.Tests[i]))
	}
	for _, p := range v.Paths {
		fits := "不适用"
		if p.Fits {
			fits = "可考虑"
		}
		part.paths = append(part.paths, []string{p.Title.Zh, fits, p.Reason.Zh, joined("；", p.Document, p.Clause, p.Note.Zh)})
	}
	return part
}

func verdictText(v *scoring.ExitVerdict) string {
	switch {
	case v.Candidate:
		return fmt.Sprintf("疑似退出候选：%d 项检验未达标，紧迫度 %s。", v.Failed, someDecimal(v.Severity, 2))
	case v.Untested.Zh != "":
		return "未作检验：" + v.Untested.Zh + "。"
	case v.Excused.Zh != "":
		return fmt.Sprintf("%d 项检验未达标，但不列为候选：%s。", v.Failed, v.Excused.Zh)
	}
	return fmt.Sprintf("未列为疑似退出候选：%d 项检验未达标，不足以列入。", v.Failed)
}

// compared writes a test's value and threshold with as many decimals as it takes to tell them apart.
func compared(t *scoring.Test) (value, threshold string) {
	const most = 6
	for places := 2; ; places++ {
		value, threshold = realText(t.Value, places), decimal(t.Threshold, places)
		if v, ok := t.Value.Get(); !ok || value != threshold || v == t.Threshold || places == most {
			return value, threshold
		}
	}
}

func testRow(t *scoring.Test) []string {
	value, threshold := compared(t)
	result := "达标"
	switch {
	case t.Failed:
		result = "未达标"
	case !t.Value.OK():
		result = "未检验"
	}
	return []string{
		scoring.MetricTitle(t.Metric).Zh, blankUnit(t.Unit), value, threshold, result,
		joined("；", joined(" ", t.Rule.Document, t.Clause), t.Note),
	}
}

// blankUnit leaves the cell of a number without unit empty: a dash would say that something is missing.
func blankUnit(unit string) string {
	if unit == "" {
		return " "
	}
	return unit
}

// casesOf are the cases of a parcel and of those it was split or merged from.
func casesOf(list []parcels.Matter, p *parcels.Parcel) []caseRecord {
	var cases []caseRecord
	for i := range list {
		m := &list[i]
		if m.Subject != p.Code && !slices.Contains(p.Parents, m.Subject) {
			continue
		}
		c := caseRecord{title: fmt.Sprintf("%s　%s　%s", m.ID, caseTitles[m.Kind], parcels.StateTitles[m.State])}
		for k := range m.Acts {
			a := &m.Acts[k]
			c.acts = append(c.acts, []string{
				fmt.Sprint(a.Seq), parcels.ActTitles[a.Act], dayText(a.On), dayText(a.Until), a.Who, joined("；", a.Note, pathText(a.Path), a.Document),
			})
		}
		cases = append(cases, c)
	}
	return cases
}

var caseTitles = map[string]string{parcels.MatterExit: "退出处置", parcels.MatterIdle: "闲置处置"}

func pathText(path string) string {
	if path == "" {
		return ""
	}
	return "处置路径 " + path
}
