package scoring

import (
	"cmp"
	"slices"

	"muchan/geo"
	"muchan/parcels"
)

// perMu divides money by land; it is missing when either is.
func perMu(m parcels.Opt[parcels.Wan], mu parcels.Opt[float64]) parcels.Opt[float64] {
	w, ok := m.Get()
	a, hasLand := mu.Get()
	return someIf(w.Float()/a, ok && hasLand)
}

// over divides two areas; it is missing when either is or the lower one is zero.
func over(part, whole parcels.Opt[float64]) parcels.Opt[float64] {
	p, ok := part.Get()
	w, hasWhole := whole.Get()
	return someIf(p/w, ok && hasWhole && w > 0)
}

// measure finds what a parcel's land and buildings come to.
func measure(p *parcels.Parcel, s *site) Measured {
	land := s.land()
	return Measured{
		LandMu: s.landMu(), LandIsTitle: s.isTitle, DrawnM2: s.drawnM2,
		FloorM2:     s.floor(),
		FARM2:       someIf(s.farM2, s.withStoreys > 0),
		FootprintM2: someIf(s.footprintM2, s.buildings > 0),
		FAR:         over(someIf(s.farM2, s.withStoreys > 0), land),
		Density:     over(someIf(s.footprintM2, s.buildings > 0), land),
		Coefficient: over(builtGround(p, s), land),
		OfficeShare: officeShare(p, s),
		FAIPerMu:    perMu(p.Contract.FAIWan, s.landMu()),
		VacantShare: over(someIf(s.vacantM2, s.withVacancy > 0), s.floor()),
	}
}

// builtGround is the upper part of 建筑系数: footprints of buildings, structures and open yards. It is missing when none of them is
// on file.
func builtGround(p *parcels.Parcel, s *site) parcels.Opt[float64] {
	works, hasWorks := p.WorksAreaM2.Get()
	yard, hasYard := p.YardAreaM2.Get()
	return someIf(s.footprintM2+works+yard, s.buildings > 0 || hasWorks || hasYard)
}

// officeShare is the land of offices and staff services over the land; when that land was not set apart, the share of floor area
// stands in for it.
func officeShare(p *parcels.Parcel, s *site) parcels.Opt[float64] {
	if p.OfficeLandM2.OK() {
		return over(p.OfficeLandM2, s.land())
	}
	return over(someIf(s.officeM2, s.withStoreys > 0), s.floor())
}

// addMoney fills the metrics that come from the firms on the parcel at a position.
func (ps *ParcelScore) addMoney(c *carried, p int) {
	ps.OutputWan, ps.RevenueWan, ps.ValueAddedWan, ps.TaxWan = c.of(p, moneyOutput), c.of(p, moneyRevenue), c.of(p, moneyValueAdded), c.of(p, moneyTax)
	ps.Partial = c.partials(p)
}

// OutputPerMu is 亩均产值, 万元/亩.
func (ps *ParcelScore) OutputPerMu() parcels.Opt[float64] { return perMu(ps.OutputWan, ps.LandMu) }

// RevenuePerMu is 亩均营业收入, 万元/亩.
func (ps *ParcelScore) RevenuePerMu() parcels.Opt[float64] { return perMu(ps.RevenueWan, ps.LandMu) }

// ValueAddedPerMu is 亩均增加值, 万元/亩.
func (ps *ParcelScore) ValueAddedPerMu() parcels.Opt[float64] {
	return perMu(ps.ValueAddedWan, ps.LandMu)
}

// TaxPerMu is 亩均税收, 万元/亩.
func (ps *ParcelScore) TaxPerMu() parcels.Opt[float64] { return perMu(ps.TaxWan, ps.LandMu) }

// addShares lists the firms of a parcel, largest share first, equal ones by credit code. It puts them into the room, which must suffice.
func (ps *ParcelScore) addShares(room []Share, stakes []stake, rest float64) {
	mu := ps.LandMu.Or(0)
	ps.Firms = room[:0]
	for i := range stakes {
		if s := &stakes[i]; s.firm >= 0 {
			ps.addShare(s, mu)
		} else {
			rest += s.land
		}
	}
	if len(ps.Firms) > 1 {
		slices.SortStableFunc(ps.Firms, func(a, b Share) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Firm, b.Firm)) })
	}
	if ps.LandMu.OK() {
		ps.UnassignedMu = parcels.Some(rest * mu)
	}
	if len(ps.Firms) == 0 {
		ps.Firms = nil
	}
	ps.Firms = slices.Clip(ps.Firms)
}

func (ps *ParcelScore) addShare(s *stake, mu float64) {
	k := slices.IndexFunc(ps.Firms, func(x Share) bool { return x.Firm == int(s.firm) })
	if k < 0 {
		k = len(ps.Firms)
		ps.Firms = append(ps.Firms, Share{Firm: int(s.firm)})
	}
	x := &ps.Firms[k]
	x.Weight += s.land
	x.LandMu = x.Weight * mu
	x.Owns = x.Owns || s.own
}

// muOf converts square metres.
func muOf(m2 float64) float64 { return float64(geo.M2(m2).Mu()) }
