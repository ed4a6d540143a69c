package scoring

import (
	"fmt"
	"strconv"

	"muchan/parcels"
)

func (x *explainer) flags() []Explanation {
	out := []Explanation{x.unassigned(), x.class(), x.idle(), x.plant(), x.exit()}
	if set, ref := x.ref(KindStock); set != nil {
		out = append(out, x.benefit(set, ref))
	}
	return append(out, x.findings()...)
}

func (x *explainer) unassigned() Explanation {
	return Explanation{
		ID: "unassigned_mu", Title: "未归属面积", TitleEn: "Unassigned land", Unit: "亩", Value: x.ps.UnassignedMu,
		Formula: "用地面积 − Σ各企业分摊面积；有业主时空置面积归业主", FormulaEn: "land − Σ land of the firms; vacant floor area stays with an owner",
		Inputs: append(x.shareOperands(), x.landOperand()),
	}
}

func (x *explainer) shareOperands() []Operand {
	var out []Operand
	for _, share := range x.ps.Firms {
		firm := &x.run.snap.Firms[share.Firm]
		tenure := wordOf("tenure", share.Tenure())
		out = append(out, Operand{
			Name: firm.Name + " 用地（" + tenure.Zh + "）", NameEn: firm.Name + " land (" + tenure.En + ")", Value: textOf(share.LandMu, "亩"), Unit: "亩",
			Source: "occupancies " + x.parcel.Code + " " + firm.USCC, Firm: firm.USCC,
		})
	}
	return out
}

func (x *explainer) idle() Explanation {
	e := Explanation{
		ID: "idle", Title: "疑似闲置土地", TitleEn: "Suspected idle land",
		Formula:   "约定动工日期满一年未动工；或已动工而开发面积不足三分之一或投资不足 25%，且停工满一年",
		FormulaEn: "not started a full year after the agreed start; or started with less than a third developed or less than 25 % invested, and standing still for a full year",
	}
	kind := wordOf("idle", x.ps.Idle.Type)
	e.Text, e.TextEn = kind.Zh, kind.En
	set, ref := x.ref(KindIdle)
	if set == nil {
		e.note("无适用规则", "no rule set applies")
		return e
	}
	c, facts := &x.parcel.Contract, idleFactsOf(set.Idle, &x.parcel.Contract, x.run.startOf(x.p, set.Idle), x.run.in.AsOf)
	e.Rule = ref
	e.Clause = set.Idle.UnstartedClause
	if facts.start.shown() {
		e.Clause = set.Idle.StalledClause
	}
	e.Inputs = []Operand{
		x.column("due_start_on", c.DueStartOn.String()), x.column("handed_over_on", c.HandedOverOn.String()), x.column("started_on", c.StartedOn.String()),
		x.column("suspended_on", c.SuspendedOn.String()), x.column("developed_m2", realText(c.DevelopedM2, "m²")), x.column("to_develop_m2", realText(c.ToDevelopM2, "m²")),
		x.column("invested_build_wan", wanText(c.InvestedBuildWan)), x.column("total_build_wan", wanText(c.TotalBuildWan)), x.column("price_wan", wanText(c.PriceWan)),
		{Name: "基准日", NameEn: "As-of date", Value: x.run.in.AsOf.String()},
		{Name: "起算日", NameEn: "Since", Value: x.ps.Idle.Since.String()},
	}
	e.Inputs = append(append(e.Inputs, x.startEvidence(facts.start)...), x.idleStages(set, ref)...)
	x.noteIdle(&e, set.Idle, facts)
	return e
}

