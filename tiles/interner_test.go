package tiles

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"muchan/tiles/layers"
)

// TestInternerAgainstAMap refers features to values of columns as a plain map does: values that come again far away, numbers whose hashes are equal, and
// tables that grow and are used again.
func TestInternerAgainstAMap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	in := newInterner()
	for _, n := range []int{0, 1, 31, 32, 33, 2_000, 50_000, 300} {
		for name, number := range map[string]func(i int) float64{
			"twice, far apart": func(i int) float64 { return float64(i%max(1, n/2)) + 0.1 },
			"few":              func(int) float64 { return float64(r.IntN(5)) },
			"special":          func(i int) float64 { return []float64{math.NaN(), math.Copysign(0, -1), 0, math.Inf(1)}[i%4] },
			"one hash":         func(i int) float64 { return hashedTo(0xFFFFFFFF, uint32(i/3)) },
			"ends of the room": func(i int) float64 { return hashedTo(0xFFFFFFFF-uint32(i%7), uint32(i/50)) },
		} {
			if name == "one hash" && n > 2_000 {
				continue // they stand in one row, of which each sees all before it
			}
			c := &layers.Column{Number: make([]float64, n), Present: make([]bool, n)}
			for i := range n {
				c.Number[i], c.Present[i] = number(i), r.IntN(9) > 0
			}
			checkInterned(t, in, fmt.Sprintf("%d numbers, %s", n, name), c, func(row uint32) any { return bitsOf(c, row) })
		}
		c := &layers.Column{Text: make([]string, n), Present: make([]bool, n)}
		for i := range n {
			c.Text[i], c.Present[i] = fmt.Sprint("宗地 ", r.IntN(max(1, n-n/3))), r.IntN(9) > 0
		}
		checkInterned(t, in, fmt.Sprintf("%d texts", n), c, func(row uint32) any { return c.Text[row] })
	}
}

// hashedTo is a number with a hash; which, of many.
func hashedTo(hash, which uint32) float64 {
	const factor = 0x9E3779B97F4A7C15
	inverse := uint64(factor)
	for range 6 { // each doubles the digits that are right
		inverse *= 2 - factor*inverse
	}
	return math.Float64frombits((uint64(hash)<<32 | uint64(which)) * inverse)
}

func checkInterned(t *testing.T, in *interner, name string, c *layers.Column, valueOf func(row uint32) any) {
	t.Helper()
	rows := make([]uint32, len(c.Present))
	for i := range rows {
		rows[i] = uint32(len(rows) - 1 - i)
	}
	holders := map[any][]int{}
	for k, row := range rows {
		if c.Present[row] {
			holders[valueOf(row)] = append(holders[valueOf(row)], k)
		}
	}
	refs := slices.Repeat([]ref{7}, len(rows))
	var v values
	in.fill(&v, c, layers.Number, rows, refs)
	shared := 0
	for k, row := range rows {
		switch all := holders[valueOf(row)]; {
		case !c.Present[row]:
			if refs[k] != 0 {
				t.Fatalf("%s: feature %d has no value, and is referred to %d", name, k, refs[k])
			}
		case len(all) == 1:
			if refs[k] != alone {
				t.Fatalf("%s: feature %d is alone with its value, and is referred to %d", name, k, refs[k])
			}
		default:
			if refs[k] == 0 || refs[k] == alone || refs[k] != refs[all[0]] {
				t.Fatalf("%s: features %d and %d have the same value, and are referred to %d and %d", name, all[0], k, refs[all[0]], refs[k])
			}
			if want := appendValue(nil, c, layers.Number, row); !slices.Equal(v.sharedValue(refs[k]), want) {
				t.Fatalf("%s: feature %d is given % x, want % x", name, k, v.sharedValue(refs[k]), want)
			}
			if k == all[0] {
				shared++
			}
		}
	}
	if len(v.end) != shared {
		t.Fatalf("%s: %d values are shared, want %d", name, len(v.end), shared)
	}
}
