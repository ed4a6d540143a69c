package scoring

import (
	"slices"

	"muchan/parcels"
)

// sweep shares a parcel's floor area and land among its stakes, stretch by stretch between the days on which somebody comes or
// goes. Its slices are reused from parcel to parcel.
type sweep struct {
	buildings *parcels.Pages[parcels.Building]
	cuts      []parcels.Date
	active    []int
	floor     []float64
}

// settle fills floorDays and land of the stakes of one parcel and returns the part of its land that nobody holds. In every
// stretch:
//
//   - stated floor area stands;
//   - a stake in a building without floor area takes what the others leave of the building, one without a building what they leave
//     of the parcel, in equal parts;
//   - land follows floor area over the parcel's floor area, or over the sum of the stakes when that is larger, so no more land is
//     given than there is;
//   - land of floor area that nobody uses stays with the owners in equal parts, and with nobody when there is no owner.
func (w *sweep) settle(year span, stakes []stake, at *site) (rest float64) {
	if len(stakes) == 0 {
		return 1
	}
	w.cut(year, stakes)
	for k := 1; k < len(w.cuts); k++ {
		stretch := span{w.cuts[k-1], w.cuts[k]}
		w.active, w.floor = w.active[:0], w.floor[:0]
		for i := range stakes {
			if stakes[i].span.from <= stretch.from && stakes[i].span.to >= stretch.to {
				w.active = append(w.active, i)
			}
		}
		rest += w.share(stakes, at, float64(stretch.days()), float64(year.days()))
	}
	return rest
}

// settleYear is settle, and notes whether the parcel is in its building period at the end of the year.
func (w *sweep) settleYear(year span, stakes []stake, parcel *parcels.Parcel, at *site) (rest float64) {
	early := inBuildingPeriod(&parcel.Contract, year.to-1)
	for i := range stakes {
		stakes[i].early = early
	}
	return w.settle(year, stakes, at)
}

func (w *sweep) cut(year span, stakes []stake) {
	w.cuts = append(w.cuts[:0], year.from, year.to)
	for i := range stakes {
		w.cuts = append(w.cuts, stakes[i].span.from, stakes[i].span.to)
	}
	slices.Sort(w.cuts)
	w.cuts = slices.Compact(w.cuts)
}

func (w *sweep) share(stakes []stake, at *site, days, yearDays float64) (rest float64) {
	time := days / yearDays
	capacity := capacityOf(at)
	w.fill(stakes, at, capacity)
	used, owners := 0.0, 0
	for k, i := range w.active {
		used += w.floor[k]
		owners += truth(stakes[i].own)
	}
	whole := max(capacity, used)
	vacant := (whole - used) / whole
	for k, i := range w.active {
		s := &stakes[i]
		s.floorDays += w.floor[k] * days
		s.land += w.floor[k] / whole * time
		if s.own {
			s.land += vacant / float64(owners) * time
		}
	}
	if owners > 0 {
		return 0
	}
	return vacant * time
}

// capacityOf returns the floor area that is shared: that of the buildings, or the land when none is on file, as if the floor-area
// ratio were 1.
func capacityOf(at *site) float64 {
	switch {
	case at.floorM2 > 0:
		return at.floorM2
	case at.landM2 > 0:
		return at.landM2
	}
	return 1
}

// fill sets w.floor, the floor area of each active stake.
func (w *sweep) fill(stakes []stake, at *site, capacity float64) {
	whole := 0
	used := 0.0
	for _, i := range w.active {
		s := &stakes[i]
		v := 0.0
		switch {
		case s.stated:
			v = s.floorM2
		case s.building >= 0:
			v = w.leftIn(stakes, s.building)
		default:
			whole++
		}
		w.floor = append(w.floor, v)
		used += v
	}
	if whole == 0 {
		return
	}
	left := max(0, capacity-used) / float64(whole)
	for k, i := range w.active {
		if s := &stakes[i]; !s.stated && s.building < 0 {
			w.floor[k] = left
		}
	}
}

// leftIn returns what the stated stakes leave of a building, for each of those without a statement.
func (w *sweep) leftIn(stakes []stake, building int32) float64 {
	left, _ := floors(w.buildings.At(int(building)))
	n := 0
	for _, i := range w.active {
		switch s := &stakes[i]; {
		case s.building != building:
		case s.stated:
			left -= s.floorM2
		default:
			n++
		}
	}
	return max(0, left) / float64(n)
}
