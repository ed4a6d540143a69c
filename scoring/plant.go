package scoring

import (
	"cmp"
	"slices"

	"muchan/parcels"
)

// plantVacantSince returns the day since which the vacant floor area of a parcel's buildings of the rule's uses has reached the
// rule's share of their floor area, or 0. A building without a day of vacancy counts from its completion; one with neither does not
// count, because nobody can say how long it has stood empty.
func (r *run) plantVacantSince(p int, rules *IdlePlantRules) parcels.Date {
	if r.sites[p].vacant == 0 {
		return 0
	}
	type empty struct {
		since parcels.Date
		m2    float64
	}
	var list []empty
	whole := 0.0
	for _, i := range r.snap.BuildingsAt(p) {
		b := r.snap.Buildings.At(i)
		if !slices.Contains(rules.Uses, b.Use) {
			continue
		}
		once, _ := floors(b)
		whole += once
		since := vacantSince(b)
		if v, ok := b.VacantM2.Get(); ok && v > 0 && since.OK() && since <= r.in.AsOf {
			list = append(list, empty{since, v})
		}
	}
	slices.SortFunc(list, func(a, b empty) int { return cmp.Compare(a.since, b.since) })
	sum := 0.0
	for _, e := range list {
		if sum += e.m2; whole > 0 && !rules.VacantShare.above(sum, whole) {
			return e.since
		}
	}
	return 0
}

func vacantSince(b *parcels.Building) parcels.Date {
	if b.VacantSince.OK() {
		return b.VacantSince
	}
	return b.CompletedOn
}
