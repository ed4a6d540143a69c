package scoring

import (
	"fmt"

	"muchan/parcels"
)

func (x *explainer) flags() []Explanation {
	out := []Explanation{x.unassigned(), x.class(), x.idle(), x.plant(), x.exit()}
	if set, ref := x.ref(KindStock); set != nil {
		out = append(out, x.benefit(set, ref))
	}
	return out
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
		out = append(out, Operand{Name: firm.Name + " 用地", NameEn: firm.Name + " land", Value: digits(share.LandMu), Unit: "亩", Source: "occupancies " + x.parcel.Code + " " + firm.USCC, Firm: firm.USCC})
	}
	return out
}

func (x *explainer) class() Explanation {
	e := Explanation{
		ID: "class", Title: "等级", TitleEn: "Class", Text: string(x.ps.Class), Value: x.ps.Points,
		Formula:   "占地份额最大企业的等级；得分 = Σ min(指标 ÷ 基准, 上限) × 权重 + 加减分，按名次 ÷ 家数分级，含上限",
		FormulaEn: "class of the firm with the largest share; points = Σ min(value ÷ base, cap) × weight ± points, classed by rank ÷ number, bounds included",
	}
	if len(x.ps.Firms) == 0 {
		e.note("无企业，不评级", "no firm, not rated")
		return e
	}
	f := x.ps.Firms[0].Firm
	fs, firm := &x.run.out.Firms[f], &x.run.snap.Firms[f]
	if set := x.run.ratings[f].set; set != nil {
		ref := set.Ref()
		e.Rule = &ref
	}
	own := func(zh, en, value, unit, source string) {
		e.Inputs = append(e.Inputs, Operand{Name: zh, NameEn: en, Value: value, Unit: unit, Source: source, Firm: firm.USCC})
	}
	own("企业", "Firm", firm.Name, "", "firms "+firm.USCC+" name")
	own("组别", "Cohort", join(fs.Cohort, fs.Group), "", "firms "+firm.USCC+" above_scale")
	own("评价用地", "Rated land", realText(fs.LandMu), "亩", "occupancies "+firm.USCC)
	x.itemOperands(&e, fs, own)
	if fs.Rank > 0 {
		own("名次", "Rank", fmt.Sprintf("%d / %d", fs.Rank, fs.Of), "", "")
	}
	for _, st := range fs.Steps {
		own(st.Effect+" "+st.Arg, st.Effect+" "+st.Arg, fmt.Sprintf("%s → %s", st.From, st.To), "", st.Evidence)
	}
	return e
}

func (x *explainer) itemOperands(e *Explanation, fs *FirmScore, own func(zh, en, value, unit, source string)) {
	filled := 0
	for _, item := range fs.Indicators {
		zh, en, unit := IndicatorTitle(item.ID)
		own(item.ID+" "+zh, item.ID+" "+en, realText(item.Value), unit, fmt.Sprintf("figures %s|%d", fs.USCC, x.run.in.Year))
		own(item.ID+" 基准", item.ID+" base", digits(item.Base), unit, "rules "+fs.RuleSet)
		own(item.ID+" 得分", item.ID+" points", fmt.Sprintf("%s / %s", digits(item.Points), digits(item.Weight)), "", "rules "+fs.RuleSet)
		if item.Filled {
			filled++
		}
	}
	if filled > 0 {
		e.note("%d 项指标缺数据，按方案的缺项规则计分", "%d indicators were missing and scored by the rule for missing values", filled)
	}
	if len(fs.Indicators) > 0 && fs.Class == ClassNotRated {
		e.note("方案未给出分级界限或样本过小，不定级", "no class: the set has no bounds, or the cohort is too small")
	}
}

