package geo

import "github.com/paulmach/orb"

// ShapeRoom is memory that many shapes are decoded into, one behind another. A large zone has millions of shapes of three small pieces each, and
// the collector would look at every piece; a shape that stays keeps some thousand neighbours in memory. The zero value is empty.
type ShapeRoom struct {
	polygons room[orb.Polygon]
	rings    room[orb.Ring]
	points   room[orb.Point]
}

// mostInRoom is up to how many are made at once.
const mostInRoom = 4096

type room[T any] struct {
	free []T
	made int // the last time
}

// take returns n that nobody else has. The first time no more are made than that, then ever more.
func (r *room[T]) take(n int) []T {
	if n == 0 {
		return []T{} // which is not nil: a shape without polygons is a shape
	}
	if n > len(r.free) {
		r.made = max(min(2*r.made, mostInRoom), n)
		r.free = make([]T, r.made)
	}
	taken := r.free[:n:n]
	r.free = r.free[n:]
	return taken
}
