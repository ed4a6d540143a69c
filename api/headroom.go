package api

import (
	"context"
	"math"
	"runtime"
	"runtime/debug"
	"sync"
)

// usualLoadHeadroom is what a server that reads its store for the first time may have on the heap before any of it is collected, where nothing limits
// its memory: most of it stays, so that a collection finds little, and over 100 000 parcels it took a tenth of all processor time.
const usualLoadHeadroom = 1 << 30

// LoadFirst is Load for a program that has this one server and begins with it.
func (s *Server) LoadFirst(ctx context.Context) error {
	defer KeepHeadroom(loadHeadroom(debug.SetMemoryLimit(-1)))()
	return s.Load(ctx)
}

// loadHeadroom is the headroom under a memory limit in bytes, which is math.MaxInt64 where there is none: two thirds of it, so that a small machine
// collects as it must.
func loadHeadroom(limit int64) uint64 {
	if limit == math.MaxInt64 {
		return usualLoadHeadroom
	}
	return uint64(limit) / 3 * 2
}

// KeepHeadroom has the collector wait until the heap has grown by headroom bytes, or has doubled when that is more. A program that runs for
// seconds would collect a small heap over and over: it took a third of an import's processor time. end has it collected as before. It is the
// program's, not a server's: nobody else may change the collector's pace meanwhile.
func KeepHeadroom(headroom uint64) (end func()) {
	const least = 4 << 20 // the runtime counts a smaller heap as this
	before := debug.SetGCPercent(100)
	var mu sync.Mutex // between a collection's end and the import's
	ended := false
	var collected func(*headroomMark)
	collected = func(mark *headroomMark) { // runs after each collection, because each finds the mark unused
		mu.Lock()
		defer mu.Unlock()
		if ended {
			return
		}
		debug.SetGCPercent(int(max(100, headroom*100/max(least, readHeap().live))))
		runtime.SetFinalizer(mark, collected)
	}
	collected(new(headroomMark))
	return func() {
		mu.Lock()
		defer mu.Unlock()
		ended = true
		debug.SetGCPercent(before)
	}
}

// headroomMark holds a pointer, because the runtime may keep small objects without one together.
type headroomMark struct{ _ *int }
