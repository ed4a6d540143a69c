package tiles_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"muchan/tiles"
)

// Every piece of work is done once, and one that panics does so where all are waited for.
func TestEachAtOnce(t *testing.T) {
	const n = 1000
	done := make([]atomic.Int32, n)
	work := func() func(int) { return func(i int) { done[i].Add(1) } }
	tiles.EachAtOnce(n, work)
	tiles.EachAtOnce(0, work)
	for i := range done {
		if times := done[i].Load(); times != 1 {
			t.Fatalf("piece %d was done %d times", i, times)
		}
	}
	defer func() {
		if p, _ := recover().(string); !strings.Contains(p, "piece 7 fails") || !strings.Contains(p, "atonce_test.go") {
			t.Errorf("panicked with %q", p)
		}
	}()
	tiles.EachAtOnce(n, func() func(int) {
		return func(i int) {
			if i == 7 {
				panic("piece 7 fails")
			}
		}
	})
}
