package geo

import (
	"fmt"

	"github.com/paulmach/orb"
)

// RepairGrid makes a valid shape of rings whose coordinates are whole numbers in any plane, such as a tile's. Outer rings run
// counter-clockwise (positive area) and holes clockwise, in any order; land is where the rings wind around counter-clockwise on
// balance. Crossings are rounded to whole numbers and what has no area vanishes. The result has whole coordinates and is nil when
// nothing is left. The rings stay as they are.
func RepairGrid(rings []orb.Ring) (orb.MultiPolygon, error) {
	a, err := arrangeNoded(rings, onGrid)
	if err != nil {
		return nil, fmt.Errorf("repair on the grid: %w", err)
	}
	land := make([]bool, len(a.wound))
	for f, w := range a.wound {
		balance := 0
		for _, n := range w {
			balance += n
		}
		land[f] = balance > 0
	}
	return assemble(a.boundaries(land)), nil
}

func arrangeNoded(rings []orb.Ring, round func(Point) Point) (*arrangement, error) {
	cut, err := noded(rings, round)
	if err != nil {
		return nil, err
	}
	return arrange(cut)
}

// rebuilt makes a valid shape of a tidy one: the land that outer rings wind around, in either direction, less the land their holes
// wind around, all merged.
func rebuilt(s Shape) (Shape, error) {
	var rings []orb.Ring
	for _, polygon := range s {
		rings = append(rings, polygon...)
	}
	a, err := arrangeNoded(rings, exactly)
	if err != nil {
		return nil, err
	}
	out := assemble(a.boundaries(a.covered(s)))
	if v := Check(out); !v.Valid {
		return nil, fmt.Errorf("nothing valid can be made of it (%s): correct the source", v.Message)
	}
	return out, nil
}

// covered tells which faces belong to the land.
func (a *arrangement) covered(s Shape) []bool {
	polygonOf, isHole := []int{}, []bool{}
	for i, polygon := range s {
		for j := range polygon {
			polygonOf, isHole = append(polygonOf, i), append(isHole, j > 0)
		}
	}
	land := make([]bool, len(a.wound))
	for f, w := range a.wound {
		inside, cut := map[int]bool{}, map[int]bool{}
		for ring := range w {
			if isHole[ring] {
				cut[polygonOf[ring]] = true
			} else {
				inside[polygonOf[ring]] = true
			}
		}
		for polygon := range inside {
			land[f] = land[f] || !cut[polygon]
		}
	}
	return land
}

// boundaries walks around the land, which stays on the left, and cuts each walk into rings that visit no point twice.
func (a *arrangement) boundaries(land []bool) []orb.Ring {
	border := func(h int) bool { return land[a.face[h]] && !land[a.face[twin(h)]] }
	done := make([]bool, len(a.from))
	var out []orb.Ring
	for h := range a.from {
		if done[h] || !border(h) {
			continue
		}
		walk := orb.Ring{a.points[a.from[h]]}
		for ; !done[h]; h = a.nextBorder(h, border) {
			done[h] = true
			walk = append(walk, a.points[a.to(h)])
		}
		out = append(out, loops(walk)...)
	}
	return out
}

// nextBorder turns around the end of a border half-edge through land until the land ends. Walks so keep pieces of land apart that
// touch in a point.
func (a *arrangement) nextBorder(h int, border func(int) bool) int {
	h = a.next(h)
	for !border(h) {
		h = a.clockwise(h)
	}
	return h
}

// loops cuts a closed walk into rings that visit no point twice.
func loops(walk orb.Ring) []orb.Ring {
	var out []orb.Ring
	var path orb.Ring
	seen := map[Point]int{}
	for _, p := range walk {
		k, again := seen[p]
		if !again {
			seen[p] = len(path)
			path = append(path, p)
			continue
		}
		out = append(out, append(append(orb.Ring{}, path[k:]...), p))
		for _, q := range path[k+1:] {
			delete(seen, q)
		}
		path = path[:k+1]
	}
	return out
}

// assemble puts clockwise rings as holes into the smallest counter-clockwise ring around them.
func assemble(rings []orb.Ring) Shape {
	var s Shape
	var holes []orb.Ring
	for _, ring := range rings {
		if planeArea2(ring) > 0 {
			s = append(s, orb.Polygon{ring})
		} else {
			holes = append(holes, ring)
		}
	}
	for _, hole := range holes {
		if k := smallestAround(s, hole); k >= 0 {
			s[k] = append(s[k], hole)
		}
	}
	return s
}

func smallestAround(s Shape, hole orb.Ring) int {
	best := -1
	for k, polygon := range s {
		if polygon[0].Bound().Contains(hole[0]) && ringAround(polygon[0], hole) &&
			(best < 0 || planeArea2(polygon[0]) < planeArea2(s[best][0])) {
			best = k
		}
	}
	return best
}

// ringAround reports whether a ring lies inside another that it does not cross: a vertex off the other's edges decides, and when
// all are on them the middle of an edge.
func ringAround(outer, inner orb.Ring) bool {
	for _, p := range inner {
		if inside, onEdge := ringContains(outer, p); !onEdge {
			return inside
		}
	}
	inside, onEdge := ringContains(outer, Point{(inner[0][0] + inner[1][0]) / 2, (inner[0][1] + inner[1][1]) / 2})
	return inside || onEdge
}
