package scoring

import (
	"encoding/binary"
	"slices"
	"sync"

	"muchan/geo"
	"muchan/parcels"
)

// ground is what follows from shapes and lineage alone. It is measured once for a snapshot and shared by its runs: other years, other
// rules, other figures.
type ground struct {
	drawnM2     []float64 // by parcel: ellipsoidal area of its boundary
	footprintM2 []float64 // by parcel: ground covered by its buildings
	heirs       *lineage
	drawn       []bool  // by parcel: its boundary has a point on its surface
	zonesOf     []int32 // by parcel: position in zoneSets
	zoneSets    setList // what sets of zones lie around a parcel: ascending positions in Zones
	zones       *zoneIndex
}

type groundKey struct{}

func groundOf(snap *parcels.Snapshot) *ground {
	return snap.Derive(groundKey{}, func() any { return newGround(snap) }).(*ground)
}

func newGround(snap *parcels.Snapshot) *ground {
	n := snap.Parcels.Len()
	g := &ground{
		drawnM2: make([]float64, n), footprintM2: make([]float64, n), heirs: newLineage(snap),
		drawn: make([]bool, n), zonesOf: make([]int32, n),
	}
	g.zones = newZoneIndex(snap)
	sets := &zoneSets{}
	eachChunk(n, func(from, to int) {
		var zones []int32
		for p := from; p < to; p++ {
			zones = g.measure(snap, sets, p, zones)
		}
	})
	g.zoneSets = sets.list
	return g
}

// after returns the ground of a snapshot in which shapes may differ where edits were made: it is measured again there and nowhere else.
func (g *ground) after(snap *parcels.Snapshot, e *edited) *ground {
	return snap.Derive(groundKey{}, func() any {
		next := &ground{
			drawnM2: slices.Clone(g.drawnM2), footprintM2: slices.Clone(g.footprintM2), heirs: g.heirs,
			drawn: slices.Clone(g.drawn), zonesOf: slices.Clone(g.zonesOf), zones: g.zones, // an edited zone makes all anew
		}
		sets := g.zoneSets.numbered()
		var zones []int32
		for _, p := range e.parcels {
			zones = next.measure(snap, sets, int(p), zones)
		}
		next.zoneSets = sets.list
		return next
	}).(*ground)
}

// measure measures one parcel. zones is scratch, and returned to be used again.
func (g *ground) measure(snap *parcels.Snapshot, sets *zoneSets, p int, zones []int32) []int32 {
	g.drawnM2[p] = float64(geo.Area(snap.Parcels.At(p).Shape))
	g.footprintM2[p] = footprint(&snap.Buildings, snap.BuildingsAt(p))
	at, drawn := geo.PointOnSurface(snap.Parcels.At(p).Shape)
	zones = zones[:0]
	if g.drawn[p] = drawn; drawn {
		zones = g.zones.around(zones, at)
	}
	g.zonesOf[p] = sets.at(zones)
	return zones
}

// zonesAround returns the positions in Zones, ascending, of those in which the point on a parcel's surface lies, whether or not they are
// in force.
func (g *ground) zonesAround(p int) []int32 { return g.zoneSets[g.zonesOf[p]] }

// setList is sets of zones by their numbers.
type setList [][]int32

// numbered begins to number further sets behind those of the list, which stays as it is.
func (l setList) numbered() *zoneSets {
	s := &zoneSets{}
	for _, zones := range l {
		s.at(zones)
	}
	return s
}

// zoneSets numbers sets of zones: a park has many parcels and few sets. The numbers depend on who asks first, and only whether two are
// equal says anything.
type zoneSets struct {
	mu     sync.Mutex
	list   setList
	number map[string]int32
}

// at is the number of a set.
func (s *zoneSets) at(zones []int32) int32 {
	var room [64]byte
	key := room[:0]
	for _, z := range zones {
		key = binary.LittleEndian.AppendUint32(key, uint32(z))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.number[string(key)]
	if !ok {
		if s.number == nil {
			s.number = map[string]int32{}
		}
		n = int32(len(s.list))
		s.number[string(key)], s.list = n, append(s.list, slices.Clone(zones))
	}
	return n
}

// zoneIndex finds the zones around a place.
type zoneIndex struct {
	zones []*geo.Prepared // those that are drawn
	at    []int32         // their positions in Zones
	index *geo.Index
}

func newZoneIndex(snap *parcels.Snapshot) *zoneIndex {
	x := &zoneIndex{}
	for i := range snap.Zones {
		if len(snap.Zones[i].Shape) > 0 {
			x.at = append(x.at, int32(i))
		}
	}
	x.zones = make([]*geo.Prepared, len(x.at))
	bounds := make([]geo.Bound, len(x.at))
	eachChunk(len(x.at), func(from, to int) {
		for k := from; k < to; k++ {
			shape := snap.Zones[x.at[k]].Shape
			x.zones[k], bounds[k] = geo.Prepare(shape), geo.BoundOf(shape)
		}
	})
	x.index = geo.NewIndex(bounds)
	return x
}

// around appends the positions of the zones around a place, ascending.
func (x *zoneIndex) around(list []int32, at geo.Point) []int32 {
	from := len(list)
	x.index.Search(geo.Bound{Min: at, Max: at}, func(i int) bool {
		if x.zones[i].Contains(at) {
			list = append(list, x.at[i])
		}
		return true
	})
	slices.Sort(list[from:])
	return list
}
