package api_test

import (
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
