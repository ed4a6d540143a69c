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
	StageSuspected  = "suspected" // type 2 by the holder's fault, in Stages only
)

// idleFacts is the state of one parcel on one day, as the rules see it. Every conclusion about idle land and its explanation is
// drawn from it.
type idleFacts struct {
	due     parcels.Date // agreed start, or hand-over plus a year when the contract has none
	derived bool         // due comes from the hand-over
	start   Start
	done    bool // completed or in production
	limb    string
}

func idleFactsOf(rules *IdleRules, c *parcels.Contract, start Start, asOf parcels.Date) idleFacts {
	past := func(d parcels.Date) bool { return d.OK() && d <= asOf }
	f := idleFacts{due: c.DueStartOn, start: start, done: past(c.CompletedOn) || past(c.ProducedOn)}
	if !start.shown() {
		f.start = startFiled(c, "", asOf)
	}
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

// JudgeIdle suspects idle land on a day from a contract; start is what other rows show of a start. It never determines: that is an act
// of the authority.
func JudgeIdle(rules *IdleRules, c *parcels.Contract, start Start, asOf parcels.Date) Idle {
	f := idleFactsOf(rules, c, start, asOf)
	switch {
	case f.done:
		return Idle{}
	case !f.start.shown() && f.due.OK():
		return judge(rules, c, Idle{Type: IdleUnstarted, Due: f.due}, f.due.AddYears(rules.UnstartedYears), asOf)
	case f.start.shown() && f.limb != "" && c.SuspendedOn.OK() && c.SuspendedOn <= asOf:
		return judge(rules, c, Idle{Type: IdleStalled}, c.SuspendedOn.AddYears(rules.SuspendedYears), asOf)
	}
	return Idle{}
}

// judge dates an idle type and finds its stage. Fee and take-back belong to land that its holder left unstarted; a cause of the
// government is told before the land is idle, because the holder must claim it in time.
func judge(rules *IdleRules, c *parcels.Contract, idle Idle, since, asOf parcels.Date) Idle {
	left := int(since - asOf)
	if left > rules.WarningDays {
		return Idle{}
	}
	idle.Of, idle.Since, idle.WarnOn = idle.Type, since, since-parcels.Date(rules.WarningDays)
	idle.Government, _ = c.GovernmentCause.Get()
	if idle.Of == IdleUnstarted && !idle.Government {
		idle.TakeBackOn = idle.Due.AddYears(rules.TakeBackYears)
	}
	if left > 0 {
		idle.Type, idle.Stage, idle.DaysLeft = IdleWarning, StageWarning, left
		return idle
	}
	idle.Days = -left
	switch {
	case idle.Government:
		idle.Stage = StageGovernment
	case idle.Of != IdleUnstarted:
	case asOf >= idle.TakeBackOn:
		idle.Stage, idle.FeeWan = StageTakeBack, feeOf(rules, c)
	default:
		idle.Stage, idle.FeeWan, idle.DaysLeft = StageFee, feeOf(rules, c), int(idle.TakeBackOn-asOf)
	}
	return idle
}

// Stage is a stage of idle land with the day it begins.
type Stage struct {
	ID       string // see the stages of Idle
	On       parcels.Date
	DaysLeft int // to that day; 0 once it has come
}

// Stages lists the stages that a suspicion passes through, in order; nil without a suspicion. Type 2 by the holder's fault has none
// beyond the suspicion itself, which carries the stage "suspected" here.
func (i Idle) Stages(asOf parcels.Date) []Stage {
	if i.Type == "" {
		return nil
	}
	stages := []Stage{{ID: StageWarning, On: i.WarnOn}}
	switch {
	case i.Government:
		stages = append(stages, Stage{ID: StageGovernment, On: i.Since})
	case i.Of == IdleUnstarted:
		stages = append(stages, Stage{ID: StageFee, On: i.Since}, Stage{ID: StageTakeBack, On: i.TakeBackOn})
	default:
		stages = append(stages, Stage{ID: StageSuspected, On: i.Since})
	}
	for k := range stages {
		stages[k].DaysLeft = max(0, int(stages[k].On-asOf))
	}
	return stages
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

// notIdle is shared by the parcels without a suspicion. Nobody writes into it.
var notIdle = new(Idle)

// idleAt finds whether a parcel is suspected of idle land or an idle plant; start is the evidence that building began on it.
func (r *run) idleAt(p int, start Start) *Idle {
	var idle Idle
	parcel := r.snap.Parcels.At(p)
	if set := r.ruleAt(KindIdle, p); set != nil && parcel.State != parcels.StateReclaimed {
		idle = JudgeIdle(set.Idle, &parcel.Contract, start, r.in.AsOf)
	}
	if set := r.ruleAt(KindIdlePlant, p); set != nil {
		since := r.plantVacantSince(p, set.IdlePlant)
		if since.OK() && r.in.AsOf >= since.AddMonths(set.IdlePlant.Months) {
			idle.Plant, idle.PlantSince = true, since
		}
	}
	if idle == (Idle{}) {
		return notIdle
	}
	found := idle // a copy, so that only what is kept leaves the stack
	return &found
}
