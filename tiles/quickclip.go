package tiles

import "github.com/paulmach/orb"

// quickClip clips a feature of one ring that no side of the buffer cuts into pieces: most of those on a tile's edge are such, and this
// takes a tenth of the time of clipped, whose result it is. It is false for others. An outline without rings is outside.
func (d *drawing) quickClip(k int) bool {
	g := d.ground
	first, last := g.vertices(k)
	in, out := d.cut[0][:0], d.cut[1]
	for v := first; v < last; v++ {
		if v > first && g.detail[v]&ringStart != 0 {
			return false
		}
		if g.detail[v].at(d.at.Z) {
			in = append(in, d.unrounded(v))
		}
	}
	b := g.tree.leaves()[k]
	beyond := [4]bool{b.minX <= d.box.minX, b.maxX >= d.box.maxX, b.minY <= d.box.minY, b.maxY >= d.box.maxY}
	for i, side := range sides {
		if !beyond[i] {
			continue
		}
		next, crossings := side.clipOnce(out[:0], in)
		if in, out = next, in; crossings > 2 {
			return false
		}
	}
	d.cut[0], d.cut[1] = in, out
	d.empty()
	for _, p := range in {
		d.spots = append(d.spots, roundedSpot(p))
	}
	d.close(0)
	return true
}

// clipOnce appends what of a ring without its closing vertex lies inside, as one ring, and counts how often the ring crosses the border.
func (h halfPlane) clipOnce(dst, ring []orb.Point) (clipped []orb.Point, crossings int) {
	if len(ring) == 0 {
		return dst, 0
	}
	p := ring[len(ring)-1]
	inside := h.beyond(p) > 0
	for _, q := range ring {
		switch next := h.beyond(q) > 0; {
		case next && !inside:
			dst = append(dst, h.cross(p, q), q)
			inside = true
			crossings++
		case next:
			dst = append(dst, q)
		case inside:
			dst = append(dst, h.cross(q, p))
			inside = false
			crossings++
		}
		p = q
	}
	return dst, crossings
}
