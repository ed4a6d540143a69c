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
	scores, l := in.Scores, in.tongue()
	p := scores.Snapshot().Parcels.At(at)
	a := &analystPart{contract: append(l.contractFacts(&p.Contract), l.feeFacts(scores.Parcels[at].Idle)...), exit: l.exitPartOf(scores, at), cases: l.casesOf(in.Cases, p)}
	for _, share := range scores.Parcels[at].Firms {
		a.firms = append(a.firms, l.firmRow(scores, share))
		a.ratings = append(a.ratings, l.ratingOf(scores, share.Firm))
	}
	return a
}

func (l tongue) contractFacts(c *parcels.Contract) []fact {
	return []fact{
		{l.say("合同编号"), c.Number},
		{l.say("出让价款"), moneyText(c.PriceWan)},
		{l.say("约定固定资产投资"), moneyText(c.AgreedFAIWan)},
		{l.say("累计固定资产投资"), moneyText(c.FAIWan)},
		{l.say("建设总投资(不含地价)"), moneyText(c.TotalBuildWan)},
		{l.say("已投建设资金(不含地价)"), moneyText(c.InvestedBuildWan)},
		{l.say("应动工开发面积"), l.withUnit(c.ToDevelopM2, "m²")},
		{l.say("已动工开发面积"), l.withUnit(c.DevelopedM2, "m²")},
		{l.say("容积率下限"), realText(c.MinFAR, 2)},
		{l.say("容积率上限"), realText(c.MaxFAR, 2)},
		{l.say("约定总建筑面积"), l.withUnit(c.AgreedFloorM2, "m²")},
		{l.say("约定亩均产值"), l.withUnit(c.AgreedOutputWanMu, "万元/亩")},
		{l.say("约定亩均税收"), l.withUnit(c.AgreedTaxWanMu, "万元/亩")},
		{l.say("停工起始日期"), dayText(c.SuspendedOn)},
		{l.say("政府原因"), l.truth(c.GovernmentCause)},
	}
}

// feeFacts is the fee of suspected idle land, a share of the land price.
func (l tongue) feeFacts(idle *scoring.Idle) []fact {
	if fee := moneyText(idle.FeeWan); fee != "" {
		return []fact{{l.say("疑似闲置的闲置费"), fee}}
	}
	return nil
}

func (l tongue) withUnit(o parcels.Opt[float64], unit string) string {
	if !o.OK() {
		return ""
	}
	return realText(o, 2) + " " + l.unit(unit)
}

func (l tongue) firmRow(scores *scoring.Scores, share scoring.Share) []string {
	f, s := &scores.Snapshot().Firms[share.Firm], &scores.Firms[share.Firm]
	rank := ""
	if s.Rank > 0 {
		rank = fmt.Sprintf("%d / %d", s.Rank, s.Of)
	}
	return []string{
		f.Name, f.USCC, f.Industry, l.of(scoring.Word("tenure", share.Tenure())), decimal(100*share.Weight, 1) + " %", decimal(share.LandMu, 2),
		moneyText(s.TaxWan), l.class(s.Class), realText(s.Points, 2), rank,
	}
}

func (l tongue) ratingOf(scores *scoring.Scores, firm int) rating {
	f, s := &scores.Snapshot().Firms[firm], &scores.Firms[firm]
	r := rating{firm: f.Name + l.say("　") + l.joined("，", l.of(scores.CohortText(firm)), l.class(s.Class))}
	for _, in := range s.Indicators {
		title, titleEn, unit := scores.IndicatorTitle(firm, in.ID)
		value := realText(in.Value, 4)
		if in.Filled {
			value = l.joined(" ", value, l.say("（缺，按规则补）"))
		}
		r.items = append(r.items, []string{in.ID + " " + l.pick(title, titleEn), l.blankUnit(unit), value, decimal(in.Base, 4), decimal(in.Weight, 0), decimal(in.Points, 2)})
	}
	if points := realText(s.Points, 2); points != "" {
		r.items = append(r.items, []string{l.say("总分"), " ", " ", " ", " ", points})
	}
	for k := range s.Steps {
		r.steps = append(r.steps, l.of(scores.StepText(firm, k)))
	}
	return r
}

// exitPartOf is nil where no exit rules apply.
func (l tongue) exitPartOf(scores *scoring.Scores, at int) *exitPart {
	v := scores.ExitVerdict(at)
	if v.Rule == nil {
		return nil
	}
	part := &exitPart{verdict: l.verdict(&v)}
	for i := range v.Tests {
		part.tests = append(part.tests, l.testRow(&v.Tests[i]))
	}
	for _, p := range v.Paths {
		fits := l.say("不适用")
		if p.Fits {
			fits = l.say("可考虑")
		}
		part.paths = append(part.paths, []string{l.of(p.Title), fits, l.of(p.Reason), l.joined("；", p.Document, p.Clause, l.of(p.Note))})
	}
	return part
}

func (l tongue) verdict(v *scoring.ExitVerdict) string {
	switch {
	case v.Candidate:
		return l.sayf("疑似退出候选：%d 项检验未达标，紧迫度 %s。", v.Failed, someDecimal(v.Severity, 2))
	case v.Untested.Zh != "":
		return l.sayf("未作检验：%s。", l.of(v.Untested))
	case v.Excused.Zh != "":
		return l.sayf("%d 项检验未达标，但不列为候选：%s。", v.Failed, l.of(v.Excused))
	}
	return l.sayf("未列为疑似退出候选：%d 项检验未达标，不足以列入。", v.Failed)
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

func (l tongue) testRow(t *scoring.Test) []string {
	value, threshold := compared(t)
	result := l.say("达标")
	switch {
	case t.Failed:
		result = l.say("未达标")
	case !t.Value.OK():
		result = l.say("未检验")
	}
	return []string{
		l.of(scoring.MetricTitle(t.Metric)), l.blankUnit(t.Unit), value, threshold, result,
		l.joined("；", l.joined(" ", t.Rule.Document, t.Clause), l.pick(t.Note, t.NoteEn)),
	}
}

// blankUnit leaves the cell of a number without unit empty: a dash would say that something is missing.
func (l tongue) blankUnit(unit string) string {
	if unit == "" {
		return " "
	}
	return l.unit(unit)
}

// casesOf are the cases of a parcel and of those it was split or merged from.
func (l tongue) casesOf(list []parcels.Matter, p *parcels.Parcel) []caseRecord {
	var cases []caseRecord
	for i := range list {
		m := &list[i]
		if m.Subject != p.Code && !slices.Contains(p.Parents, m.Subject) {
			continue
		}
		c := caseRecord{title: l.joined("　", m.ID, l.say(caseTitles[m.Kind]), l.pick(parcels.StateTitles[m.State], parcels.StateTitlesEn[m.State]))}
		for k := range m.Acts {
			a := &m.Acts[k]
			c.acts = append(c.acts, []string{
				fmt.Sprint(a.Seq), l.pick(parcels.ActTitles[a.Act], parcels.ActTitlesEn[a.Act]), dayText(a.On), dayText(a.Until), a.Who, l.joined("；", a.Note, l.path(a.Path), a.Document),
			})
		}
		cases = append(cases, c)
	}
	return cases
}

var caseTitles = map[string]string{parcels.MatterExit: "退出处置", parcels.MatterIdle: "闲置处置"}

func (l tongue) path(path string) string {
	if path == "" {
		return ""
	}
	return l.sayf("处置路径 %s", path)
}
