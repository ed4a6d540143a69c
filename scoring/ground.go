package scoring

import (
	"slices"

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
	zoneStart   []int32 // zones of parcel p: zones[zoneStart[p]:zoneStart[p+1]]
	zones       []int32 // positions in Zones
}

type groundKey struct{}

func groundOf(snap *parcels.Snapshot) *ground {
	return snap.Derive(groundKey{}, func() any { return newGround(snap) }).(*ground)
}

func newGround(snap *parcels.Snapshot) *ground {
	n := len(snap.Parcels)
	g := &ground{
		drawnM2: make([]float64, n), footprintM2: make([]float64, n), heirs: newLineage(snap),
		drawn: make([]bool, n), zoneStart: make([]int32, n+1),
	}
	index := newZoneIndex(snap)
	parts := inParts(n, func(from, to int) []int32 {
		var zones []int32
		for p := from; p < to; p++ {
			g.drawnM2[p] = float64(geo.Area(snap.Parcels[p].Shape))
			g.footprintM2[p] = footprint(snap.Buildings, snap.BuildingsAt(p))
			before := len(zones)
			at := spot{shape: snap.Parcels[p].Shape, m2: g.drawnM2[p]}
			if g.drawn[p] = at.drawn(); g.drawn[p] {
				zones = index.around(zones, &at)
			}
			g.zoneStart[p+1] = int32(len(zones) - before)
		}
		return zones
	})
	for p := range n {
		g.zoneStart[p+1] += g.zoneStart[p]
	}
	g.zones = slices.Concat(parts...)
	return g
}

// zonesAround returns the positions in Zones, ascending, of those in which the point on a parcel's surface lies, whether or not they are
// in force.
func (g *ground) zonesAround(p int) []int32 { return g.zones[g.zoneStart[p]:g.zoneStart[p+1]] }

// zoneIndex finds the zones around a spot.
type zoneIndex struct {
	zones []parcels.Zone
	at    []int32 // positions in zones of those that are drawn
	index *geo.Index
}

func newZoneIndex(snap *parcels.Snapshot) *zoneIndex {
	x := &zoneIndex{zones: snap.Zones}
	var bounds []geo.Bound
	for i := range snap.Zones {
		if z := &snap.Zones[i]; len(z.Shape) > 0 {
			x.at = append(x.at, int32(i))
			bounds = append(bounds, geo.BoundOf(z.Shape))
		}
	}
	x.index = geo.NewIndex(bounds)
	return x
}

// around appends the positions of the zones around a spot, ascending.
func (x *zoneIndex) around(list []int32, at *spot) []int32 {
	from := len(list)
	x.index.Search(at.box(), func(i int) bool {
		if at.within(x.zones[x.at[i]].Shape) {
			list = append(list, x.at[i])
		}
		return true
	})
	slices.Sort(list[from:])
	return list
}
