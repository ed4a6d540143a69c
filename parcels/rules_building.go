package parcels

import (
	"fmt"

	"muchan/geo"
)

const (
	maxStoreys       = 150
	maxStoreyHeightM = 60
	maxFloorM2       = 1e6
)

func (b *Building) rules(f *findings) {
	checkCode(f, "parcel", b.Parcel)
	f.period("valid_to", b.ValidFrom, b.ValidTo)
	f.order(SeverityWarning, "completed_on", "vacant_since", "vacant before it was completed", b.CompletedOn, b.VacantSince)
	total := b.storeyRules(f)
	vacant, known := b.VacantM2.Get()
	if known && len(b.Storeys) > 0 && vacant > total*1.005 {
		f.fail("vacant_m2", "building.vacant", fmt.Sprintf("it is more than the building's floor area of %v m²", total), "Correct it or the storeys.")
	}
	if vacant > 0 && !b.VacantSince.OK() {
		f.warn("vacant_since", "date.missing", "floor area stands empty, but since when is missing", "Fill it in.")
	}
}

// storeyRules return the floor area of all storeys.
func (b *Building) storeyRules(f *findings) float64 {
	if len(b.Storeys) > maxStoreys {
		f.fail("storeys", "storeys.range", fmt.Sprintf("%d storeys", len(b.Storeys)), "Write one item for each storey.")
		return 0
	}
	total := 0.0
	for i, s := range b.Storeys {
		total += s.FloorM2
		switch {
		case !finite(s.FloorM2) || !finite(s.HeightM) || s.FloorM2 <= 0 || s.FloorM2 > maxFloorM2:
			f.fail("storeys", "storeys.range", fmt.Sprintf("storey %d has a floor area of %v m²", i+1, s.FloorM2), "Write storeys as 6000@9;6000@4.5.")
		case s.HeightM < 0 || s.HeightM > maxStoreyHeightM:
			f.fail("storeys", "storeys.range", fmt.Sprintf("storey %d is %v m high", i+1, s.HeightM), "Write storeys as 6000@9;6000@4.5, floor area first.")
		case s.HeightM > 0 && s.HeightM < 2.2:
			f.warn("storeys", "storeys.low", fmt.Sprintf("storey %d is %v m high; below 2.2 m it counts half or not at all (GB/T 50353)", i+1, s.HeightM), "Check the height.")
		}
	}
	if len(b.Storeys) > 0 && len(b.Shape) > 0 {
		if drawn := float64(geo.Area(b.Shape)); b.Storeys[0].FloorM2 > 2*drawn {
			f.warn("storeys", "storeys.footprint", fmt.Sprintf("the ground floor has %v m², the footprint %.0f m²", b.Storeys[0].FloorM2, drawn), "Write one item for each storey, not their sum.")
		}
	}
	return total
}
