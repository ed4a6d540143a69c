package geo_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// A tenth of a millimetre, in metres and in degrees.
const (
	tolerance        = 1e-4
	toleranceDegrees = tolerance / 111_320
)

func TestTransformAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(7, 8))
	for _, crs := range geo.Systems() {
		t.Run(fmt.Sprint(crs.EPSG), func(t *testing.T) {
			worst, worstBack := 0.0, 0.0
			for range 500 {
				p := orb.Point{115.5 + 6*rng.Float64(), 23 + 5*rng.Float64()}
				var x, y float64
				err := conn.QueryRow(t.Context(), `SELECT ST_X(q), ST_Y(q) FROM (SELECT ST_Transform(ST_SetSRID(ST_Point($1, $2), 4490), $3::int) AS q) AS t`,
					p[0], p[1], crs.EPSG).Scan(&x, &y)
				if err != nil {
					t.Fatal(err)
				}
				gx, gy := crs.Forward(p)
				worst = max(worst, math.Hypot(gx-x, gy-y))
				back := crs.Inverse(x, y)
				worstBack = max(worstBack, math.Hypot(back[0]-p[0], back[1]-p[1]))
			}
			t.Logf("worst forward %.2g, inverse %.2g°", worst, worstBack)
			limit := tolerance
			if crs.Geographic {
				limit = toleranceDegrees
			}
			if worst > limit || worstBack > toleranceDegrees {
				t.Errorf("forward differs by %.3g, inverse by %.3g°", worst, worstBack)
			}
		})
	}
}

func TestTransformRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, crs := range geo.Systems() {
		for range 10_000 {
			p := orb.Point{115.5 + 6*rng.Float64(), 23 + 5*rng.Float64()}
			back := crs.Inverse(crs.Forward(p))
			if math.Hypot(back[0]-p[0], back[1]-p[1]) > 1e-12 {
				t.Fatalf("%d: %v comes back as %v", crs.EPSG, p, back)
			}
		}
	}
}

// Points of the EPSG database's implementation in PROJ, to the millimetre.
func TestTransformKnownPoints(t *testing.T) {
	cases := []struct {
		epsg        int
		p           orb.Point
		east, north string
	}{
		{4548, orb.Point{118.43, 24.87}, "644519.916", "2752412.398"},
		{4549, orb.Point{118.43, 24.87}, "341329.079", "2752568.240"},
		{4548, orb.Point{118.58, 24.87}, "659681.730", "2752579.929"},
		{4549, orb.Point{118.58, 24.87}, "356490.848", "2752401.823"},
		{4548, orb.Point{118.57, 24.84}, "658709.214", "2749244.306"},
		{4549, orb.Point{118.57, 24.84}, "355445.208", "2749088.602"},
		{4527, orb.Point{118.57, 24.84}, "39658709.214", "2749244.306"},
		{4528, orb.Point{118.57, 24.84}, "40355445.208", "2749088.602"},
		{4548, orb.Point{118.40, 24.84}, "641521.776", "2749057.129"},
		{4549, orb.Point{118.40, 24.84}, "338257.617", "2749279.563"},
		{4527, orb.Point{118.40, 24.84}, "39641521.776", "2749057.129"},
		{4528, orb.Point{118.40, 24.84}, "40338257.617", "2749279.563"},
		{4548, orb.Point{118.50, 24.84}, "651631.929", "2749164.635"},
		{4549, orb.Point{118.50, 24.84}, "348368.071", "2749164.635"},
	}
	for _, c := range cases {
		crs, ok := geo.CRSByEPSG(c.epsg)
		if !ok {
			t.Fatalf("EPSG:%d is unknown", c.epsg)
		}
		x, y := crs.Forward(c.p)
		if east, north := fmt.Sprintf("%.3f", x), fmt.Sprintf("%.3f", y); east != c.east || north != c.north {
			t.Errorf("EPSG:%d of %v: %s %s, want %s %s", c.epsg, c.p, east, north, c.east, c.north)
		}
	}
}

func TestAxisOrder(t *testing.T) {
	want := map[int][2]bool{4490: {true, true}, 4326: {true, true}, 4548: {true, false}, 4549: {true, false}, 4527: {true, false}, 4528: {true, false}, 3857: {false, false}}
	for _, crs := range geo.Systems() {
		if got := [2]bool{crs.NorthFirst, crs.Geographic}; got != want[crs.EPSG] {
			t.Errorf("EPSG:%d: north first and geographic %v, want %v", crs.EPSG, got, want[crs.EPSG])
		}
	}
	if len(geo.Systems()) != len(want) {
		t.Errorf("%d systems, want %d", len(geo.Systems()), len(want))
	}
	if geo.CRS84.NorthFirst || !geo.CRS84.Geographic || geo.CRS84.EPSG != 0 {
		t.Error("CRS84 is longitude first, in degrees, without an EPSG code")
	}
	if _, ok := geo.CRSByEPSG(2437); ok {
		t.Error("Beijing 1954 must not be taken for CGCS2000")
	}
}

func TestShapeTransformKeepsInput(t *testing.T) {
	crs, _ := geo.CRSByEPSG(4549)
	s := wkt(t, "POLYGON((118.57 24.84,118.58 24.84,118.58 24.85,118.57 24.84))")
	before := s.Clone()
	back := geo.ToLonLat(geo.FromLonLat(s, crs), crs)
	if !s.Equal(before) {
		t.Error("the input was written into")
	}
	for i, p := range back[0][0] {
		if math.Hypot(p[0]-s[0][0][i][0], p[1]-s[0][0][i][1]) > 1e-12 {
			t.Errorf("%v comes back as %v", s[0][0][i], p)
		}
	}
	if geo.ToLonLat(nil, crs) != nil || geo.FromLonLat(nil, crs) != nil {
		t.Error("a nil shape stays nil")
	}
}
