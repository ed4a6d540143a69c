package api_test

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"

	"muchan/api"
)

func percent() int {
	n := debug.SetGCPercent(100)
	debug.SetGCPercent(n)
	return n
}

func TestKeepHeadroom(t *testing.T) {
	before := percent()
	end := api.KeepHeadroom(1 << 30)
	eventually(t, "a small heap is collected later", func() bool { runtime.GC(); return percent() > 200 })
	end()
	if n := percent(); n != before {
		t.Errorf("%d %% afterwards, %d before", n, before)
	}
	runtime.GC()
	if n := percent(); n != before {
		t.Errorf("%d %% after the next collection, %d before", n, before)
	}
}

func TestLoadHeadroom(t *testing.T) {
	const gib = 1 << 30
	for limit, want := range map[int64]uint64{math.MaxInt64: gib, 768 << 20: 512 << 20, 6 * gib: 4 * gib} {
		if got := api.LoadHeadroom(limit); got != want {
			t.Errorf("limit %d: headroom %d, want %d", limit, got, want)
		}
	}
}
