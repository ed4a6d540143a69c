package geo_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"muchan/geo"
)

// postgisNoiseM2 is what PostGIS itself loses on small areas, because it measures from the equator; TestAreaAddsUp shows that the
// noise is not ours. It is the same for a shed and a block.
const postgisNoiseM2 = 5e-4

// The oracle is PostGIS: ST_Area of the geography, whose edges are geodesics on the CGCS2000 ellipsoid.
func TestAreaAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(1, 2))
	cases := []struct {
		name string
		size float64 // degrees
	}{{"shed of 10 m", 1e-4}, {"parcel of 100 m", 1e-3}, {"block of 1 km", 1e-2}, {"park of 10 km", 1e-1}}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			worst, worstM2 := 0.0, 0.0
			for range 300 {
				centre := orb.Point{115.5 + 6*rng.Float64(), 23 + 5*rng.Float64()}
				s := randomShape(rng, centre, c.size)
				got, want := float64(geo.Area(s)), postgisArea(t, conn, s)
				worst = max(worst, relative(got, want))
				worstM2 = max(worstM2, math.Abs(got-want))
			}
			t.Logf("worst difference: relative %.2g, %.2g m²", worst, worstM2)
			if worst > 1e-7 && worstM2 > postgisNoiseM2 {
				t.Errorf("worst difference: relative %.3g, %.3g m²; want at most 1e-7", worst, worstM2)
			}
		})
	}
}

func postgisArea(t testing.TB, conn *pgx.Conn, s geo.Shape) (area float64) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), "SELECT ST_Area(geography(ST_GeomFromEWKB($1)))", ewkb(t, s)).Scan(&area); err != nil {
		t.Fatal(err)
	}
	return area
}

// A square cut into ten thousand sheds of 1 m has the area of its sheds, to twelve digits.
func TestAreaAddsUp(t *testing.T) {
	const cells = 100
	corner := func(i, j int) orb.Point { return orb.Point{118.58 + 1e-5*float64(i), 24.87 + 1e-5*float64(j)} }
	var sum geo.M2
	var edge orb.Ring
	for i := range cells {
		edge = append(edge, corner(i, 0))
		for j := range cells {
			sum += geo.RingArea(orb.Ring{corner(i, j), corner(i+1, j), corner(i+1, j+1), corner(i, j+1), corner(i, j)})
		}
	}
	edge = append(edge, corner(cells, 0))
	for i := cells; i >= 0; i-- {
		edge = append(edge, corner(i, cells))
	}
	if r := relative(float64(sum), float64(geo.RingArea(edge))); r > 1e-11 {
		t.Errorf("the parts differ from the whole by %.3g of it", r)
	}
}

// Triangles have no opposite side whose bulge cancels, so they show whether edges are geodesics.
func TestAreaOfTrianglesAndFarLatitudes(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		centre := orb.Point{-179 + 358*rng.Float64(), -80 + 160*rng.Float64()}
		s := geo.Shape{{star(rng, centre, 1e-3, 3, false)}}
		if r := relative(float64(geo.Area(s)), postgisArea(t, conn, s)); r > 1e-7 {
			t.Errorf("%v: relative difference %.3g", s, r)
		}
	}
}

func TestAreaKnownParcel(t *testing.T) {
	for _, west := range []float64{118.57, 118.40} {
		const south = 24.84
		s := geo.Shape{{{{west, south}, {west + 0.0015, south}, {west + 0.0015, south + 0.0013}, {west, south + 0.0013}, {west, south}}}}
		if got := fmt.Sprintf("%.3f", float64(geo.Area(s))); got != "21833.512" {
			t.Errorf("area at %v is %s m², the survey's formula gives 21833.512", west, got)
		}
	}
}

func TestAreaConventions(t *testing.T) {
	square := orb.Ring{{118, 24}, {118.001, 24}, {118.001, 24.001}, {118, 24.001}, {118, 24}}
	hole := orb.Ring{{118.0002, 24.0002}, {118.0002, 24.0004}, {118.0004, 24.0004}, {118.0004, 24.0002}, {118.0002, 24.0002}}
	whole, gap := geo.RingArea(square), geo.RingArea(hole)
	reversed := square.Clone()
	reversed.Reverse()
	cases := []struct {
		name  string
		shape geo.Shape
		want  geo.M2
	}{
		{"nil", nil, 0},
		{"no rings", geo.Shape{{}}, 0},
		{"two points", geo.Shape{{{{118, 24}, {118.1, 24}}}}, 0},
		{"no width", geo.Shape{{{{118, 24}, {118, 24.1}, {118, 24}}}}, 0},
		{"clockwise counts the same", geo.Shape{{reversed}}, whole},
		{"not closed counts the same", geo.Shape{{square[:4]}}, whole},
		{"hole is taken away", geo.Shape{{square, hole}}, whole - gap},
		{"parts add up", geo.Shape{{square}, {hole}}, whole + gap},
	}
	for _, c := range cases {
		if got := geo.Area(c.shape); got-c.want > 1e-6 || c.want-got > 1e-6 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestUnits(t *testing.T) {
	if mu := geo.M2(2000).Mu(); mu != 3 {
		t.Errorf("2000 m² is %v mu, want exactly 3", mu)
	}
	if m2 := geo.Mu(15).M2(); m2 != 10000 {
		t.Errorf("15 mu is %v m², want one hectare", m2)
	}
	if ha := geo.Mu(30).M2().Hectares(); ha != 2 {
		t.Errorf("30 mu is %v ha, want 2", ha)
	}
}

func TestDistanceAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		a := orb.Point{115.5 + 6*rng.Float64(), 23 + 5*rng.Float64()}
		scale := []float64{1e-5, 1e-3, 0.1, 5, 60}[rng.IntN(5)]
		b := orb.Point{a[0] + scale*(rng.Float64()-0.5), a[1] + scale*(rng.Float64()-0.5)}
		var want float64
		err := conn.QueryRow(t.Context(), `SELECT ST_Distance(ST_SetSRID(ST_Point($1, $2), 4490)::geography, ST_SetSRID(ST_Point($3, $4), 4490)::geography)`,
			a[0], a[1], b[0], b[1]).Scan(&want)
		if err != nil {
			t.Fatal(err)
		}
		if got := geo.Distance(a, b); got-want > 1e-4 || want-got > 1e-4 {
			t.Errorf("%v to %v: %v m, PostGIS %v m", a, b, got, want)
		}
	}
	if d := geo.Distance(orb.Point{118, 24}, orb.Point{118, 24}); d != 0 {
		t.Errorf("distance to itself is %v", d)
	}
}
