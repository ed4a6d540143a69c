package tiles

import (
	"math"

	"github.com/paulmach/orb"
)

// projector takes positions to the world's units as spotOf does, in a fifth of the time where they lie near each other: Mercator's northing runs so
// evenly that within a cell of latitude two derivatives tell it to less than 10⁻⁶ of a unit. What it makes of a position depends on
// nothing else, so that corners and vertices in one place stay in one place.
type projector struct {
	known bool
	cell  int
	lat   float64    // in the middle of the cell, in degrees
	north [3]float64 // world units there from the north, and their derivatives by degrees, the second halved
}

const (
	cellsPerDegree = 1024 // 110 m
	evenLatitude   = 60.0 // beyond it the northing soon runs off to the pole
)

func (p *projector) spotOf(at orb.Point) spot {
	lat := at[1]
	if !(lat > -evenLatitude && lat < evenLatitude) { // NaN too
		return spotOf(at)
	}
	if cell := int(math.Floor(lat * cellsPerDegree)); cell != p.cell || !p.known {
		p.enter(cell)
	}
	d := lat - p.lat
	y := p.north[0] + d*(p.north[1]+d*p.north[2])
	return spot{clampToWorld((at[0]/360 + 0.5) * worldSize), clampToWorld(y)}
}

// enter makes ready for a cell: with φ in radians the northing changes by sec φ, and that by sec φ·tan φ.
func (p *projector) enter(cell int) {
	p.known, p.cell = true, cell
	p.lat = (float64(cell) + 0.5) / cellsPerDegree
	const radians, units = math.Pi / 180, worldSize / (2 * math.Pi)
	sin, cos := math.Sincos(p.lat * radians)
	sec, tan := 1/cos, sin/cos
	p.north[0] = Address{}.project(orb.Point{0, p.lat})[1] * (worldSize / Extent)
	p.north[1] = -units * sec * radians
	p.north[2] = -units * sec * tan * radians * radians / 2
}
