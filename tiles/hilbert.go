package tiles

// hilbert returns how far along the world's Hilbert curve a position lies. The curve fills each tile of each zoom level before it goes
// on to the next, so what lies in a tile stands together in its order; and an edit somewhere moves nothing elsewhere.
func hilbert(s spot) uint64 {
	x, y := uint64(min(s.x, worldSize-1)), uint64(min(s.y, worldSize-1))
	var d uint64
	for bit := uint64(worldSize / 2); bit > 0; bit /= 2 {
		var rx, ry uint64
		if x&bit != 0 {
			rx = 1
		}
		if y&bit != 0 {
			ry = 1
		}
		d = d<<2 | (3 * rx) ^ ry
		if ry == 0 {
			if rx == 1 {
				x, y = worldSize-1-x, worldSize-1-y
			}
			x, y = y, x
		}
	}
	return d
}
