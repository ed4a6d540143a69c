// Package geo knows place and shape: coordinate systems of China's cadastre, ellipsoidal area, validity, overlay and a packed
// index. It knows no parcel, no file on disk and no database; every other room may import it and it imports none of them.
//
// A shape inside muchan is always in EPSG:4490 (CGCS2000 geographic), longitude first, degrees. Other systems exist only at
// the edges: a reader turns them into 4490, a writer turns 4490 into them.
package geo

import "github.com/paulmach/orb"

// Shape is an area on the ellipsoid: polygons with holes, lon/lat degrees of EPSG:4490. Rings are closed, outer rings run
// counter-clockwise and holes clockwise. A nil Shape means "not drawn". A Shape is immutable once it left its reader: whoever
// wants to clip, simplify or project clones it first.
type Shape = orb.MultiPolygon

// Point is a position in lon/lat degrees of EPSG:4490.
type Point = orb.Point

// Bound is a box in lon/lat degrees of EPSG:4490.
type Bound = orb.Bound
