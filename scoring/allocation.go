package scoring

import (
	"slices"

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
	ledger  *ledger
	pieces  []piece
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
		a.pieces = append(a.pieces, piece{parcel: -1, stake: -1, reason: ReasonNoOccupancy, money: m})
		return a.pieces
	}
	for _, h := range of {
		p := piece{parcel: h.parcel, stake: h.stake, weight: h.weight}
		if p.parcel < 0 {
			p.reason = ReasonUnknownParcel
		}
		a.pieces = append(a.pieces, p)
	}
	days := a.ledger.daysOf[f]
	if days.away > 0 {
		a.pieces = append(a.pieces, piece{parcel: -1, stake: -1, reason: ReasonNotAllYear})
	}
	a.spread(f, &m, func(kind int, parts []int64, away parcels.Wan) {
		for i, part := range parts {
			a.pieces[i].money[kind] = parcels.Some(parcels.Wan(part))
		}
		if days.away > 0 {
			a.pieces[len(parts)].money[kind] = parcels.Some(away)
		}
	})
	return a.pieces
}

// spread splits each kind of a firm's money that there is: first between the days covered and those away, then over the firm's stakes. put
// gets the parts in the order of the stakes, in room that is used again.
func (a *allocator) spread(f int, m *money, put func(kind int, parts []int64, away parcels.Wan)) {
	days := a.ledger.daysOf[f]
	a.weights = a.weights[:0]
	for _, h := range a.ledger.of(f) {
		a.weights = append(a.weights, h.weight)
	}
	for kind := range m {
		total, ok := m[kind].Get()
		if !ok {
			continue
		}
		here := [2]int64{int64(total), 0}
		if days.away > 0 {
			split(int64(total), []uint64{uint64(days.covered), uint64(days.away)}, here[:], &a.rem)
		}
		a.parts = slices.Grow(a.parts[:0], len(a.weights))[:len(a.weights)]
		split(here[0], a.weights, a.parts, &a.rem)
		put(kind, a.parts, parcels.Wan(here[1]))
	}
}

// kinds has bit k set when there is money of kind k.
func (m *money) kinds() (bits uint8) {
	for kind := range m {
		if m[kind].OK() {
			bits |= 1 << kind
		}
	}
	return bits
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
