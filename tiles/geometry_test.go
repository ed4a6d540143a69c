package tiles_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/parcels/postgis/pgtest"
	"muchan/tiles"
	"muchan/tiles/layers"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func postgis(t testing.TB) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(t.Context()) })
	return conn
}

// spiky is a valid ring whose corners lie at growing angles around a centre and at very different distances, so that it leaves and
// enters a tile many times.
func spiky(rng *rand.Rand, centre orb.Point, size float64, corners int) orb.Ring {
	ring := orb.Ring{}
	for k := range corners {
		sin, cos := math.Sincos((float64(k) + 0.8*rng.Float64()) / float64(corners) * 2 * math.Pi)
		r := size * (0.2 + 0.8*rng.Float64())
		ring = append(ring, orb.Point{centre[0] + r*cos, centre[1] + r*sin})
	}
	return append(ring, ring[0])
}

// A tile's geometry covers what PostGIS makes of the same shape: transformed to web Mercator and cut by the tile with its buffer. The
// tolerance is half a unit along the outline, which rounding may move.
func TestGeometryAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(61, 62))
	shown := 0
	for range 400 {
		z := 10 + rng.IntN(9)
		at := addressOf(z, orb.Point{118.4 + 0.2*rng.Float64(), 24.8 + 0.1*rng.Float64()})
		size := []float64{3, 30, 300, 3000, 9000}[rng.IntN(5)]
		s := shapeInTile(rng, at, size)
		got, err := tiles.Geometry(at, s)
		if err != nil {
			t.Fatal(err)
		}
		want, perimeter := postgisTile(t, conn, at, s)
		have := 0.0
		for _, ring := range got {
			have += area(ring)
		}
		limit := 0.75*perimeter + 1
		if z < 14 {
			limit = 2*perimeter + 1
		}
		if math.Abs(have-want) > limit {
			t.Errorf("%v, size %v: %.1f square units, PostGIS %.1f, outline %.1f", at, size, have, want, perimeter)
		}
		if len(got) > 0 {
			shown++
			checkPolygon(t, at, feature{rings: got})
		}
	}
	if shown < 200 {
		t.Errorf("only %d of 400 shapes showed", shown)
	}
}

// shapeInTile is a spiky polygon, half of the time with a hole, of a size in units around somewhere in a tile.
func shapeInTile(rng *rand.Rand, at tiles.Address, size float64) geo.Shape {
	centre := orb.Point{-100 + 4296*rng.Float64(), -100 + 4296*rng.Float64()}
	polygon := orb.Polygon{spiky(rng, centre, size, 5+rng.IntN(30))}
	if rng.IntN(2) == 0 && len(polygon[0]) > 20 {
		hole := spiky(rng, centre, size*0.15, 6)
		hole.Reverse()
		polygon = append(polygon, hole)
	}
	for _, ring := range polygon {
		for k, p := range ring {
			ring[k] = tiles.Unproject(at, p)
		}
		ring.Reverse() // y points down in a tile
	}
	return geo.Shape{polygon}
}

func postgisTile(t testing.TB, conn *pgx.Conn, at tiles.Address, s geo.Shape) (area, perimeter float64) {
	t.Helper()
	b := geo.EncodeEWKB(s)
	err := conn.QueryRow(t.Context(), `
		WITH cut AS (
			SELECT ST_Intersection(ST_Transform(ST_GeomFromEWKB($1), 3857), ST_Expand(ST_TileEnvelope($2, $3, $4), u * 64)) AS g, u
			FROM (SELECT 2 * 20037508.342789244 / (2 ^ $2::int) / 4096 AS u) AS unit)
		SELECT ST_Area(g) / (u * u), ST_Perimeter(g) / u FROM cut`, b, at.Z, at.X, at.Y).Scan(&area, &perimeter)
	if err != nil {
		t.Fatal(err)
	}
	return area, perimeter
}

