package geo

import "maps"

// maxWindingWork bounds the edges looked at to place separate pieces of an arrangement in each other.
const maxWindingWork = 500_000_000

// wind computes how often each ring winds around each face. Within a connected piece it follows from edge to edge, since crossing
// an edge changes the winding by the ring's net use of it; only the outside of each piece is found by counting crossings.
func (a *arrangement) wind() error {
	piece, pieces := a.pieces()
	if pieces*len(a.turns) > maxWindingWork {
		return errTangled
	}
	a.wound = make([]windings, len(a.first))
	for k := range pieces {
		outer := a.outerFace(piece, k)
		a.wound[outer] = a.windingsAt(a.points[a.from[a.first[outer]]], piece, k)
		a.spread(outer)
	}
	return nil
}

// spread carries windings from one face to all faces of its piece.
func (a *arrangement) spread(start int) {
	pending := []int{start}
	for len(pending) > 0 {
		f := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		for h, begin := a.first[f], true; begin || h != a.first[f]; h, begin = a.next(h), false {
			beyond := a.face[twin(h)]
			if a.wound[beyond] == nil {
				a.wound[beyond] = a.across(f, h)
				pending = append(pending, beyond)
			}
		}
	}
}

// across returns the windings on the right of half-edge h, whose left is face f.
func (a *arrangement) across(f, h int) windings {
	w := maps.Clone(a.wound[f])
	for _, t := range a.turns[h/2] {
		net := t.net
		if h%2 == 1 {
			net = -net
		}
		if w[t.ring] -= net; w[t.ring] == 0 {
			delete(w, t.ring)
		}
	}
	return w
}

// pieces numbers the connected pieces of the arrangement and tells the piece of each vertex.
func (a *arrangement) pieces() (piece []int, count int) {
	piece = make([]int, len(a.points))
	for v := range piece {
		piece[v] = -1
	}
	for v := range piece {
		if piece[v] >= 0 || len(a.leave[v]) == 0 {
			continue
		}
		piece[v] = count
		for pending := []int{v}; len(pending) > 0; {
			u := pending[len(pending)-1]
			pending = pending[:len(pending)-1]
			for _, h := range a.leave[u] {
				if w := a.to(h); piece[w] < 0 {
					piece[w] = count
					pending = append(pending, w)
				}
			}
		}
		count++
	}
	return piece, count
}

// outerFace finds the face around a piece: below its lowest, leftmost vertex no edge leaves, so the face there is on the left of
// the half-edge that leaves it last in counter-clockwise order.
func (a *arrangement) outerFace(piece []int, k int) int {
	lowest := -1
	for v, p := range a.points {
		if piece[v] != k {
			continue
		}
		if lowest < 0 || p[1] < a.points[lowest][1] || p[1] == a.points[lowest][1] && p[0] < a.points[lowest][0] {
			lowest = v
		}
	}
	halves := a.leave[lowest]
	return a.face[halves[len(halves)-1]]
}

// windingsAt counts, for a vertex of piece k, the edges of other pieces that a ray to the east crosses.
func (a *arrangement) windingsAt(p Point, piece []int, k int) windings {
	w := windings{}
	for e, turns := range a.turns {
		if piece[a.from[2*e]] == k {
			continue
		}
		u, v := a.points[a.from[2*e]], a.points[a.from[2*e+1]]
		if (u[1] > p[1]) == (v[1] > p[1]) {
			continue
		}
		direction := 1
		if v[1] < u[1] {
			direction = -1
		}
		if orientation(u, v, p) != direction {
			continue
		}
		for _, t := range turns {
			if w[t.ring] += direction * t.net; w[t.ring] == 0 {
				delete(w, t.ring)
			}
		}
	}
	return w
}
