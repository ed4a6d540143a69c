package tiles

import (
	"math"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// drawing is what a goroutine needs to draw features of a ground in one tile; nothing of it outlives the feature.
type drawing struct {
	ground *Ground
	at     Address
	box    box // the tile and its buffer, in world units
	origin spot
	shift  uint
	outline
	cut    [2]cut     // scratch of the quick clipper
	closed []orb.Ring // scratch of exact
}

func (d *drawing) begin(g *Ground, at Address) {
	d.ground, d.at, d.box, d.shift = g, at, at.box(buffer), shift(at.Z)
	d.origin = spot{int32(at.X * Extent), int32(at.Y * Extent)}
}

// draw makes the outline of a feature as the tile shows it: clipped, in whole units, valid, outer rings with positive area (y down)
// and holes negative, as MVT wants them. It is false when nothing of it is as large as a unit.
func (d *drawing) draw(k int) (bool, error) {
	inside := d.box.holds(d.ground.tree.leaves()[k])
	hard := d.ground.isHard(k, d.at.Z, &d.outline)
	switch {
	case inside && !hard:
		d.round(k)
		return len(d.ends) > 0, nil
	case !inside && !hard && d.quickClip(k):
		if len(d.ends) == 0 {
			return false, nil
		}
		if d.state() == whole {
			return true, nil
		}
	}
	return d.repair(k, inside)
}

// round is outline.take for features that are known to stay whole.
func (d *drawing) round(k int) {
	d.empty()
	g := d.ground
	first, last := g.vertices(k)
	for v := first; v < last; v++ {
		if g.detail[v]&ringStart != 0 && v > first {
			d.ends = append(d.ends, len(d.spots))
		}
		if g.detail[v].at(d.at.Z) {
			at := g.spots[v].rounded(d.shift)
			at.x, at.y = at.x-d.origin.x, at.y-d.origin.y
			d.spots = append(d.spots, at)
		}
	}
	d.ends = append(d.ends, len(d.spots))
}

// repair draws a feature that may have been spoiled by rounding, by leaving out vertices or by clipping. When leaving out vertices
// loses all of it, it is drawn with all its vertices.
func (d *drawing) repair(k int, inside bool) (bool, error) {
	found, err := d.repairFrom(k, inside, func(v uint32) bool { return d.ground.detail[v].at(d.at.Z) })
	if found || err != nil || d.at.Z >= firstExactZoom {
		return found, err
	}
	return d.repairFrom(k, inside, func(uint32) bool { return true })
}

func (d *drawing) repairFrom(k int, inside bool, keep func(v uint32) bool) (bool, error) {
	if inside {
		d.take(d.ground, k, d.at.Z, d.origin, keep)
	} else {
		d.roundRings(clipped(d.exact(k, keep)))
	}
	if len(d.ends) == 0 {
		return false, nil
	}
	// A ring without area is no trouble once it is gone.
	if d.lost = false; d.state() == whole {
		return true, nil
	}
	shape, err := geo.RepairGrid(d.rings())
	if err != nil {
		return false, err
	}
	d.assign(shape)
	return len(d.ends) > 0, nil
}

// exact is a feature in the tile's units before rounding: closed rings, in scratch.
func (d *drawing) exact(k int, keep func(v uint32) bool) []orb.Ring {
	points := d.cut[0].points[:0]
	d.closed = d.closed[:0]
	d.ground.eachRing(k, func(first, last uint32) {
		begin := len(points)
		for v := first; v < last; v++ {
			if keep(v) {
				points = append(points, d.unrounded(v))
			}
		}
		if len(points)-begin > 2 {
			points = append(points, points[begin])
			d.closed = append(d.closed, orb.Ring(points[begin:len(points):len(points)]))
		}
	})
	d.cut[0].points = points
	return d.closed
}

// unrounded is a vertex in the tile's units, exactly.
func (d *drawing) unrounded(v uint32) orb.Point {
	s, units := d.ground.spots[v], float64(int(1)<<d.shift)
	return orb.Point{float64(s.x)/units - float64(d.origin.x), float64(s.y)/units - float64(d.origin.y)}
}

// roundRings makes the outline of closed rings.
func (d *drawing) roundRings(rings []orb.Ring) {
	d.empty()
	for _, ring := range rings {
		begin := len(d.spots)
		for _, p := range ring[:len(ring)-1] {
			d.spots = append(d.spots, roundedSpot(p))
		}
		d.close(begin)
	}
}

// roundedSpot rounds halves to the south and east, as spot.rounded does.
func roundedSpot(p orb.Point) spot {
	return spot{int32(math.Floor(p[0] + 0.5)), int32(math.Floor(p[1] + 0.5))}
}