func (x *explainer) noteIdle(e *Explanation, rules *IdleRules, facts idleFacts) {
	idle := x.ps.Idle
	if facts.derived {
		e.note("合同未约定动工日期，以交地日期加 %d 年计", "the contract has no agreed start; hand-over plus %d years stands in", rules.HandoverPlusYears)
	}
	x.noteStart(e, facts)
	switch idle.Stage {
	case StageWarning:
		e.note("距满期 %d 天", "%d days left", idle.DaysLeft)
	case StageFee:
		e.Inputs = append(e.Inputs, fee(e.Rule, rules, idle.FeeWan))
	case StageTakeBack:
		e.Inputs = append(e.Inputs, fee(e.Rule, rules, idle.FeeWan))
		e.note("满 %d 年时应缴的闲置费不因进入收回阶段而消灭，是否已缴未在库", "the fee that fell due after %d year(s) stays due; whether it was paid is not on file", rules.UnstartedYears)
		e.note("未动工满 %d 年，依令可进入无偿收回程序，须由主管部门认定", "not started for %d years: the order's take-back stage, to be determined by the authority", rules.TakeBackYears)
	}
	if idle.Government {
		e.note("政府原因或不可抗力，不征收闲置费（%s）", "government cause or force majeure, no fee (%s)", rules.GovernmentCauseClause)
	}
	if idle.FeeWan.OK() && rules.StatuteNote != "" {
		e.Note, e.NoteEn = join(e.Note, rules.StatuteNote), join(e.NoteEn, rules.StatuteNoteEn)
	}
	if idle.Of == IdleUnstarted && !x.parcel.Contract.GovernmentCause.OK() {
		e.note("未记录是否政府原因，暂按企业原因提示", "no cause is on file; shown as the holder's")
	}
	if idle.Type == IdleStalled {
		e.note("第二类按令“也可以认定”，不直接产生闲置费", "type 2 may be determined; it carries no fee by itself")
	}
	if idle.Type != "" {
		e.note("仅为疑似，认定由自然资源主管部门作出", "a suspicion only; the determination is an act of the land authority")
	}
}

// fee is what falls due once land has lain unstarted for the first period.
func fee(ref *RuleRef, rules *IdleRules, amount parcels.Opt[parcels.Wan]) Operand {
	share := textOf(rules.Fee.Float(), "")
	return Operand{
		Name: "闲置费 = 出让价款 × " + share, NameEn: "Fee = land price × " + share, Value: wanText(amount), Unit: "万元",
		Source: ref.Document + " " + rules.FeeClause,
	}
}

func (x *explainer) plant() Explanation {
	e := Explanation{
		ID: "idle_plant", Title: "疑似闲置厂房", TitleEn: "Suspected idle plant", Text: x.ps.Idle.PlantSince.String(), TextEn: x.ps.Idle.PlantSince.String(), Unit: "%", Value: percent(x.ps.VacantShare),
	}
	set, ref := x.ref(KindIdlePlant)
	if set == nil {
		e.note("无适用规则", "no rule set applies")
		return e
	}
	rules := set.IdlePlant
	e.Rule = ref
	share := textOf(rules.VacantShare.Float()*100, "%")
	e.Formula = fmt.Sprintf("空置建筑面积占比 ≥ %s%% 且持续 ≥ %d 个月", share, rules.Months)
	e.FormulaEn = fmt.Sprintf("vacant share of floor area at least %s %% for at least %d months", share, rules.Months)
	e.Inputs = append(x.buildings("空置建筑面积", "vacant floor area", "m²", "vacant_m2", func(b *parcels.Building) string { return realText(b.VacantM2, "m²") }),
		x.vacantSince()...)
	e.Inputs = append(e.Inputs, x.vacancyChecks()...)
	if x.ps.Idle.Plant {
		e.note("仅为疑似，须现场或用电、社保等信号核实", "a suspicion only; confirm on site or by electricity and payroll")
	}
	return e
}

// vacancyChecks lists the checks on site that found the plant empty.
func (x *explainer) vacancyChecks() []Operand {
	var out []Operand
	for _, i := range x.run.snap.EventsAt(x.p) {
		if ev := &x.run.snap.Events[i]; ev.Kind == "vacancy_check" {
			out = append(out, Operand{Name: "现场核查空置", NameEn: "Vacancy checked on site", Value: ev.On.String(), Source: "events " + ev.ID + " " + ev.Document})
		}
	}
	return out
}

