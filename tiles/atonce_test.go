package tiles_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"muchan/tiles"
	"muchan/tiles/layers"
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

// Whoever draws may find out whether an outline is hard while others do, and while the next ground is made.
func TestHardnessIsFoundOutByManyAtOnce(t *testing.T) {
	table := &layers.Table{}
	for k, shape := range town(300) {
		table.IDs, table.Shapes, table.Bounds = append(table.IDs, fmt.Sprintf("s%03d", k)), append(table.Shapes, shape), append(table.Bounds, shape.Bound())
	}
	m := tiles.NewImage(table, tiles.NewGround(table))
	if next := tiles.HardWhileReading(m, table, []int{7}); next.Len() != m.Len() {
		t.Errorf("%d features became %d", m.Len(), next.Len())
	}
}
