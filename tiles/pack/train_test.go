package pack

import (
	"cmp"
	"slices"
	"strings"
)

// counts are how often symbols are written in blocks of a code; none is zero, so that each has a word.
type counts struct{ literals, distances []int }

func newCounts() *counts {
	return &counts{slices.Repeat([]int{1}, literalSymbols), slices.Repeat([]int{1}, distanceSymbols)}
}

// Train makes the codes that pack some tiles best.
func Train(tiles [][]byte) CodeLengths {
	flat := lengths{strings.Repeat("j", literalSymbols), strings.Repeat("f", distanceSymbols), strings.Repeat("f", lengthSymbols)}
	before := codes
	defer func() { codes = before }()
	codes[features], codes[values] = newCoding(flat), newCoding(flat)
	of := map[*coding]*counts{codes[features]: newCounts(), codes[values]: newCounts()}
	for _, tile := range tiles {
		p := packer{}
		p.begin(len(tile))
		p.blocks(tile)
		b := bitReader{b: p.out}
		for i, r := range p.runs {
			if i == 0 || r.code != p.runs[i-1].code {
				b.count(r.code, of[r.code])
			}
		}
	}
	return CodeLengths{of[codes[features]].best(), of[codes[values]].best()}
}

// bitReader reads what was written with a code whose literals have nine bits and whose distances have five.
type bitReader struct {
	b  []byte
	at int // bit
}

func (r *bitReader) bit() int {
	bit := int(r.b[r.at/8] >> (r.at % 8) & 1)
	r.at++
	return bit
}

func (r *bitReader) word(size int) (w int) {
	for range size {
		w = w<<1 | r.bit()
	}
	return w
}

// count reads a block.
func (r *bitReader) count(c *coding, into *counts) {
	r.at++
	for _, w := range c.head {
		r.at += int(w.size)
	}
	for {
		symbol := r.word(9)
		into.literals[symbol]++
		if symbol == endOfBlock {
			return
		}
		if symbol < endOfBlock {
			continue
		}
		for length := 3; length <= maxMatch; length++ {
			if s, extra, _ := lengthSymbol(length); s == symbol {
				r.at += int(extra)
				break
			}
		}
		distance := r.word(5)
		into.distances[distance]++
		extra, _ := distancesOf(distance)
		r.at += int(extra)
	}
}

// best are the lengths of the words of a code for symbols that occur so often.
func (c *counts) best() lengths {
	literals, distances := limited(c.literals, longest), limited(c.distances, longest)
	of := make([]int, lengthSymbols)
	for _, n := range append(slices.Clone(literals), distances...) {
		of[n]++
	}
	return lengths{letters(literals), letters(distances), letters(limited(of, 7))}
}

func letters(sizes []uint8) string {
	b := slices.Clone(sizes)
	for i := range b {
		b[i] += 'a'
	}
	return string(b)
}

// limited are the lengths of the best code in which no word is longer than some bits, by package-merge (Larmore and Hirschberg, 1990).
// Symbols that do not occur have none.
func limited(often []int, most int) []uint8 {
	type pack struct {
		weight  int
		symbols []int
	}
	byWeight := func(a, b pack) int { return cmp.Compare(a.weight, b.weight) }
	var single, last []pack
	for symbol, n := range often {
		if n > 0 {
			single = append(single, pack{n, []int{symbol}})
		}
	}
	slices.SortStableFunc(single, byWeight)
	for range most {
		next := slices.Clone(single)
		for i := 0; i+1 < len(last); i += 2 {
			next = append(next, pack{last[i].weight + last[i+1].weight, slices.Concat(last[i].symbols, last[i+1].symbols)})
		}
		slices.SortStableFunc(next, byWeight)
		last = next
	}
	sizes := make([]uint8, len(often))
	for _, p := range last[:2*len(single)-2] {
		for _, symbol := range p.symbols {
			sizes[symbol]++
		}
	}
	return sizes
}
