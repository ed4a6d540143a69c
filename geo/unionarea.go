package geo

import (
	"math"
	"slices"
)

// wallWidth is how close two edges lie, in degrees, that are taken for one: a micrometre. What is digitised as one wall comes apart by
// rounding only.
const wallWidth = 1e-11

// maxWalls bounds the work of one call, since walls are compared pair by pair; shapes of more edges go to the overlay, which has an index.
const maxWalls = 2000

// UnionArea returns the area that valid shapes cover together; ground that several cover counts once. It is Area of their Union, found
// without making that: the edges are cut where they meet, and those of the outline are summed up. For buildings it takes a tenth of
// the time and puts no new corners on straight edges. Where the outline found does not close, it asks Union, and fails when that fails.
func UnionArea(shapes ...Shape) (M2, error) {
	var room, beside [8]boxed
	all, together := room[:0], beside[:0]
	for _, s := range shapes {
		if box := BoundOf(s); box.Min[0] <= box.Max[0] {
			all = append(all, boxed{s, box.Pad(wallWidth)})
		}
	}
	var sum M2
	for i := range all {
		if meetsAny(all, i) {
			together = append(together, all[i])
		} else {
			sum += Area(all[i].Shape)
		}
	}
	if len(together) == 0 {
		return sum, nil
	}
	if area, ok := perimeterArea(together); ok {
		return sum + area, nil
	}
	whole, err := unionOf(together)
	return sum + Area(whole), err
}

// boxed is a drawn shape and its box, a wall's width wider all round.
type boxed struct {
	Shape
	box Bound
}

func meetsAny(all []boxed, self int) bool {
	for j := range all {
		if j != self && meets(&all[self].box, &all[j].box) {
			return true
		}
	}
	return false
}

func unionOf(all []boxed) (Shape, error) {
	shapes := make([]Shape, len(all))
	for i := range all {
		shapes[i] = all[i].Shape
	}
	return Union(shapes...)
}

// wall is an edge of a shape with the shape's ground on its left.
type wall struct {
	a, b  Point
	box   Bound // as wide as the wall
	shape int
}

func (w *wall) segment() segment { return segment{a: w.a, b: w.b} }

// perimeter is what shapes have as outline together: the pieces of walls that have ground on one side only.
type perimeter struct {
	shapes []boxed
	walls  []wall
	first  []int // walls of shape i: walls[first[i]:first[i+1]]
}

// perimeterArea is false when it cannot be told for sure what belongs to the outline. For a few buildings it allocates nothing.
func perimeterArea(shapes []boxed) (M2, bool) {
	var walls [64]wall
	var first [9]int
	p := perimeter{shapes: shapes, walls: walls[:0], first: first[:1]}
	ground := parallelAt(shapes[0].box.Min[1]) // areas are measured from it
	for i := range shapes {
		if !ground.reachesAll(shapes[i].Shape) {
			return 0, false
		}
		p.walls = appendWalls(p.walls, shapes[i].Shape, i)
		p.first = append(p.first, len(p.walls))
	}
	if len(p.walls) > maxWalls {
		return 0, false
	}
	if p.scattered() {
		return p.whole(&ground).area()
	}
	return p.pieces(&ground).area()
}

// whole is the outline where all walls belong to it.
func (p *perimeter) whole(ground *parallel) (o outline) {
	for k := range p.walls {
		o.add(ground, p.walls[k].a, p.walls[k].b)
	}
	return o
}

// pieces is the outline made of those pieces of walls that have ground on one side only.
func (p *perimeter) pieces(ground *parallel) (o outline) {
	var room [16]Point
	cuts := room[:0]
	for k := range p.walls {
		w := &p.walls[k]
		cuts = p.appendCuts(cuts[:0], w)
		for i, to := range cuts[1:] {
			from := cuts[i]
			if p.outside(w, Point{(from[0] + to[0]) / 2, (from[1] + to[1]) / 2}) {
				o.add(ground, from, to)
			}
		}
	}
	return o
}

// outline is the sum of what its pieces enclose, and their spans, which cancel out when they close.
type outline struct {
	sum float64
	gap Point
}

func (o *outline) add(ground *parallel, from, to Point) {
	o.sum += ground.edge(from, to)
	o.gap[0] += to[0] - from[0]
	o.gap[1] += to[1] - from[1]
}

func (o outline) area() (M2, bool) {
	closed := max(math.Abs(o.gap[0]), math.Abs(o.gap[1])) < 10*wallWidth
	return M2(o.sum), closed && o.sum >= 0
}

