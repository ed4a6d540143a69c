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
	xi, eta := math.Atan2(tau, cosLon), math.Asinh(sinLon/math.Hypot(tau, cosLon))
	north, east := waves(&toGrid, xi, eta)
	return g.falseEasting + rectifyingRadius*(eta+east), rectifyingRadius * (xi + north)
}

func (g gaussKrueger) inverse(x, y float64) Point {
	north, east := y/rectifyingRadius, (x-g.falseEasting)/rectifyingRadius
	dXi, dEta := waves(&toSphere, north, east)
	xi, eta := north-dXi, east-dEta
	sinhEta := math.Sinh(eta)
	sinXi, cosXi := math.Sincos(xi)
	tau := geodeticTangent(sinXi / math.Sqrt(sinhEta*sinhEta+cosXi*cosXi))
	return Point{g.centralMeridian + math.Atan2(sinhEta, cosXi)/radians, math.Atan(tau) / radians}
}

// waves is Σ c[k] sin 2(k+1)z at z = xi + i·eta, real and imaginary part, by Clenshaw's recurrence: one sine for all terms.
func waves(c *[4]float64, xi, eta float64) (re, im float64) {
	sin, cos := math.Sincos(2 * xi)
	sinh := math.Sinh(2 * eta)
	cosh := math.Sqrt(1 + sinh*sinh)
	twice := complex(2*cos*cosh, -2*sin*sinh) // 2 cos 2z
	var b, before complex128
	for k := len(c) - 1; k >= 0; k-- {
		b, before = complex(c[k], 0)+twice*b-before, b
	}
	sum := complex(sin*cosh, cos*sinh) * b
	return real(sum), imag(sum)
}

// conformalTangent takes the tangent of the latitude to that of the conformal latitude.
func conformalTangent(tau float64) float64 {
	sec := math.Sqrt(1 + tau*tau)
	sigma := math.Sinh(ecc * math.Atanh(ecc*tau/sec))
	return tau*math.Sqrt(1+sigma*sigma) - sigma*sec
}

// geodeticTangent is the inverse of conformalTangent. Newton's method doubles the digits each round: two rounds reach full
// precision from the start value's 1e-5, the third is for latitudes near the poles.
func geodeticTangent(conformal float64) float64 {
	tau := conformal / (1 - ecc2)
	for range 3 {
		have := conformalTangent(tau)
		slope := (1 + (1-ecc2)*tau*tau) / ((1 - ecc2) * math.Sqrt((1+tau*tau)*(1+have*have)))
		step := (conformal - have) * slope
		if tau += step; math.Abs(step) <= 1e-9*math.Abs(tau) { // what is left is its square
			break
		}
	}
	return tau
}
