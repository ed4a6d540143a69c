package scoring

import (
	"runtime"
	"sync"
)

// leastChunk is the least that is worth a goroutine of its own.
const leastChunk = 4096

// eachChunk runs work on consecutive parts of 0..n at the same time. Each part may only write to its own positions, so the result
// does not depend on the number of processors.
func eachChunk(n int, work func(from, to int)) {
	eachPart(n, workersFor(n), func(_, from, to int) { work(from, to) })
}

// inParts is eachChunk for work that makes things: what each part made, in the order of the parts.
func inParts[T any](n int, work func(from, to int) []T) [][]T {
	workers := workersFor(n)
	out := make([][]T, workers)
	eachPart(n, workers, func(k, from, to int) { out[k] = work(from, to) })
	return out
}

func workersFor(n int) int { return min(runtime.GOMAXPROCS(0), n/leastChunk+1) }

func eachPart(n, workers int, work func(k, from, to int)) {
	if workers == 1 {
		work(0, 0, n)
		return
	}
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() { work(k, n*k/workers, n*(k+1)/workers) })
	}
	wg.Wait()
}
