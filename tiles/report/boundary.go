package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// boundaryPoint (界址点) is one corner of a parcel.
type boundaryPoint struct {
	ring  int    // 1 is the outer one of the first part; holes and further parts follow
	name  string // J1, J2, ...
	at    geo.Point
	east  float64 // metres in the plane
	north float64
	side  float64 // metres to the next point of the ring
}

// boundaryOf numbers the corners of a parcel as surveyors do: clockwise from the north-western one, holes after it. Without a plane
// system coordinates and sides are NaN.
func boundaryOf(s geo.Shape, crs geo.CRS, plane bool) []boundaryPoint {
	var points []boundaryPoint
	ring := 0
	for _, polygon := range s {
		for k, r := range polygon {
			ring++
			corners := corners(r, k == 0)
			from := len(points)
			for _, p := range corners {
				b := boundaryPoint{ring: ring, name: fmt.Sprintf("J%d", len(points)+1), at: p, east: math.NaN(), north: math.NaN(), side: math.NaN()}
				if plane {
					b.east, b.north = crs.Forward(p)
				}
				points = append(points, b)
			}
			for i := from; i < len(points); i++ {
				next := &points[from+(i-from+1)%len(corners)]
				points[i].side = math.Hypot(next.east-points[i].east, next.north-points[i].north)
			}
		}
	}
	return points
}

// corners are the points of a closed ring, each once, clockwise for an outer ring and the other way for a hole, from the
// north-western one.
func corners(r orb.Ring, outer bool) []geo.Point {
	points := slices.Clone(r)
	if n := len(points); n > 1 && points[0] == points[n-1] {
		points = points[:n-1]
	}
	if clockwise := r.Orientation() == orb.CW; clockwise != outer {
		slices.Reverse(points)
	}
	first := 0
	for i, p := range points {
		if p[1]-p[0] > points[first][1]-points[first][0] {
			first = i
		}
	}
	return append(points[first:len(points):len(points)], points[:first]...)
}

// mostPoints is how many boundary points are printed: beyond it a list is for machines.
const mostPoints = 1000

func (s *sheet) boundaryTable(points []boundaryPoint) {
	columns := []column{
		{"圈号", 0.6, true}, {"点号", 0.8, false}, {"X 北 (m)", 1.5, true}, {"Y 东 (m)", 1.4, true}, {"经度", 1.7, true}, {"纬度", 1.6, true}, {"边长 (m)", 1, true},
	}
	rows := make([][]string, 0, min(len(points), mostPoints))
	for _, p := range points[:min(len(points), mostPoints)] {
		rows = append(rows, []string{fmt.Sprint(p.ring), p.name, metres(p.north, 3), metres(p.east, 3), degrees(p.at[0]), degrees(p.at[1]), metres(p.side, 2)})
	}
	s.table(small, columns, rows)
	if left := len(points) - mostPoints; left > 0 {
		s.paragraph(small, quiet, s.sayf("界址点共 %d 个，其余 %d 个未印出，请用 GeoPackage 或 Shapefile 导出。", len(points), left))
	}
}

// metres is a length or coordinate, a dash when there is none.
func metres(v float64, places int) string {
	if math.IsNaN(v) {
		return dash
	}
	return fmt.Sprintf("%.*f", places, v)
}

// degrees writes an angle as degrees, minutes and seconds; four decimals of a second are 3 mm.
func degrees(v float64) string {
	const parts = 3600 * 10_000 // of a degree
	n := int64(math.Round(v * parts))
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d°%02d′%07.4f″", sign, n/parts, n%parts/(60*10_000), float64(n%(60*10_000))/10_000)
}
