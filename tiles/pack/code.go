package pack

import "math/bits"

const (
	endOfBlock = 256
	minMatch   = 4 // shorter ones are not worth looking for
	maxMatch   = 258
	longest    = 12 // bits of a word
	nearby     = 64 // distances of a double from the last one that are written at once

	literalSymbols, distanceSymbols, lengthSymbols = 286, 30, 19

	longestHead = (3 + 14 + 3*lengthSymbols + 7*(literalSymbols+distanceSymbols) + 7) / 8 // bytes
)

// word is the bits of a symbol, the first one lowest.
type word struct {
	bits uint32
	size uint8
}

// reach is a symbol for distances: its word, how many bits follow, and the least distance.
type reach struct {
	word
	extra uint8
	least uint32
}

// coding is a code of RFC 1951, ready to be written.
type coding struct {
	head     []word // of a block, but for its first bit
	literal  [endOfBlock + 1]word
	length   [maxMatch + 1]word // with the bits that follow
	distance [distanceSymbols]reach
	triple   [nearby]word // three bytes that are those a distance before
}

// newCoding makes a code of the lengths of its words: of literals and lengths, of distances, and of the lengths themselves in a head.
func newCoding(of lengths) *coding {
	literals, distances := digits(of.literals), digits(of.distances)
	c := &coding{head: headOf(literals, distances, digits(of.lengths))}
	words := canonical(literals)
	copy(c.literal[:], words)
	for length := 3; length <= maxMatch; length++ {
		symbol, extra, least := lengthSymbol(length)
		c.length[length] = words[symbol].with(word{uint32(length - least), extra})
	}
	for symbol, w := range canonical(distances) {
		extra, least := distancesOf(symbol)
		c.distance[symbol] = reach{w, extra, uint32(least)}
	}
	for d := 1; d < nearby; d++ {
		r := c.distance[distanceSymbol(d)]
		c.triple[d] = c.length[3].with(r.word).with(word{uint32(d) - r.least, r.extra})
	}
	return c
}

// with is a word and what follows it.
func (w word) with(next word) word { return word{w.bits | next.bits<<w.size, w.size + next.size} }

// codes are for runs of features and of values.
var codes = [...]*coding{features: newCoding(codeLengths[0]), values: newCoding(codeLengths[1])}

// lengths are the lengths of a code's words by symbol, each a letter: a for none, b for one bit, and so on.
type lengths struct{ literals, distances, lengths string }

func digits(letters string) []uint8 {
	d := []uint8(letters)
	for i := range d {
		d[i] -= 'a'
	}
	return d
}

// canonical gives words to symbols by their lengths, RFC 1951, 3.2.2.
func canonical(sizes []uint8) []word {
	var count, next [16]uint32
	for _, n := range sizes {
		count[n]++
	}
	count[0] = 0
	for n := 1; n < len(next); n++ {
		next[n] = (next[n-1] + count[n-1]) << 1
	}
	words := make([]word, len(sizes))
	for i, n := range sizes {
		if n > 0 {
			words[i] = word{bits.Reverse32(next[n]) >> (32 - n), n}
			next[n]++
		}
	}
	return words
}

// lengthSymbol is a length's symbol, how many bits follow, and the symbol's least length, RFC 1951, 3.2.5.
func lengthSymbol(length int) (symbol int, extra uint8, least int) {
	switch {
	case length == maxMatch:
		return 285, 0, maxMatch
	case length < 11:
		return 254 + length, 0, length
	}
	more := bits.Len(uint(length-3)) - 3
	quarter := (length - 3) >> more
	return 257 + 4*more + quarter, uint8(more), quarter<<more + 3
}

// distanceSymbol is a distance's symbol, RFC 1951, 3.2.5.
func distanceSymbol(distance int) int {
	d := uint(distance - 1)
	if d < 4 {
		return int(d)
	}
	extra := bits.Len(d) - 2
	return 2*extra + int(d>>extra)
}

// distancesOf is how many bits follow a symbol, and the least distance.
func distancesOf(symbol int) (extra uint8, least int) {
	if symbol < 4 {
		return 0, symbol + 1
	}
	more := symbol/2 - 1
	return uint8(more), (2+symbol&1)<<more + 1
}

// order is that of the lengths' lengths, RFC 1951, 3.2.7.
var order = [lengthSymbols]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// headOf is the head of a block with a code. Each length is written by itself.
func headOf(literals, distances, sizes []uint8) []word {
	head := []word{{2, 2}, {uint32(len(literals)) - 257, 5}, {uint32(len(distances)) - 1, 5}, {lengthSymbols - 4, 4}}
	for _, symbol := range order {
		head = append(head, word{uint32(sizes[symbol]), 3})
	}
	words := canonical(sizes)
	for _, list := range [][]uint8{literals, distances} {
		for _, n := range list {
			head = append(head, words[n])
		}
	}
	return joined(head)
}

// joined writes words together, as many as one may hold.
func joined(words []word) (few []word) {
	var last word
	for _, w := range words {
		if last.size+w.size > 32 {
			few, last = append(few, last), word{}
		}
		last = last.with(w)
	}
	return append(few, last)
}
