package scoring

import (
	"runtime"
	"sync"
	"sync/atomic"
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

// atOnce does n pieces of work, as many at the same time as there are processors. Each may only write to its own position.
func atOnce(n int, work func(i int)) {
	var next atomic.Int64
	eachPart(n, min(runtime.GOMAXPROCS(0), max(n, 1)), func(_, _, _ int) {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			work(i)
		}
	})
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
