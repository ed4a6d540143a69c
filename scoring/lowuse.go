package scoring

import "muchan/parcels"

// unfinished finds 开发未完成: a site beyond the shares of idle type 2 that is not completed and stands still. It is asked only where no
// idle type holds, so the two exclude one another even where the rule sets' shares differ.
func (j *landJudge) unfinished(set *RuleSet) {
	rules, c := set.LowUse, j.contract
	if j.done || !j.start.shown() || !c.SuspendedOn.OK() {
		return
	}
	since := c.SuspendedOn.AddYears(rules.StoppedYears)
	developed := beyond(c.DevelopedM2, c.ToDevelopM2, rules.DevelopedAbove, rules.AtLimit)
	invested := beyond(fenOf(c.InvestedBuildWan), fenOf(c.TotalBuildWan), rules.InvestedAbove, rules.AtLimit)
	if developed && invested && j.run.in.AsOf >= since {
		j.add(Finding{Type: FindUnfinished, Since: since, Clause: rules.UnfinishedClause, Why: whyOf("unfinished")}, set)
	}
}

// overdue finds 逾期未竣工: a site that was begun and that nothing shows to be finished, more than some years after the agreed completion.
// A cause of the government is not the holder's delay.
func (j *landJudge) overdue(set *RuleSet) {
	rules, due := set.LowUse, j.contract.DueCompletionOn
	forced, _ := j.contract.GovernmentCause.Get()
	if rules.OverdueYears == 0 || !due.OK() || forced || !j.start.shown() || j.built || builtState(j.parcel.State) {
		return
	}
	if since := due.AddYears(rules.OverdueYears) + 1; j.run.in.AsOf >= since {
		j.addBy(Finding{Type: FindOverdue, Since: since, Clause: rules.OverdueClause, Why: whyOf("overdue")}, rules.overdueRef)
	}
}

// beyond reports whether part/whole is on file and lies beyond a limit, or at it where that counts.
func beyond(part, whole parcels.Opt[float64], limit Ratio, atLimit bool) bool {
	v, ok := part.Get()
	w, hasWhole := whole.Get()
	if !ok || !hasWhole || !(w > 0) || limit.above(v, w) {
		return false
	}
	return atLimit || v*float64(limit.Den) > float64(limit.Num)*w
}

// fenOf keeps an amount's fen, which compare without rounding.
func fenOf(w parcels.Opt[parcels.Wan]) parcels.Opt[float64] {
	v, ok := w.Get()
	return someIf(float64(v), ok)
}

// yield finds at most one of partly built, low output and low intensity, in this order: what was agreed must stand before its yield is
// judged, and yield before room to build more.
func (j *landJudge) yield() {
	set := j.run.ruleAt(KindLowUse, j.p)
	if set == nil {
		return
	}
	if f, ok := j.partlyBuilt(set.LowUse); ok {
		j.addBy(f, set.LowUse.partlyRef)
		return
	}
	if f, ok := j.lowOutput(set.LowUse); ok {
		j.add(f, set)
		return
	}
	if f, ok := j.lowIntensity(set.LowUse); ok {
		j.add(f, set)
	}
}

// partlyBuilt compares floor area with the agreed total, and the floor-area ratio with the least one. Until the agreed completion
// nothing is owed. Where nothing is on file to compare, a register that says 未满额建设 is the evidence.
func (j *landJudge) partlyBuilt(rules *LowUseRules) (f Finding, found bool) {
	since := j.contract.DueCompletionOn
	if since.OK() && j.run.in.AsOf < since {
		return f, false
	}
	floor, hasFloor := shortOf(j.ps.FloorM2, j.contract.AgreedFloorM2, rules.BuiltBelow)
	far, hasFAR := shortOf(j.ps.FAR, j.contract.MinFAR, rules.BuiltBelow)
	switch {
	case floor:
		f = Finding{Why: whyOf("floor_agreed"), Unit: "m²", Value: j.ps.FloorM2, Limit: j.contract.AgreedFloorM2}
	case far:
		f = Finding{Why: whyOf("far_agreed"), Value: j.ps.FAR, Limit: j.contract.MinFAR}
	case !hasFloor && !hasFAR && j.parcel.State == parcels.StatePartial:
		f = Finding{Why: whyOf("state_partial")}
	default:
		return f, false
	}
	f.Type, f.Since, f.Clause = FindPartlyBuilt, since, rules.PartlyClause
	return f, true
}

// shortOf reports whether a value stays below a share of what is wanted, and whether both are on file.
func shortOf(value, want parcels.Opt[float64], share Ratio) (short, compared bool) {
	v, ok := value.Get()
	w, asked := want.Get()
	if !ok || !asked || !(w > 0) {
		return false, false
	}
	return share.above(v, w), true
}

// lowOutput tries the limbs of 产出效率差 in the order of the rule. A figure that is missing or a lower bound proves none of them.
func (j *landJudge) lowOutput(rules *LowUseRules) (f Finding, found bool) {
	output, filed := j.ps.OutputWan.Get()
	due := j.contract.DueProductionOn
	switch {
	case !j.producing && !(output > 0) && due.OK() && due <= j.run.in.AsOf:
		f = Finding{Why: whyOf("not_producing"), Since: due}
	case !j.mayJudgeYear():
		return f, false
	case filed && output <= 0 && !j.ps.Partial.Output:
		f = Finding{Why: whyOf("no_output")}
	case j.untaxed(rules.NoTaxYears):
		f = Finding{Why: whyOf("no_tax")}
	case j.belowAgreedTax(rules):
		f = Finding{Why: whyOf("tax_agreed"), Value: j.ps.TaxPerMu(), Limit: j.contract.AgreedTaxWanMu, Unit: "万元/亩"}
	default:
		return f, false
	}
	f.Type, f.Clause = FindLowOutput, rules.OutputClause
	return f, true
}

// mayJudgeYear reports whether the year of the figures lies wholly after the agreed start of production.
func (j *landJudge) mayJudgeYear() bool {
	due := j.contract.DueProductionOn
	return !due.OK() || due.Year() < j.run.in.Year
}

// untaxed reports whether the parcel's firms paid no tax in each of the last years, every one of them with complete figures.
func (j *landJudge) untaxed(years int) bool {
	if len(j.ps.Firms) == 0 {
		return false
	}
	for k := range years {
		on := &j.run.past[k]
		tax, ok := on.of(j.p, moneyTax).Get()
		if !ok || tax > 0 || on.partial(j.p, moneyTax) {
			return false
		}
	}
	return true
}

func (j *landJudge) belowAgreedTax(rules *LowUseRules) bool {
	agreed, ok := j.contract.AgreedTaxWanMu.Get()
	v, paid := j.ps.TaxPerMu().Get()
	return ok && paid && agreed > 0 && !j.ps.Partial.Tax && rules.TaxBelow.above(v, agreed)
}

// lowIntensity asks for normal use: output on file and no plant standing empty.
func (j *landJudge) lowIntensity(rules *LowUseRules) (f Finding, found bool) {
	output, filed := j.ps.OutputWan.Get()
	if !filed || output <= 0 || j.finds(FindBuiltUnused) {
		return f, false
	}
	if room, _ := shortOf(j.ps.FAR, j.contract.MaxFAR, rules.IntensityBelow); !room {
		return f, false
	}
	return Finding{
		Type: FindLowIntensity, Clause: rules.IntensityClause, Why: whyOf("far_room"), Value: j.ps.FAR, Limit: j.contract.MaxFAR,
	}, true
}

// whyOf is the limb of a rule that a finding rests on.
func whyOf(limb string) Text { return wordOf("limb", limb) }
