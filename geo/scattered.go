package geo

import "math"

// scattered reports whether no two shapes come near each other, so that all walls belong to the outline. Boxes of buildings that stand
// askew often meet where the buildings do not, and a line along a wall that parts two of them is found sooner than what their walls do.
func (p *perimeter) scattered() bool {
	for i := range p.shapes {
		for j := range p.shapes[:i] {
			if meets(&p.shapes[i].box, &p.shapes[j].box) && !p.parted(i, j) && !p.parted(j, i) {
				return false
			}
		}
	}
	return true
}

// parted reports whether a shape lies behind one of its walls, and all of another well before it.
func (p *perimeter) parted(i, j int) bool {
	for k := range p.of(i) {
		if w := &p.of(i)[k]; w.allWithin(p.of(j), math.Inf(-1), -10*wallWidth) && w.allWithin(p.of(i), -wallWidth, math.Inf(1)) {
			return true
		}
	}
	return false
}

// allWithin reports whether the ends of walls lie so far to the left of the line along a wall, in degrees.
func (w *wall) allWithin(walls []wall, from, to float64) bool {
	dx, dy := w.b[0]-w.a[0], w.b[1]-w.a[1]
	length := math.Sqrt(dx*dx + dy*dy)
	for k := range walls {
		if left := dx*(walls[k].a[1]-w.a[1]) - dy*(walls[k].a[0]-w.a[0]); !(left >= from*length && left <= to*length) {
			return false
		}
	}
	return true
}
