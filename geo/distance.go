package geo

import "math"

// Distance returns the length in metres of the geodesic between two positions on the CGCS2000 ellipsoid, by Vincenty's inverse
// formula: exact to 0.1 mm. Positions that are nearly opposite each other on the globe, where the formula does not converge,
// give NaN.
func Distance(a, b Point) float64 {
	if a == b {
		return 0
	}
	u1 := math.Atan((1 - flattening) * math.Tan(a[1]*radians))
	u2 := math.Atan((1 - flattening) * math.Tan(b[1]*radians))
	dLon := (b[0] - a[0]) * radians
	lambda := dLon
	for range 100 {
		arc := sphereArc(u1, u2, lambda)
		c := flattening / 16 * arc.cosSqAlpha * (4 + flattening*(4-3*arc.cosSqAlpha))
		next := dLon + (1-c)*flattening*arc.sinAlpha*
			(arc.sigma+c*arc.sin*(arc.cos2Mid+c*arc.cos*(2*arc.cos2Mid*arc.cos2Mid-1)))
		if math.Abs(next-lambda) < 1e-13 {
			return arc.length()
		}
		lambda = next
	}
	return math.NaN()
}

// auxiliaryArc is a geodesic mapped to the auxiliary sphere.
type auxiliaryArc struct {
	sigma, sin, cos      float64 // angular length
	sinAlpha, cosSqAlpha float64 // azimuth at the equator
	cos2Mid              float64 // twice the angular distance from the equator to the middle
}

func sphereArc(u1, u2, lambda float64) auxiliaryArc {
	sinU1, cosU1 := math.Sincos(u1)
	sinU2, cosU2 := math.Sincos(u2)
	sinL, cosL := math.Sincos(lambda)
	var arc auxiliaryArc
	arc.sin = math.Hypot(cosU2*sinL, cosU1*sinU2-sinU1*cosU2*cosL)
	arc.cos = sinU1*sinU2 + cosU1*cosU2*cosL
	arc.sigma = math.Atan2(arc.sin, arc.cos)
	if arc.sin == 0 {
		return arc
	}
	arc.sinAlpha = cosU1 * cosU2 * sinL / arc.sin
	arc.cosSqAlpha = 1 - arc.sinAlpha*arc.sinAlpha
	if arc.cosSqAlpha > 0 {
		arc.cos2Mid = arc.cos - 2*sinU1*sinU2/arc.cosSqAlpha
	}
	return arc
}

func (arc auxiliaryArc) length() float64 {
	u := arc.cosSqAlpha * (semiMajor*semiMajor - semiMinor*semiMinor) / (semiMinor * semiMinor)
	a := 1 + u/16384*(4096+u*(-768+u*(320-175*u)))
	b := u / 1024 * (256 + u*(-128+u*(74-47*u)))
	m := arc.cos2Mid
	d := b * arc.sin * (m + b/4*(arc.cos*(2*m*m-1)-b/6*m*(4*arc.sin*arc.sin-3)*(4*m*m-3)))
	return semiMinor * a * (arc.sigma - d)
}
