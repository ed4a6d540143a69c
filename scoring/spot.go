package scoring

import "muchan/geo"

// spot is the point on a shape's surface that decides which zone the shape is in. The point is looked for only where it matters: a
// shape whose box no edge of a zone comes near lies wholly inside or wholly outside, and so does every point of it.
type spot struct {
	shape geo.Shape
	m2    float64 // its area
	boxed bool
	bound geo.Bound
	asked bool
	point geo.Point
	found bool
}

// drawn reports whether there is such a point. A plain ring, valid as it is and of some area, has one without being searched.
func (s *spot) drawn() bool {
	if s.m2 > 0 && s.plain() {
		return true
	}
	_, found := s.at()
	return found
}

// plain reports whether a shape is one closed ring, a triangle or more, with some height and width.
func (s *spot) plain() bool {
	if len(s.shape) != 1 || len(s.shape[0]) != 1 {
		return false
	}
	r, b := s.shape[0][0], s.box()
	return len(r) >= 4 && r[0] == r[len(r)-1] && b.Max[0] > b.Min[0] && b.Max[1] > b.Min[1]
}

func (s *spot) at() (geo.Point, bool) {
	if !s.asked {
		s.point, s.found = geo.PointOnSurface(s.shape)
		s.asked = true
	}
	return s.point, s.found
}

func (s *spot) box() geo.Bound {
	if !s.boxed {
		s.bound, s.boxed = geo.BoundOf(s.shape), true
	}
	return s.bound
}

// within reports whether the point lies in a zone.
func (s *spot) within(zone *geo.Prepared) bool {
	box := s.box()
	if !zone.EdgeNear(box) {
		return zone.Contains(box.Min)
	}
	at, found := s.at()
	return found && zone.Contains(at)
}
