package geo

import (
	"iter"
	"math"
)

// Prepared is a shape of which many places are asked. Its edges stand in bands by their height, so that a question looks at few of them.
type Prepared struct {
	low, perBand float64 // the southern end, and bands to a unit of height
	bands        int
	edges        []preparedEdge // band by band
	start        []int32        // edges of band k: edges[start[k]:start[k+1]]
	polygons     []int32        // of each polygon: the number of its last ring, plus 1
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
	p, edges, rise, rings := &Prepared{}, 0, 0.0, int32(0)
	for e := range eachEdge(s) {
		edges++
		rise += math.Abs(e.a[1] - e.b[1])
	}
	bound := BoundOf(s)
	p.bands = min(1+edges/2, mostBands)
	if height := bound.Max[1] - bound.Min[1]; height > 0 {
		if most := mostTimes * float64(edges) * height / rise; most < float64(p.bands) {
			p.bands = max(1, int(most))
		}
		p.low, p.perBand = bound.Min[1], float64(p.bands)/height
	}
	p.fill(s)
	p.polygons = make([]int32, len(s))
	for i, polygon := range s {
		rings += int32(len(polygon))
		p.polygons[i] = rings
	}
	return p
}

// eachEdge goes through the edges of a shape, ring by ring. A ring that is not closed has the edge that closes it as well.
func eachEdge(s Shape) iter.Seq[preparedEdge] {
	return func(yield func(preparedEdge) bool) {
		number := int32(0)
		for _, polygon := range s {
			for _, ring := range polygon {
				for i, b := range ring {
					if a := ring[(i+len(ring)-1)%len(ring)]; (i > 0 || a != b) && !yield(preparedEdge{number, a, b}) {
						return
					}
				}
				number++
			}
		}
	}
}

// fill puts the edges into their bands.
func (p *Prepared) fill(s Shape) {
	p.start = make([]int32, p.bands+2)
	for e := range eachEdge(s) {
		for k := p.band(min(e.a[1], e.b[1])); k <= p.band(max(e.a[1], e.b[1])); k++ {
			p.start[k+2]++
		}
	}
	for k := range p.bands {
		p.start[k+2] += p.start[k+1]
	}
	p.edges = make([]preparedEdge, p.start[p.bands+1])
	for e := range eachEdge(s) {
		for k := p.band(min(e.a[1], e.b[1])); k <= p.band(max(e.a[1], e.b[1])); k++ {
			p.edges[p.start[k+1]] = e
			p.start[k+1]++ // in the end where the next band begins
		}
	}
	p.start = p.start[:p.bands+1]
}

// band is the band of a height. It never falls as the height rises, so that an edge and a place at one height meet in a band.
func (p *Prepared) band(y float64) int {
	at := (y - p.low) * p.perBand
	if !(at > 0) {
		return 0
	}
	return int(min(at, float64(p.bands-1)))
}

// Contains is Contains of the shape.
func (p *Prepared) Contains(at Point) bool {
	band, ring := p.band(at[1]), int32(0)
	edges := p.edges[p.start[band]:p.start[band+1]]
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
