package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// The oracle is PostGIS: the area of ST_Union. Its own noise is 5 cm² (see TestAreaAgainstPostGIS).
func TestUnionAreaAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(43, 44))
	for range 200 {
		shapes := make([]geo.Shape, 2+rng.IntN(3))
		for i := range shapes {
			shapes[i] = plant(rng, i%2 == 0)
		}
		got, ok := geo.PerimeterArea(shapes...)
		if !ok {
			t.Errorf("the overlay would be asked for %v", shapes)
		}
		var wkbs [][]byte
		for _, s := range shapes {
			wkbs = append(wkbs, ewkb(t, s))
		}
		var want float64
		err := conn.QueryRow(t.Context(), "SELECT ST_Area(ST_Union(ST_GeomFromEWKB(g))::geography) FROM unnest($1::bytea[]) g", wkbs).Scan(&want)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(float64(got)-want) > postgisNoiseM2+1e-8*want {
			t.Errorf("%v: %v m², PostGIS %v m²", shapes, got, want)
		}
	}
}

// Buildings that are seen to lie apart are not compared wall by wall, and that would give the same to the bit. Some are moved up to a wall of
// another, to a hair's breadth from it or into it.
func TestUnionAreaOfScatteredBuildings(t *testing.T) {
	rng := rand.New(rand.NewPCG(45, 46))
	seen, met := 0, 0
	for range 3000 {
		shapes := []geo.Shape{plant(rng, true), plant(rng, rng.IntN(3) > 0)}
		if r := shapes[0][0][0]; rng.IntN(2) == 0 { // the other one is its neighbour
			hair := []float64{-1e-10, 0, 1e-12, 1e-11, 5e-11, 1e-10, 2e-10}[rng.IntN(7)]
			dx, dy := r[1][0]-r[0][0], r[1][1]-r[0][1]
			step := hair / math.Hypot(dx, dy)
			next := orb.Ring{}
			for _, p := range r {
				next = append(next, orb.Point{p[0] + dx + step*dx, p[1] + dy + step*dy})
			}
			shapes[1] = geo.Shape{{next}}
		}
		got, apart := geo.ScatteredArea(shapes...)
		if want := geo.PiecedArea(shapes...); got != want {
			t.Errorf("%v (apart: %v): %v m², wall by wall %v", shapes, apart, got, want)
		}
		if apart {
			seen++
		} else {
			met++
		}
	}
	if seen < 500 || met < 500 {
		t.Errorf("%d lay apart, %d did not", seen, met)
	}
}

// plant is a building at some angle: a rectangle, or a star of a few corners.
func plant(rng *rand.Rand, rectangle bool) geo.Shape {
	centre := orb.Point{118.5 + 1e-3*rng.Float64(), 24.8 + 1e-3*rng.Float64()}
	if !rectangle {
		return geo.Shape{{star(rng, centre, 1e-3, 3+rng.IntN(6), rng.IntN(2) == 0)}}
	}
	sin, cos := math.Sincos(rng.Float64() * float64(rng.IntN(2))) // half of them along the axes
	w, h := 1e-3*(0.1+rng.Float64()), 1e-3*(0.1+rng.Float64())
	ring := orb.Ring{}
	for _, c := range [][2]float64{{0, 0}, {w, 0}, {w, h}, {0, h}, {0, 0}} {
		ring = append(ring, orb.Point{centre[0] + c[0]*cos - c[1]*sin, centre[1] + c[0]*sin + c[1]*cos})
	}
	return geo.Shape{{ring}}
}

