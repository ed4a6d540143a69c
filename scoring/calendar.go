package scoring

import (
	"slices"

	"muchan/parcels"
)

// span is a half-open range of days [from, to).
type span struct{ from, to parcels.Date }

// yearOf returns the days of a calendar year.
func yearOf(year int) span { return span{parcels.DateOf(year, 1, 1), parcels.DateOf(year+1, 1, 1)} }

func (s span) days() int { return max(0, int(s.to-s.from)) }

// cut returns the part of s in [from, to); a missing bound is open.
func (s span) cut(from, to parcels.Date) span {
	if from.OK() {
		s.from = max(s.from, from)
	}
	if to.OK() {
		s.to = min(s.to, to)
	}
	return s
}

// coveredDays counts the days of whole that at least one of the parts holds. It sorts parts.
func coveredDays(whole span, parts []span) int {
	slices.SortFunc(parts, func(a, b span) int { return int(a.from) - int(b.from) })
	n, reached := 0, whole.from
	for _, p := range parts {
		p = p.cut(reached, whole.to)
		if p.days() > 0 {
			n += p.days()
			reached = p.to
		}
	}
	return n
}
