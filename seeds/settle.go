package seeds

import (
	"cmp"
	"math"
	"slices"

	"muchan/parcels"
)

// campus is how many parcels side by side the largest firms hold.
var campus = append([]int{4, 3, 3, 3}, slices.Repeat([]int{2}, 36)...)

// moveIn gives the ordinary industrial land to the firms: the largest get neighbouring parcels, large firms large ones; who gets
// none rents.
func (m *demo) moveIn() {
	homeless := m.homeless()
	land := slices.Clone(m.free)
	take := func(h *holding) { land = slices.DeleteFunc(land, func(x *holding) bool { return x == h }) }
	for k, n := range campus {
		for _, h := range largestGroup(land, n) {
			m.own(h, homeless[k])
			take(h)
		}
	}
	homeless = homeless[len(campus):]
	size := map[*holding]float64{}
	for _, h := range land {
		size[h] = h.TitleAreaM2.Or(0) * math.Exp(0.4*m.dice.normal())
	}
	slices.SortStableFunc(land, func(a, b *holding) int { return cmp.Compare(size[b], size[a]) })
	m.setAside(&land)
	var tenants []*enterprise
	for k, e := range homeless {
		rents := e.trade.group == services || k >= aboveOwners && k < aboveOwners+aboveTenants
		if rents || len(land) == 0 {
			tenants = append(tenants, e)
			continue
		}
		m.own(land[0], e)
		land = land[1:]
	}
	m.rent(tenants)
}

// aboveOwners is the rank from which some above-scale firms rent.
const aboveOwners = 74

// homeless returns the firms without any land, by output.
func (m *demo) homeless() []*enterprise {
	placed := map[string]bool{}
	for _, o := range m.occupancies {
		placed[o.USCC] = true
	}
	var list []*enterprise
	for _, e := range m.firms {
		if !placed[e.USCC] && !m.landless(e) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b *enterprise) int { return cmp.Compare(b.baseWan, a.baseWan) })
	return list
}

// landless tells whether a case wants the firm to have no land.
func (m *demo) landless(e *enterprise) bool {
	return slices.ContainsFunc(m.cases, func(c Case) bool { return c.USCC == e.USCC })
}

// largestGroup returns n neighbouring parcels of one block, the largest such group.
func largestGroup(land []*holding, n int) []*holding {
	var best []*holding
	most := 0.0
	for k := range len(land) - n + 1 {
		group := land[k : k+n]
		sum, together := 0.0, true
		for _, h := range group {
			sum += h.TitleAreaM2.Or(0)
			together = together && h.plot.town == group[0].plot.town && h.plot.block == group[0].plot.block
		}
		if together && sum > most {
			best, most = slices.Clone(group), sum
		}
	}
	return best
}

// setAside keeps some factories without a firm in part or whole: built and never used, or left empty.
func (m *demo) setAside(land *[]*holding) {
	kept := (*land)[:0:0]
	for k, h := range *land {
		switch {
		case k%37 == 20:
			h.leaveEmpty(parcels.MustDate("2024-08-01").AddMonths(k%19), 1)
			h.State = parcels.StateUnused
		case k%23 == 11:
			h.leaveEmpty(parcels.MustDate("2025-01-15").AddMonths(k%17), m.dice.between(0.35, 0.8))
			kept = append(kept, h)
		default:
			kept = append(kept, h)
		}
	}
	*land = kept
}

// leaveEmpty empties a share of every building of a parcel.
func (h *holding) leaveEmpty(since parcels.Date, share float64) {
	for _, b := range h.buildings {
		b.VacantM2, b.VacantSince = parcels.Some(round2(floorOf(b)*share)), since
	}
}

// rent puts tenants into plants of owners who have room, a third of the owner's floor area or less to each.
func (m *demo) rent(tenants []*enterprise) {
	byParcel := map[string]*holding{}
	for _, h := range m.free {
		byParcel[h.Code] = h
	}
	own := slices.Clone(m.occupancies)
	shuffle(m.dice, own)
	var rooms []*holding
	for _, o := range own {
		h := byParcel[o.Parcel]
		if h == nil || o.Tenure != "own" || h.largestPlant() == nil || h.empty() || floorOf(h.largestPlant()) < 2500 {
			continue
		}
		for range 1 + m.dice.intn(3) {
			rooms = append(rooms, h)
		}
	}
	for k, e := range tenants {
		h := rooms[k%len(rooms)]
		b := h.largestPlant()
		floor := math.Round(floorOf(b) * m.dice.between(0.12, 0.3))
		if e.aboveIn2020() {
			floor = math.Round(floorOf(b) * 0.34)
		}
		owner := m.ownership(h)
		if owner == nil || owner.FloorM2.Or(0) < 2*floor {
			continue
		}
		owner.FloorM2 = parcels.Some(round2(owner.FloorM2.Or(0) - floor))
		m.occupy(h, b, e, "lease", floor)
	}
}

func (m *demo) ownership(h *holding) *parcels.Occupancy {
	for k := range m.occupancies {
		if o := &m.occupancies[k]; o.Parcel == h.Code && o.Tenure == "own" {
			return o
		}
	}
	return nil
}

func (h *holding) empty() bool {
	return slices.ContainsFunc(h.buildings, func(b *parcels.Building) bool { return b.VacantM2.OK() })
}

// largestPlant is the plant with the most floor area, nil when there is none.
func (h *holding) largestPlant() *parcels.Building {
	var best *parcels.Building
	for _, b := range h.buildings {
		if b.Use == "plant" && (best == nil || floorOf(b) > floorOf(best)) {
			best = b
		}
	}
	return best
}
