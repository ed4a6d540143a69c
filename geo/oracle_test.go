package geo_test

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	sf "github.com/peterstace/simplefeatures/geom"

	"muchan/geo"
	"muchan/parcels/postgis/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// postgis connects to an empty PostGIS database.
func postgis(t testing.TB) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// wkt reads a POLYGON or MULTIPOLYGON without checking it.
func wkt(t testing.TB, text string) geo.Shape {
	t.Helper()
	g, err := sf.UnmarshalWKT(text, sf.NoValidate{})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var s geo.Shape
	for _, part := range g.Dump() {
		polygon := orb.Polygon{}
		for _, ring := range part.MustAsPolygon().DumpRings() {
			r := orb.Ring{}
			seq := ring.Coordinates()
			for i := range seq.Length() {
				r = append(r, orb.Point{seq.GetXY(i).X, seq.GetXY(i).Y})
			}
			polygon = append(polygon, r)
		}
		s = append(s, polygon)
	}
	return s
}

// star is a valid ring around a centre: corners at growing angles, distances from the centre between half and whole of size
// degrees.
func star(rng *rand.Rand, centre orb.Point, size float64, corners int, clockwise bool) orb.Ring {
	ring := make(orb.Ring, 0, corners+1)
	for k := range corners {
		turn := (float64(k) + 0.8*rng.Float64()) / float64(corners) * 2 * math.Pi
		if clockwise {
			turn = -turn
		}
		r := size * (0.5 + 0.5*rng.Float64())
		ring = append(ring, orb.Point{centre[0] + r*math.Cos(turn), centre[1] + r*math.Sin(turn)})
	}
	return append(ring, ring[0])
}

// randomShape has one to three parts far enough apart, each with up to two holes in its middle.
func randomShape(rng *rand.Rand, centre orb.Point, size float64) geo.Shape {
	var s geo.Shape
	for part := range 1 + rng.IntN(3) {
		c := orb.Point{centre[0] + 3*size*float64(part), centre[1]}
		polygon := orb.Polygon{star(rng, c, size, 3+rng.IntN(20), false)}
		for hole := range rng.IntN(3) {
			at := orb.Point{c[0] + size*0.1*(2*float64(hole)-1), c[1]}
			if len(polygon[0]) > 12 {
				polygon = append(polygon, star(rng, at, size*0.08, 3+rng.IntN(6), true))
			}
		}
		s = append(s, polygon)
	}
	return s
}

func ewkb(t testing.TB, s geo.Shape) []byte {
	t.Helper()
	return geo.EncodeEWKB(s)
}

func relative(got, want float64) float64 { return math.Abs(got-want) / math.Abs(want) }

func lines(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") }
