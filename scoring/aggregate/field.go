package aggregate

import "math/bits"

// prime is 2^61 − 1. Row spaces are computed in the field of this order instead of the rational numbers: sums, products and inverses
// are exact and fit a word. The row space of a matrix of zeros and ones is the same in both but for the case that the prime divides
// one of its minors, which no data of a zone is made to do.
const prime = 1<<61 - 1

func add(a, b uint64) uint64 {
	s := a + b
	if s >= prime {
		s -= prime
	}
	return s
}

func negate(a uint64) uint64 {
	if a == 0 {
		return 0
	}
	return prime - a
}

func multiply(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	s := lo&prime + (hi<<3 | lo>>61)
	if s >= prime {
		s -= prime
	}
	return s
}

// inverse is a^(p−2); a must not be 0.
func inverse(a uint64) uint64 {
	result := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			result = multiply(result, a)
		}
		a = multiply(a, a)
	}
	return result
}

// subtract takes f times y from x, in place.
func subtract(x, y []uint64, f uint64) {
	f = negate(f)
	for i, v := range y {
		if v != 0 {
			x[i] = add(x[i], multiply(f, v))
		}
	}
}
