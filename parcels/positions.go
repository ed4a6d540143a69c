package parcels

import (
	"slices"
	"strings"
	"sync"
)

// positions are the references between rows, resolved once when the snapshot is made: who computes over all rows asks by position
// and reads no map. -1 stands for a code that is not in the snapshot.
type positions struct {
	occupancyParcel, occupancyFirm, occupancyBuilding []int32 // by occupancy

	buildingsAt   group // of a parcel
	occupanciesAt group // of a parcel
	occupanciesOf group // of a firm
	figuresOf     group // of a firm, by year
	eventsAt      group // of a parcel
	eventsOf      group // of a firm
}

// group lists the rows that refer to each of n others, in the order of rows, in two arrays for all of them. Rows whose reference
// leads nowhere are kept by code.
type group struct {
	start   []int32
	rows    []int
	orphans map[string][]int
}

func (g *group) at(i int) []int { return g.rows[g.start[i]:g.start[i+1]:g.start[i+1]] }

// of finds the rows by code, where index knows the position of a code.
func (g *group) of(index map[string]int, code string) []int {
	if i, ok := index[code]; ok {
		return g.at(i)
	}
	return g.orphans[code]
}

// newGroup sorts rows by what they refer to: to[i] is the position row i refers to, of n, and code(i) its code.
func newGroup(n int, to []int32, code func(int) string) group {
	g := group{start: make([]int32, n+1), orphans: map[string][]int{}}
	for _, t := range to {
		if t >= 0 {
			g.start[t+1]++
		}
	}
	for i := range n {
		g.start[i+1] += g.start[i]
	}
	next := slices.Clone(g.start)
	g.rows = make([]int, g.start[n])
	for i, t := range to {
		if t >= 0 {
			g.rows[next[t]] = i
			next[t]++
		} else if c := code(i); c != "" {
			g.orphans[c] = append(g.orphans[c], i)
		}
	}
	return g
}

// resolve finds the position of every row's reference. Many refer to what the row before does.
func resolve(n int, code func(int) string, index map[string]int) []int32 {
	to := make([]int32, n)
	before, found := "", int32(-1)
	for i := range to {
		if c := code(i); c != before {
			before, found = c, -1
			if at, ok := index[c]; ok && c != "" {
				found = int32(at)
			}
		}
		to[i] = found
	}
	return to
}

// mergeSorted is resolve for rows sorted by their reference, over other rows sorted by key: one walk along both, no map.
func mergeSorted(n int, code func(int) string, others int, key func(int) string) []int32 {
	to := make([]int32, n)
	for i, k := 0, 0; i < n; i++ {
		c := code(i)
		for k < others && strings.Compare(key(k), c) < 0 {
			k++
		}
		if to[i] = -1; k < others && key(k) == c {
			to[i] = int32(k)
		}
	}
	return to
}

// occupiedBuilding finds the position of an occupancy's building, which as a rule stands on its parcel; -1 for none.
func (s *Snapshot) occupiedBuilding(occupancy int) int32 {
	id, parcel := s.Occupancies[occupancy].Building, s.OccupancyParcel(occupancy)
	if id == "" {
		return -1
	}
	if parcel >= 0 {
		there := s.BuildingsAt(parcel)
		if k, ok := slices.BinarySearchFunc(there, id, func(b int, id string) int { return strings.Compare(s.Buildings.At(b).ID, id) }); ok {
			return int32(there[k])
		}
	}
	if b, ok := s.buildingIndex(id); ok {
		return int32(b)
	}
	return -1
}

