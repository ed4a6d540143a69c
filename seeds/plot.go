package seeds

import "strings"

// plot is a lot on the ground.
type plot struct {
	*town
	letter byte // of its block
	quad   quad
	lot    lot
	outer  []vec // metres
	hole   []vec
	areaM2 float64
	block  [2]int
	second *plot // the other part of a parcel in two parts
}

// Letters of a town's drawing.
const (
	industrial     = 'I'
	smallIndustry  = 'J'
	logistics      = 'W'
	commercial     = 'C'
	residential    = 'R'
	education      = 'S'
	greenery       = 'G'
	publicFacility = 'P' // a substation inside a large parcel
	newLand        = 'E' // supplied or not yet
	caseLand       = 'K' // the cases of the demonstration
	hill           = 'H' // no parcels
	river          = '~' // no parcels
	unparcelled    = "H~"
)

// plots cuts every block of the town into lots, row by row from the south. Blocks for cases are left out; see strip.
func (t *town) plots() []*plot {
	var all []*plot
	for _, c := range t.allCells() {
		letter := t.block(c[0], c[1])
		if letter == caseLand || strings.IndexByte(unparcelled, letter) >= 0 {
			continue
		}
		q := t.quad(c[0], c[1])
		d := newDice(t.seed, uint64(1000+c[0]*1000+c[1]))
		all = append(all, t.onGround(letter, c, q, lotsOf(letter, q, d))...)
	}
	return all
}

func lotsOf(letter byte, q quad, d *dice) []lot {
	c := cutter{quad: q, dice: d, frontage: [2]float64{85, 165}, odd: 0.35}
	switch letter {
	case smallIndustry:
		c.frontage = [2]float64{48, 80}
	case logistics, residential:
		c.frontage, c.odd = [2]float64{130, 220}, 0.1
	case commercial:
		c.frontage = [2]float64{90, 150}
	case greenery:
		return []lot{rectangle(0, 0, 1, 1)}
	case education:
		return []lot{rectangle(0, 0, 0.6, 1), rectangle(0.6, 0, 1, 1)}
	}
	return c.cut()
}

func (t *town) onGround(letter byte, block [2]int, q quad, lots []lot) []*plot {
	rings := outlines(q, lots)
	all := make([]*plot, len(lots))
	for k, l := range lots {
		p := &plot{town: t, letter: letter, quad: q, lot: l, outer: rings[k], block: block}
		for _, v := range l.hole {
			p.hole = append(p.hole, q.at(v.x, v.y))
		}
		p.areaM2 = areaOf(p.outer, p.hole)
		if l.inner {
			p.letter = publicFacility
		}
		all[k] = p
	}
	return all
}
