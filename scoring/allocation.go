package scoring

import (
	"math"

	"muchan/parcels"
)

// The money of a firm that is allocated.
const (
	moneyOutput = iota
	moneyRevenue
	moneyValueAdded
	moneyTax
	moneyKinds
)

// money is a firm's or a parcel's amounts by kind.
type money [moneyKinds]parcels.Opt[parcels.Wan]

func moneyOf(f *parcels.Figures, m taxMask) money {
	if f == nil {
		return money{}
	}
	return money{f.OutputWan, f.RevenueWan, f.ValueAddedWan, ratedTax(f, m)}
}

// Reasons why money of a firm is on no parcel.
const (
	ReasonNoOccupancy   = "no_occupancy"          // the firm occupied nothing in the year
	ReasonUnknownParcel = "unknown_parcel"        // it occupied a parcel that is not in the snapshot and has no successor there
	ReasonNotAllYear    = "not_occupied_all_year" // it was at work on days on which it occupied nothing
)

// piece is one part of a firm's money: on a parcel, or on none with a reason.
type piece struct {
	parcel int32 // -1 when unassigned
	stake  int32 // -1 when it belongs to no stake
	reason string
	weight uint64 // hundredths of m² × days, within what was occupied
	money  money
}

// allocator splits firms' money. Its slices are reused from firm to firm.
type allocator struct {
	snap    *parcels.Snapshot
	ledger  *ledger
	pieces  []piece
	spans   []span
	weights []uint64
	parts   []int64
	rem     []remainder
}

// firm splits the money of a firm: first the days it was at work without occupying anything from the rest, then the rest over its
// stakes by floor area × days. The pieces of each kind of money add up to the firm's amount to the fen. The slice is reused by the
// next call.
func (a *allocator) firm(f int, m money) []piece {
	a.pieces = a.pieces[:0]
	of := a.ledger.of(f)
	if len(of) == 0 {
		return append(a.pieces, piece{parcel: -1, stake: -1, reason: ReasonNoOccupancy, money: m})
	}
	covered, away := a.daysOf(f)
	for _, k := range of {
		s := &a.ledger.stakes[k]
		p := piece{parcel: s.parcel, stake: k, weight: weightOf(s.floorDays)}
		if s.parcel < 0 {
			p.reason = ReasonUnknownParcel
		}
		a.pieces = append(a.pieces, p)
	}
	a.weigh(of)
	n := len(a.pieces)
	if away > 0 {
		a.pieces = append(a.pieces, piece{parcel: -1, stake: -1, reason: ReasonNotAllYear})
	}
	for kind := range moneyKinds {
		if total, ok := m[kind].Get(); ok {
			a.spread(kind, int64(total), n, uint64(covered), uint64(away))
		}
	}
	return a.pieces
}

// weightOf makes a whole number of floor area × days, in hundredths; what cannot be weighs nothing.
func weightOf(floorDays float64) uint64 {
	const most = 1e13
	if !(floorDays > 0) {
		return 0
	}
	return uint64(math.Round(min(floorDays*100, most)))
}

// weigh falls back to days where no floor area is known at all.
func (a *allocator) weigh(of []int32) {
	for i := range a.pieces {
		if a.pieces[i].weight > 0 {
			return
		}
	}
	for i, k := range of {
		a.pieces[i].weight = uint64(a.ledger.stakes[k].span.days())
	}
}

func (a *allocator) spread(kind int, total int64, n int, covered, away uint64) {
	if away > 0 {
		var two [2]int64
		split(total, []uint64{covered, away}, two[:], &a.rem)
		a.pieces[n].money[kind] = parcels.Some(parcels.Wan(two[1]))
		total = two[0]
	}
	a.weights, a.parts = a.weights[:0], a.parts[:0]
	for i := range n {
		a.weights, a.parts = append(a.weights, a.pieces[i].weight), append(a.parts, 0)
	}
	split(total, a.weights, a.parts, &a.rem)
	for i := range n {
		a.pieces[i].money[kind] = parcels.Some(parcels.Wan(a.parts[i]))
	}
}

// daysOf counts the days of the year on which a firm was at work: with and without occupying anything. It is at work from its
// registration or, when that is later, from the start of its production, until it closes. A firm whose dates leave no such day is
// taken to have been at work only where it was.
func (a *allocator) daysOf(f int) (covered, away int) {
	firm := &a.snap.Firms[f]
	work := a.ledger.year.cut(max(firm.RegisteredOn, firm.ProducedOn), firm.ClosedOn)
	a.spans = a.spans[:0]
	for _, k := range a.ledger.of(f) {
		a.spans = append(a.spans, a.ledger.stakes[k].span)
	}
	covered = coveredDays(work, a.spans)
	if covered == 0 {
		return 1, 0
	}
	return covered, work.days() - covered
}

// carried is the money on each parcel.
type carried struct {
	sum     []money
	lacking []uint8 // by parcel: bit k is set when a firm on it lacks money of kind k
}

// partial reports whether a parcel's sum of one kind is a lower bound: one firm has the figure, another lacks it.
func (c *carried) partial(p, kind int) bool {
	return c.sum[p][kind].OK() && c.lacking[p]&(1<<kind) != 0
}

func (c *carried) partialOf(p int) Partial {
	return Partial{
		Output: c.partial(p, moneyOutput), Revenue: c.partial(p, moneyRevenue), ValueAdded: c.partial(p, moneyValueAdded), Tax: c.partial(p, moneyTax),
	}
}

// allocate puts the firms' money of a year on the parcels.
func allocate(snap *parcels.Snapshot, l *ledger, moneyOf func(firm int) money) (carried, []Unassigned) {
	c := carried{sum: make([]money, len(snap.Parcels)), lacking: make([]uint8, len(snap.Parcels))}
	a := &allocator{snap: snap, ledger: l}
	var lost []Unassigned
	for f := range snap.Firms {
		m := moneyOf(f)
		pieces := a.firm(f, m)
		for i := range pieces {
			if pieces[i].parcel >= 0 {
				c.add(&pieces[i], m)
			}
		}
		lost = appendUnassigned(lost, f, pieces)
	}
	return c, lost
}

func (c *carried) add(p *piece, whole money) {
	for kind := range moneyKinds {
		if !whole[kind].OK() {
			c.lacking[p.parcel] |= 1 << kind
			continue
		}
		sum, _ := c.sum[p.parcel][kind].Get()
		v, _ := p.money[kind].Get()
		c.sum[p.parcel][kind] = parcels.Some(sum + v)
	}
}

// appendUnassigned keeps one row for each reason.
func appendUnassigned(out []Unassigned, f int, pieces []piece) []Unassigned {
	for _, reason := range []string{ReasonNoOccupancy, ReasonUnknownParcel, ReasonNotAllYear} {
		var m money
		found := false
		for i := range pieces {
			if pieces[i].reason == reason {
				m, found = m.plus(pieces[i].money), true
			}
		}
		if found && m != (money{}) {
			out = append(out, Unassigned{
				Firm: f, Reason: reason, OutputWan: m[moneyOutput], RevenueWan: m[moneyRevenue],
				ValueAddedWan: m[moneyValueAdded], TaxWan: m[moneyTax],
			})
		}
	}
	return out
}

// plus adds amounts; a missing one leaves the other as it is.
func (m money) plus(n money) money {
	for kind := range moneyKinds {
		v, ok := n[kind].Get()
		if !ok {
			continue
		}
		w, _ := m[kind].Get()
		m[kind] = parcels.Some(w + v)
	}
	return m
}
