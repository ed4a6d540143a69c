package api

import (
	runtimemetrics "runtime/metrics"
	"sync/atomic"
)

// collector collects garbage between edits rather than during one. What an edit makes takes a good part of a large zone's memory, and in large
// pieces: with a collection under way they overtake it, and then the runtime has whoever asks for a few bytes collect until it is done.
// Over 500 000 parcels readers waited for most of a second.
type collector struct {
	collect func()
	busy    atomic.Bool
}

// watch is called before an image is made; done when readers have it, and by then collects in the background if another like it would meet a
// collection.
func (c *collector) watch() (done func()) {
	before := readHeap().allocated
	return func() {
		if h := readHeap(); h.meets(h.allocated-before) && c.busy.CompareAndSwap(false, true) {
			go func() {
				defer c.busy.Store(false)
				c.collect()
			}()
		}
	}
}

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