// Holes with corners on the border, and shapes that touch it, are where clippers fail.
func TestClippingAtTheBorder(t *testing.T) {
	const low, high = -64, 4160
	cases := []struct {
		name string
		ring []orb.Ring
		area float64 // inside
	}{
		{"around the tile", []orb.Ring{{{-100, -100}, {5000, -100}, {5000, 5000}, {-100, 5000}, {-100, -100}}}, 4224 * 4224},
		{"exactly the tile", []orb.Ring{{{low, low}, {high, low}, {high, high}, {low, high}, {low, low}}}, 4224 * 4224},
		{"a corner touches", []orb.Ring{{{high, 100}, {high + 50, 50}, {high + 50, 150}, {high, 100}}}, 0},
		{"a side touches", []orb.Ring{{{high, 100}, {high + 50, 100}, {high + 50, 150}, {high, 150}, {high, 100}}}, 0},
		{"a side on the border inside", []orb.Ring{{{high - 50, 100}, {high, 100}, {high, 150}, {high - 50, 150}, {high - 50, 100}}}, 2500},
		{"a comb cut through its teeth", []orb.Ring{{
			{4100, 0}, {4200, 0}, {4200, 10}, {4120, 10}, {4120, 20}, {4200, 20}, {4200, 30}, {4120, 30}, {4120, 40}, {4200, 40}, {4200, 50}, {4100, 50}, {4100, 0},
		}}, 20*50 + 40*30},
		{"a tooth that ends on the border", []orb.Ring{{{4100, 0}, {4200, 0}, {4200, 10}, {4160, 20}, {4200, 30}, {4200, 40}, {4100, 40}, {4100, 0}}}, 60 * 40},
		{"a hole across the border", []orb.Ring{
			{{4000, 0}, {4400, 0}, {4400, 400}, {4000, 400}, {4000, 0}},
			{{4100, 100}, {4100, 200}, {4200, 200}, {4200, 100}, {4100, 100}},
		}, 160*400 - 60*100},
		{"a hole with a corner on the border", []orb.Ring{
			{{4000, 0}, {4400, 0}, {4400, 400}, {4000, 400}, {4000, 0}},
			{{4060, 100}, {4160, 200}, {4160, 100}, {4060, 100}},
		}, 160*400 - 5000},
		{"over two corners of the tile", []orb.Ring{{{-200, -200}, {6000, -200}, {6000, 100}, {-200, 100}, {-200, -200}}}, 4224 * 164},
	}
	at := tiles.Address{Z: 16, X: 54352, Y: 28000}
	for _, c := range cases {
		sum := 0.0
		for _, r := range tiles.Clipped(c.ring) {
			sum += area(r)
			if r[0] != r[len(r)-1] {
				t.Errorf("%s: ring %v is open", c.name, r)
			}
		}
		if math.Abs(sum-c.area) > 1e-6 {
			t.Errorf("%s: area %v, want %v", c.name, sum, c.area)
		}
		var s geo.Shape
		for k, ring := range c.ring {
			on := orb.Ring{}
			for _, p := range ring {
				on = append(on, tiles.Unproject(at, p))
			}
			on.Reverse()
			if k == 0 {
				s = geo.Shape{{on}}
			} else {
				s[0] = append(s[0], on)
			}
		}
		got, err := tiles.Geometry(at, s)
		if err != nil {
			t.Fatal(err)
		}
		sum = 0
		for _, r := range got {
			sum += area(r)
		}
		if math.Abs(sum-c.area) > 1e-6 {
			t.Errorf("%s: the geometry has the area %v, want %v", c.name, sum, c.area)
		}
		if len(got) > 0 {
			checkPolygon(t, at, feature{rings: got})
		}
	}
}

// A polygon in a tile has no holes of its own making and, at the exact zoom levels, the very vertices of the shape.
func TestGeometryKeepsVertices(t *testing.T) {
	at := addressOf(16, orb.Point{118.58, 24.87})
	ring := orb.Ring{{100, 100}, {200, 100}, {200, 200}, {150, 200}, {150, 300}, {100, 300}, {100, 100}}
	on := orb.Ring{}
	for _, p := range ring {
		on = append(on, tiles.Unproject(at, p))
	}
	on.Reverse()
	got, err := tiles.Geometry(at, geo.Shape{{on}})
	if err != nil || len(got) != 1 || !got[0].Equal(ring) {
		t.Errorf("%v, %v; want %v", got, err, ring)
	}
}

// What is told of an outline at its first crowded vertex is what the long way tells of it.
func TestCrowdedOutlinesAreHard(t *testing.T) {
	table := &layers.Table{}
	for k, s := range town(200) {
		table.IDs, table.Shapes, table.Bounds = append(table.IDs, fmt.Sprintf("s%03d", k)), append(table.Shapes, s), append(table.Bounds, s.Bound())
	}
	if crowded, wrong := tiles.Crowded(table); crowded < 400 || len(wrong) > 0 {
		t.Errorf("%d crowded, drawn all the same: %v", crowded, wrong)
	}
}

// Below the exact zoom levels a shape that would collapse when simplified keeps its rounded vertices; a larger one loses those that
// hardly matter.
func TestSimplification(t *testing.T) {
	at := addressOf(12, orb.Point{118.58, 24.87})
	cases := []struct {
		name     string
		in, want orb.Ring
	}{
		{"sliver", orb.Ring{{100, 100}, {130, 100}, {130, 101}, {100, 101}, {100, 100}}, nil},
		{"sliver with more corners", orb.Ring{{100, 100}, {115, 100}, {130, 100}, {115, 101}, {100, 100}}, nil},
		{"almost straight", orb.Ring{{100, 100}, {150, 100}, {200, 100}, {200, 150}, {201, 175}, {200, 200}, {100, 200}, {100, 100}}, orb.Ring{{100, 100}, {200, 100}, {200, 200}, {100, 200}, {100, 100}}},
	}
	for _, c := range cases {
		on := orb.Ring{}
		for _, p := range c.in {
			on = append(on, tiles.Unproject(at, p))
		}
		on.Reverse()
		if c.want == nil {
			c.want = c.in
		}
		got, err := tiles.Geometry(at, geo.Shape{{on}})
		if err != nil || len(got) != 1 || !got[0].Equal(c.want) {
			t.Errorf("%s: %v, %v; want %v", c.name, got, err, c.want)
		}
	}
}
