package layers

import (
	"muchan/geo"
	"muchan/parcels"
)

var buildingFields = getters[parcels.Building]{
	"id":           func(b *parcels.Building) cell { return text(b.ID) },
	"parcel":       func(b *parcels.Building) cell { return text(b.Parcel) },
	"name":         func(b *parcels.Building) cell { return text(b.Name) },
	"use":          func(b *parcels.Building) cell { return text(b.Use) },
	"storeys":      func(b *parcels.Building) cell { return positive(float64(len(b.Storeys))) },
	"height_m":     func(b *parcels.Building) cell { return positive(height(b)) },
	"floor_m2":     func(b *parcels.Building) cell { return positive(floor(b)) },
	"footprint_m2": func(b *parcels.Building) cell { return positive(float64(geo.Area(b.Shape))) },
	"completed_on": func(b *parcels.Building) cell { return day(b.CompletedOn) },
	"vacant_m2":    func(b *parcels.Building) cell { return optional(b.VacantM2) },
	"vacant_since": func(b *parcels.Building) cell { return day(b.VacantSince) },
}

// height is the sum of the storeys, or 0 when one of them is unknown.
func height(b *parcels.Building) float64 {
	sum := 0.0
	for _, s := range b.Storeys {
		if s.HeightM == 0 {
			return 0
		}
		sum += s.HeightM
	}
	return sum
}

func floor(b *parcels.Building) float64 {
	sum := 0.0
	for _, s := range b.Storeys {
		sum += s.FloorM2
	}
	return sum
}
