package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Area returns the area of a shape on the CGCS2000 ellipsoid: outer rings less holes. Edges are geodesics, as PostGIS takes them
// for geography; the error stays below 1e-7 of the area for edges up to some 50 km. A nil shape has area 0. Parts that overlap
// count twice, and a ring that crosses itself counts its loops with their signs: Check the shape first.
func Area(s Shape) M2 {
	var total M2
	for _, polygon := range s {
		for i, ring := range polygon {
			if i == 0 {
				total += RingArea(ring)
			} else {
				total -= RingArea(ring)
			}
		}
	}
	return total
}

// RingArea returns the unsigned area inside a ring on the CGCS2000 ellipsoid. The closing point may be absent.
func RingArea(r orb.Ring) M2 { return M2(math.Abs(signedRingArea(r))) }

// signedRingArea is positive for counter-clockwise rings. Every edge contributes the strip between itself and the parallel
// through the ring's first vertex. The official formula measures strips from the equator, which costs five digits at parcel
// size; the parallel close by costs none.
func signedRingArea(r orb.Ring) float64 {
	if len(r) < 3 {
		return 0
	}
	if beside := parallelAt(r[0][1]); beside.reaches(r) {
		return beside.ringArea(r)
	}
	return closedRingArea(r)
}

// closedRingArea holds for rings of any size.
func closedRingArea(r orb.Ring) float64 {
	origin, prev := r[0], r[len(r)-1]
	sum, below := 0.0, strip(origin[1], prev[1])
	for _, p := range r {
		beside := strip(origin[1], p[1])
		if dLon := (p[0] - prev[0]) * radians; dLon != 0 {
			sum -= dLon*(below+beside)/2 + bulge(prev, p, dLon)
		}
		prev, below = p, beside
	}
	return sum
}

// Coefficients A to E of the land survey's ellipsoidal area formula (国土调查办发〔2008〕32号), as powers of e².
const (
	stripA = 1 + ecc2*(3.0/6+ecc2*(30.0/80+ecc2*(35.0/112+ecc2*630.0/2304)))
	stripB = ecc2 * (1.0/6 + ecc2*(15.0/80+ecc2*(21.0/112+ecc2*420.0/2304)))
	stripC = ecc2 * ecc2 * (3.0/80 + ecc2*(7.0/112+ecc2*180.0/2304))
	stripD = ecc2 * ecc2 * ecc2 * (1.0/112 + ecc2*45.0/2304)
	stripE = ecc2 * ecc2 * ecc2 * ecc2 * 5.0 / 2304
)

// strip is the area per radian of longitude between two parallels, by the official closed formula; the sines and cosines of
// multiple angles follow from those of the single ones.
func strip(lat0, lat float64) float64 {
	sin := math.Sin((lat - lat0) * radians / 2)
	mid := math.Cos((lat + lat0) * radians / 2)
	s, c := 2-4*sin*sin, 4*mid*mid-2 // twice the cosines of the double angles
	s1, c1 := sin, mid
	s3, c3 := s*s1+s1, c*c1-c1
	s5, c5 := s*s3-s1, c*c3-c1
	s7, c7 := s*s5-s3, c*c5-c3
	s9, c9 := s*s7-s5, c*c7-c5
	return 2 * semiMinor * semiMinor * (stripA*s1*c1 - stripB*s3*c3 + stripC*s5*c5 - stripD*s7*c7 + stripE*s9*c9)
}

// bulge is the area between the geodesic and the straight line of the same ends in the equal-area plane (longitude, strip).
// In isometric latitude ψ a geodesic obeys ψ” = −sin φ (1+ψ'²) exactly; the strip's second derivative along it follows as
// −r² sin φ (1+3ψ'²), and the trapezoid rule's error term gives the bulge. Without it a triangle with a side of 100 m misses
// the geodesic area by 1e-6.
func bulge(p, q Point, dLon float64) float64 {
	sin, cos := math.Sincos((p[1] + q[1]) / 2 * radians)
	r := parallelRadius(sin, cos)
	dPsi := (q[1] - p[1]) * radians * isometricPerLatitude(sin, cos)
	return r * r * sin * dLon * (dLon*dLon + 3*dPsi*dPsi) / 12
}
