package quality

import (
	"math"

	"muchan/geo"
)

func abs(v float64) float64 { return math.Abs(v) }

func cosDegrees(lat float64) float64 { return math.Cos(lat * math.Pi / 180) }

// perimeter is the length in metres of a shape's rings, good to a percent, which is enough for a tolerance.
func perimeter(s geo.Shape) float64 {
	sum := 0.0
	for _, polygon := range s {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				dx := (ring[i][0] - ring[i-1][0]) * cosDegrees(ring[i][1])
				sum += math.Hypot(dx, ring[i][1]-ring[i-1][1]) * metresPerDegree
			}
		}
	}
	return sum
}

// plane takes positions near an origin to metres east and north of it, good to half a percent.
type plane struct {
	origin geo.Point
	cos    float64
}

func planeAt(origin geo.Point) plane { return plane{origin, cosDegrees(origin[1])} }

func (p plane) to(q geo.Point) [2]float64 {
	return [2]float64{(q[0] - p.origin[0]) * metresPerDegree * p.cos, (q[1] - p.origin[1]) * metresPerDegree}
}

func (p plane) from(m [2]float64) geo.Point {
	return geo.Point{p.origin[0] + m[0]/(metresPerDegree*p.cos), p.origin[1] + m[1]/metresPerDegree}
}
