package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// arrangement is the plane cut into faces by the noded edges of some rings. Each edge is two half-edges, 2k and 2k+1, in opposite
// directions; a half-edge's face is on its left.
type arrangement struct {
	points []Point
	from   []int      // vertex each half-edge starts at
	turns  [][]turn   // per edge: how often each ring runs along half-edge 2k, less how often along 2k+1
	order  []int      // place of each half-edge among those that leave its vertex
	leave  [][]int    // per vertex: half-edges that leave it, counter-clockwise
	face   []int      // of each half-edge
	first  []int      // a half-edge of each face
	wound  []windings // of each face
}

// turn is a ring's net use of an edge.
type turn struct{ ring, net int }

// windings tells how often each ring winds around a face, counter-clockwise positive; rings that do not are absent.
type windings map[int]int

func twin(half int) int { return half ^ 1 }

func (a *arrangement) to(half int) int { return a.from[twin(half)] }

// arrange builds the arrangement of noded rings. A stretch that a ring walks back and forth cancels out and is left out.
func arrange(rings []orb.Ring) (*arrangement, error) {
	a := &arrangement{}
	a.addEdges(rings)
	a.sortLeaving()
	a.walkFaces()
	return a, a.wind()
}

func (a *arrangement) addEdges(rings []orb.Ring) {
	vertex := map[Point]int{}
	id := func(p Point) int {
		v, ok := vertex[p]
		if !ok {
			v = len(a.points)
			vertex[p] = v
			a.points = append(a.points, p)
		}
		return v
	}
	uses := map[[2]int][]turn{}
	var keys [][2]int
	for r, ring := range rings {
		for k := 1; k < len(ring); k++ {
			u, v, net := id(ring[k-1]), id(ring[k]), 1
			if u > v {
				u, v, net = v, u, -1
			}
			key := [2]int{u, v}
			if uses[key] == nil {
				keys = append(keys, key)
			}
			uses[key] = addTurn(uses[key], r, net)
		}
	}
	for _, key := range keys {
		turns := slices.DeleteFunc(uses[key], func(t turn) bool { return t.net == 0 })
		if len(turns) > 0 {
			a.from = append(a.from, key[0], key[1])
			a.turns = append(a.turns, turns)
		}
	}
}

func addTurn(turns []turn, ring, net int) []turn {
	for i := range turns {
		if turns[i].ring == ring {
			turns[i].net += net
			return turns
		}
	}
	return append(turns, turn{ring, net})
}

// sortLeaving orders the half-edges that leave each vertex counter-clockwise, starting east.
func (a *arrangement) sortLeaving() {
	a.leave = make([][]int, len(a.points))
	a.order = make([]int, len(a.from))
	for half, v := range a.from {
		a.leave[v] = append(a.leave[v], half)
	}
	for v, halves := range a.leave {
		o := a.points[v]
		slices.SortFunc(halves, func(g, h int) int { return compareAngle(o, a.points[a.to(g)], a.points[a.to(h)]) })
		for k, half := range halves {
			a.order[half] = k
		}
	}
}

// compareAngle orders directions from o to p and q counter-clockwise, starting east, exactly.
func compareAngle(o, p, q Point) int {
	if ph, qh := lowerHalf(o, p), lowerHalf(o, q); ph != qh {
		return ph - qh
	}
	return -orientation(o, p, q)
}

func lowerHalf(o, p Point) int {
	if p[1] > o[1] || p[1] == o[1] && p[0] > o[0] {
		return 0
	}
	return 1
}

// clockwise returns the half-edge that leaves the same vertex next in clockwise direction.
func (a *arrangement) clockwise(half int) int {
	halves := a.leave[a.from[half]]
	return halves[(a.order[half]+len(halves)-1)%len(halves)]
}

// next follows the face on the left.
func (a *arrangement) next(half int) int { return a.clockwise(twin(half)) }

func (a *arrangement) walkFaces() {
	a.face = make([]int, len(a.from))
	for half := range a.face {
		a.face[half] = -1
	}
	for half := range a.face {
		if a.face[half] >= 0 {
			continue
		}
		for h := half; a.face[h] < 0; h = a.next(h) {
			a.face[h] = len(a.first)
		}
		a.first = append(a.first, half)
	}
}
