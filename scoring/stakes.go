package scoring

import (
	"math"
	"slices"

	"muchan/parcels"
)

// stake is one occupancy during one year on one parcel of the snapshot. An occupancy of a retired parcel becomes one stake for
// each successor, with the successor's part of the area.
type stake struct {
	firm     int32 // position in Firms; -1 when the firm is not on file
	parcel   int32 // position in Parcels; -1 when neither the parcel nor a successor is in the snapshot
	building int32 // position in Buildings of one with storeys on file, else -1
	occ      int32 // position in Occupancies
	own      bool
	stated   bool // floorM2 was stated, else it is what the others leave
	early    bool // the parcel is in its contractual building period at the end of the year
	span     span
	floorM2  float64 // stated floor area

	floorDays float64 // floor area × days
	land      float64 // part of the parcel's land over the year, 0..1
}

// maxFloorM2 bounds one occupancy's floor area, and with it the integer weights made from it.
const maxFloorM2 = 1e8

// ledger is who used what in a year.
type ledger struct {
	year        span
	stakes      []stake // by parcel, unknown parcels last, then in the order of the snapshot
	parcelStart []int32 // stakes of parcel p: stakes[parcelStart[p]:parcelStart[p+1]]; the last group has no parcel
	firmStart   []int32
	holdings    []holding  // by firm, then as stakes are
	mainOf      []int32    // by firm: see mainParcel
	restLand    []float64  // by parcel: part of the land that nobody holds, 0..1
	daysOf      []workDays // by firm
	resettled   []int32    // firms with other land or days than in the ledger this one was made after; nil when it was made from nothing
}

// holding is a stake as its firm sees it. It says what a firm's money is split by, because the firm's stakes lie far apart.
type holding struct {
	stake  int32 // position in stakes
	parcel int32 // of the stake
	weight uint64
}

func (l *ledger) at(parcel int) []stake {
	return l.stakes[l.parcelStart[parcel]:l.parcelStart[parcel+1]]
}

func (l *ledger) of(firm int) []holding { return l.holdings[l.firmStart[firm]:l.firmStart[firm+1]] }

// mainParcel is the position of the parcel on which a firm used most floor area over the year, -1 for none; equal ones go to the first
// parcel.
func (l *ledger) mainParcel(firm int) int { return int(l.mainOf[firm]) }

// newLedger collects the stakes of a year and settles floor area and land on every parcel.
func newLedger(snap *parcels.Snapshot, sites []site, heirs *lineage, year int) *ledger {
	l := &ledger{year: yearOf(year), restLand: make([]float64, snap.Parcels.Len())}
	room := make([]stake, len(snap.Occupancies))
	l.sortByParcel(room, inParts(len(room), func(from, to int) []stake {
		raw := room[from:from:to]
		for i := from; i < to; i++ {
			raw = l.collect(raw, snap, sites, heirs, i)
		}
		return raw
	}), snap.Parcels.Len())
	l.indexByFirm(len(snap.Firms))
	eachChunk(snap.Parcels.Len(), func(from, to int) {
		sweep := sweep{buildings: &snap.Buildings}
		for p := from; p < to; p++ {
			l.restLand[p] = sweep.settleYear(l.year, l.at(p), snap.Parcels.At(p), &sites[p])
		}
	})
	for i := l.parcelStart[snap.Parcels.Len()]; int(i) < len(l.stakes); i++ {
		s := &l.stakes[i]
		s.floorDays = s.floorM2 * float64(s.span.days())
	}
	l.settleFirms(snap)
	return l
}

// settleFirms counts every firm's days, weighs its stakes and finds its main parcel.
func (l *ledger) settleFirms(snap *parcels.Snapshot) {
	l.daysOf, l.mainOf = make([]workDays, len(snap.Firms)), make([]int32, len(snap.Firms))
	eachChunk(len(l.daysOf), func(from, to int) {
		var spans []span
		for f := from; f < to; f++ {
			spans = l.countDaysOf(snap, f, spans)
			l.weigh(f)
		}
	})
}

