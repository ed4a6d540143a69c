package scoring

import (
	"slices"
	"sync"

	"muchan/parcels"
)

// carried is the money on each parcel, a column for each kind that is looked at. Bit k of has is set when there is money of kind k on the
// parcel, of lacking when a firm on it lacks it.
type carried struct {
	wan          amounts
	has, lacking []uint8
}

// amounts are sums of money by kind and then by position; nil for kinds that nobody looks at.
type amounts [moneyKinds][]parcels.Wan

// resized makes the columns of the kinds n long, in the room they have.
func (a amounts) resized(n int, kinds uint8) amounts {
	for kind := range a {
		if kinds&(1<<kind) != 0 {
			a[kind] = slices.Grow(a[kind][:0], n)[:n]
		}
	}
	return a
}

// partsOf is room for what each stake gets, which every year of every run needs for a moment: 32 bytes a stake.
var partsOf = sync.Pool{New: func() any { return new(amounts) }}

func partRoom(l *ledger, kinds uint8) *amounts {
	room := partsOf.Get().(*amounts)
	*room = room.resized(len(l.stakes), kinds)
	return room
}

func newCarried(n int, kinds uint8) carried {
	return carried{amounts{}.resized(n, kinds), make([]uint8, n), make([]uint8, n)}
}

func (c carried) clone() carried {
	next := carried{has: slices.Clone(c.has), lacking: slices.Clone(c.lacking)}
	for kind := range c.wan {
		next.wan[kind] = slices.Clone(c.wan[kind])
	}
	return next
}

// of is the amount of one kind on a parcel.
func (c *carried) of(p, kind int) parcels.Opt[parcels.Wan] {
	if c.has[p]&(1<<kind) == 0 {
		return parcels.Opt[parcels.Wan]{}
	}
	return parcels.Some(c.wan[kind][p])
}

// partial reports whether the amount of one kind is a lower bound: one firm has the figure, another lacks it.
func (c *carried) partial(p, kind int) bool { return c.has[p]&c.lacking[p]&(1<<kind) != 0 }

func (c *carried) partials(p int) Partial {
	return Partial{
		Output: c.partial(p, moneyOutput), Revenue: c.partial(p, moneyRevenue), ValueAdded: c.partial(p, moneyValueAdded), Tax: c.partial(p, moneyTax),
	}
}

// allocate puts the firms' money of a year on the parcels. Firms are split at the same time, each stake's part is written down, and
// then the parcels add up theirs; sums of whole fen come out the same in any order. kinds are the kinds of money that there may be, by bit.
func allocate(snap *parcels.Snapshot, l *ledger, kinds uint8, moneyOf func(firm int) money) (carried, []Unassigned) {
	parts := partRoom(l, kinds)
	defer partsOf.Put(parts)
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
	c := newCarried(snap.Parcels.Len(), kinds)
	eachChunk(snap.Parcels.Len(), func(from, to int) {
		for p := from; p < to; p++ {
			c.gather(l, p, parts, has)
		}
	})
	return c, slices.Concat(lost...)
}

// note splits a firm's money and writes down what each of its stakes gets. It returns which kinds of money there are, 0 for none.
func (a *allocator) note(f int, m *money, parts *amounts) uint8 {
	of := a.ledger.of(f)
	if len(of) > 0 {
		a.spread(f, m, func(kind int, split []int64, _ parcels.Wan) {
			for i, part := range split {
				parts[kind][of[i].stake] = parcels.Wan(part)
			}
		})
	}
	return m.kinds()
}

// loses reports whether some of a firm's money is on no parcel.
func (l *ledger) loses(f int) bool {
	of := l.of(f)
	return len(of) == 0 || l.daysOf[f].away > 0 || slices.ContainsFunc(of, func(h holding) bool { return h.parcel < 0 })
}

// gather adds up the parts of a parcel's stakes. What a firm has no money of was not written and counts nothing.
func (c *carried) gather(l *ledger, p int, parts *amounts, has []uint8) {
	var sum [moneyKinds]parcels.Wan
	var some, lacking uint8
	for k := l.parcelStart[p]; k < l.parcelStart[p+1]; k++ {
		f := l.stakes[k].firm
		if f < 0 {
			continue
		}
		lacking |= ^has[f] & (1<<moneyKinds - 1)
		some |= has[f]
		for kind := range sum {
			if has[f]&(1<<kind) != 0 {
				sum[kind] += parts[kind][k]
			}
		}
	}
	c.has[p], c.lacking[p] = some, lacking
	for kind, column := range c.wan {
		if column != nil {
			column[p] = sum[kind]
		}
	}
}

// after returns the money on each parcel with that of the moved parcels shared out again.
func (c carried) after(l *ledger, m *moved, moneyOf func(firm int) money) carried {
	next, kinds := c.clone(), uint8(0)
	for kind := range c.wan {
		kinds |= uint8(truth(c.wan[kind] != nil)) << kind
	}
	parts, has := partRoom(l, kinds), make([]uint8, len(l.daysOf))
	defer partsOf.Put(parts)
	a := &allocator{ledger: l}
	for _, p := range m.parcels {
		for _, s := range l.at(int(p)) {
			if s.firm >= 0 && has[s.firm] == 0 {
				m := moneyOf(int(s.firm))
				has[s.firm] = a.note(int(s.firm), &m, parts)
			}
		}
	}
	for _, p := range m.parcels {
		next.gather(l, int(p), parts, has)
	}
	return next
}
