package api

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"
)

// loadHeadroom is for the time in which a server reads its store for the first time: with it a server over 100 000 parcels was ready in 5.7 s
// instead of 6.4.
const loadHeadroom = 1 << 30

// LoadFirst is Load for a program that has this one server and begins with it.
func (s *Server) LoadFirst(ctx context.Context) error {
	defer KeepHeadroom(loadHeadroom)()
	return s.Load(ctx)
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
