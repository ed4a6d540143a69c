package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Prepared is a shape of which many places are asked. Its edges stand in bands by their height, so that a question looks at few of them.
type Prepared struct {
	low, perBand float64 // the southern end, and bands to a unit of height
	bands        [][]preparedEdge
	polygons     []int32 // of each polygon: the number of its last ring, plus 1
}

// preparedEdge is an edge of the ring with a number, counted through all polygons.
type preparedEdge struct {
	ring int32
	a, b Point
}

// mostBands bounds the bands of a shape, and mostTimes in how many of them an edge stands on the average, as tall ones do in many.
const (
	mostBands = 1024
	mostTimes = 4
)

// Prepare prepares a shape, of which it keeps nothing.
func Prepare(s Shape) *Prepared {
	p := &Prepared{}
	var edges []preparedEdge
	rings := int32(0)
	for _, polygon := range s {
		for _, ring := range polygon {
			for i, b := range ring {
				if a := ring[(i+len(ring)-1)%len(ring)]; i > 0 || a != b {
					edges = append(edges, preparedEdge{rings, a, b})
				}
			}
			rings++
		}
		p.polygons = append(p.polygons, rings)
	}
	rise := 0.0
	for _, e := range edges {
		rise += math.Abs(e.a[1] - e.b[1])
	}
	bands, bound := min(1+len(edges)/2, mostBands), BoundOf(s)
	if height := bound.Max[1] - bound.Min[1]; height > 0 {
		if most := mostTimes * float64(len(edges)) * height / rise; most < float64(bands) {
			bands = max(1, int(most))
		}
		p.low, p.perBand = bound.Min[1], float64(bands)/height
	}
	p.bands = make([][]preparedEdge, bands)
	for _, e := range edges {
		for k := p.band(min(e.a[1], e.b[1])); k <= p.band(max(e.a[1], e.b[1])); k++ {
			p.bands[k] = append(p.bands[k], e)
		}
	}
	return p
}

// band is the band of a height. It never falls as the height rises, so that an edge and a place at one height meet in a band.
func (p *Prepared) band(y float64) int {
	at := (y - p.low) * p.perBand
	if !(at > 0) {
		return 0
	}
	return int(min(at, float64(len(p.bands)-1)))
}

// Contains is Contains of the shape.
func (p *Prepared) Contains(at Point) bool {
	edges, ring := p.bands[p.band(at[1])], int32(0)
	for _, end := range p.polygons {
		within := end > ring
		for outer := true; ring < end; ring, outer = ring+1, false {
			n := 0
			for n < len(edges) && edges[n].ring == ring {
				n++
			}
			inside, onEdge := castThrough(edges[:n], at)
			edges = edges[n:]
			if onEdge && within {
				return true
			}
			within = within && inside == outer
		}
		if within {
			return true
		}
	}
	return false
}

// castThrough is ringContains by those edges of a ring that may lie at the height of a place.
func castThrough(edges []preparedEdge, at Point) (inside, onEdge bool) {
	for i := range edges {
		crosses, touches := castRay(edges[i].a, edges[i].b, at)
		if touches {
			return false, true
		}
		inside = inside != crosses
	}
	return inside, false
}

// EdgeNear is false only when no edge of the shape meets a box.
func (p *Prepared) EdgeNear(box Bound) bool {
	for k := p.band(box.Min[1]); k <= p.band(box.Max[1]); k++ {
		for i := range p.bands[k] {
			if beside(p.bands[k][i].a, p.bands[k][i].b, box) {
				return true
			}
		}
	}
	return false
}

// beside reports whether the boxes of an edge and of a shape meet: unless both ends lie to the same side.
func beside(p, q orb.Point, box Bound) bool {
	return !(p[0] < box.Min[0] && q[0] < box.Min[0] || p[0] > box.Max[0] && q[0] > box.Max[0] ||
		p[1] < box.Min[1] && q[1] < box.Min[1] || p[1] > box.Max[1] && q[1] > box.Max[1])
}