// appendWalls appends the walls of a shape.
func appendWalls(walls []wall, s Shape, shape int) []wall {
	for _, polygon := range s {
		for i, ring := range polygon {
			backwards := (windingSign(ring) < 0) == (i == 0)
			for k := 1; k < len(ring); k++ {
				a, b := ring[k-1], ring[k]
				if backwards {
					a, b = b, a
				}
				if a != b {
					walls = append(walls, wall{a, b, between(a, b).Pad(wallWidth), shape})
				}
			}
		}
	}
	return walls
}

func between(a, b Point) Bound {
	return Bound{Min: Point{least(a[0], b[0]), least(a[1], b[1])}, Max: Point{most(a[0], b[0]), most(a[1], b[1])}}
}

// of returns the walls of a shape.
func (p *perimeter) of(shape int) []wall { return p.walls[p.first[shape]:p.first[shape+1]] }

// appendCuts appends the ends of a wall and, between them and in order, where walls of other shapes meet it.
func (p *perimeter) appendCuts(cuts []Point, w *wall) []Point {
	cuts = append(cuts, w.a)
	for j := range p.shapes {
		if j != w.shape && meets(&w.box, &p.shapes[j].box) {
			cuts = appendMeetings(cuts, w, p.of(j))
		}
	}
	if len(cuts) > 2 {
		cuts = slices.CompactFunc(sortAlong(w.segment(), cuts), near)
	}
	return append(cuts, w.b)
}

// appendMeetings appends where the walls of another shape meet a wall between its ends.
func appendMeetings(cuts []Point, w *wall, others []wall) []Point {
	for k := range others {
		v := &others[k]
		if !meets(&w.box, &v.box) {
			continue
		}
		switch a, b := w.holds(v.a), w.holds(v.b); {
		case a || b:
			if a && w.between(v.a) {
				cuts = append(cuts, v.a)
			}
			if b && w.between(v.b) {
				cuts = append(cuts, v.b)
			}
		case !v.holds(w.a) && !v.holds(w.b):
			if at, ok := crossed(w.segment(), v.segment()); ok && w.between(at) {
				cuts = append(cuts, at)
			}
		}
	}
	return cuts
}

// between reports whether a position on a wall is at neither end.
func (w *wall) between(p Point) bool { return !near(p, w.a) && !near(p, w.b) }

// crossed returns where two segments cross, ends excluded.
func crossed(s, t segment) (Point, bool) {
	if orientation(s.a, s.b, t.a)*orientation(s.a, s.b, t.b) >= 0 || orientation(t.a, t.b, s.a)*orientation(t.a, t.b, s.b) >= 0 {
		return Point{}, false
	}
	return crossing(s, t), true
}

// outside reports whether the piece of a wall around a position belongs to the outline: it does when no other shape covers its right
// side. Where two shapes have the same wall, with their ground on the same side, the piece of the first counts.
func (p *perimeter) outside(w *wall, at Point) bool {
	for j := range p.shapes {
		if j == w.shape || !p.shapes[j].box.Contains(at) {
			continue
		}
		if v := wallAt(p.of(j), at); v != nil {
			if along(w, v) < 0 || j < w.shape {
				return false
			}
		} else if Contains(p.shapes[j].Shape, at) {
			return false
		}
	}
	return true
}

// wallAt returns the wall at a position, nil for none.
func wallAt(walls []wall, at Point) *wall {
	for k := range walls {
		if v := &walls[k]; v.box.Contains(at) && v.holds(at) {
			return v
		}
	}
	return nil
}

// along is positive for walls that run the same way.
func along(w, v *wall) float64 {
	return (w.b[0]-w.a[0])*(v.b[0]-v.a[0]) + (w.b[1]-w.a[1])*(v.b[1]-v.a[1])
}

// holds reports whether a position is on a wall, within its width.
func (w *wall) holds(p Point) bool {
	dx, dy := w.b[0]-w.a[0], w.b[1]-w.a[1]
	px, py := p[0]-w.a[0], p[1]-w.a[1]
	t := within((px*dx + py*dy) / (dx*dx + dy*dy))
	return small(px-t*dx, py-t*dy)
}

func near(p, q Point) bool { return small(p[0]-q[0], p[1]-q[1]) }

// small reports whether a span is no longer than a wall is wide.
func small(dx, dy float64) bool { return dx*dx+dy*dy <= wallWidth*wallWidth }
