package api_test

import (
	"math"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"muchan/api"
)

func TestHeapMeets(t *testing.T) {
	const gb = 1 << 30
	for _, c := range []struct {
		why                    string
		used, live, goal, more uint64
		want                   bool
	}{
		// The runtime begins at 8.5 GB, not before.
		{"room for half as much again", 6 * gb, 5 * gb, 10 * gb, gb, false},
		{"just what there is room for", 6 * gb, 5 * gb, 10 * gb, 5 * gb / 3, false},
		{"no room for what readers need", 6 * gb, 5 * gb, 10 * gb, 2 * gb, true},
		{"begun already", 9 * gb, 5 * gb, 10 * gb, 0, true},
		{"more is live than may be", 9 * gb, 9 * gb, 8 * gb, 0, true},
	} {
		if got := api.HeapMeets(c.used, c.live, c.goal, c.more); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

func TestWarnsWhenWhatStaysHasLittleRoom(t *testing.T) {
	const gb = 1 << 30
	for _, c := range []struct {
		live  uint64
		limit int64
		want  string
	}{
		{8 * gb, 10 * gb, ""},
		{8*gb + gb/2, 10 * gb, "held_mb=8704 limit_mb=10240"},
		{12 * gb, 10 * gb, "held_mb=12288 limit_mb=10240"},
		{12 * gb, math.MaxInt64, ""},
	} {
		if got := api.WarnsOf(c.limit, c.live); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%d of %d bytes: %q, want %q", c.live, c.limit, got, c.want)
		}
	}
	const held, more = 9 * gb, 10 * gb
	for want, live := range map[int][]uint64{1: {held, held, held + 1}, 2: {held, held, more}, 3: {held, gb, held, gb, held}} {
		if n := strings.Count(api.WarnsOf(10*gb, live...), "held_mb"); n != want {
			t.Errorf("%d warnings of %v, want %d", n, live, want)
		}
	}
}

// TestCollectsBetweenEdits holds what is read of the heap against what is allocated here, and that there is one collection at a time.
func TestCollectsBetweenEdits(t *testing.T) {
	var times atomic.Int32
	going, end := make(chan struct{}), make(chan struct{})
	watch := api.Watching(func() { times.Add(1); going <- struct{}{}; <-end })
	runtime.GC()
	watch()()
	time.Sleep(10 * time.Millisecond)
	if times.Load() != 0 {
		t.Fatal("collected after an edit that made nothing")
	}
	edit := func(more uint64) []byte {
		defer watch()()
		return make([]byte, more)
	}
	some := edit(api.HeapRoom() / 2) // there is room for it, but not for another
	<-going
	more := edit(4 * api.HeapRoom())
	time.Sleep(10 * time.Millisecond)
	close(end)
	runtime.KeepAlive(some)
	runtime.KeepAlive(more)
	if n := times.Load(); n != 1 {
		t.Errorf("%d collections at a time", n)
	}
}
