package postgis

import "slices"

// blocks are rows whose number nobody knows before the last has come. They are read where they stay: growing one array copied those of a large
// zone five times over, and made as much for the collector to take away.
type blocks[T any] struct {
	full [][]T
	last []T
}

const smallestBlock, largestBlock = 16, 4096

// next adds a row. It stays where it is until all is called.
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

// all are the rows one after another; nil for none.
func (b *blocks[T]) all() []T {
	if len(b.full) == 0 {
		return b.last
	}
	return slices.Concat(append(b.full, b.last)...)
}
