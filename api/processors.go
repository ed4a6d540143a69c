package api

import (
	"os"
	"runtime"
	"sync/atomic"
)

// doubled is how many processors there were when ShareProcessors doubled the threads; 0 where it did not.
var doubled atomic.Int64

// workers is how many make tiles at a time: one for each processor. The other threads read requests, write answers and collect garbage.
func workers() int {
	if n := doubled.Load(); n > 0 {
		return int(n)
	}
	return runtime.GOMAXPROCS(0)
}

// ShareProcessors has the runtime use twice as many threads as there are processors, unless GOMAXPROCS says how many. Making a tile or an
// image keeps a thread busy for long, and the runtime looks at its connections when one has nothing to do; with more threads it is the
// kernel that shares the processors, every few milliseconds. On two processors the longest hundredth of tiles took half as long to come
// (37 and 21 ms at zoom level 14, 120 kB each), and under edits of 100 000 parcels, too (66 and 38 ms); edits took half as long again. A server
// calls it once, at first. From then on the runtime does not follow a container's limit that is changed later.
func ShareProcessors() {
	if os.Getenv("GOMAXPROCS") == "" {
		doubled.Store(int64(runtime.GOMAXPROCS(0)))
		runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	}
}
