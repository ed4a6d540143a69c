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
	sites     []site // one per part
	buildings []*parcels.Building
}

// register makes a parcel of a plot.
func register(p *plot, code string) *holding {
	shape, area := p.shape(p.outer, p.hole), p.areaM2
	if p.second != nil {
		shape = append(shape, p.second.shape(p.second.outer, p.second.hole)...)
		area += p.second.areaM2
	}
	scheme, use := landUse(p)
	h := &holding{
		plot: p, sites: []site{newSite(p.quad, p.lot)},
		Parcel: parcels.Parcel{
			Code: code, Park: p.code, UseScheme: scheme, UseCode: use, State: parcels.StateInUse,
			TitleAreaM2: parcels.Some(round2(area)), Shape: shape,
		},
	}
	if p.second != nil {
		h.sites = append(h.sites, newSite(p.second.quad, p.second.lot))
	}
	return h
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
	case publicFacility:
		return "ydyh2023", "1303"
	}
	return "ydyh2023", "1001"
}

// build puts buildings on the parcel's first part.
func (h *holding) build(masses []mass, completed parcels.Date) {
	h.buildOn(h.sites[0], masses, completed)
}

func (h *holding) buildOn(s site, masses []mass, completed parcels.Date) {
	for k := range masses {
		m := &masses[k]
		if len(m.storeys) == 0 {
			continue
		}
		n := len(h.buildings) + 1
		h.buildings = append(h.buildings, &parcels.Building{
			ID: fmt.Sprintf("%sF%04d", h.Code, n), Parcel: h.Code, Name: fmt.Sprintf("%d号%s", n, m.name), Use: m.use,
			Storeys: m.storeys, CompletedOn: completed, ValidFrom: completed,
			Shape: geo.Shape{h.plot.polygon(s.outline(m.ring))},
		})
	}
}

// develop builds a factory on every part with a floor-area ratio.
func (h *holding) develop(d *dice, far float64, completed parcels.Date) {
	areas := []float64{h.TitleAreaM2.Or(0)}
	if h.plot.second != nil {
		areas = []float64{h.plot.areaM2, h.plot.second.areaM2}
	}
	for k, s := range h.sites {
		masses := factory(d, s)
		raise(d, masses, areas[k], far)
		h.buildOn(s, masses, completed)
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

// Yearly tax on a m² of land in 元. 城镇土地使用税暂行条例 art. 4 lets a small town ask 0.9 to 18.
const (
	landTaxTown    = 5.0
	landTaxOutside = 3.5
)

// landTaxWan is the 城镇土地使用税 that the owner of the parcel pays in a year, in 万元.
func (h *holding) landTaxWan() float64 {
	rate := landTaxTown
	if h.Park == "GQ" {
		rate = landTaxOutside
	}
	return h.TitleAreaM2.Or(0) * rate / 10_000
}

// wan rounds an amount to 0.01 万元, the precision of tax forms.
func wan(amount float64) parcels.Opt[parcels.Wan] {
	return parcels.Some(parcels.Wan(math.Round(amount*100)) * (parcels.FenPerWan / 100))
}
