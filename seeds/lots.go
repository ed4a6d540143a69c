package seeds

import (
	"cmp"
	"math"
	"slices"

	"muchan/geo"
)

// lot is a piece of a block, in the block's own coordinates: u along the street, v away from it, both from 0 to 1.
type lot struct {
	ring  []vec
	hole  []vec
	build [4]float64 // u0 v0 u1 v1 of the part that may be built on
	back  bool       // its street is at v = 1
	inner bool       // it lies in another lot's hole
}

// rectangle returns a lot that fills a rectangle of the block.
func rectangle(u0, v0, u1, v1 float64) lot {
	return lot{
		ring:  []vec{{u0, v0}, {u1, v0}, {u1, v1}, {u0, v1}},
		build: [4]float64{u0, v0, u1, v1},
		back:  v0 > 0,
	}
}

// cutter cuts one block into lots.
type cutter struct {
	quad
	dice     *dice
	frontage [2]float64 // metres along the street
	odd      float64    // share of lots that are not plain rectangles
	lots     []lot
}

// cut fills the block: sections along the street, each either one deep lot or two rows back to back.
func (c *cutter) cut() []lot {
	for u := 0.0; u < 1; {
		left := (1 - u) * c.width()
		deep := c.dice.chance(0.16)
		length := c.dice.between(150, 300)
		if deep {
			length = c.dice.between(0.7, 1.1) * c.frontage[1]
		}
		end := 1.0
		if left > length+c.frontage[0]*1.2 {
			end = u + length/c.width()
		}
		if deep {
			c.deepLot(u, end)
		} else {
			c.twoRows(u, end)
		}
		u = end
	}
	return c.lots
}

// deepLot reaches from street to street; now and then a small lot lies inside it, such as a substation.
func (c *cutter) deepLot(u0, u1 float64) {
	l := rectangle(u0, 0, u1, 1)
	if c.dice.chance(c.odd) && (u1-u0)*c.width() > 120 {
		w, h := 26/c.width(), 22/c.depth()
		m, n := u0+(u1-u0)*0.9-w, 0.5
		inner := rectangle(m, n, m+w, n+h)
		inner.inner = true
		l.hole = inner.ring
		l.build = [4]float64{u0, 0, m - 6/c.width(), 1}
		c.lots = append(c.lots, l, inner)
		return
	}
	c.lots = append(c.lots, l)
}

// twoRows fills a section with two rows of lots that share a back border.
func (c *cutter) twoRows(u0, u1 float64) {
	middle := c.dice.between(0.44, 0.56)
	front := c.row(u0, u1)
	back := c.row(u0, u1)
	for k := range len(front) - 1 {
		c.lots = append(c.lots, rectangle(front[k], 0, front[k+1], middle))
	}
	first := len(c.lots)
	for k := range len(back) - 1 {
		c.lots = append(c.lots, rectangle(back[k], middle, back[k+1], 1))
	}
	if c.dice.chance(c.odd) {
		c.slant(first)
	}
	if c.dice.chance(c.odd) {
		c.notch(first, middle)
	}
}

// row returns the borders of a row's lots along u.
func (c *cutter) row(u0, u1 float64) []float64 {
	borders := []float64{u0}
	for u := u0; ; {
		u += c.dice.between(c.frontage[0], c.frontage[1]) / c.width()
		if (u1-u)*c.width() < c.frontage[0] {
			return append(borders, u1)
		}
		borders = append(borders, u)
	}
}

// slant tilts the border between the first two lots of the back row where it meets the street.
func (c *cutter) slant(first int) {
	if len(c.lots)-first < 2 {
		return
	}
	a, b := &c.lots[first], &c.lots[first+1]
	shift := c.dice.between(-0.25, 0.25) * min(a.build[2]-a.build[0], b.build[2]-b.build[0])
	u := a.build[2]
	a.ring[2].x, b.ring[3].x = u+shift, u+shift
	a.build[2], b.build[0] = min(u, u+shift), max(u, u+shift)
}

// notch gives the last lot of the back row a piece of the lot before it, so that both become L-shaped.
func (c *cutter) notch(first int, middle float64) {
	n := len(c.lots)
	if n-first < 2 {
		return
	}
	a, b := &c.lots[n-2], &c.lots[n-1]
	if len(a.ring) != 4 || a.ring[2].x != a.ring[1].x || (a.build[2]-a.build[0])*c.width() < 70 {
		return
	}
	u0, u, u1 := a.build[0], a.build[2], b.build[2]
	m := u - (u-u0)*c.dice.between(0.3, 0.45)
	v := middle + (1-middle)*c.dice.between(0.35, 0.5)
	a.ring = []vec{{u0, middle}, {m, middle}, {m, v}, {u, v}, {u, 1}, {u0, 1}}
	b.ring = []vec{{m, middle}, {u1, middle}, {u1, 1}, {u, 1}, {u, v}, {m, v}}
	a.build = [4]float64{u0, middle, m, 1}
	b.build = [4]float64{u, middle, u1, 1}
}

// outlines maps the lots' rings to metres. A corner of one lot on another's straight border becomes a corner of that one as well,
// so that neighbours share their borders corner by corner, and block corners are cut off where two streets meet.
func outlines(q quad, lots []lot) [][]vec {
	var corners []vec
	for _, l := range lots {
		corners = append(corners, l.ring...)
		corners = append(corners, l.hole...)
	}
	out := make([][]vec, len(lots))
	for k, l := range lots {
		out[k] = q.outline(shareCorners(l.ring, corners))
	}
	return out
}

// shareCorners inserts the corners that lie inside a side that runs along u or v.
func shareCorners(ring, corners []vec) []vec {
	var out []vec
	for k, p := range ring {
		r := ring[(k+1)%len(ring)]
		out = append(out, p)
		var on []vec
		for _, c := range corners {
			along := p.y == r.y && c.y == p.y && between(c.x, p.x, r.x)
			across := p.x == r.x && c.x == p.x && between(c.y, p.y, r.y)
			if (along || across) && !slices.Contains(on, c) {
				on = append(on, c)
			}
		}
		slices.SortFunc(on, func(a, b vec) int { return cmp.Compare(a.minus(p).length(), b.minus(p).length()) })
		out = append(out, on...)
	}
	return out
}

func between(x, a, b float64) bool { return x > min(a, b) && x < max(a, b) }

const cornerCutM = 7.0 // 道路转角切角

// outline maps a ring to metres and cuts the block's corners.
func (q quad) outline(ring []vec) []vec {
	var out []vec
	for k, p := range ring {
		here := q.at(p.x, p.y)
		if (p.x != 0 && p.x != 1) || (p.y != 0 && p.y != 1) {
			out = append(out, here)
			continue
		}
		before, after := ring[(k+len(ring)-1)%len(ring)], ring[(k+1)%len(ring)]
		out = append(out, toward(here, q.at(before.x, before.y)), toward(here, q.at(after.x, after.y)))
	}
	return out
}

func toward(p, q vec) vec { return p.plus(q.minus(p).unit().times(cornerCutM)) }

// shape draws a lot in degrees.
func (f frame) shape(outer, hole []vec) geo.Shape {
	if hole == nil {
		return geo.Shape{f.polygon(outer)}
	}
	return geo.Shape{f.polygon(outer, hole)}
}

// areaOf is the area of a lot in m² between its outer ring and its hole.
func areaOf(outer, hole []vec) float64 { return math.Abs(ringArea(outer)) - math.Abs(ringArea(hole)) }
