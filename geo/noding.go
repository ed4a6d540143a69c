package geo

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Bounds on the work for one shape: a shape that needs more is no parcel but a tangle.
const (
	maxContacts = 2_000_000
	maxRounds   = 16
)

var errTangled = errors.New("its edges cross too often: correct the source")

// exactly leaves crossings as computed; onGrid rounds them to whole numbers.
func exactly(p Point) Point { return p }

func onGrid(p Point) Point { return Point{math.Round(p[0]), math.Round(p[1])} }

// noded returns rings with a vertex wherever edges meet, so that edges share nothing but ends or all of themselves. A
// crossing is rounded, which bends the edges through it by a hair and can make new crossings: it goes on until none is left.
func noded(rings []orb.Ring, round func(Point) Point) ([]orb.Ring, error) {
	contacts := 0
	for range maxRounds {
		next, cut, err := nodedOnce(rings, round, &contacts)
		if err != nil || !cut {
			return next, err
		}
		rings = next
	}
	return nil, errTangled
}

// nodedOnce cuts all edges where they meet now, and counts contacts on.
func nodedOnce(rings []orb.Ring, round func(Point) Point, contacts *int) (out []orb.Ring, cut bool, err error) {
	segments := segmentsOf(Shape{rings})
	cuts := make([][]Point, len(segments))
	eachContact(segments, func(c contact) bool {
		p := round(c.at)
		for _, k := range []int{c.i, c.j} {
			if p != segments[k].a && p != segments[k].b {
				cuts[k] = append(cuts[k], p)
				cut = true
			}
		}
		*contacts++
		return *contacts < maxContacts
	})
	if *contacts == maxContacts {
		return nil, false, errTangled
	}
	out = make([]orb.Ring, len(rings))
	for k, s := range segments {
		if len(out[s.ring]) == 0 {
			out[s.ring] = orb.Ring{s.a}
		}
		for _, p := range append(sortAlong(s, cuts[k]), s.b) {
			out[s.ring] = appendNew(out[s.ring], p)
		}
	}
	return out, cut, nil
}

func sortAlong(s segment, points []Point) []Point {
	along := func(p Point) float64 { return (p[0]-s.a[0])*(s.b[0]-s.a[0]) + (p[1]-s.a[1])*(s.b[1]-s.a[1]) }
	slices.SortStableFunc(points, func(p, q Point) int { return cmp.Compare(along(p), along(q)) })
	return points
}
