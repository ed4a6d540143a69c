package scoring

import (
	"runtime"
	"sync"
)

// eachChunk runs work on consecutive parts of 0..n at the same time. Each part may only write to its own positions, so the result
// does not depend on the number of processors.
func eachChunk(n int, work func(from, to int)) {
	const least = 4096
	workers := min(runtime.GOMAXPROCS(0), n/least+1)
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() { work(n*k/workers, n*(k+1)/workers) })
	}
	wg.Wait()
}