// unusedInputs are what the signals of unused land rest on.
func (x *explainer) unusedInputs() []Operand {
	state := wordOf("state", x.parcel.State)
	register := x.column("state", state.Zh)
	register.ValueEn = state.En
	held := len(x.run.snap.OccupanciesAt(x.p))
	out := append(x.vacantSince(), register, Operand{
		Name: "库内占用（含已退出）条数", NameEn: "Occupancies on file, ended ones included", Value: strconv.Itoa(held), Source: "occupancies " + x.parcel.Code,
	})
	return append(out, x.vacancyChecks()...)
}

// vacantSince lists the buildings that stand empty in part, each with the day the rule counts from.
func (x *explainer) vacantSince() []Operand {
	var out []Operand
	for _, i := range x.run.snap.BuildingsOn(x.parcel.Code) {
		b := x.run.snap.Buildings.At(i)
		if !(b.VacantM2.Or(0) > 0) {
			continue
		}
		label, name, column := orElse(b.Name, b.ID), Text{"空置起始日期", "vacant since"}, "vacant_since"
		if !b.VacantSince.OK() {
			name, column = Text{"空置起始日期未填，自竣工日期起算", "vacant since: not on file, counted from completion"}, "completed_on"
		}
		out = append(out, Operand{
			Name: label + " " + name.Zh, NameEn: label + " " + name.En, Value: vacantSince(b).String(), Source: "buildings " + b.ID + " " + column,
		})
	}
	return out
}

func (x *explainer) benefit(set *RuleSet, ref *RuleRef) Explanation {
	rules := set.Stock
	metric, how, band := wordOf("metric", rules.Metric), wordOf("aggregate", rules.Aggregate), rules.title(x.ps.Band)
	e := Explanation{
		ID: "benefit_per_mu", Title: fmt.Sprintf("近 %d 年亩均经济效益", rules.Years), TitleEn: fmt.Sprintf("Benefit per mu over %d years", rules.Years),
		Unit: "万元/亩", Value: x.ps.BenefitPerMu, Text: band.Zh, TextEn: band.En, Rule: ref, Clause: rules.Clause,
		Formula:   metric.Zh + "，" + how.Zh + "；各年按现有用地面积",
		FormulaEn: metric.En + ", " + how.En + ", over today's land",
	}
	if why := x.run.stock[x.p].why(); why != nil {
		e.Note, e.NoteEn = "不适用："+why.Zh, "does not apply: "+why.En
		return e
	}
	missing := 0
	for k := range rules.Years {
		year := x.run.in.Year - k
		v := x.run.benefitIn(x.p, rules.money(), k)
		missing += truth(!v.OK())
		o := Operand{Name: fmt.Sprintf("%d 年", year), NameEn: fmt.Sprintf("Year %d", year), Value: realText(v, "万元/亩"), Unit: "万元/亩", Source: fmt.Sprintf("figures %d", year)}
		if x.run.past[k].partial(x.p, rules.money()) {
			o.Name, o.NameEn = annotate(o.Name, o.NameEn, Text{"部分企业缺数据，为下限", "some firms lack the figure: a lower bound"})
		}
		e.Inputs = append(e.Inputs, o)
	}
	e.Inputs = append(e.Inputs, x.landOperand())
	x.noteBenefit(&e, rules, missing)
	return e
}

func (x *explainer) noteBenefit(e *Explanation, rules *StockRules, missing int) {
	if missing > 0 {
		e.note("不完整：%d 年中 %d 年缺数据，未计入", "partial: of %d years %d have no figures and are left out", rules.Years, missing)
	}
	switch {
	case x.run.smallLand(x.p, rules):
		e.note("用地不足 %s 亩，按小面积归档", "less than %s mu: the band does not depend on the benefit", textOf(rules.SmallMu, "亩"))
	case x.ps.Partial.Benefit && x.ps.Band == "":
		e.note("数据不完整，结果为下限，不据此分档", "the figures are incomplete and the result is a lower bound: no band rests on it")
	case x.ps.Partial.Benefit:
		e.note("数据不完整，结果为下限，已达最高档", "the figures are incomplete; the known part reaches the highest band")
	}
	provisos := rules.Provisos(x.ps.Band)
	e.Note, e.NoteEn = join(e.Note, provisos.Zh), join(e.NoteEn, provisos.En)
}
