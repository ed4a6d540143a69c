package scoring

import (
	"muchan/geo"
	"muchan/parcels"
)

// ground is what follows from shapes and lineage alone. It is measured once for a snapshot and shared by its runs: other years, other
// rules, other figures.
type ground struct {
	drawnM2     []float64 // by parcel: ellipsoidal area of its boundary
	footprintM2 []float64 // by parcel: ground covered by its buildings
	heirs       *lineage
}

type groundKey struct{}

func groundOf(snap *parcels.Snapshot) *ground {
	return snap.Derive(groundKey{}, func() any { return newGround(snap) }).(*ground)
}

func newGround(snap *parcels.Snapshot) *ground {
	n := len(snap.Parcels)
	g := &ground{drawnM2: make([]float64, n), footprintM2: make([]float64, n), heirs: newLineage(snap)}
	eachChunk(n, func(from, to int) {
		for p := from; p < to; p++ {
			g.drawnM2[p] = float64(geo.Area(snap.Parcels[p].Shape))
			g.footprintM2[p] = footprint(snap.Buildings, snap.BuildingsAt(p))
		}
	})
	return g
}
