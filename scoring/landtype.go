package scoring

import "muchan/parcels"

// The types of suspicion about a parcel's land, in the order of Scores' findings: land on which too little was built first, built
// land after it.
const (
	FindSignedUnbuilt = "signed_unbuilt" // 已签约未建设: nothing started, the idle year not yet full
	FindIdleUnstarted = "idle_unstarted" // order 53 type 1
	FindIdleStalled   = "idle_stalled"   // order 53 type 2
	FindUnfinished    = "unfinished"     // 开发未完成: beyond the shares of type 2, unfinished and standing still
	FindOverdue       = "overdue"        // 逾期未竣工: begun, long past the agreed completion, and not finished
	FindBuiltUnused   = "built_unused"   // 建而未用: completed and vacant
	FindPartlyBuilt   = "partly_built"   // 未满额建设: phase one done, less floor area than agreed
	FindLowOutput     = "low_output"     // 产出效率差: built as agreed, not producing, or no or too little tax
	FindLowIntensity  = "low_intensity"  // 集约程度低: producing, but much less built than may be
	FindBadFaith      = "bad_faith"      // 诚信差: mainly let, tenants not registered for tax here
	FindLowBenefit    = "low_benefit"    // 泉政办规〔2025〕13号: benefit below the lowest bound, or little land
)

// FindingTypes lists the types in the order in which a parcel carries them.
var FindingTypes = []string{
	FindSignedUnbuilt, FindIdleUnstarted, FindIdleStalled, FindUnfinished, FindOverdue, FindBuiltUnused, FindPartlyBuilt,
	FindLowOutput, FindLowIntensity, FindBadFaith, FindLowBenefit,
}

// Finding is one suspicion (疑似) about a parcel's land: what it is, since when, by which rule, with its evidence. It is never a
// determination: that is an act of the land authority.
type Finding struct {
	Type   string       // see FindingTypes
	Since  parcels.Date // first day on which it held; missing where the facts carry no day
	Rule   *RuleRef     // shared by all that rest on it
	Clause string
	Why    Text // which limb of the rule is met
	// Value was compared with Limit; both are missing where the rule compares dates alone. Shares are fractions.
	Value, Limit parcels.Opt[float64]
	Unit         string
}

// Missing returns by how much Value stays below Limit, in Unit; missing where either is.
func (f *Finding) Missing() parcels.Opt[float64] {
	v, ok := f.Value.Get()
	limit, hasLimit := f.Limit.Get()
	return someIf(limit-v, ok && hasLimit && v < limit)
}

// Title names the type in both languages.
func (f *Finding) Title() Text { return wordOf("finding", f.Type) }

// unbuilt reports whether a type is about land on which too little was built.
func unbuilt(kind string) bool {
	switch kind {
	case FindSignedUnbuilt, FindIdleUnstarted, FindIdleStalled, FindUnfinished, FindOverdue:
		return true
	}
	return false
}

// FindingsExclude reports whether no parcel may carry both types. Unbuilt land has one type and no other. On built land the agreed
// floor area (partly built), the yield of what was agreed (low output) and room beyond it in normal use (low intensity) rule each
// other out, and a plant that stands empty is not in normal use; vacancy, bad faith and low benefit join the others.
func FindingsExclude(a, b string) bool {
	if a == b {
		return false
	}
	if unbuilt(a) || unbuilt(b) {
		return true
	}
	one := func(kind string) bool {
		return kind == FindPartlyBuilt || kind == FindLowOutput || kind == FindLowIntensity
	}
	vacant := func(x, y string) bool { return x == FindBuiltUnused && y == FindLowIntensity }
	return one(a) && one(b) || vacant(a, b) || vacant(b, a)
}

// noTaxYears is how many years of money the sets about low-efficiency land look at.
func (c *chooser) noTaxYears() (years int) {
	for _, set := range c.sets(KindLowUse) {
		if set != nil {
			years = max(years, set.LowUse.NoTaxYears)
		}
	}
	return years
}

// judgeLand fills idle land and the findings of a parcel, after its stock band is known.
func (r *run) judgeLand(p int) {
	ps, start := &r.out.Parcels[p], r.startAt(p)
	ps.Idle = r.idleAt(p, start)
	ps.Findings = r.landJudge(p, start).findings
}

