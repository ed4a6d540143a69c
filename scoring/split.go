package scoring

import (
	"cmp"
	"math/bits"
	"slices"
)

// split divides total over weights by largest remainder and writes the parts into out: they add up to total exactly. Weights are
// not negative and not all zero. Equal remainders go to the earlier weight. A negative total is split like its positive twin.
func split(total int64, weights []uint64, out []int64, scratch *[]remainder) {
	if len(weights) == 1 {
		out[0] = total
		return
	}
	sign, amount := int64(1), uint64(total)
	if total < 0 {
		sign, amount = -1, uint64(-total)
	}
	whole := uint64(0)
	for _, w := range weights {
		whole += w
	}
	rest, rem := amount, (*scratch)[:0]
	for i, w := range weights {
		hi, lo := bits.Mul64(amount, w)
		q, r := bits.Div64(hi, lo, whole)
		out[i] = int64(q)
		rest -= q
		rem = append(rem, remainder{r, int32(i)})
	}
	if rest > 0 {
		largestFirst(rem)
		for _, m := range rem[:rest] {
			out[m.at]++
		}
	}
	for i := range out {
		out[i] *= sign
	}
	*scratch = rem
}

// remainder is what a part lost by rounding down.
type remainder struct {
	r  uint64
	at int32
}

// fewRemainders is the number up to which sorting in place by insertion is quicker; most firms hold one to ten parcels.
const fewRemainders = 24

// largestFirst sorts by remainder, equal ones by weight's position.
func largestFirst(rem []remainder) {
	if len(rem) > fewRemainders {
		slices.SortFunc(rem, func(a, b remainder) int { return cmp.Or(cmp.Compare(b.r, a.r), cmp.Compare(a.at, b.at)) })
		return
	}
	for i := 1; i < len(rem); i++ {
		m, j := rem[i], i
		for ; j > 0 && rem[j-1].r < m.r; j-- { // positions ascend, so equal ones stay in order
			rem[j] = rem[j-1]
		}
		rem[j] = m
	}
}
