package layerfile

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// maxNestedRings bounds the rings of one shape that are sorted by nesting; beyond it their direction is believed.
const maxNestedRings = 2000

// assemble makes a shape of loose rings. Which ring is a hole follows from nesting, not from direction: half of all programs write
// the wrong one. turned reports that some ring ran the wrong way for a shapefile (outer rings clockwise, holes counter-clockwise).
func assemble(rings []orb.Ring) (shape geo.Shape, turned bool) {
	rings = slices.DeleteFunc(rings, func(r orb.Ring) bool { return len(r) == 0 })
	if len(rings) == 0 {
		return nil, false
	}
	order := bySize(rings)
	parent := make([]int, len(rings)) // polygon of the shape a hole goes to, -1 for an outer ring
	place := make([]int, len(rings))  // outer ring -> polygon
	for k, i := range order {
		inside, around := nestingOf(rings, order[:k], i)
		hole := inside%2 == 1
		clockwise := rings[i].Orientation() == orb.CW
		turned = turned || hole == clockwise
		parent[i] = -1
		if hole {
			parent[i] = place[around]
			place[i] = -1
			shape[parent[i]] = append(shape[parent[i]], rings[i])
			continue
		}
		place[i] = len(shape)
		shape = append(shape, orb.Polygon{rings[i]})
	}
	orient(shape)
	return shape, turned
}

// bySize orders rings from the largest box to the smallest, so that what is around a ring comes before it.
func bySize(rings []orb.Ring) []int {
	size := make([]float64, len(rings))
	order := make([]int, len(rings))
	for i, r := range rings {
		b := r.Bound()
		size[i], order[i] = (b.Max[0]-b.Min[0])*(b.Max[1]-b.Min[1]), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size[b], size[a]) })
	return order
}

// nestingOf counts the rings around ring i among the larger ones, and finds the innermost of them.
func nestingOf(rings []orb.Ring, larger []int, i int) (inside, around int) {
	if len(rings) > maxNestedRings {
		return byDirection(rings, larger, i)
	}
	box := rings[i].Bound()
	for _, j := range larger {
		if b := rings[j].Bound(); b.Contains(box.Min) && b.Contains(box.Max) && within(rings[i], rings[j]) {
			inside, around = inside+1, j
		}
	}
	return inside, around
}

// byDirection believes that a counter-clockwise ring is a hole of the last clockwise one around it.
func byDirection(rings []orb.Ring, larger []int, i int) (inside, around int) {
	if rings[i].Orientation() == orb.CW {
		return 0, 0
	}
	box := rings[i].Bound()
	for k := len(larger) - 1; k >= 0; k-- {
		j := larger[k]
		if b := rings[j].Bound(); rings[j].Orientation() == orb.CW && b.Contains(box.Min) && b.Contains(box.Max) {
			return 1, j
		}
	}
	return 0, 0
}

// within says whether a ring lies in another, by the first of its points that is not on the other's edge; one that touches with
// every vertex is judged by the middle of its edges.
func within(inner, outer orb.Ring) bool {
	for _, p := range inner {
		if in, edge := geo.InRing(outer, p); !edge {
			return in
		}
	}
	for k := 1; k < len(inner); k++ {
		middle := orb.Point{(inner[k-1][0] + inner[k][0]) / 2, (inner[k-1][1] + inner[k][1]) / 2}
		if in, edge := geo.InRing(outer, middle); !edge {
			return in
		}
	}
	return false
}