func (x *explainer) idle() Explanation {
	e := Explanation{
		ID: "idle", Title: "疑似闲置土地", TitleEn: "Suspected idle land", Text: x.ps.Idle.Type,
		Formula:   "约定动工日期满一年未动工；或已动工而开发面积不足三分之一或投资不足 25%，且停工满一年",
		FormulaEn: "not started a full year after the agreed start; or started with less than a third developed or less than 25 % invested, and standing still for a full year",
	}
	set, ref := x.ref(KindIdle)
	if set == nil {
		e.note("无适用规则", "no rule set applies")
		return e
	}
	c, facts := &x.parcel.Contract, idleFactsOf(set.Idle, &x.parcel.Contract, x.run.built(x.parcel.Code), x.run.in.AsOf)
	e.Rule = ref
	e.Clause = set.Idle.UnstartedClause
	if facts.started {
		e.Clause = set.Idle.StalledClause
	}
	e.Inputs = []Operand{
		x.column("due_start_on", c.DueStartOn.String()), x.column("handed_over_on", c.HandedOverOn.String()), x.column("started_on", c.StartedOn.String()),
		x.column("suspended_on", c.SuspendedOn.String()), x.column("developed_m2", realText(c.DevelopedM2)), x.column("to_develop_m2", realText(c.ToDevelopM2)),
		x.column("invested_build_wan", wanText(c.InvestedBuildWan)), x.column("total_build_wan", wanText(c.TotalBuildWan)), x.column("price_wan", wanText(c.PriceWan)),
		{Name: "基准日", NameEn: "As-of date", Value: x.run.in.AsOf.String()},
		{Name: "起算日", NameEn: "Since", Value: x.ps.Idle.Since.String()},
	}
	x.noteIdle(&e, set.Idle, facts)
	return e
}

func (x *explainer) noteIdle(e *Explanation, rules *IdleRules, facts idleFacts) {
	idle := x.ps.Idle
	if facts.derived {
		e.note("合同未约定动工日期，以交地日期加 %d 年计", "the contract has no agreed start; hand-over plus %d years stands in", rules.HandoverPlusYears)
	}
	if facts.started && facts.due.OK() && !x.parcel.Contract.StartedOn.OK() {
		e.note("未填实际动工日期，已有竣工或投产记录，视为已动工", "no actual start on file, but completion or production is; taken as started")
	}
	switch idle.Stage {
	case StageWarning:
		e.note("距满期 %d 天", "%d days left", idle.Days)
	case StageFee:
		e.Inputs = append(e.Inputs, Operand{Name: "闲置费 = 出让价款 × " + digits(rules.Fee.Float()), NameEn: "Fee = land price × " + digits(rules.Fee.Float()), Value: wanText(idle.FeeWan), Unit: "万元", Source: e.Rule.Document + " " + rules.FeeClause})
	case StageTakeBack:
		e.note("未动工满 %d 年，依令可进入无偿收回程序，须由主管部门认定", "not started for %d years: the order's take-back stage, to be determined by the authority", rules.TakeBackYears)
	case StageGovernment:
		e.note("政府原因或不可抗力，不征收闲置费（%s）", "government cause or force majeure, no fee (%s)", rules.GovernmentCauseClause)
	}
	if idle.Type == IdleUnstarted && !x.parcel.Contract.GovernmentCause.OK() {
		e.note("未记录是否政府原因，暂按企业原因提示", "no cause is on file; shown as the holder's")
	}
	if idle.Type == IdleStalled {
		e.note("第二类按令“也可以认定”，不直接产生闲置费", "type 2 may be determined; it carries no fee by itself")
	}
	if idle.Type != "" {
		e.note("仅为疑似，认定由自然资源主管部门作出", "a suspicion only; the determination is an act of the land authority")
	}
}

