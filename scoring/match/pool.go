package match

import (
	"runtime"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// Pool is the land of one run that could serve, made ready for many questions. It is immutable and safe for concurrent use.
type Pool struct {
	snap   *parcels.Snapshot
	scores *scoring.Scores
	asOf   parcels.Date
	lots   []lot
	lotOf  map[int32]int32 // position in lots by position in Parcels
	index  *geo.Index      // over lots
	zones  *overlays
}

// lot is a parcel that could serve, with what does not depend on the question.
type lot struct {
	parcel int32
	offers []Offer
	form   Form
	line   int     // level of the industrial block line it lies in, 0 for none
	redM2  float64 // overlap with the ecological red line; infinite when it cannot be computed
}

// NewPool finds what could serve. Time grows with the number of parcels, and most with that of the candidates among them.
func NewPool(scores *scoring.Scores) *Pool {
	p := &Pool{snap: scores.Snapshot(), scores: scores, asOf: scores.AsOf, lotOf: map[int32]int32{}}
	for i := range p.snap.Parcels.Len() {
		if offers := p.offersOf(i); len(offers) > 0 {
			p.lotOf[int32(i)] = int32(len(p.lots))
			p.lots = append(p.lots, lot{parcel: int32(i), offers: offers})
		}
	}
	p.zones = newOverlays(p.snap, p.asOf)
	bounds := make([]geo.Bound, len(p.lots))
	each(len(p.lots), func(i int) {
		l := &p.lots[i]
		shape := p.snap.Parcels.At(int(l.parcel)).Shape
		bounds[i] = shape.Bound()
		l.form = FormOf(shape)
		l.line, l.redM2 = p.zones.lineAround(shape), p.zones.redLineOn(shape)
	})
	p.index = geo.NewIndex(bounds)
	return p
}

// Len returns the number of parcels that could serve somebody.
func (p *Pool) Len() int { return len(p.lots) }

// each calls do for 0..n-1 on all processors. What do writes must not depend on the order.
func each(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n/256+1)
	var crew parcels.Crew
	for w := range workers {
		crew.Go(func() {
			for i := n * w / workers; i < n*(w+1)/workers; i++ {
				do(i)
			}
		})
	}
	crew.Wait()
}
