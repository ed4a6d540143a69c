package geo_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"muchan/geo"
)

func box(w, s, e, n float64) orb.Bound { return orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}} }

// boxes are parcels of about 50 m scattered over both parks.
func boxes(n int) []orb.Bound {
	rng := rand.New(rand.NewPCG(21, uint64(n)))
	out := make([]orb.Bound, n)
	for i := range out {
		x, y := 118.4+0.2*rng.Float64(), 24.8+0.1*rng.Float64()
		out[i] = box(x, y, x+0.001*rng.Float64(), y+0.001*rng.Float64())
	}
	return out
}

func found(ix *geo.Index, b orb.Bound) []int {
	var out []int
	ix.Search(b, func(i int) bool { out = append(out, i); return true })
	slices.Sort(out)
	return out
}

func bruteForce(all []orb.Bound, b orb.Bound) []int {
	var out []int
	for i, a := range all {
		if a.Min[0] <= b.Max[0] && b.Min[0] <= a.Max[0] && a.Min[1] <= b.Max[1] && b.Min[1] <= a.Max[1] {
			out = append(out, i)
		}
	}
	return out
}

func TestSearchAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.IntRange(0, 20)
		n := rapid.SampledFrom([]int{0, 1, 2, 15, 16, 17, 255, 256, 257, 300}).Draw(t, "n")
		all := make([]orb.Bound, n)
		for i := range all {
			x, y := float64(small.Draw(t, "x")), float64(small.Draw(t, "y"))
			all[i] = box(x, y, x+float64(small.Draw(t, "w"))/4, y+float64(small.Draw(t, "h"))/4)
		}
		ix := geo.NewIndex(all)
		x, y := float64(small.Draw(t, "qx")), float64(small.Draw(t, "qy"))
		q := box(x, y, x+float64(small.Draw(t, "qw"))/4, y+float64(small.Draw(t, "qh"))/4)
		if got, want := found(ix, q), bruteForce(all, q); !slices.Equal(got, want) {
			t.Fatalf("found %v, want %v", got, want)
		}
		p := orb.Point{x, y}
		if got := nearest(ix, p); !ascending(all, got, p) || len(got) != n {
			t.Fatalf("nearest visits %v", got)
		}
	})
}

func nearest(ix *geo.Index, p orb.Point) []int {
	var out []int
	ix.Nearest(p, func(i int) bool { out = append(out, i); return true })
	return out
}

func ascending(all []orb.Bound, order []int, p orb.Point) bool {
	distance := func(i int) float64 {
		dx := max(all[i].Min[0]-p[0], 0, p[0]-all[i].Max[0])
		dy := max(all[i].Min[1]-p[1], 0, p[1]-all[i].Max[1])
		return dx*dx + dy*dy
	}
	return slices.IsSortedFunc(order, func(i, j int) int {
		if d, e := distance(i), distance(j); d != e {
			return map[bool]int{true: -1, false: 1}[d < e]
		}
		return i - j
	})
}

func TestSearchAMillion(t *testing.T) {
	all := boxes(1_000_000)
	ix := geo.NewIndex(all)
	for _, q := range []orb.Bound{box(118.5, 24.85, 118.501, 24.851), box(118.3, 24.7, 118.4001, 24.9), box(0, 0, 1, 1)} {
		if got, want := found(ix, q), bruteForce(all, q); !slices.Equal(got, want) {
			t.Errorf("%v: found %d, want %d", q, len(got), len(want))
		}
	}
	if ix.Len() != len(all) {
		t.Errorf("length %d", ix.Len())
	}
}

func TestIndexEdges(t *testing.T) {
	var none *geo.Index
	world := box(-180, -90, 180, 90)
	if found(none, world) != nil || nearest(none, orb.Point{}) != nil || none.Len() != 0 {
		t.Error("a nil index is empty")
	}
	undrawn := geo.Shape(nil).Bound()
	nan := box(math.NaN(), 0, 1, 1)
	ix := geo.NewIndex([]orb.Bound{undrawn, box(1, 1, 2, 2), nan, box(1, 1, 2, 2)})
	if got := found(ix, world); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("found %v, want boxes 1 and 3: undrawn shapes and NaN are never found", got)
	}
	if got := nearest(ix, orb.Point{0, 0}); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("nearest visits %v, want 1 and 3", got)
	}
	if got := found(ix, undrawn); got != nil {
		t.Errorf("an empty box meets %v", got)
	}
	if got := found(ix, box(2, 2, 3, 3)); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("a shared corner meets %v, want 1 and 3", got)
	}
	visits := 0
	ix.Search(world, func(int) bool { visits++; return false })
	ix.Nearest(orb.Point{}, func(int) bool { visits++; return false })
	if visits != 2 {
		t.Errorf("%d visits after stopping, want one each", visits)
	}
}

// An index made after another finds the same, in the same order, as one made of the boxes as they are now.
func TestIndexAfterAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.IntRange(0, 20)
		draw := func() orb.Bound {
			if small.Draw(t, "empty") == 0 {
				return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{0, 0}}
			}
			x, y := float64(small.Draw(t, "x")), float64(small.Draw(t, "y"))
			return box(x, y, x+float64(small.Draw(t, "w"))/4, y+float64(small.Draw(t, "h"))/4)
		}
		all := make([]orb.Bound, rapid.SampledFrom([]int{0, 1, 16, 17, 100, 300}).Draw(t, "n"))
		for i := range all {
			all[i] = draw()
		}
		ix := geo.NewIndex(all)
		var changed []int
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			if len(all) > 0 {
				i := rapid.IntRange(0, len(all)-1).Draw(t, "row")
				all[i], changed = draw(), append(changed, i)
			}
		}
		order := func(ix *geo.Index) (hits []int) {
			ix.Search(box(-100, -100, 100, 100), func(i int) bool { hits = append(hits, i); return true })
			return hits
		}
		if got, want := order(ix.After(all, changed)), order(geo.NewIndex(all)); !slices.Equal(got, want) {
			t.Fatalf("%v, made anew %v", got, want)
		}
	})
}

func TestSearchDoesNotAllocate(t *testing.T) {
	ix := geo.NewIndex(boxes(10_000))
	n := 0
	visit := func(int) bool { n++; return true }
	if allocs := testing.AllocsPerRun(100, func() { ix.Search(box(118.45, 24.85, 118.46, 24.86), visit) }); allocs != 0 {
		t.Errorf("a search allocates %v times", allocs)
	}
	if n == 0 {
		t.Error("nothing was found")
	}
}

func BenchmarkIndexBuild(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		all := boxes(n)
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				geo.NewIndex(all)
			}
		})
	}
}

// One ten-thousandth of both parks' area, about a tile at zoom 16.
func BenchmarkIndexSearch(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		ix := geo.NewIndex(boxes(n))
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			hits, k := 0, 0
			for b.Loop() {
				x, y := 118.4+0.002*float64(k%100), 24.8+0.001*float64(k/100%100)
				ix.Search(box(x, y, x+0.002, y+0.001), func(int) bool { hits++; return true })
				k++
			}
			if hits == 0 && k > 1000 {
				b.Fatal("nothing was found")
			}
			b.ReportMetric(float64(hits)/float64(k), "hits/op")
		})
	}
}
