package seeds

import (
	"cmp"
	"fmt"
	"slices"

	"muchan/parcels"
)

// demo is the demonstration while it is being made.
type demo struct {
	dice        *dice
	towns       []*town
	holdings    []*holding
	closed      []*holding // parcels that ended by a split, a merge or a new edition
	free        []*holding // industrial land for ordinary firms
	firms       []*enterprise
	occupancies []parcels.Occupancy
	events      []parcels.Event
	cases       []Case
	codes       map[string]int // parcels numbered so far, by park
}

// Ordinary firms of the demonstration, beside those of its cases.
const (
	firmCount    = 420
	aboveTenants = 14
	newlyAbove   = 10
	serviceFirms = 14
)

// parcelsSince is the day from which the register of the demonstration goes.
const parcelsSince = "2001-01-01"

// newDemo makes the demonstration. It always makes the same one.
func newDemo() *demo {
	m := &demo{dice: newDice(359900, 7), codes: map[string]int{}}
	for _, p := range demoPlans {
		t := newTown(p)
		m.towns = append(m.towns, t)
		m.settle(t)
	}
	m.makeCases()
	m.makeIndustry()
	m.calibrate()
	return m
}

// settle makes the parcels of a town's ordinary blocks and builds on those that are not for industry.
func (m *demo) settle(t *town) {
	for _, p := range joinAcrossStreets(t.plots()) {
		h := m.register(p)
		switch p.letter {
		case newLand:
			m.newLand(h)
		case industrial, smallIndustry:
			m.free = append(m.free, h)
		default:
			settleTown(m.dice, h)
		}
	}
}

// joinAcrossStreets makes one parcel in two parts of two lots that face each other over a street, once in a town. It returns the
// plots without the second part.
func joinAcrossStreets(plots []*plot) []*plot {
	for _, a := range plots {
		for k, b := range plots {
			facing := a.block[0] == b.block[0] && a.block[1]+1 == b.block[1] && a.lot.back && !b.lot.back
			if facing && a.letter == industrial && b.letter == industrial && a.lot.build[0] == 0 && b.lot.build[0] == 0 &&
				len(a.lot.ring) == 4 && a.hole == nil && b.hole == nil {
				a.second = b
				return slices.Delete(plots, k, k+1)
			}
		}
	}
	return plots
}

// register numbers a plot and makes its parcel.
func (m *demo) register(p *plot) *holding {
	return m.registerIn(p, p.county)
}