func (x *explainer) plant() Explanation {
	e := Explanation{
		ID: "idle_plant", Title: "疑似闲置厂房", TitleEn: "Suspected idle plant", Text: x.ps.Idle.PlantSince.String(), Value: x.ps.VacantShare,
	}
	set, ref := x.ref(KindIdlePlant)
	if set == nil {
		e.note("无适用规则", "no rule set applies")
		return e
	}
	rules := set.IdlePlant
	e.Rule = ref
	share := digits(rules.VacantShare.Float() * 100)
	e.Formula = fmt.Sprintf("空置建筑面积占比 ≥ %s%% 且持续 ≥ %d 个月", share, rules.Months)
	e.FormulaEn = fmt.Sprintf("vacant share of floor area at least %s %% for at least %d months", share, rules.Months)
	e.Inputs = append(x.buildings("空置建筑面积", "vacant floor area", "m²", "vacant_m2", func(b *parcels.Building) string { return realText(b.VacantM2) }),
		x.buildings("空置起始日期（缺则竣工日期）", "vacant since, else completed", "", "vacant_since", func(b *parcels.Building) string { return vacantSince(b).String() })...)
	for _, i := range x.run.snap.EventsAt(x.parcel.Code) {
		if ev := &x.run.snap.Events[i]; ev.Kind == "vacancy_check" {
			e.Inputs = append(e.Inputs, Operand{Name: "现场核查空置", NameEn: "Vacancy checked on site", Value: ev.On.String(), Source: "events " + ev.ID + " " + ev.Document})
		}
	}
	if x.ps.Idle.Plant {
		e.note("仅为疑似，须现场或用电、社保等信号核实", "a suspicion only; confirm on site or by electricity and payroll")
	}
	return e
}

func (x *explainer) exit() Explanation {
	v := x.run.tryExit(x.p, nil)
	e := Explanation{ID: "exit", Title: "疑似退出候选", TitleEn: "Suspected exit candidate", Text: "no"}
	if v.set == nil {
		e.note("无适用规则", "no rule set applies")
		return e
	}
	ref := v.set.Ref()
	e.Rule = &ref
	e.Formula = fmt.Sprintf("投资强度、亩产、密度强度三组检验中不少于 %d 组未达标；紧迫度 = Σ(阈值 − 值) ÷ 阈值", v.set.Exit.GroupsFailed)
	e.FormulaEn = fmt.Sprintf("at least %d of the groups investment, yield and density fail; severity = Σ (threshold − value) ÷ threshold", v.set.Exit.GroupsFailed)
	for _, t := range v.Tests {
		e.Inputs = append(e.Inputs, Operand{Name: t.Rule.Title + " / 阈值", NameEn: t.ID + " / threshold", Value: realText(t.Value) + " / " + digits(t.Threshold), Unit: t.Unit, Source: join(t.Rule.Document+" "+t.Clause, t.Note)})
	}
	e.Note, e.NoteEn = join(join(e.Note, v.untested), v.excused), join(join(e.NoteEn, v.untestedE), v.excusedE)
	if v.candidate {
		e.Text, e.Value = "yes", parcels.Some(v.Severity)
	}
	return e
}

func (x *explainer) benefit(set *RuleSet, ref *RuleRef) Explanation {
	rules := set.Stock
	e := Explanation{
		ID: "benefit_per_mu", Title: fmt.Sprintf("近 %d 年亩均经济效益", rules.Years), TitleEn: fmt.Sprintf("Benefit per mu over %d years", rules.Years),
		Unit: "万元/亩", Value: x.ps.BenefitPerMu, Text: x.ps.Band, Rule: ref, Clause: rules.Clause,
		Formula:   rules.Metric + " " + rules.Aggregate + "；各年按现有用地面积",
		FormulaEn: rules.Metric + ", " + rules.Aggregate + " of the years, over today's land",
	}
	missing := 0
	for k := range rules.Years {
		year := x.run.in.Year - k
		v := x.run.benefitIn(x.p, rules, k)
		missing += truth(!v.OK())
		e.Inputs = append(e.Inputs, Operand{Name: fmt.Sprintf("%d 年", year), NameEn: fmt.Sprintf("Year %d", year), Value: realText(v), Unit: "万元/亩", Source: fmt.Sprintf("figures %d", year)})
	}
	e.Inputs = append(e.Inputs, x.landOperand())
	if missing > 0 {
		e.note("不完整：%d 年中 %d 年缺数据，未计入", "partial: of %d years %d have no figures and are left out", rules.Years, missing)
	}
	if x.ps.Band == "" && missing < rules.Years {
		e.note("不在该文件适用的工业产业区块线内", "outside the industrial block lines the document applies to")
	}
	return e
}
