package scoring

import (
	"fmt"
	"strconv"

	"muchan/parcels"
)

// idleStages lists the day each stage of a suspicion begins and the days left to it, the limits of the government-cause branch, and
// the steps of the procedure.
func (x *explainer) idleStages(set *RuleSet, ref *RuleRef) []Operand {
	idle, rules := x.ps.Idle, set.Idle
	var out []Operand
	for _, stage := range idle.Stages(x.run.in.AsOf) {
		name := wordOf("stage", stage.ID)
		out = append(out, Operand{
			Name: fmt.Sprintf("%s起（余 %d 天）", name.Zh, stage.DaysLeft), NameEn: fmt.Sprintf("%s from (%d days left)", name.En, stage.DaysLeft),
			Value: stage.On.String(), Source: ref.Document,
		})
	}
	limit := func(zh, en, value, unit, clause string) {
		out = append(out, Operand{Name: zh, NameEn: en, Value: value, Unit: unit, Source: ref.Document + " " + clause})
	}
	if idle.Government && rules.ExtendYears > 0 {
		limit("延长动工期限不超过（年）", "start put off by at most (years)", strconv.Itoa(rules.ExtendYears), "", rules.GovernmentCauseClause)
		if idle.Due.OK() {
			limit("延长后最迟动工日", "latest start when put off", idle.Due.AddYears(rules.ExtendYears).String(), "", rules.GovernmentCauseClause)
		}
	}
	if idle.Government && rules.TemporaryYears > 0 {
		limit("临时使用不超过（年）", "temporary use for at most (years)", strconv.Itoa(rules.TemporaryYears), "", rules.GovernmentCauseClause)
	}
	if idle.Type != "" && idle.Type != IdleWarning && rules.ProcedureDays > 0 {
		days := strconv.Itoa(rules.ProcedureDays)
		limit("调查期限（发《闲置土地调查通知书》）", "inquiry, from its notice", days, "天", rules.ProcedureClause)
		limit("使用权人说明期限", "holder's statement", days, "天", rules.ProcedureClause)
		if !idle.Government && idle.Of == IdleUnstarted {
			limit("《征缴土地闲置费决定书》后缴费期限", "payment after the fee decision", days, "天", rules.ProcedureClause)
		}
	}
	return out
}

// findings explains each type for a parcel: why it is suspected, or why it is not.
func (x *explainer) findings() []Explanation {
	j := x.run.landJudge(x.p, x.run.startAt(x.p))
	out := make([]Explanation, 0, len(FindingTypes))
	for _, kind := range FindingTypes {
		out = append(out, x.finding(&j, kind))
	}
	return out
}

func (x *explainer) finding(j *landJudge, kind string) Explanation {
	name, answer := wordOf("finding", kind), wordOf("answer", "no")
	e := Explanation{ID: kind, Title: name.Zh, TitleEn: name.En, Text: answer.Zh, TextEn: answer.En}
	for i := range j.findings {
		if f := &j.findings[i]; f.Type == kind {
			x.found(&e, f)
			return e
		}
	}
	why := j.whyNot(kind)
	e.Note, e.NoteEn = why.Zh, why.En
	return e
}

// found says what a finding rests on and why it is not a neighbouring type.
func (x *explainer) found(e *Explanation, f *Finding) {
	answer, ref := wordOf("answer", "yes"), *f.Rule
	e.Text, e.TextEn, e.Unit, e.Rule, e.Clause, e.Value = answer.Zh, answer.En, f.Unit, &ref, f.Clause, f.Value
	limit := f.Limit
	if f.Unit == "%" {
		e.Value, limit = percent(e.Value), percent(limit)
	}
	e.Inputs = x.findingInputs(f.Type)
	e.Inputs = append(e.Inputs, Operand{Name: "基准日", NameEn: "As-of date", Value: x.run.in.AsOf.String()})
	if limit.OK() {
		e.Inputs = append(e.Inputs, Operand{Name: "界限", NameEn: "Limit", Value: realText(limit, f.Unit), Unit: f.Unit, Source: ref.Document + " " + f.Clause})
	}
	if f.Since.OK() {
		e.Inputs = append(e.Inputs, Operand{Name: "起始日", NameEn: "Since", Value: f.Since.String()})
	}
	e.Note, e.NoteEn = f.Why.Zh, f.Why.En
	if short := f.Missing(); short.OK() && f.Type == FindPartlyBuilt {
		e.note("尚缺 %s %s", "%s %s missing", realText(short, f.Unit), f.Unit)
	}
	next := wordOf("not_neighbour", f.Type)
	e.Note, e.NoteEn = join(e.Note, next.Zh), join(e.NoteEn, next.En)
	e.note("仅为疑似，认定由主管部门作出", "a suspicion only; the determination is an act of the authority")
}

