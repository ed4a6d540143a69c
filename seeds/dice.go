package seeds

import (
	"math"
	"math/rand/v2"
)

// dice is a stream of pseudo-random numbers that depends on its seeds alone. It draws on PCG's bits directly, because the
// algorithms of math/rand/v2's other methods are not promised to stay the same.
type dice struct{ bits *rand.PCG }

// newDice mixes the two numbers, so that neighbouring streams have nothing in common.
func newDice(seed, stream uint64) *dice {
	return &dice{rand.NewPCG(mix(seed), mix(stream^mix(seed+1)))}
}

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// float returns a number in [0, 1).
func (d *dice) float() float64 { return float64(d.bits.Uint64()>>11) / (1 << 53) }

// between returns a number in [lo, hi).
func (d *dice) between(lo, hi float64) float64 { return lo + (hi-lo)*d.float() }

// intn returns a number in [0, n).
func (d *dice) intn(n int) int { return int(d.float() * float64(n)) }

// chance is true with probability p.
func (d *dice) chance(p float64) bool { return d.float() < p }

// normal returns a number with mean 0 and variance 1, within ±3.5.
func (d *dice) normal() float64 {
	sum := 0.0
	for range 4 {
		sum += d.float()
	}
	return (sum - 2) * math.Sqrt(3)
}

// pick returns one of the items, each as likely as the other.
func pick[T any](d *dice, items []T) T { return items[d.intn(len(items))] }

// shuffle puts the items into a random order, in place.
func shuffle[T any](d *dice, items []T) {
	for i := len(items) - 1; i > 0; i-- {
		j := d.intn(i + 1)
		items[i], items[j] = items[j], items[i]
	}
}
