package geo_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// blob is a random star-shaped plot of up to some hundred metres.
func blob(dice *rand.Rand, lon, lat float64) geo.Shape {
	ring := orb.Ring{}
	n := 3 + dice.IntN(8)
	for k := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(n))
		r := 0.0003 + 0.001*dice.Float64()
		ring = append(ring, orb.Point{lon + r*cos, lat + r*sin})
	}
	return geo.Shape{{append(ring, ring[0])}}
}

// PostGIS finds the nearest positions on a conformal plane and the geodesic between them: the same to a millimetre up to 20 km.
func TestGapAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	dice := rand.New(rand.NewPCG(7, 11))
	for k := range 200 {
		reach := 0.2 * dice.Float64()
		if k%2 == 0 {
			reach /= 100
		}
		a := blob(dice, 118.5, 24.85)
		b := blob(dice, 118.5+reach*(2*dice.Float64()-1), 24.85+reach*(2*dice.Float64()-1))
		var want float64
		err := conn.QueryRow(context.Background(), `
			SELECT ST_Distance(ST_Transform(ST_StartPoint(line), 4490)::geography, ST_Transform(ST_EndPoint(line), 4490)::geography)
			FROM (SELECT ST_ShortestLine(ST_Transform(ST_GeomFromEWKB($1), 4549), ST_Transform(ST_GeomFromEWKB($2), 4549)) line) s`, geo.EncodeEWKB(a), geo.EncodeEWKB(b)).Scan(&want)
		if err != nil {
			t.Fatal(err)
		}
		if got, back := geo.OutlineOf(a).Gap(b), geo.OutlineOf(b).Gap(a); math.Abs(got-want) > 0.001 || math.Abs(got-back) > 1e-6 {
			t.Errorf("%d: %.6f m, back %.6f m, PostGIS %.6f m", k, got, back, want)
		}
	}
}

func TestGapByHand(t *testing.T) {
	square := func(lon, lat, size float64) geo.Shape {
		return geo.Shape{{orb.Ring{{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}, {lon, lat}}}}
	}
	whole := square(118.5, 24.8, 0.01)
	ring := geo.Shape{{whole[0][0], square(118.502, 24.802, 0.006)[0][0]}}
	plus := geo.Shape{{orb.Ring{{118.499, 24.804}, {118.511, 24.804}, {118.511, 24.806}, {118.499, 24.806}, {118.499, 24.804}}}}
	for _, c := range []struct {
		name string
		a    *geo.Outline
		b    geo.Shape
		want float64
	}{
		{"itself", geo.OutlineOf(whole), whole, 0},
		{"a common edge", geo.OutlineOf(whole), square(118.51, 24.8, 0.01), 0},
		{"a common corner", geo.OutlineOf(whole), square(118.51, 24.81, 0.01), 0},
		{"inside", geo.OutlineOf(square(118.504, 24.804, 0.001)), whole, 0},
		{"around", geo.OutlineOf(whole), square(118.504, 24.804, 0.001), 0},
		{"crosses, no corner inside", geo.OutlineOf(whole), plus, 0},
		{"in a hole", geo.OutlineOf(ring), square(118.504, 24.804, 0.001), geo.Distance(geo.Point{118.502, 24.8045}, geo.Point{118.504, 24.8045})},
		{"north", geo.OutlineOf(whole), square(118.5, 24.82, 0.01), geo.Distance(geo.Point{118.5, 24.81}, geo.Point{118.5, 24.82})},
		{"a position inside", geo.OutlineAt(geo.Point{118.505, 24.805}), whole, 0},
		{"a position on the edge", geo.OutlineAt(geo.Point{118.505, 24.8}), whole, 0},
		{"a position south", geo.OutlineAt(geo.Point{118.505, 24.79}), whole, geo.Distance(geo.Point{118.505, 24.79}, geo.Point{118.505, 24.8})},
	} {
		// A parallel is no geodesic: the straight line between two corners runs some millimetres north of it at the middle of a kilometre.
		if got := c.a.Gap(c.b); math.Abs(got-c.want) > 0.005 || (c.want == 0 && got > 1e-6) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for name, got := range map[string]float64{"undrawn": geo.OutlineOf(nil).Gap(whole), "to undrawn": geo.OutlineOf(whole).Gap(nil)} {
		if !math.IsNaN(got) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
