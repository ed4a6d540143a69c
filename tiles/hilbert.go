package tiles

import "muchan/geo"

// hilbert returns how far along the world's Hilbert curve a position lies. The curve fills each tile of each zoom level before it goes
// on to the next, so what lies in a tile stands together in its order; and an edit somewhere moves nothing elsewhere.
func hilbert(s spot) uint64 {
	return geo.Hilbert(uint32(min(s.x, worldSize-1)), uint32(min(s.y, worldSize-1)), worldBits)
}

// along is a tile's place on the Hilbert curve of its zoom level, which is the beginning of the place of all that lies in it.
func along(at Address) uint64 {
	up := worldBits - at.Z
	return hilbert(spot{int32(at.X << up), int32(at.Y << up)}) >> (2 * up)
}
