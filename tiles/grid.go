package tiles

import (
	"math"
	"slices"

	"muchan/tiles/layers"
)

// A tile's grid has side × side squares, 16 pixels wide on a screen.
const (
	gridBits = 5
	gridSide = 1 << gridBits
)

// grid adds up the features of a tile by squares. Each feature counts once in the whole zoom level, where the middle of its box is.
type grid struct {
	table  *layers.Table
	ground *Ground
	first  int      // of the features in the tile
	square []uint16 // of each feature in the tile
	land   []float64
	fields []layers.GridField
}

// newGrid finds a tile's features: their middles lie in the tile, so they stand together along the Hilbert curve.
func newGrid(t *layers.Table, g *Ground, at Address) *grid {
	first, last := g.inside(at)
	gr := &grid{table: t, ground: g, first: first, square: make([]uint16, last-first)}
	bits := shift(at.Z) + 12 - gridBits
	for i := range gr.square {
		c := g.tree.leaves()[first+i].centre()
		x, y := min(c.x, worldSize-1)>>bits, min(c.y, worldSize-1)>>bits
		gr.square[i] = uint16(y%gridSide*gridSide + x%gridSide)
	}
	var land string
	gr.fields, land = t.Layer.GridFields()
	gr.land = make([]float64, len(gr.square))
	if f, ok := t.FieldIndex(land); ok {
		gr.each(f, func(i int, row uint32) { gr.land[i] = t.Columns[f].Number[row] })
	}
	return gr
}

// inside returns the range of features whose middle lies in a tile.
func (g *Ground) inside(at Address) (first, last int) {
	bits := 2 * (worldBits - uint(at.Z))
	tile := hilbert(spot{int32(at.X) << (worldBits - at.Z), int32(at.Y) << (worldBits - at.Z)}) >> bits
	place := func(b box, tile uint64) int {
		switch along := hilbert(b.centre()) >> bits; {
		case along < tile:
			return -1
		case along > tile:
			return 1
		}
		return 0
	}
	leaves := g.tree.leaves()
	first, _ = slices.BinarySearchFunc(leaves, tile, place)
	last, _ = slices.BinarySearchFunc(leaves[first:], tile+1, place)
	return first, first + last
}

// each visits the features that have a value of a field.
func (gr *grid) each(field int, visit func(i int, row uint32)) {
	present := gr.table.Columns[field].Present
	for i := range gr.square {
		if row := gr.ground.rows[gr.first+i]; present[row] {
			visit(i, row)
		}
	}
}

// cells are the values of one attribute by square.
type cells struct {
	number []float64
	text   []string
	known  []bool
}

func newCells() cells {
	return cells{make([]float64, gridSide*gridSide), nil, make([]bool, gridSide*gridSide)}
}

// count is how many features stand in each square.
func (gr *grid) count() cells {
	c := newCells()
	for _, s := range gr.square {
		c.number[s]++
		c.known[s] = true
	}
	return c
}

// cells puts together an attribute. A square none of whose features has the value has none; that is no zero.
func (gr *grid) cells(f layers.GridField, count cells) cells {
	if f.How == layers.Count {
		return count
	}
	column, _ := gr.table.FieldIndex(f.Of)
	c := newCells()
	of := &gr.table.Columns[column]
	switch f.How {
	case layers.Holding:
		copy(c.known, count.known)
		gr.each(column, func(i int, row uint32) {
			if of.Text != nil || of.Number[row] != 0 {
				c.number[gr.square[i]]++
			}
		})
	case layers.Sum, layers.PerLand:
		gr.each(column, func(i int, row uint32) {
			c.number[gr.square[i]] += of.Number[row]
			c.known[gr.square[i]] = true
		})
		if f.How == layers.PerLand {
			c.divide(gr.weights(nil))
		}
	case layers.Mean:
		gr.each(column, func(i int, row uint32) {
			c.number[gr.square[i]] += of.Number[row] * gr.land[i]
			c.known[gr.square[i]] = true
		})
		c.divide(gr.weights(of.Present))
	case layers.Most:
		c.text = gr.most(column)
		for s, text := range c.text {
			c.known[s] = text != ""
		}
	}
	return c
}

// weights is the land of each square's features, or of those that have a value.
func (gr *grid) weights(present []bool) []float64 {
	sum := make([]float64, gridSide*gridSide)
	for i, s := range gr.square {
		if present == nil || present[gr.ground.rows[gr.first+i]] {
			sum[s] += gr.land[i]
		}
	}
	return sum
}

// divide divides each number; one without a divisor is not known.
func (c *cells) divide(by []float64) {
	for s := range c.number {
		c.known[s] = c.known[s] && by[s] > 0
		c.number[s] /= by[s]
	}
}

// most is the text that most land of each square has; of equal ones the first in the alphabet.
func (gr *grid) most(column int) []string {
	land := map[string][]float64{}
	gr.each(column, func(i int, row uint32) {
		text := gr.table.Columns[column].Text[row]
		if land[text] == nil {
			land[text] = make([]float64, gridSide*gridSide)
		}
		// A feature without land on file counts a little, so that a square of such features has a value.
		land[text][gr.square[i]] += max(gr.land[i], 1e-9)
	})
	best, texts := make([]float64, gridSide*gridSide), make([]string, gridSide*gridSide)
	for text, by := range land {
		for s, mu := range by {
			if mu > best[s] || mu == best[s] && mu > 0 && text < texts[s] {
				best[s], texts[s] = mu, text
			}
		}
	}
	return texts
}

// rounded drops the digits that hang on the order of adding.
func rounded(f float64) float64 { return math.Round(f*1e6) / 1e6 }
