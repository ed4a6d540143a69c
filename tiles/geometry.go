package tiles

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"

	"muchan/geo"
)

// firstExactZoom is the first zoom level at which vertices are only rounded, never left out.
const firstExactZoom = 14

// tolerance of the simplification below firstExactZoom, in tile units.
const tolerance = 1

// geometry returns a shape as the tile shows it: projected, clipped, in whole units, valid. Outer rings have positive area in the
// tile's coordinates (y down) and holes negative, as MVT wants them. It is nil when nothing of the shape is as large as a unit. The
// shape is not written into.
func (a Address) geometry(s geo.Shape) (orb.MultiPolygon, error) {
	rings, inside := a.projected(s)
	if !inside {
		rings = clipped(rings)
	}
	if rings = rounded(rings); len(rings) == 0 {
		return nil, nil
	}
	if a.Z < firstExactZoom {
		if light := simplified(rings); light != nil {
			return light, nil
		}
	}
	if plain := separate(rings); plain != nil {
		return plain, nil
	}
	return geo.RepairGrid(rings)
}

// projected copies a shape's rings into the tile's plane, run backwards: the plane's y axis points down, which turns every ring
// round. It tells whether all of the shape is inside the buffer.
func (a Address) projected(s geo.Shape) (rings []orb.Ring, inside bool) {
	inside = true
	for _, polygon := range s {
		for _, ring := range polygon {
			n := len(ring)
			out := make(orb.Ring, n)
			for k, p := range ring {
				q := a.project(p)
				inside = inside && q[0] >= -buffer && q[1] >= -buffer && q[0] <= Extent+buffer && q[1] <= Extent+buffer
				out[n-1-k] = q
			}
			if n > 0 {
				rings = append(rings, out)
			}
		}
	}
	return rings, inside
}

// rounded moves vertices to whole units and drops repeated ones, and rings left with fewer than three. It writes into rings.
func rounded(rings []orb.Ring) []orb.Ring {
	kept := rings[:0]
	for _, ring := range rings {
		out := ring[:0]
		for _, p := range ring {
			// Adding 0 turns a negative zero into zero.
			p = orb.Point{math.Round(p[0]) + 0, math.Round(p[1]) + 0}
			if len(out) == 0 || out[len(out)-1] != p {
				out = append(out, p)
			}
		}
		if len(out) >= 4 {
			kept = append(kept, out)
		}
	}
	return kept
}

// simplified leaves out vertices that are less than tolerance off the line, or returns nil when that would lose a ring or make the
// shape invalid.
func simplified(rings []orb.Ring) orb.MultiPolygon {
	light := make([]orb.Ring, len(rings))
	for k, ring := range rings {
		// orb writes into the ring it is given.
		light[k] = simplify.DouglasPeucker(tolerance).Ring(ring.Clone())
	}
	return separate(light)
}
