package geo_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"muchan/geo"
)

// TestSortByKey holds sorting by digits against sorting by comparison, for keys that differ in all bits, in few, and hardly.
func TestSortByKey(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 300, 2047, 2048, 2049, 50_000} {
		for name, key := range map[string]func() uint64{
			"all bits":     r.Uint64,
			"32 bits":      func() uint64 { return uint64(r.Uint32()) },
			"high bits":    func() uint64 { return uint64(r.IntN(700)) << 55 },
			"few":          func() uint64 { return uint64(r.IntN(3)) * 0x0123456789ABCDEF },
			"one":          func() uint64 { return 42 },
			"highest only": func() uint64 { return uint64(r.IntN(2)) << 63 },
		} {
			keys, items := make([]uint64, n), make([]uint32, n)
			for i := range n {
				keys[i], items[i] = key(), uint32(i)
			}
			was, want := slices.Clone(keys), slices.Clone(items)
			slices.SortStableFunc(want, func(a, b uint32) int { return cmp.Compare(was[a], was[b]) })
			geo.SortByKey(keys, items)
			if !slices.Equal(items, want) {
				t.Errorf("%d keys of %s: items in another order", n, name)
			}
		}
	}
}
