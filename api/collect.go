package api

import (
	"log/slog"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
	"sync/atomic"
)

// collector collects garbage between edits rather than during one. What an edit makes takes a good part of a large zone's memory, and in large
// pieces: with a collection under way they overtake it, and then the runtime has whoever asks for a few bytes collect until it is done.
// Over 500 000 parcels readers waited for most of a second.
type collector struct {
	collect func()
	busy    atomic.Bool
	log     *slog.Logger
	told    atomic.Uint64 // what stayed when it was warned of last, in bytes
}

// watch is called before an image is made; done when readers have it, and by then collects in the background if another like it would meet a
// collection, or if only a collection tells whether what stays has room under the memory limit.
func (c *collector) watch() (done func()) {
	before := readHeap().allocated
	return func() {
		h, limit := readHeap(), debug.SetMemoryLimit(-1)
		full := nearly(h.used, limit) && c.told.Load() == 0
		if (full || h.meets(h.allocated-before)) && c.busy.CompareAndSwap(false, true) {
			go func() {
				defer c.busy.Store(false)
				c.collect()
				c.warn(readHeap().live, limit)
			}()
		}
	}
}

// warn tells whoever keeps the server that what stays takes most of its memory, while there is time to give it more: once, and again when it has
// grown by a tenth. A server that is short of memory is not collected for it time and again.
func (c *collector) warn(live uint64, limit int64) {
	switch told := c.told.Load(); {
	case !nearly(live, limit):
		c.told.Store(0)
	case live > told+told/10:
		c.told.Store(live)
		c.log.Warn("the zone takes most of the memory that this server may use, and collecting garbage will slow it down; give it more, or raise GOMEMLIMIT",
			"held_mb", live>>20, "limit_mb", limit>>20)
	}
}

// nearly reports whether so many bytes are more than four fifths of a memory limit, which is math.MaxInt64 where there is none.
func nearly(bytes uint64, limit int64) bool { return limit > 0 && bytes > uint64(limit)/5*4 }

// heap is what the runtime tells of it, in bytes.
type heap struct {
	allocated uint64 // since the program began
	used      uint64 // now, with garbage
	live      uint64 // found by the last collection
	goal      uint64 // at which the next is to be over
}

// meets reports whether a collection will begin before so much more is allocated, and half as much again for what readers need meanwhile. The
// runtime begins when seven tenths of the way from what was live to the goal are gone, or later.
func (h heap) meets(more uint64) bool {
	return h.goal < h.live || h.used+more+more/2 > h.live+(h.goal-h.live)/10*7
}

func readHeap() heap {
	samples := []runtimemetrics.Sample{
		{Name: "/gc/heap/allocs:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}, {Name: "/gc/heap/goal:bytes"},
	}
	runtimemetrics.Read(samples)
	return heap{samples[0].Value.Uint64(), samples[1].Value.Uint64(), samples[2].Value.Uint64(), samples[3].Value.Uint64()}
}
