package seeds

import (
	"fmt"
	"math"

	"muchan/geo"
	"muchan/parcels"
)

// holding is a parcel with its plot and its buildings while a zone is being made.
type holding struct {
	parcels.Parcel
	plot      *plot
	site      site
	buildings []*parcels.Building
}

// register makes a parcel of a plot.
func register(p *plot, code string) *holding {
	shape := p.shape(p.outer, p.hole)
	if p.second != nil {
		shape = append(shape, p.second.shape(p.second.outer, p.second.hole)...)
		p.areaM2 += p.second.areaM2
	}
	scheme, use := landUse(p)
	return &holding{
		plot: p, site: newSite(p.quad, p.lot),
		Parcel: parcels.Parcel{
			Code: code, Park: p.code, UseScheme: scheme, UseCode: use, State: parcels.StateInUse,
			TitleAreaM2: parcels.Some(round2(p.areaM2)), Shape: shape,
		},
	}
}

// landUse is the plot's use code in 国土空间用地用海分类; one in some uses an older classification, as registers do.
func landUse(p *plot) (scheme, code string) {
	switch p.letter {
	case logistics:
		return "ydyh2023", "1101"
	case commercial:
		return "ydyh2023", "0901"
	case residential:
		return "ydyh2023", "0701"
	case education:
		return "ydyh2023", "0804"
	case greenery:
		return "ydyh2023", "1401"
	}
	return "ydyh2023", "1001"
}

// isIndustrial tells whether the land-use code is one of industry in any of the classifications.
func (h *holding) isIndustrial() bool {
	switch h.UseCode {
	case "1001", "100101", "100102", "0601", "M1", "M2":
		return true
	}
	return false
}

// build puts buildings on the parcel.
func (h *holding) build(masses []mass, completed parcels.Date) {
	for k := range masses {
		m := &masses[k]
		if len(m.storeys) == 0 {
			continue
		}
		n := len(h.buildings) + 1
		h.buildings = append(h.buildings, &parcels.Building{
			ID: fmt.Sprintf("%sF%04d", h.Code, n), Parcel: h.Code, Name: fmt.Sprintf("%d号%s", n, m.name), Use: m.use,
			Storeys: m.storeys, CompletedOn: completed, ValidFrom: completed,
			Shape: geo.Shape{h.plot.polygon(h.site.outline(m.ring))},
		})
	}
}

// floorM2 is the floor area of all buildings, each storey once.
func (h *holding) floorM2() float64 {
	sum := 0.0
	for _, b := range h.buildings {
		sum += floorOf(b)
	}
	return round2(sum)
}

func floorOf(b *parcels.Building) float64 {
	sum := 0.0
	for _, s := range b.Storeys {
		sum += s.FloorM2
	}
	return sum
}

// mu is the title area in mu.
func (h *holding) mu() float64 { return h.TitleAreaM2.Or(0) * 3 / 2000 }

// wan rounds an amount to 0.01 万元, the precision of tax forms.
func wan(amount float64) parcels.Opt[parcels.Wan] {
	return parcels.Some(parcels.Wan(math.Round(amount*100)) * (parcels.FenPerWan / 100))
}