// weigh weighs the stakes of a firm by floor area × days; by days where no floor area is known at all. It finds the main parcel as well.
func (l *ledger) weigh(f int) {
	of, whole, most := l.of(f), uint64(0), -1.0
	l.mainOf[f] = -1
	for i := range of {
		s := &l.stakes[of[i].stake]
		of[i].weight = weightOf(s.floorDays)
		whole += of[i].weight
		if s.parcel >= 0 && s.floorDays > most {
			l.mainOf[f], most = s.parcel, s.floorDays
		}
	}
	if whole > 0 {
		return
	}
	for i := range of {
		of[i].weight = uint64(l.stakes[of[i].stake].span.days())
	}
}

// weightOf makes a whole number of floor area × days, in hundredths; what cannot be weighs nothing.
func weightOf(floorDays float64) uint64 {
	const most = 1e13
	if !(floorDays > 0) {
		return 0
	}
	return uint64(math.Round(min(floorDays*100, most)))
}

func (l *ledger) collect(raw []stake, snap *parcels.Snapshot, sites []site, heirs *lineage, at int) []stake {
	o := &snap.Occupancies[at]
	s := stake{parcel: -1, building: -1, occ: int32(at), own: o.Tenure == "own", span: l.year.cut(o.From, o.To)}
	if s.span.days() == 0 {
		return raw
	}
	s.firm = int32(snap.OccupancyFirm(at))
	if i := snap.OccupancyBuilding(at); i >= 0 && snap.Buildings.At(i).Parcel == o.Parcel && len(snap.Buildings.At(i).Storeys) > 0 {
		s.building = int32(i)
	}
	// A floor area that cannot be is taken as not stated, so that a snapshot read past the validation still scores.
	if v, ok := o.FloorM2.Get(); ok && v >= 0 && v <= maxFloorM2 {
		s.floorM2, s.stated = v, true
	}
	if s.parcel = int32(snap.OccupancyParcel(at)); s.parcel >= 0 {
		return append(raw, s)
	}
	if s.span = heirs.stillOpen(snap, o, s.span); s.span.days() == 0 {
		return raw
	}
	next := heirs.of(o.Parcel)
	if len(next) == 0 {
		return append(raw, s)
	}
	return appendHeirs(raw, s, next, sites)
}

// appendHeirs hands a stake on to the successors of its parcel by their land.
func appendHeirs(raw []stake, s stake, next []int32, sites []site) []stake {
	whole := 0.0
	for _, p := range next {
		whole += sites[p].landM2
	}
	floor := s.floorM2
	for _, p := range next {
		s.parcel = p
		if whole > 0 {
			s.floorM2 = floor * sites[p].landM2 / whole
		} else {
			s.floorM2 = floor / float64(len(next))
		}
		raw = append(raw, s)
	}
	return raw
}

// sortByParcel sorts the parts one after another; equal ones stay in order, and unknown parcels go last. Each part was begun in its place in
// the room. Where all are there, in order and nearly all of it, they stay.
func (l *ledger) sortByParcel(room []stake, parts [][]stake, n int) {
	slot := func(s *stake) int {
		if s.parcel < 0 {
			return n
		}
		return int(s.parcel)
	}
	start := make([]int32, n+2)
	count, last, sorted := 0, 0, true
	for at, raw := range parts {
		count += len(raw)
		sorted = sorted && len(raw) <= min(chunk, len(room)-at*chunk) // else it has left the room
		for i := range raw {
			k := slot(&raw[i])
			start[k+1]++
			sorted, last = sorted && k >= last, k
		}
	}
	for p := range n + 1 {
		start[p+1] += start[p]
	}
	l.parcelStart = start
	if sorted && count >= len(room)/4*3 {
		l.stakes = room[:0]
		for _, raw := range parts {
			l.stakes = append(l.stakes, raw...)
		}
		return
	}
	next := slices.Clone(start)
	l.stakes = make([]stake, count)
	for _, raw := range parts {
		for i := range raw {
			k := slot(&raw[i])
			l.stakes[next[k]] = raw[i]
			next[k]++
		}
	}
}

func (l *ledger) indexByFirm(n int) {
	start := make([]int32, n+1)
	for i := range l.stakes {
		if f := l.stakes[i].firm; f >= 0 {
			start[f+1]++
		}
	}
	for f := range n {
		start[f+1] += start[f]
	}
	next := slices.Clone(start)
	l.holdings = make([]holding, start[n])
	for i := range l.stakes {
		if f := l.stakes[i].firm; f >= 0 {
			l.holdings[next[f]] = holding{stake: int32(i), parcel: l.stakes[i].parcel}
			next[f]++
		}
	}
	l.firmStart = start
}
