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

// carried is the money on each parcel.
type carried []purse

// purse is the money on one parcel. Bit k of has is set when there is money of kind k, of lacking when a firm on the parcel lacks it.
type purse struct {
	wan          [moneyKinds]parcels.Wan
	has, lacking uint8
}

// of is the amount of one kind.
func (p *purse) of(kind int) parcels.Opt[parcels.Wan] {
	if p.has&(1<<kind) == 0 {
		return parcels.Opt[parcels.Wan]{}
	}
	return parcels.Some(p.wan[kind])
}

// partial reports whether the amount of one kind is a lower bound: one firm has the figure, another lacks it.
func (p *purse) partial(kind int) bool { return p.has&p.lacking&(1<<kind) != 0 }

func (p *purse) partials() Partial {
	return Partial{Output: p.partial(moneyOutput), Revenue: p.partial(moneyRevenue), ValueAdded: p.partial(moneyValueAdded), Tax: p.partial(moneyTax)}
}

// amounts are what every stake of a ledger gets, by position; the room is used again for the next year.
type amounts [][moneyKinds]parcels.Wan

// allocate puts the firms' money of a year on the parcels. Firms are split at the same time, each stake's part is written down, and
// then the parcels add up theirs; sums of whole fen come out the same in any order. It takes the room of parts and returns it.
func allocate(snap *parcels.Snapshot, l *ledger, parts amounts, moneyOf func(firm int) money) (carried, []Unassigned, amounts) {
	parts = slices.Grow(parts[:0], len(l.stakes))[:len(l.stakes)]
	has := make([]uint8, len(snap.Firms)) // bit k is set when the firm has money of kind k
	lost := inParts(len(snap.Firms), func(from, to int) []Unassigned {
		var lost []Unassigned
		a := &allocator{ledger: l}
		for f := from; f < to; f++ {
			m := moneyOf(f)
			if has[f] = a.note(f, &m, parts); has[f] != 0 && l.loses(f) {
				lost = appendUnassigned(lost, f, a.firm(f, m))
			}
		}
		return lost
	})
	c := make(carried, len(snap.Parcels))
	eachChunk(len(c), func(from, to int) {
		for p := from; p < to; p++ {
			c[p] = l.gather(p, parts, has)
		}
	})
	return c, slices.Concat(lost...), parts
}

// note splits a firm's money and writes down what each of its stakes gets. It returns which kinds of money there are, 0 for none.
func (a *allocator) note(f int, m *money, parts amounts) uint8 {
	kinds, of := m.kinds(), a.ledger.of(f)
	if kinds == 0 || len(of) == 0 {
		return kinds
	}
	for _, h := range of {
		parts[h.stake] = [moneyKinds]parcels.Wan{}
	}
	a.spread(f, m, func(kind int, split []int64, _ parcels.Wan) {
		for i, part := range split {
			parts[of[i].stake][kind] = parcels.Wan(part)
		}
	})
	return kinds
}

// loses reports whether some of a firm's money is on no parcel.
func (l *ledger) loses(f int) bool {
	of := l.of(f)
	return len(of) == 0 || l.daysOf[f].away > 0 || slices.ContainsFunc(of, func(h holding) bool { return h.parcel < 0 })
}

// gather adds up the parts of a parcel's stakes. Those of a firm without any money were not written and count nothing.
func (l *ledger) gather(p int, parts amounts, has []uint8) (sum purse) {
	for k := l.parcelStart[p]; k < l.parcelStart[p+1]; k++ {
		f := l.stakes[k].firm
		if f < 0 {
			continue
		}
		sum.lacking |= ^has[f] & (1<<moneyKinds - 1)
		if has[f] == 0 {
			continue
		}
		sum.has |= has[f]
		for kind := range sum.wan {
			sum.wan[kind] += parts[k][kind]
		}
	}
	return sum
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
