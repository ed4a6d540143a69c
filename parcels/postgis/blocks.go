package postgis

import (
	"slices"
	"strings"
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

// joined are the rows one after another; nil for none. Where they came in long stretches in the order of their codes, as those of parks that were
// brought in one after another do, the stretches are put in that order, which takes less than to sort rows; else rows stand as they came.
func (b *blocks[T]) joined(code func(*T) string) []T {
	parts := b.full
	if len(b.last) > 0 {
		parts = append(parts, b.last)
	}
	if stretches, long := ascending(parts, code); long && !apart(stretches, code) {
		slices.SortFunc(stretches, func(a, b []T) int { return strings.Compare(code(&a[0]), code(&b[0])) })
		if apart(stretches, code) {
			return slices.Concat(stretches...)
		}
	}
	if len(parts) == 1 && len(b.last) >= cap(b.last)/4*3 { // a table keeps what room is left
		return b.last
	}
	return slices.Concat(parts...)
}

// ascending cuts parts into stretches in which no code is less than the one before. It gives up where most would be short.
func ascending[T any](parts [][]T, code func(*T) string) (stretches [][]T, long bool) {
	const usual = 32 // rows in a stretch
	rows := 0
	for _, part := range parts {
		rows += len(part)
		for from, at := 0, 1; from < len(part); at++ {
			if at == len(part) || code(&part[at]) < code(&part[at-1]) {
				stretches, from = append(stretches, part[from:at]), at
			}
		}
		if len(stretches) > largestBlock && len(stretches) > rows/usual {
			return nil, false
		}
	}
	return stretches, true
}

// apart reports whether each stretch ends before the next begins.
func apart[T any](stretches [][]T, code func(*T) string) bool {
	for i := 1; i < len(stretches); i++ {
		if before := stretches[i-1]; code(&before[len(before)-1]) > code(&stretches[i][0]) {
			return false
		}
	}
	return true
}
