package scoring

import (
	"slices"
	"strings"

	"muchan/parcels"
)

// moved are the parcels and firms that edits of single inputs can reach, by position and ascending. Nothing else on any parcel differs
// from the run before; ranks and classes may, of every firm, and are made anew.
type moved struct {
	parcels []int32
	firms   []int32
}

// edited is where edits were made.
type edited struct {
	parcels []int32 // of the edited parcels, buildings and occupancies
	firms   []int32 // of the edited firms and figures
	// onlyFigures says that nothing else was edited, so that everything stands and was used as before.
	onlyFigures bool
}

// editedBy finds where edits were made. It is false when that cannot be said by parcel: land that follows a retired parcel takes over
// its occupancies together with other land.
func editedBy(snap *parcels.Snapshot, edits []Edit) (edited, bool) {
	e := edited{onlyFigures: true}
	for _, edit := range edits {
		code, _, _ := strings.Cut(edit.Key, "|")
		e.onlyFigures = e.onlyFigures && edit.Table == parcels.FiguresTable.Name
		switch edit.Table {
		case parcels.FirmTable.Name, parcels.FiguresTable.Name:
			f, ok := snap.FirmIndex(code)
			if !ok {
				return e, false
			}
			e.firms = append(e.firms, int32(f))
			continue
		case parcels.BuildingTable.Name:
			b := snap.Building(code)
			if b == nil {
				return e, false
			}
			code = b.Parcel
		}
		p, ok := snap.ParcelIndex(code)
		if !ok || len(snap.Parcels[p].Parents) > 0 {
			return e, false
		}
		e.parcels = append(e.parcels, int32(p))
	}
	e.parcels, e.firms = sortedSet(e.parcels), sortedSet(e.firms)
	return e, true
}

// reach finds what edits move: the firms on the edited parcels and the edited firms, in any of the years, and every parcel that one of
// these firms uses. before and after are who used what without and with the edits.
func (e *edited) reach(before, after *use, years []int) moved {
	var ledgers []*ledger
	for _, year := range years {
		ledgers = append(ledgers, before.ledgerOf(year), after.ledgerOf(year))
	}
	m := moved{parcels: slices.Clone(e.parcels), firms: slices.Clone(e.firms)}
	for _, l := range ledgers {
		m.firms = l.appendFirmsAt(m.firms, e.parcels)
	}
	m.firms = sortedSet(m.firms)
	for _, l := range ledgers {
		m.parcels = l.appendParcelsOf(m.parcels, m.firms)
	}
	m.parcels = sortedSet(m.parcels)
	return m
}

// appendFirmsAt appends the firms on file that used any of the parcels.
func (l *ledger) appendFirmsAt(firms, at []int32) []int32 {
	for _, p := range at {
		for _, s := range l.at(int(p)) {
			if s.firm >= 0 {
				firms = append(firms, s.firm)
			}
		}
	}
	return firms
}

// appendParcelsOf appends the parcels of the snapshot that any of the firms used.
func (l *ledger) appendParcelsOf(list, firms []int32) []int32 {
	for _, f := range firms {
		for _, h := range l.of(int(f)) {
			if h.parcel >= 0 {
				list = append(list, h.parcel)
			}
		}
	}
	return list
}

func sortedSet(list []int32) []int32 {
	slices.Sort(list)
	return slices.Compact(list)
}

// after returns the use of an edited snapshot: what stands and who used what is found again on the edited parcels only.
func (u *use) after(snap *parcels.Snapshot, g *ground, e *edited) *use {
	next := &use{snap: snap, heirs: u.heirs, sites: u.sites, measured: u.measured, ledgers: map[int]func() *ledger{}}
	if len(e.parcels) > 0 {
		next.sites, next.measured = slices.Clone(u.sites), slices.Clone(u.measured)
		for _, p := range e.parcels {
			next.sites[p] = surveySite(snap, g, int(p))
			m := measure(&snap.Parcels[p], &next.sites[p])
			next.measured[p] = &m
		}
	}
	next.make = func(year int) *ledger {
		if l := u.ledgerOf(year).after(next, e); l != nil {
			return l
		}
		return newLedger(snap, next.sites, next.heirs, year)
	}
	return next
}

// after returns the ledger with the stakes of the edited parcels settled again, nil when other occupancies count there than before.
func (l *ledger) after(u *use, e *edited) *ledger {
	next := *l
	next.stakes, next.restLand = slices.Clone(l.stakes), slices.Clone(l.restLand)
	next.daysOf, next.holdings, next.mainOf = slices.Clone(l.daysOf), slices.Clone(l.holdings), slices.Clone(l.mainOf)
	sweep := sweep{buildings: u.snap.Buildings}
	firms := slices.Clone(e.firms)
	var raw []stake
	for _, p := range e.parcels {
		raw = raw[:0]
		for _, i := range u.snap.OccupanciesAt(int(p)) {
			raw = next.collect(raw, u.snap, u.sites, u.heirs, i)
		}
		at := next.at(int(p))
		if !slices.EqualFunc(raw, at, func(a, b stake) bool { return a.occ == b.occ && a.firm == b.firm && a.parcel == b.parcel }) {
			return nil
		}
		copy(at, raw)
		next.settle(u.snap, &sweep, int(p), &u.sites[p])
	}
	var spans []span
	for _, f := range sortedSet(next.appendFirmsAt(firms, e.parcels)) {
		spans = next.countDaysOf(u.snap, int(f), spans)
		next.weigh(int(f))
	}
	return &next
}

// after returns the money on each parcel with that of the moved parcels shared out again.
func (c carried) after(l *ledger, m *moved, moneyOf func(firm int) money) carried {
	next := slices.Clone(c)
	parts, has := make(amounts, len(l.stakes)), make([]uint8, len(l.daysOf))
	a := &allocator{ledger: l}
	for _, p := range m.parcels {
		for _, s := range l.at(int(p)) {
			if s.firm >= 0 && has[s.firm] == 0 {
				has[s.firm] = a.note(int(s.firm), moneyOf(int(s.firm)), parts)
			}
		}
	}
	for _, p := range m.parcels {
		next[p] = l.gather(int(p), parts, has)
	}
	return next
}

// unassignedAfter lists what is on no parcel, with the moved firms' rows made anew.
func (r *run) unassignedAfter(before []Unassigned, m *moved) []Unassigned {
	isMoved := func(u Unassigned) bool { _, found := slices.BinarySearch(m.firms, int32(u.Firm)); return found }
	list := slices.DeleteFunc(slices.Clone(before), isMoved)
	a := &allocator{ledger: r.ledger}
	for _, f := range m.firms {
		if money := r.moneyOf(int(f), r.in.Year); money.kinds() != 0 {
			list = appendUnassigned(list, int(f), a.firm(int(f), money))
		}
	}
	slices.SortStableFunc(list, func(a, b Unassigned) int { return a.Firm - b.Firm })
	return list
}