func (m *demo) registerIn(p *plot, county string) *holding {
	m.codes[p.town.code]++
	h := register(p, parcelCode(county, 999, p.serial, m.codes[p.town.code]))
	h.Address = fmt.Sprintf("%s%s%d号(虚构)", p.name, p.streetName(false, p.block[1]+boolInt(p.lot.back)), m.codes[p.town.code])
	h.ValidFrom = parcels.MustDate(parcelsSince)
	m.holdings = append(m.holdings, h)
	return h
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// settleTown builds houses, shops, schools and logistics halls.
func settleTown(d *dice, h *holding) {
	built := parcels.DateOf(2006+d.intn(14), 1, 1) + parcels.Date(d.intn(360))
	switch h.plot.letter {
	case residential:
		h.build(homes(d, h.sites[0]), built)
	case commercial:
		h.build(shops(d, h.sites[0]), built)
	case education:
		h.build(school(h.sites[0]), built)
	case logistics:
		h.build(halls(d, h.sites[0]), built)
		h.contract(d, built)
	}
}

// newLand is land that is not in use yet: not supplied, supplied, or under construction. The agreed days to start run on into the
// years after the demonstration was made, so that there is always one that comes due.
func (m *demo) newLand(h *holding) {
	n := m.codes["new"]
	m.codes["new"]++
	h.ValidFrom = day("2020-01-01")
	switch n % 5 {
	case 4:
		h.State = parcels.StateApproved
	case 3:
		h.newContract(day("2025-03-01"))
		h.underConstruction(0.55)
	default:
		h.State = parcels.StateSupplied
		h.newContract(day("2025-08-20") + parcels.Date(80*m.codes["due"]))
		m.codes["due"]++
	}
}

// makeIndustry builds the plants on ordinary industrial land and settles firms there.
func (m *demo) makeIndustry() {
	for _, h := range m.free {
		m.buildFactory(h, m.dice.between(0.86, 1.44))
	}
	m.startFirms()
	m.moveIn()
}

// buildFactory builds a factory with a floor-area ratio.
func (m *demo) buildFactory(h *holding, far float64) {
	built := parcels.DateOf(2004+m.dice.intn(13), 1, 1) + parcels.Date(m.dice.intn(360))
	h.develop(m.dice, far, built)
	h.contract(m.dice, built)
	h.surroundings(m.dice)
}

// surroundings fills in the areas of a built parcel that are not buildings.
func (h *holding) surroundings(d *dice) {
	land := h.TitleAreaM2.Or(0)
	h.YardAreaM2 = parcels.Some(round2(land * d.between(0.01, 0.07)))
	h.WorksAreaM2 = parcels.Some(round2(land * d.between(0.005, 0.03)))
	h.OfficeLandM2 = parcels.Some(round2(land * d.between(0.03, 0.068)))
	h.GreenAreaM2 = parcels.Some(round2(land * d.between(0.03, 0.14)))
}

// newFirm starts a firm of a group with an output in 2020.
func (m *demo) newFirm(g group, baseWan float64) *enterprise {
	e := newEnterprise(359900, len(m.firms), tradeOf(m.dice, g), baseWan)
	m.firms = append(m.firms, e)
	return e
}

// own gives a parcel to a firm, from the day its buildings were complete or the firm began.
func (m *demo) own(h *holding, e *enterprise) *parcels.Occupancy {
	return m.occupy(h, nil, e, "own", h.floorM2())
}

func (m *demo) occupy(h *holding, b *parcels.Building, e *enterprise, tenure string, floor float64) *parcels.Occupancy {
	o := parcels.Occupancy{
		Parcel: h.Code, USCC: e.USCC, Tenure: tenure, FloorM2: parcels.Some(round2(floor)), From: e.ProducedOn,
	}
	if b != nil {
		o.Building = b.ID
	}
	m.occupancies = append(m.occupancies, o)
	return &m.occupancies[len(m.occupancies)-1]
}

// taxLand charges firms for the land they own at the end of each year. Who rents pays through the rent.
func (m *demo) taxLand() {
	land, firms := map[string]*holding{}, map[string]*enterprise{}
	for _, h := range m.holdings {
		land[h.Code] = h
	}
	for _, e := range m.firms {
		firms[e.USCC] = e
	}
	for _, o := range m.occupancies {
		h, e := land[o.Parcel], firms[o.USCC]
		if o.Tenure != "own" || h == nil || e == nil {
			continue
		}
		for k := range e.landTaxWan {
			end := parcels.DateOf(firstYear+k, 12, 31)
			if o.From <= end && (!o.To.OK() || o.To > end) {
				e.landTaxWan[k] += h.landTaxWan()
			}
		}
	}
}

// rows collects the demonstration as rows.
func (m *demo) rows() parcels.Rows {
	var r parcels.Rows
	for _, t := range m.towns {
		r.Parks = append(r.Parks, t.park())
		r.Zones = append(r.Zones, t.zones()...)
	}
	for _, h := range append(slices.Clone(m.closed), m.holdings...) {
		r.Parcels = append(r.Parcels, h.Parcel)
		for _, b := range h.buildings {
			r.Buildings = append(r.Buildings, *b)
		}
	}
	slices.SortStableFunc(r.Parcels, func(a, b parcels.Parcel) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.ValidFrom, b.ValidFrom))
	})
	m.taxLand()
	for _, e := range m.firms {
		r.Firms = append(r.Firms, e.Firm)
		r.Figures = append(r.Figures, e.figures(firstYear, lastYear)...)
	}
	slices.SortFunc(r.Firms, func(a, b parcels.Firm) int { return cmp.Compare(a.USCC, b.USCC) })
	slices.SortStableFunc(r.Figures, func(a, b parcels.Figures) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.USCC, b.USCC))
	})
	r.Occupancies, r.Events = m.occupancies, m.events
	m.agreeOnTax(&r)
	r.Targets, r.TargetValues = planTargets(), demoTargetValues()
	return r
}
