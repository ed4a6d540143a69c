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
	onLand  bool // nothing but parcels and buildings was edited
}

// edited is where edits were made.
type edited struct {
	parcels []int32 // of the edited parcels, buildings and occupancies
	firms   []int32 // of the edited firms and figures
	// onlyFigures says that nothing else was edited, so that everything stands and was used as before.
	onlyFigures bool
	onLand      bool // nothing but parcels and buildings was edited
}

// editedBy finds where edits were made. It is false when that cannot be said by parcel: land that follows a retired parcel takes over
// its occupancies together with other land.
func editedBy(snap *parcels.Snapshot, edits []Edit) (edited, bool) {
	e := edited{onlyFigures: true, onLand: true}
	for _, edit := range edits {
		code, _, _ := strings.Cut(edit.Key, "|")
		e.onlyFigures = e.onlyFigures && edit.Table == parcels.FiguresTable.Name
		e.onLand = e.onLand && (edit.Table == parcels.ParcelTable.Name || edit.Table == parcels.BuildingTable.Name)
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
		case parcels.ParcelTable.Name, parcels.OccupancyTable.Name:
		default: // an event, a zone or a target may bear on anything
			return e, false
		}
		p, ok := snap.ParcelIndex(code)
		if !ok || len(snap.Parcels.At(p).Parents) > 0 {
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
	m := moved{parcels: slices.Clone(e.parcels), firms: slices.Clone(e.firms), onLand: e.onLand}
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
	snap = lasting(snap)
	next := &use{snap: snap, heirs: u.heirs, sites: u.sites, measured: u.measured}
	next.localities, next.localityOf = localitiesOf(snap, g)
	if len(e.parcels) > 0 {
		next.sites, next.measured = parcels.Copied(u.sites), slices.Clone(u.measured)
		for _, p := range e.parcels {
			next.sites[p] = surveySite(snap, g, int(p))
			m := measure(snap.Parcels.At(int(p)), &next.sites[p])
			next.measured[p] = &m
		}
	}
	next.ledgers.make = func(year int) *ledger {
		if l := u.ledgerOf(year).after(next, e); l != nil {
			return l
		}
		return newLedger(snap, next.sites, next.heirs, year)
	}
	next.lands.make = func(k landsKey) []firmLand {
		l := next.ledgerOf(k.year)
		if l.resettled == nil {
			return next.measureLands(k)
		}
		lands := parcels.Copied(u.lands.of(k))
		for _, f := range l.resettled {
			lands[f] = l.landOf(int(f), next.sites, k.without)
		}
		return lands
	}
	return next
}

// after returns the ledger with the stakes of the edited parcels settled again, nil when other occupancies count there than before. What
// comes out as it was is shared with l: a parcel with another title area has its floor shared out as before.
func (l *ledger) after(u *use, e *edited) *ledger {
	next := *l
	if !next.resettle(u, e) {
		return nil
	}
	next.resettled = sortedSet(next.appendFirmsAt(append([]int32{}, e.firms...), e.parcels))
	if l.stakesAre(&next) && len(e.firms) == 0 {
		return &next
	}
	next.daysOf, next.holdings, next.mainOf = slices.Clone(l.daysOf), parcels.Copied(l.holdings), slices.Clone(l.mainOf)
	var spans []span
	for _, f := range next.resettled {
		spans = next.countDaysOf(u.snap, int(f), spans)
		next.weigh(int(f))
	}
	return &next
}

// resettle settles the stakes of the edited parcels. It is false when other occupancies count there than before.
func (l *ledger) resettle(u *use, e *edited) bool {
	w := sweep{buildings: &u.snap.Buildings}
	var raw []stake
	shared := true // stakes and restLand are still those of the ledger before
	for _, p := range e.parcels {
		raw = raw[:0]
		for _, i := range u.snap.OccupanciesAt(int(p)) {
			raw = l.collect(raw, u.snap, u.sites, u.heirs, i)
		}
		at := l.at(int(p))
		if !slices.EqualFunc(raw, at, func(a, b stake) bool { return a.occ == b.occ && a.firm == b.firm && a.parcel == b.parcel }) {
			return false
		}
		rest := w.settleYear(l.year, raw, u.snap.Parcels.At(int(p)), &u.sites[p])
		if slices.Equal(raw, at) && rest == l.restLand[p] {
			continue
		}
		if shared {
			l.stakes, l.restLand, shared = parcels.Copied(l.stakes), slices.Clone(l.restLand), false
		}
		copy(l.at(int(p)), raw)
		l.restLand[p] = rest
	}
	return true
}

// stakesAre reports whether two ledgers share their stakes.
func (l *ledger) stakesAre(m *ledger) bool { return len(l.stakes) == 0 || &l.stakes[0] == &m.stakes[0] }

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
