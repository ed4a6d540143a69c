package tiles

import (
	"math"

	"github.com/paulmach/orb"
)

// Positions are kept in whole units of the deepest zoom level's tiles, from the north-west corner of the world: x to the east and y
// to the south, 2³⁰ along each side, 3.4 cm on the ground at 25° N. A unit of a tile of zoom z is 2^(MaxZoom-z) of them.
const (
	worldBits = MaxZoom + 12 // Extent is 2¹²
	worldSize = 1 << worldBits
)

// spot is a position in world units, or in a tile's units.
type spot struct{ x, y int32 }

// spotOf rounds a position in degrees to the world's units. Latitudes beyond the square of web Mercator come to lie on its edge.
func spotOf(p orb.Point) spot {
	q := Address{}.project(p)
	const units = worldSize / Extent
	return spot{clampToWorld(q[0] * units), clampToWorld(q[1] * units)}
}

func (s spot) hash() uint64 {
	return (uint64(uint32(s.x))<<32 | uint64(uint32(s.y))) * 0x9E3779B97F4A7C15
}

func clampToWorld(v float64) int32 {
	switch {
	case !(v > 0): // NaN too
		return 0
	case v >= worldSize:
		return worldSize
	}
	return int32(v + 0.5) // a half goes up, as v is positive
}

// shift is how many binary digits finer the world's units are than those of a zoom level's tiles.
func shift(z int) uint { return uint(MaxZoom - z) }

// rounded takes a position to the nearest unit of tiles at a zoom level, halves to the south and east, from the world's corner.
func (s spot) rounded(shift uint) spot {
	half := int32(1) << shift >> 1
	return spot{(s.x + half) >> shift, (s.y + half) >> shift}
}

// box is a rectangle in world units, edges included.
type box struct{ minX, minY, maxX, maxY int32 }

const boxBytes = 16

var emptyBox = box{math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32}

func (b box) with(s spot) box {
	return box{min(b.minX, s.x), min(b.minY, s.y), max(b.maxX, s.x), max(b.maxY, s.y)}
}

func (b box) union(c box) box {
	return box{min(b.minX, c.minX), min(b.minY, c.minY), max(b.maxX, c.maxX), max(b.maxY, c.maxY)}
}

func (b box) meets(c box) bool {
	return b.minX <= c.maxX && c.minX <= b.maxX && b.minY <= c.maxY && c.minY <= b.maxY
}

// holds reports whether c lies within b.
func (b box) holds(c box) bool {
	return b.minX <= c.minX && b.minY <= c.minY && c.maxX <= b.maxX && c.maxY <= b.maxY
}

func (b box) centre() spot {
	return spot{int32((int64(b.minX) + int64(b.maxX)) / 2), int32((int64(b.minY) + int64(b.maxY)) / 2)}
}

// side is the longer side's length.
func (b box) side() int32 { return max(b.maxX-b.minX, b.maxY-b.minY) }

// box is the tile with a margin of some of its units. It reaches beyond the world at the world's edge.
func (a Address) box(margin int) box {
	s := shift(a.Z)
	low := func(n int) int32 { return int32((n*Extent - margin) << s) }
	// The last tile's far edge with its margin passes 2³⁰ by little: there is room up to 2³¹.
	high := func(n int) int32 { return int32(min((n*Extent+Extent+margin)<<s, math.MaxInt32)) }
	return box{low(a.X), low(a.Y), high(a.X), high(a.Y)}
}
