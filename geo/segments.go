package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// segment is one edge of a shape: polygon, ring and place in the ring.
type segment struct {
	a, b    Point
	ring    int // counted over the whole shape
	at, of  int // position in the ring, and the ring's number of edges
	polygon int
}

// contact is a position that two segments share.
type contact struct {
	i, j int
	at   Point
}

func segmentsOf(s Shape) []segment {
	var out []segment
	ringNo := 0
	for i, polygon := range s {
		for _, ring := range polygon {
			for k := 1; k < len(ring); k++ {
				out = append(out, segment{a: ring[k-1], b: ring[k], ring: ringNo, at: k - 1, of: len(ring) - 1, polygon: i})
			}
			ringNo++
		}
	}
	return out
}

// eachContact calls visit with every position shared by two segments, neighbours' common ends included, until visit returns
// false. Pairs come in ascending order of i, then j.
func eachContact(segments []segment, visit func(contact) bool) {
	bounds := make([]Bound, len(segments))
	for i, s := range segments {
		bounds[i] = orb.LineString{s.a, s.b}.Bound()
	}
	index := NewIndex(bounds)
	var others []int
	for i := range segments {
		others = others[:0]
		index.Search(bounds[i], func(j int) bool {
			if j > i {
				others = append(others, j)
			}
			return true
		})
		slices.Sort(others)
		for _, j := range others {
			for _, p := range meet(segments[i], segments[j]) {
				if !visit(contact{i, j, p}) {
					return
				}
			}
		}
	}
}

// meet returns the positions two segments share: a crossing, a touch, or the ends of a common stretch.
func meet(s, t segment) []Point {
	o1, o2 := orientation(s.a, s.b, t.a), orientation(s.a, s.b, t.b)
	if o1 == o2 && o1 != 0 {
		return nil
	}
	o3, o4 := orientation(t.a, t.b, s.a), orientation(t.a, t.b, s.b)
	if o3 == o4 && o3 != 0 {
		return nil
	}
	if o1*o2 < 0 && o3*o4 < 0 {
		return []Point{crossing(s, t)}
	}
	var shared []Point
	for _, end := range []struct {
		p  Point
		on segment
	}{{t.a, s}, {t.b, s}, {s.a, t}, {s.b, t}} {
		if onSegment(end.on.a, end.on.b, end.p) && !slices.Contains(shared, end.p) {
			shared = append(shared, end.p)
		}
	}
	return shared
}

// crossing is where two segments that cross do so, rounded but within the boxes of both. Of segments so short that the quotient is
// lost it is an end.
func crossing(s, t segment) Point {
	dx, dy := s.b[0]-s.a[0], s.b[1]-s.a[1]
	ex, ey := t.b[0]-t.a[0], t.b[1]-t.a[1]
	u := ((t.a[0]-s.a[0])*ey - (t.a[1]-s.a[1])*ex) / (dx*ey - dy*ex)
	if math.IsNaN(u) {
		return t.a
	}
	p := Point{s.a[0] + u*dx, s.a[1] + u*dy}
	for axis := range p {
		low := max(min(s.a[axis], s.b[axis]), min(t.a[axis], t.b[axis]))
		high := min(max(s.a[axis], s.b[axis]), max(t.a[axis], t.b[axis]))
		p[axis] = max(low, min(p[axis], high))
	}
	return p
}

// firstSelfContact finds where a ring meets itself other than by following its own path, if anywhere.
func firstSelfContact(s Shape) (place Point, found bool) {
	segments := segmentsOf(s)
	eachContact(segments, func(c contact) bool {
		s, t := segments[c.i], segments[c.j]
		if s.ring != t.ring || joint(s, t, c.at) {
			return true
		}
		place, found = c.at, true
		return false
	})
	return place, found
}

// joint reports whether a position is the common end of two neighbours in a ring.
func joint(s, t segment, p Point) bool {
	return t.at == s.at+1 && p == s.b || s.at == 0 && t.at == t.of-1 && p == s.a
}

// firstRingContact finds where two rings of one polygon meet, if anywhere.
func firstRingContact(s Shape) (place Point, found bool) {
	segments := segmentsOf(s)
	eachContact(segments, func(c contact) bool {
		s, t := segments[c.i], segments[c.j]
		found = s.polygon == t.polygon && s.ring != t.ring
		place = c.at
		return !found
	})
	return place, found
}

// firstRingsCross finds where two rings of one polygon meet for the second time, if anywhere.
func firstRingsCross(s Shape) (place Point, found bool) {
	segments := segmentsOf(s)
	met := map[[2]int]Point{}
	eachContact(segments, func(c contact) bool {
		s, t := segments[c.i], segments[c.j]
		if s.polygon != t.polygon || s.ring == t.ring {
			return true
		}
		first, again := met[[2]int{s.ring, t.ring}]
		met[[2]int{s.ring, t.ring}] = c.at
		place, found = c.at, again && first != c.at
		return !found
	})
	return place, found
}

// appendNew appends a point unless it repeats the last one.
func appendNew(r orb.Ring, p Point) orb.Ring {
	if len(r) > 0 && r[len(r)-1] == p {
		return r
	}
	return append(r, p)
}
