package tiles

import (
	"github.com/paulmach/orb"

	"muchan/geo"
)

// Geometry opens the geometry of one shape in one tile.
func Geometry(a Address, s geo.Shape) (orb.MultiPolygon, error) { return a.geometry(s) }

// Project and Unproject open the tile's plane, Bound its box with buffer, and Clipped the clipper.
func Project(a Address, p orb.Point) orb.Point   { return a.project(p) }
func Unproject(a Address, p orb.Point) orb.Point { return a.unproject(p) }
func Bound(a Address) orb.Bound                  { return a.bound() }
func Clipped(rings []orb.Ring) []orb.Ring        { return clipped(rings) }
