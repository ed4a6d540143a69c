package tiles

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// eachAtOnce does n pieces of work on as many goroutines as the runtime has threads, each as soon as one is free. begin is called on each for what
// it works with. What panics in one of them panics where they are waited for, with the stack of where it was.
func eachAtOnce(n int, begin func() func(i int)) {
	var group sync.WaitGroup
	var next atomic.Int64
	var died atomic.Value
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					died.CompareAndSwap(nil, fmt.Sprintf("%v\n%s", p, debug.Stack()))
				}
			}()
			work := begin()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	if group.Wait(); died.Load() != nil {
		panic(died.Load())
	}
}

// inChunks does n pieces of work on all processors, those that follow each other together.
func inChunks(n int, work func(from, to int)) {
	const chunk = 64
	eachAtOnce((n+chunk-1)/chunk, func() func(int) {
		return func(i int) { work(i*chunk, min((i+1)*chunk, n)) }
	})
}
