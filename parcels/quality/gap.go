package quality

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// side is an edge of a boundary in metres, with the parcel on its left.
type side struct{ a, b [2]float64 }

// gap reports strips between two parcels that are too narrow to be land.
func (c *checker) gap(i, k int, s *sink) {
	if c.opt.GapWidthM <= 0 {
		return
	}
	pad := c.opt.GapWidthM
	on := planeAt(c.bounds[i].Min)
	ours := sidesNear(c.Parcels.At(i).Shape, padded(c.bounds[k], pad), on)
	if len(ours) == 0 {
		return
	}
	var strips geo.Shape
	widest := 0.0
	for _, f := range sidesNear(c.Parcels.At(k).Shape, padded(c.bounds[i], pad), on) {
		for _, e := range ours {
			quad, width, ok := c.between(e, f)
			if !ok || c.taken(on.from(middle(quad)), i, k) {
				continue
			}
			strips = append(strips, polygonOf(quad, on))
			widest = max(widest, width)
		}
	}
	area := float64(geo.Area(strips))
	if len(strips) == 0 || area <= c.opt.GapM2 {
		return
	}
	c.tell(s, "parcel.gap", func() Finding {
		a, b := c.Parcels.At(i).Code, c.Parcels.At(k).Code
		f := c.finding("parcels", a, i, fmt.Sprintf("与宗地%s之间有最宽%.2f米、共%.2f平方米的缝隙", b, widest, area),
			fmt.Sprintf("between it and parcel %s is a gap up to %.2f m wide, %.2f m² in all", b, widest, area))
		f.Others, f.Shape = []string{b}, strips
		return f
	})
}

// sidesNear are the edges of a shape whose boxes meet a box, turned so that the shape is on their left.
func sidesNear(s geo.Shape, b geo.Bound, on plane) []side {
	var sides []side
	for _, polygon := range s {
		for n, ring := range polygon {
			turned := leftward(ring) != (n == 0)
			for k := 1; k < len(ring); k++ {
				if !edgeBound(ring[k-1], ring[k]).Intersects(b) {
					continue
				}
				e := side{on.to(ring[k-1]), on.to(ring[k])}
				if turned {
					e.a, e.b = e.b, e.a
				}
				sides = append(sides, e)
			}
		}
	}
	return sides
}

// leftward reports whether a ring runs counter-clockwise.
func leftward(ring orb.Ring) bool {
	sum := 0.0
	for k := 1; k < len(ring); k++ {
		sum += (ring[k-1][0]-ring[0][0])*(ring[k][1]-ring[0][1]) - (ring[k][0]-ring[0][0])*(ring[k-1][1]-ring[0][1])
	}
	return sum > 0
}

// mostTurn is the sine of the angle that facing sides may be out of parallel: 15°.
const mostTurn = 0.26

// between returns the strip between two sides that face each other with their outer faces, and its greatest width, when it is wider
// than a boundary point is off and narrower than an alley.
func (c *checker) between(e, f side) (quad [4][2]float64, width float64, ok bool) {
	ux, uy, length := direction(e)
	vx, vy, other := direction(f)
	if length == 0 || other == 0 || ux*vx+uy*vy >= 0 || math.Abs(ux*vy-uy*vx) > mostTurn {
		return quad, 0, false
	}
	along := func(p [2]float64) (t, d float64) { // metres along e, and to its right, which is outside
		x, y := p[0]-e.a[0], p[1]-e.a[1]
		return x*ux + y*uy, x*uy - y*ux
	}
	t1, d1 := along(f.b) // f runs against e
	t2, d2 := along(f.a)
	slope := (d2 - d1) / (t2 - t1)
	from, to := max(0, t1), min(length, t2)
	from, to = clip(from, to, d1-slope*t1, slope, 0, c.opt.GapWidthM)
	if to-from < c.opt.GapLengthM {
		return quad, 0, false
	}
	at := func(t float64) float64 { return d1 + slope*(t-t1) }
	width = max(at(from), at(to))
	if width <= c.opt.CornerM {
		return quad, 0, false
	}
	point := func(t, d float64) [2]float64 { return [2]float64{e.a[0] + t*ux + d*uy, e.a[1] + t*uy - d*ux} }
	return [4][2]float64{point(from, 0), point(from, at(from)), point(to, at(to)), point(to, 0)}, width, true
}

// clip narrows from..to to where low ≤ d0 + slope·t ≤ high.
func clip(from, to, d0, slope, low, high float64) (float64, float64) {
	if slope == 0 {
		if d0 < low || d0 > high {
			return 0, 0
		}
		return from, to
	}
	enter, leave := (low-d0)/slope, (high-d0)/slope
	return max(from, min(enter, leave)), min(to, max(enter, leave))
}

func direction(s side) (x, y, length float64) {
	x, y = s.b[0]-s.a[0], s.b[1]-s.a[1]
	if length = math.Hypot(x, y); length == 0 {
		return 0, 0, 0
	}
	return x / length, y / length, length
}

func middle(quad [4][2]float64) (m [2]float64) {
	for _, p := range quad {
		m[0], m[1] = m[0]+p[0]/4, m[1]+p[1]/4
	}
	return m
}

func polygonOf(quad [4][2]float64, on plane) orb.Polygon {
	ring := make(orb.Ring, 0, 5)
	for _, p := range quad {
		ring = append(ring, on.from(p))
	}
	return orb.Polygon{append(ring, ring[0])}
}

// taken reports whether a position between two parcels is another parcel's.
func (c *checker) taken(p geo.Point, i, k int) bool {
	found := false
	c.index.Search(geo.Bound{Min: p, Max: p}, func(n int) bool {
		found = n != i && n != k && geo.Contains(c.Parcels.At(n).Shape, p)
		return !found
	})
	return found
}
