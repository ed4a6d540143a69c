package geo

// Hilbert returns how far along the Hilbert curve a cell of a grid lies that has 2^bits along each side. Cells in one quarter of the grid, or of a
// quarter, stand together.
func Hilbert(x, y uint32, bits int) (along uint64) {
	for bit := bits - 1; bit >= 0; bit-- {
		rx, ry := x>>bit&1, y>>bit&1
		along = along<<2 | uint64((3*rx)^ry)
		// Where ry is 0 the axes are swapped, and turned round where rx is 1: without branches, of which half would be guessed wrong.
		swapped := ry - 1
		turned := swapped & -rx
		differ := (x ^ y) & swapped
		x, y = x^differ^turned, y^differ^turned
	}
	return along
}
