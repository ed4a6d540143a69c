package api

import (
	"slices"

	"muchan/geo"
	"muchan/tiles/layers"
)

// selection is which features of a table are asked for.
type selection struct {
	table *layers.Table
	lead  []int // rows that come first
	none  bool  // nothing matches
	box   []geo.Bound
	tests []func(row int) bool
}

// each visits the rows that match, the leading ones first and the others by identifier, until visit returns false.
func (s *selection) each(visit func(row int) bool) {
	if s.none {
		return
	}
	if s.box != nil {
		s.within(visit)
		return
	}
	for _, row := range s.lead {
		if s.matches(row) && !visit(row) {
			return
		}
	}
	for row := range s.table.Len() {
		if !slices.Contains(s.lead, row) && s.matches(row) && !visit(row) {
			return
		}
	}
}

// within visits by the index. The order is that of each.
func (s *selection) within(visit func(row int) bool) {
	var rows []int
	for _, b := range s.box {
		s.table.Index.Search(b, func(row int) bool {
			if meets(s.table.Shapes[row], b) && s.matches(row) {
				rows = append(rows, row)
			}
			return true
		})
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	for _, row := range s.lead {
		if _, found := slices.BinarySearch(rows, row); found && !visit(row) {
			return
		}
	}
	for _, row := range rows {
		if !slices.Contains(s.lead, row) && !visit(row) {
			return
		}
	}
}

func (s *selection) matches(row int) bool {
	for _, test := range s.tests {
		if !test(row) {
			return false
		}
	}
	return true
}

// meets says whether a shape and a box share a point: an outline passes through the box, or the box lies inside.
func meets(s geo.Shape, b geo.Bound) bool {
	for _, polygon := range s {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				if passes(ring[i-1], ring[i], b) {
					return true
				}
			}
		}
	}
	return geo.Contains(s, b.Min)
}

// passes clips a segment to a box, after Liang and Barsky.
func passes(p, q geo.Point, b geo.Bound) bool {
	from, to := 0.0, 1.0
	for axis := range 2 {
		d := q[axis] - p[axis]
		if d == 0 {
			if p[axis] < b.Min[axis] || p[axis] > b.Max[axis] {
				return false
			}
			continue
		}
		enter, leave := (b.Min[axis]-p[axis])/d, (b.Max[axis]-p[axis])/d
		from, to = max(from, min(enter, leave)), min(to, max(enter, leave))
		if from > to {
			return false
		}
	}
	return true
}
