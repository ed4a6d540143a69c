package seeds

import (
	"fmt"
	"math"

	"muchan/parcels"
)

// Limits of the generator.
const (
	MinParcels = 1
	MaxParcels = 1_000_000
)

const (
	townParcels   = 800  // of a full town
	lotsPerBlock  = 4.2  // a little below what a block yields, so that a town has enough
	townPitchKm   = 7.6  // between towns, so that none touches the next
	generatedFrom = 2023 // years of figures, up to lastYear
	eastmostLon   = 118.4
	southmostLat  = 24.9
)

// region is a synthetic zone: towns side by side, each with its own parks, parcels and firms.
type region struct {
	seed    uint64
	parcels int
	across  int // towns in a row
}

func newRegion(opt Options) *region {
	towns := (opt.Parcels + townParcels - 1) / townParcels
	return &region{seed: opt.Seed, parcels: opt.Parcels, across: int(math.Ceil(math.Sqrt(float64(towns))))}
}

// each makes the towns one by one until there are parcels enough, and hands over their rows. It stops at the first error.
func (r *region) each(visit func(town int, rows *parcels.Rows) error) error {
	for k, left := 0, r.parcels; left > 0; k++ {
		rows := r.town(k, min(left, townParcels))
		if err := visit(k, &rows); err != nil {
			return err
		}
		left -= len(rows.Parcels)
	}
	return nil
}

// town makes the k-th town with at most a number of parcels. It depends on nothing but its number and the seed.
func (r *region) town(k, most int) parcels.Rows {
	seed := mix(r.seed) + uint64(k)
	d := newDice(seed, 3)
	t := newTown(r.plan(k, most, seed, d))
	g := &generation{dice: d, town: t, serial: k * 10_000, seed: r.seed}
	plots := joinAcrossStreets(t.plots())
	for _, p := range plots[:min(most, len(plots))] {
		g.settle(p)
	}
	g.rows.Parks = []parcels.Park{t.park()}
	g.rows.Zones = t.zones()
	return g.rows
}

// plan draws a town large enough for a number of parcels, somewhere on the region's grid.
func (r *region) plan(k, most int, seed uint64, d *dice) plan {
	blocks := int(math.Ceil(float64(most)/lotsPerBlock)) + 2
	wide := int(math.Ceil(math.Sqrt(float64(blocks) * 0.9)))
	deep := (blocks + wide - 1) / wide
	p := plan{
		code: fmt.Sprintf("G%04d", k+1), name: fmt.Sprintf("演示%04d园区", k+1), nameEn: fmt.Sprintf("Synthetic park %d", k+1),
		county: noRegion, seed: seed, serial: k + 1,
		lon: eastmostLon - float64(k%r.across)*townPitchKm/101, lat: southmostLat + float64(k/r.across)*townPitchKm/110.8,
		turn: d.between(-28, 28), bend: d.between(0, 35), streets: []float64{20, 18, 32, 18},
	}
	for range wide {
		p.cols = append(p.cols, d.between(325, 375))
	}
	for range deep {
		p.rows = append(p.rows, d.between(285, 320))
	}
	wet := -1
	if deep > 4 {
		wet = 1 + d.intn(deep-2)
		p.rows[deep-1-wet] = 96
	}
	for j := range deep {
		p.drawing = append(p.drawing, drawRow(d, wide, j == wet))
	}
	return p
}

// letters of a synthetic town, each as often as it should occur.
const letters = "IIIIIIIIIIIIIIIIIIIIJJJJJWWCCRRGE"

func drawRow(d *dice, wide int, wet bool) string {
	row := make([]byte, wide)
	for i := range row {
		row[i] = letters[d.intn(len(letters))]
		if wet {
			row[i] = river
		}
	}
	return string(row)
}

// generation is one town's rows while they are made.
type generation struct {
	*dice
	*town
	seed   uint64
	serial int // of the next firm
	numb   int // of the last parcel
	rows   parcels.Rows
}

// settle makes a parcel with its buildings, firms and figures.
func (g *generation) settle(p *plot) {
	g.numb++
	h := register(p, parcelCode(g.county, 1+g.town.plan.serial/1000, g.town.plan.serial%1000, g.numb))
	h.ValidFrom = day(parcelsSince)
	h.Address = fmt.Sprintf("%s%d号(虚构)", g.name, g.numb)
	switch p.letter {
	case newLand:
		h.State = parcels.StateSupplied
		h.newContract(day("2023-06-01") + parcels.Date(g.intn(1500)))
	case industrial, smallIndustry:
		built := parcels.DateOf(2004+g.intn(13), 1, 1) + parcels.Date(g.intn(360))
		h.develop(g.dice, g.between(0.7, 1.6), built)
		if g.chance(0.7) {
			h.contract(g.dice, built)
		}
		h.surroundings(g.dice)
		g.moveIn(h)
	default:
		settleTown(g.dice, h)
	}
	g.rows.Parcels = append(g.rows.Parcels, h.Parcel)
	for _, b := range h.buildings {
		g.rows.Buildings = append(g.rows.Buildings, *b)
	}
}

// moveIn gives a factory to an owner and sometimes to tenants, or leaves it empty.
func (g *generation) moveIn(h *holding) {
	floor := h.floorM2()
	if floor == 0 {
		h.State = parcels.StateSupplied
		return
	}
	if g.chance(0.04) {
		h.leaveEmpty(day("2025-01-01")+parcels.Date(g.intn(500)), 1)
		h.State = parcels.StateUnused
		return
	}
	plant := h.largestPlant()
	if plant != nil && g.chance(0.28) {
		part := math.Round(floorOf(plant) * g.between(0.1, 0.3))
		for range 1 + g.intn(3) {
			g.firm(h, plant, "lease", part)
			floor -= part
		}
	}
	g.firm(h, nil, "own", round2(floor))
}

// firm starts a firm with an output that suits its floor area.
func (g *generation) firm(h *holding, b *parcels.Building, tenure string, floorM2 float64) {
	kind := textiles
	if g.chance(0.3) {
		kind = pick(g.dice, []group{electronics, machinery, foodMedicine, otherIndustry})
	}
	output := round2(floorM2 * 0.36 * math.Exp(0.9*g.normal()))
	e := newEnterprise(g.seed, g.serial, tradeOf(g.dice, kind), output)
	e.Name = fmt.Sprintf("演示%s%07d号有限公司", e.trade.name, g.serial+1)
	g.serial++
	if tenure == "own" {
		for k := range e.landTaxWan {
			e.landTaxWan[k] = h.landTaxWan()
		}
	}
	g.rows.Firms = append(g.rows.Firms, e.Firm)
	g.rows.Figures = append(g.rows.Figures, e.figures(generatedFrom, lastYear)...)
	o := parcels.Occupancy{Parcel: h.Code, USCC: e.USCC, Tenure: tenure, FloorM2: parcels.Some(floorM2), From: e.ProducedOn}
	if b != nil {
		o.Building = b.ID
	}
	g.rows.Occupancies = append(g.rows.Occupancies, o)
}
