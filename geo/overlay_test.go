package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

func TestOverlayAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(41, 42))
	for range 60 {
		a := randomShape(rng, orb.Point{118.5, 24.8}, 1e-3)
		b := randomShape(rng, orb.Point{118.5005, 24.8003}, 1e-3)
		for _, op := range []struct {
			sql string
			do  func(a, b geo.Shape) (geo.Shape, error)
		}{
			{"ST_Intersection", geo.Intersection},
			{"ST_Difference", geo.Difference},
			{"ST_Union", func(a, b geo.Shape) (geo.Shape, error) { return geo.Union(a, b) }},
		} {
			got, err := op.do(a, b)
			if err != nil {
				t.Fatalf("%s: %v", op.sql, err)
			}
			if v := geo.Check(got); len(got) > 0 && !v.Valid {
				t.Errorf("%s: %+v", op.sql, v)
			}
			checkOrientation(t, got)
			// In the plane of degrees: a vertex that one side keeps on a straight edge and the other drops moves the geodesics.
			var want, have float64
			err = conn.QueryRow(t.Context(), "SELECT ST_Area("+op.sql+"(ST_GeomFromEWKB($1), ST_GeomFromEWKB($2))), ST_Area(ST_GeomFromEWKB($3))",
				ewkb(t, a), ewkb(t, b), ewkb(t, append(geo.Shape{}, got...))).Scan(&want, &have)
			if err != nil {
				t.Fatal(err)
			}
			if r := math.Abs(have - want); r > 1e-16 {
				t.Errorf("%s: %v square degrees, PostGIS %v", op.sql, have, want)
			}
		}
	}
}

func TestOverlayOfNothing(t *testing.T) {
	square := wkt(t, "POLYGON((0 0,1 0,1 1,0 1,0 0))")
	beside := wkt(t, "POLYGON((1 0,2 0,2 1,1 1,1 0))")
	far := wkt(t, "POLYGON((5 5,6 5,6 6,5 5))")
	check := func(name string, got geo.Shape, err error, want geo.Shape) {
		t.Helper()
		if err != nil || geo.Area(got) != geo.Area(want) || (got == nil) != (want == nil) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
	}
	s, err := geo.Intersection(square, nil)
	check("with nil", s, err, nil)
	s, err = geo.Intersection(nil, nil)
	check("of nil", s, err, nil)
	s, err = geo.Intersection(square, far)
	check("far apart", s, err, nil)
	s, err = geo.Intersection(square, beside)
	check("sharing an edge", s, err, nil)
	s, err = geo.Difference(square, square)
	check("less itself", s, err, nil)
	s, err = geo.Difference(square, nil)
	check("less nothing", s, err, square)
	s, err = geo.Difference(nil, square)
	check("nothing less", s, err, nil)
	s, err = geo.Union()
	check("union of none", s, err, nil)
	s, err = geo.Union(nil, square, nil)
	check("union of one", s, err, square)
}

func TestContainsAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(43, 44))
	for range 300 {
		s := randomShape(rng, orb.Point{10, 10}, 5)
		p := orb.Point{4 + 12*rng.Float64(), 4 + 12*rng.Float64()}
		if rng.IntN(3) == 0 {
			p = s[0][0][rng.IntN(len(s[0][0]))]
		}
		var want bool
		if err := conn.QueryRow(t.Context(), "SELECT ST_Covers(ST_GeomFromEWKB($1), ST_SetSRID(ST_Point($2, $3), 4490))", ewkb(t, s), p[0], p[1]).Scan(&want); err != nil {
			t.Fatal(err)
		}
		if got := geo.Contains(s, p); got != want {
			t.Errorf("%v in %v: %v, PostGIS %v", p, s, got, want)
		}
	}
	if geo.Contains(nil, orb.Point{}) || geo.Contains(geo.Shape{{}}, orb.Point{}) {
		t.Error("nothing contains nothing")
	}
}

func TestPointOnSurface(t *testing.T) {
	for _, text := range []string{
		"POLYGON((0 0,6 0,6 6,4 6,4 1,2 1,2 6,0 6,0 0))",
		"POLYGON((0 0,8 0,8 8,0 8,0 0),(1 1,1 7,7 7,7 1,1 1))",
		"MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((5 5,9 5,9 9,5 9,5 5)))",
	} {
		s := wkt(t, text)
		p, ok := geo.PointOnSurface(s)
		if !ok || !geo.Contains(s, p) {
			t.Errorf("%s: %v, %v", text, p, ok)
		}
	}
	if _, ok := geo.PointOnSurface(nil); ok {
		t.Error("a nil shape has no surface")
	}
}
