package parcels

import (
	"cmp"
	"slices"
)

// Descent (宗地沿革) says that a parcel was made from others on a day: by split, by merger, or by cutting a part off, where the rest
// keeps its code.
type Descent struct {
	Parcel  string
	Parents []string
	From    Date
}

// Lineage knows which parcels were made from which, over all generations.
type Lineage struct {
	parents, children map[string][]string
}

// NewLineage knows what had happened by the end of a day.
func NewLineage(descents []Descent, asOf Date) *Lineage {
	l := &Lineage{parents: map[string][]string{}, children: map[string][]string{}}
	for _, d := range descents {
		if d.From > asOf {
			continue
		}
		for _, parent := range d.Parents {
			l.parents[d.Parcel] = append(l.parents[d.Parcel], parent)
			l.children[parent] = append(l.children[parent], d.Parcel)
		}
	}
	return l
}

// Ancestors lists the parcels that a parcel was made from, directly or over others, itself left out, ascending.
func (l *Lineage) Ancestors(code string) []string {
	return walk(l.parents, code)
}

// Heirs lists the parcels that hold the land of a parcel today, itself left out, ascending. valid says of a code whether it is one of
// today's. One that is may have had a part cut off, so it is followed like the others.
func (l *Lineage) Heirs(code string, valid func(code string) bool) []string {
	return slices.DeleteFunc(walk(l.children, code), func(c string) bool { return !valid(c) })
}

// walk lists what is reached from a code.
func walk(next map[string][]string, code string) []string {
	seen := map[string]bool{code: true}
	reached := []string{}
	for open := []string{code}; len(open) > 0; open = open[1:] {
		for _, c := range next[open[0]] {
			if !seen[c] {
				seen[c] = true
				reached, open = append(reached, c), append(open, c)
			}
		}
	}
	slices.Sort(reached)
	return reached
}

// SortDescents orders them by day and code, so that every store gives the same.
func SortDescents(list []Descent) {
	slices.SortFunc(list, func(a, b Descent) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Parcel, b.Parcel)) })
}
