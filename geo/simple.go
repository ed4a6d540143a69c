package geo

import "github.com/paulmach/orb"

// mostPlainEdges bounds the rings that plainlySimple looks at: it compares every edge with every other.
const mostPlainEdges = 24

// plainlySimple tells a shape of one short ring whose edges meet at their common ends alone, as nearly every parcel and building has. Its
// signs are exact, so such a shape is valid; what it does not vouch for, valid or not, goes to the library. It spares an import of 10^5
// parcels a tenth of its time.
func plainlySimple(s Shape) bool {
	if len(s) != 1 || len(s[0]) != 1 {
		return false
	}
	r := s[0][0]
	edges := len(r) - 1
	if edges < 3 || edges > mostPlainEdges || r[0] != r[edges] {
		return false
	}
	for i := range edges {
		after := r[(i+1)%edges+1]
		if r[i] == r[i+1] || foldsBack(r[i], r[i+1], after) {
			return false
		}
		for j := i + 2; j < edges; j++ {
			if (i > 0 || j < edges-1) && mayMeet(r, i, j) {
				return false
			}
		}
	}
	return true
}

// foldsBack tells that the way from a over b to c returns on itself.
func foldsBack(a, b, c Point) bool {
	ahead := func(axis int) bool {
		return (a[axis] < b[axis]) == (c[axis] < b[axis]) && a[axis] != b[axis] && c[axis] != b[axis]
	}
	return orientation(a, b, c) == 0 && (ahead(0) || ahead(1))
}

// mayMeet is false only for edges i and j of a ring that share no point.
func mayMeet(r orb.Ring, i, j int) bool {
	a, b, c, d := r[i], r[i+1], r[j], r[j+1]
	for axis := range 2 {
		if max(a[axis], b[axis]) < min(c[axis], d[axis]) || max(c[axis], d[axis]) < min(a[axis], b[axis]) {
			return false
		}
	}
	return orientation(a, b, c)*orientation(a, b, d) <= 0 && orientation(c, d, a)*orientation(c, d, b) <= 0
}
