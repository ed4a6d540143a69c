package geo

import (
	"math"
	"math/big"
)

// orientation tells on which side of the line from a to b a position lies: +1 left, -1 right, 0 on it. The sign is exact: where
// rounding could turn it, the product is formed again without rounding. Of positions that are no numbers it is 0.
func orientation(a, b, c Point) int {
	left := (a[0] - c[0]) * (b[1] - c[1])
	right := (a[1] - c[1]) * (b[0] - c[0])
	det := left - right
	// (3+16ε)ε is Shewchuk's bound for this expression.
	const bound = (3 + 16*0x1p-53) * 0x1p-53
	if math.Abs(det) > bound*(math.Abs(left)+math.Abs(right)) {
		return sign(det)
	}
	return exactOrientation(a, b, c)
}

func sign(f float64) int {
	switch {
	case f > 0:
		return 1
	case f < 0:
		return -1
	}
	return 0
}

func exactOrientation(a, b, c Point) int {
	if !finite(a) || !finite(b) || !finite(c) {
		return 0
	}
	left := new(big.Rat).Mul(difference(a[0], c[0]), difference(b[1], c[1]))
	right := new(big.Rat).Mul(difference(a[1], c[1]), difference(b[0], c[0]))
	return left.Cmp(right)
}

func finite(p Point) bool {
	return !math.IsNaN(p[0]-p[0]) && !math.IsNaN(p[1]-p[1]) // infinity less infinity is no number either
}

func difference(x, y float64) *big.Rat {
	return new(big.Rat).Sub(new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y))
}

// onSegment reports whether p lies on the segment between a and b, ends included.
func onSegment(a, b, p Point) bool {
	return min(a[0], b[0]) <= p[0] && p[0] <= max(a[0], b[0]) &&
		min(a[1], b[1]) <= p[1] && p[1] <= max(a[1], b[1]) && orientation(a, b, p) == 0
}
