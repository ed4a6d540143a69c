package scoring

import (
	"runtime"
	"sync/atomic"

	"muchan/parcels"
)

// chunk is how many positions one goroutine takes at a time: enough to be worth the way, and little enough that none waits long for
// another whose processor the collector, or another program, has taken.
const chunk = 512

// eachChunk runs work on consecutive parts of 0..n at the same time. Each part may only write to its own positions, so the result
// does not depend on the number of processors.
func eachChunk(n int, work func(from, to int)) {
	atOnce(chunks(n), func(k int) { work(k*chunk, min((k+1)*chunk, n)) })
}

// inParts is eachChunk for work that makes things: what each part made, in the order of the parts.
func inParts[T any](n int, work func(from, to int) []T) [][]T {
	out := make([][]T, chunks(n))
	eachChunk(n, func(from, to int) { out[from/chunk] = work(from, to) })
	return out
}

func chunks(n int) int { return (n + chunk - 1) / chunk }

// atOnce does n pieces of work, as many at the same time as there are processors. Each may only write to its own position. Between two it gives
// way: a server answers its readers while the zone is scored, and they would wait for the 10 ms after which the runtime takes a processor away.
func atOnce(n int, work func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		for i := range n {
			work(i)
		}
		return
	}
	var next atomic.Int64
	var crew parcels.Crew
	for range workers {
		crew.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
				runtime.Gosched()
			}
		})
	}
	crew.Wait()
}
