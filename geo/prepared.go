package geo

import "math"

// Prepared is a shape of which many places are asked. Its edges stand in bands by their height, so that a question looks at few of them.
type Prepared struct {
	low, perBand float64 // the southern end, and bands to a unit of height
	bands        int
	edges        []preparedEdge
	inBand       []int32 // positions in edges, band by band
	start        []int32 // those of band k: inBand[start[k]:start[k+1]]
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
	p.take(s)
	rise := 0.0
	for i := range p.edges {
		rise += math.Abs(p.edges[i].a[1] - p.edges[i].b[1])
	}
	bound := BoundOf(s)
	p.bands = min(1+len(p.edges)/2, mostBands)
	if height := bound.Max[1] - bound.Min[1]; height > 0 {
		if most := mostTimes * float64(len(p.edges)) * height / rise; most < float64(p.bands) {
			p.bands = max(1, int(most))
		}
		p.low, p.perBand = bound.Min[1], float64(p.bands)/height
	}
	p.sort()
	return p
}

// take takes the edges out of a shape, ring by ring. A ring that is not closed has the edge that closes it as well.
func (p *Prepared) take(s Shape) {
	corners := 0
	for _, polygon := range s {
		for _, ring := range polygon {
			corners += len(ring)
		}
	}
	p.edges, p.polygons = make([]preparedEdge, 0, corners), make([]int32, 0, len(s))
	rings := int32(0)
	for _, polygon := range s {
		for _, ring := range polygon {
			for i, b := range ring {
				if a := ring[(i+len(ring)-1)%len(ring)]; i > 0 || a != b {
					p.edges = append(p.edges, preparedEdge{rings, a, b})
				}
			}
			rings++
		}
		p.polygons = append(p.polygons, rings)
	}
}

// sort puts the edges into their bands, in all of which they stay in order.
func (p *Prepared) sort() {
	p.start = make([]int32, p.bands+2)
	for i := range p.edges {
		for k, last := p.bandsOf(&p.edges[i]); k <= last; k++ {
			p.start[k+2]++
		}
	}
	for k := range p.bands {
		p.start[k+2] += p.start[k+1]
	}
	p.inBand = make([]int32, p.start[p.bands+1])
	for i := range p.edges {
		for k, last := p.bandsOf(&p.edges[i]); k <= last; k++ {
			p.inBand[p.start[k+1]] = int32(i)
			p.start[k+1]++ // in the end where the next band begins
		}
	}
}

// bandsOf are the first and the last band in which an edge stands.
func (p *Prepared) bandsOf(e *preparedEdge) (first, last int) {
	return p.band(min(e.a[1], e.b[1])), p.band(max(e.a[1], e.b[1]))
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
	edges := p.inBand[p.start[band]:p.start[band+1]]
	for _, end := range p.polygons {
		within := end > ring
		for outer := true; ring < end; ring, outer = ring+1, false {
			n := 0
			for n < len(edges) && p.edges[edges[n]].ring == ring {
				n++
			}
			inside, onEdge := p.castThrough(edges[:n], at)
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
func (p *Prepared) castThrough(edges []int32, at Point) (inside, onEdge bool) {
	for _, i := range edges {
		crosses, touches := castRay(p.edges[i].a, p.edges[i].b, at)
		if touches {
			return false, true
		}
		inside = inside != crosses
	}
	return inside, false
}