// landJudge judges a parcel whose idle land is known. Explain asks it again.
func (r *run) landJudge(p int, start Start) landJudge {
	j := landJudge{run: r, p: p, parcel: r.snap.Parcels.At(p), ps: &r.out.Parcels[p], contract: &r.snap.Parcels.At(p).Contract, start: start}
	if j.parcel.State == parcels.StateReclaimed {
		return j
	}
	past := func(d parcels.Date) bool { return d.OK() && d <= r.in.AsOf }
	j.producing = past(j.contract.ProducedOn)
	j.done = past(j.contract.CompletedOn) || j.producing
	j.built = j.done || j.start.shown() && r.finished(p, j.start)
	if j.unbuilt(); len(j.findings) == 0 && j.built {
		j.builtUnused()
		j.yield()
		j.lowBenefit()
	}
	return j
}

// landJudge gathers the findings of one parcel.
type landJudge struct {
	run      *run
	p        int
	parcel   *parcels.Parcel
	ps       *ParcelScore
	contract *parcels.Contract

	start                  Start
	done, built, producing bool // completed or producing; or a building stands finished; production began
	findings               []Finding
}

func (j *landJudge) add(f Finding, set *RuleSet) { j.addBy(f, set.ref) }

func (j *landJudge) addBy(f Finding, rule *RuleRef) {
	f.Rule = rule
	j.findings = append(j.findings, f)
}

// unbuilt finds at most one type.
func (j *landJudge) unbuilt() {
	set := j.run.ruleAt(KindIdle, j.p)
	switch idle := j.ps.Idle; {
	case idle.Type == IdleUnstarted:
		j.add(Finding{Type: FindIdleUnstarted, Since: idle.Since, Clause: set.Idle.UnstartedClause, Why: whyOf("unstarted")}, set)
	case idle.Type == IdleStalled:
		j.add(Finding{Type: FindIdleStalled, Since: idle.Since, Clause: set.Idle.StalledClause, Why: whyOf(stalledLimb(set.Idle, j.contract))}, set)
	case set != nil && j.signedUnbuilt():
		j.add(Finding{Type: FindSignedUnbuilt, Since: j.signedOn(), Clause: set.Idle.UnstartedClause, Why: whyOf("signed")}, set)
	default:
		if low := j.run.ruleAt(KindLowUse, j.p); low != nil {
			if j.unfinished(low); len(j.findings) == 0 {
				j.overdue(low)
			}
		}
	}
}

// signedUnbuilt asks for a signed contract or a hand-over, and that nothing shows a start; see startOf.
func (j *landJudge) signedUnbuilt() bool { return !j.start.shown() && j.signedOn().OK() }

// signedOn is the day of the contract, else of the hand-over; missing when neither has come.
func (j *landJudge) signedOn() parcels.Date {
	for _, d := range [2]parcels.Date{j.contract.SignedOn, j.contract.HandedOverOn} {
		if d.OK() && d <= j.run.in.AsOf {
			return d
		}
	}
	return 0
}

// lowBenefit takes the band of the stock-land set that stands for low-efficiency land.
func (j *landJudge) lowBenefit() {
	set := j.run.ruleAt(KindStock, j.p)
	if set == nil || set.Stock.LowBand == "" || j.ps.Band != set.Stock.LowBand {
		return
	}
	f := Finding{Type: FindLowBenefit, Clause: set.Stock.Clause, Why: whyOf("benefit"), Value: j.ps.BenefitPerMu, Unit: "万元/亩"}
	if limit, ok := set.Stock.lowBelow().Get(); ok {
		f.Limit = parcels.Some(limit)
	}
	if v, ok := j.ps.BenefitPerMu.Get(); j.run.smallLand(j.p, set.Stock) && !(ok && v < f.Limit.Or(v)) {
		f.Why, f.Value, f.Limit, f.Unit = whyOf("small"), j.ps.LandMu, parcels.Some(set.Stock.SmallMu), "亩"
	}
	j.add(f, set)
}
