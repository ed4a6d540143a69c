package tiles

// hilbert returns how far along the world's Hilbert curve a position lies. The curve fills each tile of each zoom level before it goes
// on to the next, so what lies in a tile stands together in its order; and an edit somewhere moves nothing elsewhere.
func hilbert(s spot) uint64 {
	x, y := uint64(min(s.x, worldSize-1)), uint64(min(s.y, worldSize-1))
	var d uint64
	for bit := worldBits - 1; bit >= 0; bit-- {
		rx, ry := x>>bit&1, y>>bit&1
		d = d<<2 | (3 * rx) ^ ry
		// Where ry is 0 the axes are swapped, and turned round where rx is 1: without branches, of which half would be guessed wrong.
		swapped := ry - 1
		turned := swapped & -rx
		differ := (x ^ y) & swapped
		x, y = x^differ^turned, y^differ^turned
	}
	return d
}

// along is a tile's place on the Hilbert curve of its zoom level, which is the beginning of the place of all that lies in it.
func along(at Address) uint64 {
	up := worldBits - at.Z
	return hilbert(spot{int32(at.X << up), int32(at.Y << up)}) >> (2 * up)
}