// findingInputs are the columns that a type is judged by.
func (x *explainer) findingInputs(kind string) []Operand {
	c := &x.parcel.Contract
	on := func(name string, d parcels.Date) Operand { return x.column(name, d.String()) }
	switch kind {
	case FindSignedUnbuilt, FindIdleUnstarted:
		return []Operand{on("signed_on", c.SignedOn), on("handed_over_on", c.HandedOverOn), on("due_start_on", c.DueStartOn), on("started_on", c.StartedOn)}
	case FindIdleStalled, FindUnfinished:
		return []Operand{
			on("started_on", c.StartedOn), on("suspended_on", c.SuspendedOn), on("completed_on", c.CompletedOn),
			x.column("developed_m2", realText(c.DevelopedM2, "m²")), x.column("to_develop_m2", realText(c.ToDevelopM2, "m²")),
			x.column("invested_build_wan", wanText(c.InvestedBuildWan)), x.column("total_build_wan", wanText(c.TotalBuildWan)),
		}
	case FindOverdue:
		return append([]Operand{on("started_on", c.StartedOn), on("due_completion_on", c.DueCompletionOn), on("completed_on", c.CompletedOn)},
			x.startEvidence(x.run.startAt(x.p))...)
	case FindBuiltUnused:
		return x.unusedInputs()
	case FindPartlyBuilt:
		return []Operand{
			on("completed_on", c.CompletedOn), on("due_completion_on", c.DueCompletionOn), x.column("agreed_floor_m2", realText(c.AgreedFloorM2, "m²")),
			{Name: "建筑面积", NameEn: "Floor area", Value: realText(x.ps.FloorM2, "m²"), Unit: "m²", Source: fmt.Sprintf("buildings (%d) storeys", x.site.buildings)},
			x.column("min_far", realText(c.MinFAR, "")),
			{Name: "容积率", NameEn: "Floor-area ratio", Value: realText(x.ps.FAR, "")},
		}
	case FindLowOutput:
		return append([]Operand{
			on("due_production_on", c.DueProductionOn), on("produced_on", c.ProducedOn),
			x.column("agreed_tax_wan_mu", realText(c.AgreedTaxWanMu, "万元/亩")), x.landOperand(),
		}, x.taxOfYears()...)
	case FindLowIntensity:
		return []Operand{x.column("max_far", realText(c.MaxFAR, "")), {Name: "容积率", NameEn: "Floor-area ratio", Value: realText(x.ps.FAR, "")}}
	}
	return []Operand{x.landOperand()}
}

// taxOfYears lists the tax of each year that the rule for untaxed land looks at.
func (x *explainer) taxOfYears() []Operand {
	set, _ := x.ref(KindLowUse)
	if set == nil {
		return nil
	}
	var out []Operand
	for k := range min(set.LowUse.NoTaxYears, len(x.run.past)) {
		year := x.run.in.Year - k
		o := Operand{
			Name: fmt.Sprintf("%d 年税收", year), NameEn: fmt.Sprintf("Tax of %d", year), Unit: "万元",
			Value: wanText(x.run.past[k].of(x.p, moneyTax)), Source: fmt.Sprintf("figures %d", year),
		}
		if x.run.past[k].partial(x.p, moneyTax) {
			o.Name, o.NameEn = annotate(o.Name, o.NameEn, Text{"部分企业缺数据，为下限", "some firms lack the figure: a lower bound"})
		}
		out = append(out, o)
	}
	return out
}

// whyNot says in short why a parcel does not carry a type.
func (j *landJudge) whyNot(kind string) Text {
	for i := range j.findings {
		if FindingsExclude(kind, j.findings[i].Type) {
			other := j.findings[i].Title()
			return Text{"与“" + other.Zh + "”互斥", "excluded by \"" + other.En + "\""}
		}
	}
	switch {
	case j.parcel.State == parcels.StateReclaimed:
		return wordOf("why_not", "reclaimed")
	case kind == FindBadFaith:
		return wordOf("why_not", "bad_faith")
	case unbuilt(kind) && j.built && !(kind == FindUnfinished && !j.done) && !(kind == FindIdleStalled && !j.done):
		return wordOf("why_not", "built")
	case !unbuilt(kind) && !j.built:
		return wordOf("why_not", "unbuilt")
	}
	return wordOf("why_not", kind)
}