func union(t testing.TB, shapes []geo.Shape) geo.Shape {
	t.Helper()
	whole, err := geo.Union(shapes...)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// Buildings stand wall to wall: what they share is a stretch of an edge, from corner to corner or not, or rounded differently.
func TestUnionAreaOfBuildingsThatTouch(t *testing.T) {
	const hall = "POLYGON((0 0,40 0,40 30,0 30,0 0))"
	cases := []struct {
		name    string
		shapes  []string
		covered float64 // of the plane they are drawn on
	}{
		{"apart", []string{hall, "POLYGON((50 0,60 0,60 10,50 10,50 0))"}, 1300},
		{"the whole wall", []string{hall, "POLYGON((40 0,70 0,70 30,40 30,40 0))"}, 2100},
		{"a part of the wall", []string{hall, "POLYGON((40 5,70 5,70 20,40 20,40 5))"}, 1650},
		{"a part of the wall from a corner", []string{hall, "POLYGON((40 0,70 0,70 20,40 20,40 0))"}, 1800},
		{"a corner", []string{hall, "POLYGON((40 30,50 30,50 40,40 40,40 30))"}, 1300},
		{"the same twice", []string{hall, hall}, 1200},
		{"the same in the other direction", []string{hall, "POLYGON((0 0,0 30,40 30,40 0,0 0))"}, 1200},
		{"a tower inside", []string{hall, "POLYGON((10 10,20 10,20 20,10 20,10 10))"}, 1200},
		{"a tower flush with a wall", []string{hall, "POLYGON((10 0,20 0,20 20,10 20,10 0))"}, 1200},
		{"a tower in a corner", []string{hall, "POLYGON((0 0,20 0,20 20,0 20,0 0))"}, 1200},
		{"a tower over the wall", []string{hall, "POLYGON((30 10,60 10,60 20,30 20,30 10))"}, 1400},
		{"a cross", []string{hall, "POLYGON((10 -10,20 -10,20 40,10 40,10 -10))"}, 1400},
		{"a tower flush with two walls", []string{hall, "POLYGON((10 0,20 0,20 30,10 30,10 0))"}, 1200},
		{"a yard with a building in it", []string{"POLYGON((0 0,40 0,40 30,0 30,0 0),(10 10,20 10,20 20,10 20,10 10))", "POLYGON((12 12,15 12,15 15,12 15,12 12))"}, 1109},
		{"a yard that is filled", []string{"POLYGON((0 0,40 0,40 30,0 30,0 0),(10 10,20 10,20 20,10 20,10 10))", "POLYGON((10 10,20 10,20 20,10 20,10 10))"}, 1200},
		{"three in a row and one over all", []string{hall, "POLYGON((40 0,70 0,70 30,40 30,40 0))", "POLYGON((70 0,90 0,90 30,70 30,70 0))", "POLYGON((-5 10,95 10,95 20,-5 20,-5 10))"}, 2800},
		{"three the same", []string{hall, hall, hall}, 1200},
		{"rounded differently", []string{hall, "POLYGON((40.0000000003 5,70 5,70 20,39.9999999998 20,40.0000000003 5))"}, 1650},
	}
	const metre = 1e-5 // degrees to one unit of the drawing
	unit := float64(geo.Area(geo.Shape{{{{118.5, 24.8}, {118.5 + metre, 24.8}, {118.5 + metre, 24.8 + metre}, {118.5, 24.8 + metre}, {118.5, 24.8}}}}))
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			shapes := make([]geo.Shape, len(c.shapes))
			for i, text := range c.shapes {
				shapes[i] = placed(wkt(t, text), metre)
			}
			got, err := geo.UnionArea(shapes...)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := geo.PerimeterArea(shapes...); !ok {
				t.Error("the overlay would be asked")
			}
			if r := relative(float64(got), c.covered*unit); r > 2e-5 { // squares grow with latitude
				t.Errorf("%v m², want %v", got, c.covered*unit)
			}
			if want := float64(geo.Area(union(t, shapes))); relative(float64(got), want) > 1e-8 {
				t.Errorf("%v m², the overlay says %v", got, want)
			}
		})
	}
}

func placed(s geo.Shape, scale float64) geo.Shape {
	for _, polygon := range s {
		for _, ring := range polygon {
			for i, p := range ring {
				ring[i] = orb.Point{118.5 + scale*p[0], 24.8 + scale*p[1]}
			}
		}
	}
	return s
}

func TestUnionAreaOfNothing(t *testing.T) {
	square := wkt(t, "POLYGON((118 24,118.001 24,118.001 24.001,118 24.001,118 24))")
	for name, c := range map[string]struct {
		shapes []geo.Shape
		want   geo.M2
	}{"none": {}, "an empty one": {shapes: []geo.Shape{nil}}, "one": {[]geo.Shape{square}, geo.Area(square)}, "one and an empty one": {[]geo.Shape{nil, square}, geo.Area(square)}} {
		if got, err := geo.UnionArea(c.shapes...); err != nil || got != c.want {
			t.Errorf("%s: %v, %v; want %v", name, got, err, c.want)
		}
	}
}

// A park is larger than the series beside a parallel reach; then the overlay is asked.
func TestUnionAreaOfParks(t *testing.T) {
	west := wkt(t, "POLYGON((118 24,118.3 24,118.3 24.3,118 24.3,118 24))")
	east := wkt(t, "POLYGON((118.2 24.1,118.5 24.1,118.5 24.4,118.2 24.4,118.2 24.1))")
	got, err := geo.UnionArea(west, east)
	if want := geo.Area(union(t, []geo.Shape{west, east})); err != nil || got != want {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
}

// The series beside a parallel say what the closed formulas say.
func TestSeriesAgainstClosedFormulas(t *testing.T) {
	rng := rand.New(rand.NewPCG(45, 46))
	for _, size := range []float64{1e-4, 1e-3, 1e-2, 4e-2} {
		for range 500 {
			ring := star(rng, orb.Point{118.5, -60 + 120*rng.Float64()}, size, 3+rng.IntN(9), false)
			got, want := float64(geo.RingArea(ring)), math.Abs(geo.ClosedRingArea(ring))
			if relative(got, want) > 1e-9 {
				t.Fatalf("size %v, %v: %v m², want %v", size, ring, got, want)
			}
		}
	}
}

func BenchmarkUnionArea(b *testing.B) {
	rng := rand.New(rand.NewPCG(47, 48))
	var pairs [][]geo.Shape
	for len(pairs) < 100 {
		pairs = append(pairs, []geo.Shape{plant(rng, true), plant(rng, true)})
	}
	for _, c := range []struct {
		name string
		area func(...geo.Shape) (geo.M2, error)
	}{
		{"perimeter", geo.UnionArea},
		{"overlay", func(s ...geo.Shape) (geo.M2, error) { u, err := geo.Union(s...); return geo.Area(u), err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				if _, err := c.area(pairs[i%len(pairs)]...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
