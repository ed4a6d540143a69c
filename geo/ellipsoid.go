package geo

import "math"

// CGCS2000 ellipsoid (GB 22021-2008): semi-major axis and flattening.
const (
	semiMajor  = 6378137.0
	flattening = 1 / 298.257222101
	ecc2       = flattening * (2 - flattening) // first eccentricity squared
	semiMinor  = semiMajor * (1 - flattening)
	thirdFlat  = flattening / (2 - flattening) // n
	radians    = math.Pi / 180
)

// ecc is the first eccentricity.
var ecc = math.Sqrt(ecc2)

// parallelRadius is N·cos φ, the radius of the parallel at a latitude given by its sine and cosine.
func parallelRadius(sin, cos float64) float64 { return semiMajor * cos / math.Sqrt(1-ecc2*sin*sin) }

// isometricPerLatitude is dψ/dφ = M/(N·cos φ), the growth of isometric latitude with latitude.
func isometricPerLatitude(sin, cos float64) float64 {
	return (1 - ecc2) / ((1 - ecc2*sin*sin) * cos)
}
