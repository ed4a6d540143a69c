package potential

import (
	"math"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// rules are what parcels under the same sets are measured by.
type rules struct {
	control, stock *scoring.RuleSet // nil for none
	target         parcels.Opt[float64]
	maxFAR         parcels.Opt[float64]
}

func rulesOf(control, stock *scoring.RuleSet) rules {
	r := rules{control: control, stock: stock}
	if control == nil {
		return r
	}
	for i := range control.Control.Rows {
		row := &control.Control.Rows[i]
		switch {
		case row.Indicator == "coefficient" && row.AtLeast != nil:
			r.target = parcels.Some(*row.AtLeast)
		case row.Indicator == "far" && row.AtMost != nil:
			r.maxFAR = parcels.Some(*row.AtMost)
		}
	}
	return r
}

// band returns the stock band a parcel is in, or nil.
func (r *rules) band(id string) *scoring.StockBand {
	if r.stock == nil || id == "" {
		return nil
	}
	for i := range r.stock.Stock.Bands {
		if b := &r.stock.Stock.Bands[i]; b.ID == id {
			return b
		}
	}
	return nil
}

// measure fills out with what a parcel could gain in area.
func (out *Parcel) measure(snap *parcels.Snapshot, p *parcels.Parcel, s *scoring.ParcelScore, r *rules) {
	out.FAR, out.Coefficient, out.Target, out.ContractFAR, out.ControlFAR = s.FAR, s.Coefficient, r.target, p.Contract.MaxFAR, r.maxFAR
	if out.Group, out.Why = groupOf(p, s, r); out.Group == Left {
		return
	}
	if mu, ok := s.LandMu.Get(); ok {
		out.LandM2 = parcels.Some(mu * geo.M2PerMu)
	}
	if b := r.band(s.Band); b != nil && b.MaxFAR > 0 {
		out.StockFAR, out.Open = parcels.Some(b.MaxFAR), b.Open
	}
	out.bind()
	out.raise(snap, p, s)
	out.spread(p, s)
}

// groupOf says how a parcel counts. Land whose use is not on file, and land for which
// no control set says which uses count, is left out: nobody can say whether it is a road.
func groupOf(p *parcels.Parcel, s *scoring.ParcelScore, r *rules) (group Group, why string) {
	if r.control == nil {
		return Left, noRule
	}
	switch is, known := r.control.Control.Industrial(p); {
	case !known:
		return Left, noUse
	case !is:
		return Left, otherUse
	}
	switch p.State {
	case parcels.StateApproved:
		return Left, notOurs
	case parcels.StateReclaimed:
		return Left, takenBack
	}
	switch {
	case s.Idle.Type == scoring.IdleUnstarted || s.Idle.Type == scoring.IdleStalled:
		return Idle, ""
	case p.State == parcels.StateSupplied || p.State == parcels.StateBuilding:
		return Unbuilt, ""
	}
	return Stock, ""
}

// bind chooses the limit: the contract's or, when it is greater, that of the stock document; the control set's maximum caps both.
func (out *Parcel) bind() {
	if v, ok := out.ContractFAR.Get(); ok {
		out.LimitFAR, out.Binding = parcels.Some(v), ByContract
	}
	if v, ok := out.StockFAR.Get(); ok && (!out.LimitFAR.OK() || v > out.LimitFAR.Or(0)) {
		out.LimitFAR, out.Binding = parcels.Some(v), ByStock
	}
	if v, ok := out.ControlFAR.Get(); ok && v < out.LimitFAR.Or(math.Inf(1)) {
		out.LimitFAR, out.Binding, out.Open = parcels.Some(v), ByControl, false
	}
}

// raise fills the gain of floor area.
func (out *Parcel) raise(snap *parcels.Snapshot, p *parcels.Parcel, s *scoring.ParcelScore) {
	land, hasLand := out.LandM2.Get()
	limit, hasLimit := out.LimitFAR.Get()
	far, plain, why := standing(snap, p, s)
	switch {
	case !hasLand:
		out.FloorMissing = noLand
	case why != "":
		out.FloorMissing = why
	case !hasLimit:
		out.FloorMissing = noLimit
	default:
		out.FloorGainM2, out.PlainGainM2 = above(limit*land, far), above(limit*land, plain)
		if agreed, ok := out.ContractFAR.Get(); ok {
			out.ContractGainM2 = above(min(agreed, limit)*land, far)
		}
	}
}

// standing is the floor area on a parcel, as the ratio counts it and plain, or why it is not known. Where nothing is on file and the
// state says that nothing was begun, it is zero. A building without storeys makes it unknown: the gain would be too great by all of it.
func standing(snap *parcels.Snapshot, p *parcels.Parcel, s *scoring.ParcelScore) (far, plain float64, why string) {
	on := snap.BuildingsOn(p.Code)
	switch {
	case len(on) == 0 && p.State == parcels.StateSupplied:
		return 0, 0, ""
	case len(on) == 0 && p.State == parcels.StateBuilding:
		return 0, 0, isBuilding
	}
	far, known := s.FARM2.Get()
	plain, knownPlain := s.FloorM2.Get()
	if !known || !knownPlain {
		return 0, 0, noFloor
	}
	for _, i := range on {
		if len(snap.Buildings.At(i).Storeys) == 0 {
			return 0, 0, partFloor
		}
	}
	return far, plain, ""
}

// spread fills the gain of footprint.
func (out *Parcel) spread(p *parcels.Parcel, s *scoring.ParcelScore) {
	land, hasLand := out.LandM2.Get()
	target, hasTarget := out.Target.Get()
	present, hasGround := s.Coefficient.Get()
	if !hasGround && p.State == parcels.StateSupplied {
		present, hasGround = 0, true
	}
	switch {
	case !hasLand:
		out.FootMissing = noLand
	case !hasGround:
		out.FootMissing = noGround
	case !hasTarget:
		out.FootMissing = noTarget
	default:
		out.FootprintGainM2 = above(target*land, present*land)
	}
}

// above is what a is over b, not below 0. Less than a square centimetre is rounding.
func above(a, b float64) parcels.Opt[float64] {
	const speck = 1e-4
	if a-b < speck {
		return parcels.Some(0.0)
	}
	return parcels.Some(a - b)
}
