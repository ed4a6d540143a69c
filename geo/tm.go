package geo

import "math"

// gaussKrueger is a transverse Mercator projection of scale 1 on the CGCS2000 ellipsoid.
type gaussKrueger struct {
	centralMeridian float64 // degrees
	falseEasting    float64 // metres
}

// Krüger's series in the third flattening n, to n⁴; the first omitted term is below 0.1 µm inside a zone.
const (
	n2 = thirdFlat * thirdFlat
	n3 = n2 * thirdFlat
	n4 = n2 * n2

	// rectifyingRadius is the meridian quadrant over π/2.
	rectifyingRadius = semiMajor / (1 + thirdFlat) * (1 + n2/4 + n4/64)
)

// toGrid takes conformal to rectifying coordinates, toSphere back.
var (
	toGrid = [4]float64{
		thirdFlat/2 - 2*n2/3 + 5*n3/16 + 41*n4/180,
		13*n2/48 - 3*n3/5 + 557*n4/1440,
		61*n3/240 - 103*n4/140,
		49561 * n4 / 161280,
	}
	toSphere = [4]float64{
		thirdFlat/2 - 2*n2/3 + 37*n3/96 - n4/360,
		n2/48 + n3/15 - 437*n4/1440,
		17*n3/480 - 37*n4/840,
		4397 * n4 / 161280,
	}
)

func (g gaussKrueger) forward(p Point) (x, y float64) {
	dLon := (p[0] - g.centralMeridian) * radians
	sinLon, cosLon := math.Sincos(dLon)
	tau := conformalTangent(math.Tan(p[1] * radians))
	xi := math.Atan2(tau, cosLon)
	eta := math.Asinh(sinLon / math.Hypot(tau, cosLon))
	north, east := xi, eta
	for i, c := range toGrid {
		k := float64(2 * (i + 1))
		sin, cos := math.Sincos(k * xi)
		north += c * sin * math.Cosh(k*eta)
		east += c * cos * math.Sinh(k*eta)
	}
	return g.falseEasting + rectifyingRadius*east, rectifyingRadius * north
}

func (g gaussKrueger) inverse(x, y float64) Point {
	north, east := y/rectifyingRadius, (x-g.falseEasting)/rectifyingRadius
	xi, eta := north, east
	for i, c := range toSphere {
		k := float64(2 * (i + 1))
		sin, cos := math.Sincos(k * north)
		xi -= c * sin * math.Cosh(k*east)
		eta -= c * cos * math.Sinh(k*east)
	}
	sinhEta := math.Sinh(eta)
	sinXi, cosXi := math.Sincos(xi)
	tau := geodeticTangent(sinXi / math.Hypot(sinhEta, cosXi))
	return Point{g.centralMeridian + math.Atan2(sinhEta, cosXi)/radians, math.Atan(tau) / radians}
}

// conformalTangent takes the tangent of the latitude to that of the conformal latitude.
func conformalTangent(tau float64) float64 {
	sec := math.Hypot(1, tau)
	sigma := math.Sinh(ecc * math.Atanh(ecc*tau/sec))
	return tau*math.Hypot(1, sigma) - sigma*sec
}

// geodeticTangent is the inverse of conformalTangent. Newton's method doubles the digits each round: two rounds reach full
// precision from the start value's 1e-5, the third is for latitudes near the poles.
func geodeticTangent(conformal float64) float64 {
	tau := conformal / (1 - ecc2)
	for range 3 {
		have := conformalTangent(tau)
		slope := (1 + (1-ecc2)*tau*tau) / ((1 - ecc2) * math.Hypot(1, tau) * math.Hypot(1, have))
		tau += (conformal - have) * slope
	}
	return tau
}
