package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// importHeadroom is how many bytes an import lets the heap grow before it is collected: up to a million parcels hold less than that, and
// with it an import stays below 1 GiB.
const importHeadroom = 384 << 20

// keepHeadroom has the collector wait until the heap has grown by headroom bytes, or has doubled when that is more. A program that runs for
// seconds would collect a small heap over and over: it took a sixth of an import's processor time.
func keepHeadroom(headroom uint64) {
	const least = 4 << 20 // the runtime counts a smaller heap as this
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var collected func(*headroomMark)
	collected = func(mark *headroomMark) { // runs after each collection, because each finds the mark unused
		metrics.Read(live)
		debug.SetGCPercent(int(max(100, headroom*100/max(least, live[0].Value.Uint64()))))
		runtime.SetFinalizer(mark, collected)
	}
	collected(new(headroomMark))
}

// headroomMark holds a pointer, because the runtime may keep small objects without one together.
type headroomMark struct{ _ *int }
