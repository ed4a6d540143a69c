package tiles

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// clipped returns the part of a valid shape inside the tile and its buffer, as rings that keep their direction. Unlike the usual
// ring clipper it cuts a ring that leaves the tile several times into pieces, so that no edges run to and fro along the buffer's
// edge. Rings that lie inside are returned as they are, not copied.
func clipped(rings []orb.Ring) []orb.Ring {
	for _, side := range sides {
		rings = side.clip(rings)
	}
	// Joined rings come last. Where there is one outer ring, its holes are to follow it.
	slices.SortStableFunc(rings, func(a, b orb.Ring) int { return cmp.Compare(b.Orientation(), a.Orientation()) })
	return rings
}

// sides bound the tile and its buffer: west, east, north, south.
var sides = [4]halfPlane{{0, 1, -buffer}, {0, -1, -Extent - buffer}, {1, 1, -buffer}, {1, -1, -Extent - buffer}}

// halfPlane is where sign·coordinate[axis] is greater than limit.
type halfPlane struct {
	axis  int
	sign  float64
	limit float64
}

func (h halfPlane) beyond(p orb.Point) float64 { return h.sign*p[h.axis] - h.limit }

// chain is a stretch of a ring inside the half-plane, from where it enters to where it leaves.
type chain orb.Ring

// clip cuts rings at the border and joins the chains along it.
func (h halfPlane) clip(rings []orb.Ring) []orb.Ring {
	if !slices.ContainsFunc(rings, func(r orb.Ring) bool { _, out := h.sides(r); return out }) {
		return rings
	}
	var whole []orb.Ring
	var chains []chain
	for _, ring := range rings {
		switch in, out := h.sides(ring); {
		case !out:
			whole = append(whole, ring)
		case in:
			chains = append(chains, h.chains(ring)...)
		}
	}
	return append(whole, join(chains, 1-h.axis)...)
}

func (h halfPlane) sides(ring orb.Ring) (in, out bool) {
	for _, p := range ring {
		if h.beyond(p) > 0 {
			in = true
		} else {
			out = true
		}
	}
	return in, out
}

// chains returns the stretches of a closed ring, which is partly outside, that lie inside. A vertex on the border counts as outside.
func (h halfPlane) chains(ring orb.Ring) []chain {
	n := len(ring) - 1
	start := slices.IndexFunc(ring, func(p orb.Point) bool { return h.beyond(p) <= 0 })
	var out []chain
	for k := range n {
		p, q := ring[(start+k)%n], ring[(start+k+1)%n]
		if h.beyond(p) > 0 {
			last := &out[len(out)-1]
			*last = append(*last, p)
			if h.beyond(q) <= 0 {
				*last = append(*last, h.cross(q, p))
			}
		} else if h.beyond(q) > 0 {
			out = append(out, append(make(chain, 0, n-k+2), h.cross(p, q)))
		}
	}
	return out
}

// cross is where an edge meets the border, always computed from its outer end, so that neighbours that share the edge get the same.
func (h halfPlane) cross(out, in orb.Point) orb.Point {
	t := h.beyond(out) / (h.beyond(out) - h.beyond(in))
	p := orb.Point{out[0] + t*(in[0]-out[0]), out[1] + t*(in[1]-out[1])}
	p[h.axis] = h.sign * h.limit
	return p
}

// join links chains into rings along the border, whose free axis is given. Along the border, places where chains leave and places
// where they enter take turns, and the border between the k-th of each is inside. Where rounding or touching rings break the turn,
// joining the k-th with the k-th still walks the same stretches of border the same number of times, so what the rings wind around
// is right, and the repair that follows sorts out the rest.
func join(chains []chain, along int) []orb.Ring {
	n := len(chains)
	numbers := make([]int, 3*n)
	enter, leave, next := numbers[:n], numbers[n:2*n], numbers[2*n:]
	for k := range chains {
		enter[k], leave[k] = k, k
	}
	slices.SortStableFunc(enter, func(i, j int) int { return cmp.Compare(chains[i][0][along], chains[j][0][along]) })
	slices.SortStableFunc(leave, func(i, j int) int {
		return cmp.Compare(chains[i][len(chains[i])-1][along], chains[j][len(chains[j])-1][along])
	})
	for k := range chains {
		next[leave[k]] = enter[k]
	}
	return follow(chains, next)
}

func follow(chains []chain, next []int) []orb.Ring {
	used, vertices := make([]bool, len(chains)), 0
	for _, c := range chains {
		vertices += len(c)
	}
	var out []orb.Ring
	for k := range chains {
		if used[k] {
			continue
		}
		ring := make(orb.Ring, 0, vertices+1)
		for ; !used[k]; k = next[k] {
			used[k] = true
			ring = append(ring, chains[k]...)
		}
		out = append(out, append(ring, ring[0]))
	}
	return out
}
