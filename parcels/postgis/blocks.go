package postgis

import (
	"slices"
	"unsafe"
)

// blocks are rows whose number nobody knows before the last has come. They are read where they stay: growing one array copied those of a large
// zone five times over, and made as much for the collector to take away.
type blocks[T any] struct {
	full [][]T
	last []T
}

const smallestBlock, largestBlock = 16, 4096

// mostExpected bounds the bytes that are reserved for rows that may not come: what the server believes counts those of all days, and may be old.
const mostExpected = 1 << 30

// blocksFor are blocks for about so many rows, 0 where nobody knows: with a few more than there are, they stand in one block and need not be joined.
func blocksFor[T any](expected int) blocks[T] {
	if expected < largestBlock {
		return blocks[T]{}
	}
	var row T
	return blocks[T]{last: make([]T, 0, min(expected+expected/64, mostExpected/int(unsafe.Sizeof(row))))}
}

// next adds a row. It stays where it is until joined is called.
func (b *blocks[T]) next() *T {
	if len(b.last) == cap(b.last) {
		if len(b.last) > 0 {
			b.full = append(b.full, b.last)
		}
		b.last = make([]T, 0, min(max(2*cap(b.last), smallestBlock), largestBlock))
	}
	b.last = b.last[:len(b.last)+1]
	return &b.last[len(b.last)-1]
}

// joined are the rows one after another, as they came; nil for none.
func (b *blocks[T]) joined() []T {
	if len(b.full) == 0 && len(b.last) >= cap(b.last)/4*3 { // a table keeps what room is left
		return b.last
	}
	return slices.Concat(append(b.full, b.last)...)
}
