package scoring

import (
	"math/bits"

	"muchan/parcels"
)

// The types and stages of Idle.
const (
	IdleUnstarted = "unstarted" // type 1: due start passed by a full year
	IdleStalled   = "stalled"   // type 2: started, too little done, and standing still for a full year
	IdleWarning   = "warning"   // one of both will be reached soon

	StageWarning    = "warning"
	StageFee        = "fee"
	StageTakeBack   = "take_back"
	StageGovernment = "government"
)

// idleFacts is the state of one parcel on one day, as the rules see it. Every conclusion about idle land and its explanation is
// drawn from it.
type idleFacts struct {
	due     parcels.Date // agreed start, or hand-over plus a year when the contract has none
	derived bool         // due comes from the hand-over
	started bool
	done    bool // completed or in production
	limb    string
}

func idleFactsOf(rules *IdleRules, c *parcels.Contract, built bool, asOf parcels.Date) idleFacts {
	past := func(d parcels.Date) bool { return d.OK() && d <= asOf }
	f := idleFacts{due: c.DueStartOn, done: past(c.CompletedOn) || past(c.ProducedOn)}
	// A contract that lacks the start date but records completion, production or a finished building was started all the same.
	f.started = past(c.StartedOn) || f.done || built
	if !f.due.OK() && c.HandedOverOn.OK() {
		f.due, f.derived = c.HandedOverOn.AddYears(rules.HandoverPlusYears), true
	}
	f.limb = stalledLimb(rules, c)
	return f
}

// stalledLimb returns which limb of type 2 is met: "developed" area below one third, "invested" below 25 %, or "". Both comparisons
// are strict, and land price and taxes are in neither amount.
func stalledLimb(rules *IdleRules, c *parcels.Contract) string {
	done, okDone := c.DevelopedM2.Get()
	whole, okWhole := c.ToDevelopM2.Get()
	if okDone && okWhole && whole > 0 && rules.DevelopedBelow.above(done, whole) {
		return "developed"
	}
	paid, okPaid := c.InvestedBuildWan.Get()
	total, okTotal := c.TotalBuildWan.Get()
	if okPaid && okTotal && total > 0 && rules.InvestedBelow.above(float64(paid), float64(total)) {
		return "invested"
	}
	return ""
}

// JudgeIdle suspects idle land on a day from a contract; built says that a building stands finished on it. It never determines:
// that is an act of the authority.
func JudgeIdle(rules *IdleRules, c *parcels.Contract, built bool, asOf parcels.Date) Idle {
	f := idleFactsOf(rules, c, built, asOf)
	switch {
	case f.done:
		return Idle{}
	case !f.started && f.due.OK():
		return judge(rules, c, Idle{Type: IdleUnstarted}, f.due.AddYears(rules.UnstartedYears), asOf, f.due)
	case f.started && f.limb != "" && c.SuspendedOn.OK() && c.SuspendedOn <= asOf:
		return judge(rules, c, Idle{Type: IdleStalled}, c.SuspendedOn.AddYears(rules.SuspendedYears), asOf, 0)
	}
	return Idle{}
}

// judge dates an idle type and finds its stage. Fee and take-back belong to unstarted land only; due is its agreed start.
func judge(rules *IdleRules, c *parcels.Contract, idle Idle, since, asOf, due parcels.Date) Idle {
	idle.Since, idle.Days = since, int(asOf-since)
	if asOf < since {
		if idle.Days = int(since - asOf); idle.Days > rules.WarningDays {
			return Idle{}
		}
		idle.Type, idle.Stage = IdleWarning, StageWarning
		return idle
	}
	government, _ := c.GovernmentCause.Get()
	switch {
	case government:
		idle.Stage = StageGovernment
	case idle.Type != IdleUnstarted:
	case asOf >= due.AddYears(rules.TakeBackYears):
		idle.Stage, idle.FeeWan = StageTakeBack, feeOf(rules, c)
	default:
		idle.Stage, idle.FeeWan = StageFee, feeOf(rules, c)
	}
	return idle
}

// feeOf is the fee that falls due after the first year, whatever comes later; it is missing when the land price is.
func feeOf(rules *IdleRules, c *parcels.Contract) parcels.Opt[parcels.Wan] {
	price, ok := c.PriceWan.Get()
	if !ok {
		return parcels.Opt[parcels.Wan]{}
	}
	return parcels.Some(shareOf(price, rules.Fee))
}

// shareOf returns a share of an amount, rounded half up to the fen; the amount is not negative in a contract, and counts as 0 if it
// is.
func shareOf(w parcels.Wan, r Ratio) parcels.Wan {
	if w <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(w), uint64(r.Num))
	lo, carry := bits.Add64(lo, uint64(r.Den)/2, 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(r.Den))
	return parcels.Wan(q)
}

// judgeIdle flags idle land and idle plants.
func (r *run) judgeIdle() {
	for p := range r.snap.Parcels {
		parcel, ps := &r.snap.Parcels[p], &r.out.Parcels[p]
		if set := r.ruleAt(KindIdle, p); set != nil && parcel.State != parcels.StateReclaimed {
			ps.Idle = JudgeIdle(set.Idle, &parcel.Contract, r.built(parcel.Code), r.in.AsOf)
		}
		if set := r.ruleAt(KindIdlePlant, p); set != nil {
			ps.Idle.PlantSince = r.plantVacantSince(p, set.IdlePlant)
			ps.Idle.Plant = ps.Idle.PlantSince.OK() && r.in.AsOf >= ps.Idle.PlantSince.AddMonths(set.IdlePlant.Months)
			if !ps.Idle.Plant {
				ps.Idle.PlantSince = 0
			}
		}
	}
}

// built reports whether a building on the parcel was completed by the as-of date.
func (r *run) built(code string) bool {
	for _, i := range r.snap.BuildingsOn(code) {
		if d := r.snap.Buildings[i].CompletedOn; d.OK() && d <= r.in.AsOf {
			return true
		}
	}
	return false
}
