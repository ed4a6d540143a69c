package scoring

import "muchan/parcels"

// lineage knows which parcels of the snapshot follow a retired one.
type lineage struct {
	heirs map[string][]int32
}

func newLineage(snap *parcels.Snapshot) *lineage {
	g := &lineage{heirs: map[string][]int32{}}
	for i := range snap.Parcels.Len() {
		for _, code := range snap.Parcels.At(i).Parents {
			if _, present := snap.ParcelIndex(code); !present {
				g.heirs[code] = append(g.heirs[code], int32(i))
			}
		}
	}
	return g
}

// of returns positions in Parcels of the successors, ascending. A successor that was itself retired is not in the snapshot, so a
// parcel two generations back has none.
func (g *lineage) of(code string) []int32 { return g.heirs[code] }

// stillOpen ends an occupancy of a retired parcel on the day the firm's own occupancy of a successor begins: the old row was
// carried over, not left running beside it.
func (g *lineage) stillOpen(snap *parcels.Snapshot, o *parcels.Occupancy, s span) span {
	for _, p := range g.heirs[o.Parcel] {
		for _, i := range snap.OccupanciesAt(int(p)) {
			if next := &snap.Occupancies[i]; next.USCC == o.USCC {
				s = s.cut(0, max(next.From, snap.Parcels.At(int(p)).ValidFrom))
			}
		}
	}
	return s
}
