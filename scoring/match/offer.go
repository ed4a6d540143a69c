package match

import (
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// Kind says why a parcel could serve.
type Kind string

// The kinds, in the order in which they are shown.
const (
	KindSigned      Kind = "signed_unbuilt" // 已签约未建设
	KindUnstarted   Kind = "idle_unstarted" // 疑似闲置，未动工
	KindStalled     Kind = "idle_stalled"   // 疑似闲置，停工
	KindUnfinished  Kind = "unfinished"     // 开发未完成, standing still beyond the shares of idle land
	KindPartly      Kind = "partly_built"   // 未满额建设, the second phase
	KindVacantPlant Kind = "vacant_plant"   // 空置厂房, 建而未用
	KindExit        Kind = "exit_candidate" // 疑似退出候选
	KindReserve     Kind = "reserve"        // 收储、批而未供: in the authority's hand
)

// Kinds lists the kinds in their order.
var Kinds = []Kind{KindSigned, KindUnstarted, KindStalled, KindUnfinished, KindPartly, KindVacantPlant, KindExit, KindReserve}

// Offer is what a parcel of one kind has to give. What is not on file is missing.
type Offer struct {
	Kind    Kind
	LandM2  parcels.Opt[float64] // land
	FloorM2 parcels.Opt[float64] // floor area that stands
	BuildM2 parcels.Opt[float64] // floor area that may be built
	// Estimated says that the land was inferred from floor areas, because the area developed is not on file.
	Estimated bool
}

// floor is the floor area of an offer, standing or to be built.
func (o *Offer) floor() parcels.Opt[float64] {
	if o.FloorM2.OK() {
		return o.FloorM2
	}
	return o.BuildM2
}

// offersOf lists what parcel p could give, by kind; none for a parcel that is of no kind.
func (p *Pool) offersOf(i int) []Offer {
	parcel, ps := p.snap.Parcels.At(i), &p.scores.Parcels[i]
	var offers []Offer
	whole := p.wholeLand(i)
	add := func(k Kind) {
		offers = append(offers, Offer{Kind: k, LandM2: whole, BuildM2: buildable(&parcel.Contract, whole)})
	}
	if k := p.unbuiltKind(i); k != "" {
		add(k)
	}
	if o, ok := p.secondPhase(i); ok {
		offers = append(offers, o)
	}
	if o, ok := p.emptyPlant(i); ok {
		offers = append(offers, o)
	}
	if ps.Exit >= 0 {
		offers = append(offers, Offer{Kind: KindExit, LandM2: whole, FloorM2: ps.FloorM2})
	}
	if parcel.State == parcels.StateReclaimed || (parcel.State == parcels.StateApproved && len(offers) == 0) {
		add(KindReserve)
	}
	return offers
}

// wholeLand is the land of a parcel: the title area, else the drawn one.
func (p *Pool) wholeLand(i int) parcels.Opt[float64] {
	if v, ok := p.snap.Parcels.At(i).TitleAreaM2.Get(); ok && v > 0 {
		return parcels.Some(v)
	}
	if v := p.scores.Parcels[i].DrawnM2; v > 0 {
		return parcels.Some(v)
	}
	return parcels.Opt[float64]{}
}

// buildable is the floor area that may stand on land: what the contract agrees, else its highest floor-area ratio times the land.
func buildable(c *parcels.Contract, land parcels.Opt[float64]) parcels.Opt[float64] {
	if c.AgreedFloorM2.OK() {
		return c.AgreedFloorM2
	}
	far, ok := c.MaxFAR.Get()
	m2, known := land.Get()
	if !ok || !known {
		return parcels.Opt[float64]{}
	}
	return parcels.Some(far * m2)
}

// findingOf are the types of suspicion that make a kind.
var findingOf = map[Kind]string{
	KindSigned: scoring.FindSignedUnbuilt, KindUnstarted: scoring.FindIdleUnstarted, KindStalled: scoring.FindIdleStalled,
	KindUnfinished: scoring.FindUnfinished, KindPartly: scoring.FindPartlyBuilt, KindVacantPlant: scoring.FindBuiltUnused,
}

// finding returns the suspicion about a parcel that makes a kind, nil for none.
func (p *Pool) finding(i int, k Kind) *scoring.Finding {
	found := p.scores.Parcels[i].Findings
	for f := range found {
		if found[f].Type == findingOf[k] {
			return &found[f]
		}
	}
	return nil
}

// unbuiltKind is the kind of land on which too little was built, of which a parcel has at most one. Land that the register calls
// supplied and not used counts as signed even where no day is on file.
func (p *Pool) unbuiltKind(i int) Kind {
	for _, k := range []Kind{KindSigned, KindUnstarted, KindStalled, KindUnfinished} {
		if p.finding(i, k) != nil {
			return k
		}
	}
	parcel := p.snap.Parcels.At(i)
	c := &parcel.Contract
	if parcel.State == parcels.StateSupplied && !p.past(c.StartedOn) && !p.past(c.CompletedOn) && !p.past(c.ProducedOn) &&
		len(p.snap.BuildingsOn(parcel.Code)) == 0 {
		return KindSigned
	}
	return ""
}

func (p *Pool) past(d parcels.Date) bool { return d.OK() && d <= p.asOf }

// secondPhase is the room left on a parcel that is suspected, or registered, of being partly built: the area still to
// be developed, or the part of the land that corresponds to the floor area that is missing from the agreed one.
func (p *Pool) secondPhase(i int) (Offer, bool) {
	parcel, ps := p.snap.Parcels.At(i), &p.scores.Parcels[i]
	if parcel.State != parcels.StatePartial && p.finding(i, KindPartly) == nil {
		return Offer{}, false
	}
	o, c := Offer{Kind: KindPartly}, &parcel.Contract
	whole, okWhole := p.wholeLand(i).Get()
	agreed, okAgreed := c.AgreedFloorM2.Get()
	stands, okStands := ps.FloorM2.Get()
	if far, ok := c.MinFAR.Get(); !okAgreed && ok && okWhole { // the floor area agreed is that of the least ratio, which counts high storeys twice
		agreed, okAgreed = far*whole, true
		stands, okStands = ps.FARM2.Get()
	}
	if okAgreed && okStands && agreed > stands {
		o.BuildM2 = parcels.Some(agreed - stands)
	}
	toDevelop, okTo := c.ToDevelopM2.Get()
	developed, okDone := c.DevelopedM2.Get()
	switch {
	case okTo && okDone && toDevelop > developed:
		o.LandM2 = parcels.Some(toDevelop - developed)
	case o.BuildM2.OK() && okWhole && agreed > 0:
		o.LandM2, o.Estimated = parcels.Some(whole*(agreed-stands)/agreed), true
	}
	return o, true
}

// emptyPlant is the empty floor area of a parcel whose plant is suspected of standing vacant, or whose state is built and not used.
func (p *Pool) emptyPlant(i int) (Offer, bool) {
	parcel, ps := p.snap.Parcels.At(i), &p.scores.Parcels[i]
	if !ps.Idle.Plant && parcel.State != parcels.StateUnused && p.finding(i, KindVacantPlant) == nil {
		return Offer{}, false
	}
	o := Offer{Kind: KindVacantPlant}
	var uses []string
	if set := p.scores.RuleSet(scoring.KindIdlePlant, i); set != nil {
		uses = set.IdlePlant.Uses
	}
	empty, known := 0.0, false
	for _, b := range p.snap.BuildingsOn(parcel.Code) {
		building := p.snap.Buildings.At(b)
		if len(uses) > 0 && !slices.Contains(uses, building.Use) {
			continue
		}
		if v, ok := building.VacantM2.Get(); ok {
			empty, known = empty+v, true
		}
	}
	if known {
		o.FloorM2 = parcels.Some(empty)
	}
	return o, true
}