// locate resolves all references. The maps by code are there already; buildings are looked up in their rows.
func (s *Snapshot) locate() {
	p := &s.positions
	parcel, firm := func(i int) string { return s.Parcels.At(i).Code }, func(i int) string { return s.Firms[i].USCC }
	together(
		func() {
			code := func(i int) string { return s.Buildings.At(i).Parcel }
			p.buildingsAt = newGroup(s.Parcels.Len(), resolve(s.Buildings.Len(), code, s.parcel), code)
		},
		func() {
			code := func(i int) string { return s.Occupancies[i].Parcel }
			p.occupancyParcel = mergeSorted(len(s.Occupancies), code, s.Parcels.Len(), parcel)
			p.occupanciesAt = newGroup(s.Parcels.Len(), p.occupancyParcel, code)
		},
		func() {
			code := func(i int) string { return s.Occupancies[i].USCC }
			p.occupancyFirm = resolve(len(s.Occupancies), code, s.firm)
			p.occupanciesOf = newGroup(len(s.Firms), p.occupancyFirm, code)
		},
		func() {
			code := func(i int) string { return s.Figures.At(i).USCC }
			p.figuresOf = newGroup(len(s.Firms), mergeSorted(s.Figures.Len(), code, len(s.Firms), firm), code)
		},
		func() {
			parcel, firm := func(i int) string { return s.Events[i].Parcel }, func(i int) string { return s.Events[i].USCC }
			p.eventsAt = newGroup(s.Parcels.Len(), resolve(len(s.Events), parcel, s.parcel), parcel)
			p.eventsOf = newGroup(len(s.Firms), resolve(len(s.Events), firm, s.firm), firm)
		},
	)
	p.occupancyBuilding = make([]int32, len(s.Occupancies))
	find := func(from, to int) {
		for i := from; i < to; i++ {
			p.occupancyBuilding[i] = s.occupiedBuilding(i)
		}
	}
	half := len(s.Occupancies) / 2
	together(func() { find(0, half) }, func() { find(half, len(s.Occupancies)) })
}

// BuildingsAt returns positions in Buildings of the buildings on the parcel at a position. The slice is shared; do not write into it.
func (s *Snapshot) BuildingsAt(parcel int) []int { return s.positions.buildingsAt.at(parcel) }

// OccupanciesAt returns positions in Occupancies at the parcel at a position, whenever they were.
func (s *Snapshot) OccupanciesAt(parcel int) []int { return s.positions.occupanciesAt.at(parcel) }

// EventsAt returns positions in Events of the parcel at a position.
func (s *Snapshot) EventsAt(parcel int) []int { return s.positions.eventsAt.at(parcel) }

// EventsOf returns positions in Events of the firm at a position.
func (s *Snapshot) EventsOf(firm int) []int { return s.positions.eventsOf.at(firm) }

// OccupancyParcel returns the position in Parcels of an occupancy's parcel, -1 when it is not in the snapshot.
func (s *Snapshot) OccupancyParcel(occupancy int) int {
	return int(s.positions.occupancyParcel[occupancy])
}

// OccupancyFirm returns the position in Firms of an occupancy's firm, -1 when it is not in the snapshot.
func (s *Snapshot) OccupancyFirm(occupancy int) int { return int(s.positions.occupancyFirm[occupancy]) }

// OccupancyBuilding returns the position in Buildings of an occupancy's building, -1 for none and one not in the snapshot.
func (s *Snapshot) OccupancyBuilding(occupancy int) int {
	return int(s.positions.occupancyBuilding[occupancy])
}

// FiguresAt returns the figures for a year of the firm at a position, or nil when there are none.
func (s *Snapshot) FiguresAt(firm, year int) *Figures {
	return s.figuresIn(s.positions.figuresOf.at(firm), year)
}

func (s *Snapshot) figuresIn(rows []int, year int) *Figures {
	for _, i := range rows {
		if f := s.Figures.At(i); f.Year == year {
			return f
		}
	}
	return nil
}

// derived are values computed from a snapshot and kept with it.
type derived struct {
	mu     sync.Mutex
	values map[any]func() any // each computes once; what panics in it panics for whoever asks again
}

// Derive returns what compute makes of the snapshot, computing it the first time a key is asked for and keeping it as long as the
// snapshot. The key's type is the asking package's own; compute may depend on nothing but what no Edit
// changes (keys, references and shapes), so that a snapshot with edits shares it, and nobody writes into the value.
func (s *Snapshot) Derive(key any, compute func() any) any { return s.derived.get(key, compute) }

// DeriveUse is Derive for what compute makes of everything but figures and events: a snapshot with edits of figures alone shares it,
// one with other edits has its own.
func (s *Snapshot) DeriveUse(key any, compute func() any) any { return s.use.get(key, compute) }

func (k *derived) get(key any, compute func() any) any {
	k.mu.Lock()
	d := k.values[key]
	if d == nil {
		d = sync.OnceValue(compute)
		k.values[key] = d
	}
	k.mu.Unlock()
	return d()
}

func newDerived() *derived { return &derived{values: map[any]func() any{}} }
