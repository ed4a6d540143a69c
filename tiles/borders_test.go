package tiles_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/tiles"
	"muchan/tiles/layers"
)

const meshSide = 5

// mesh is a patchwork of side × side parcels, each some units of zoom 14 wide, whose common borders wind along many vertices, in the middle of a tile of zoom 14.
func mesh(rng *rand.Rand, at tiles.Address, side int, cell, wind float64) *layers.Table {
	node := func(i, j int) orb.Point { return orb.Point{550 + float64(i)*cell, 550 + float64(j)*cell} }
	borders := map[[4]int][]orb.Point{}
	border := func(i, j, m, l int) []orb.Point {
		if line, ok := borders[[4]int{i, j, m, l}]; ok {
			return line
		}
		from, to := node(i, j), node(m, l)
		line := []orb.Point{from}
		n := 1 + rng.IntN(40)
		for k := range n {
			along := float64(k+1) / float64(n+1)
			aside := wind * cell * (rng.Float64() - 0.5) * math.Sin(math.Pi*along) // straight near its ends, where other borders are near
			p := orb.Point{from[0] + along*(to[0]-from[0]), from[1] + along*(to[1]-from[1])}
			line = append(line, orb.Point{p[0] + aside*float64(l-j), p[1] + aside*float64(m-i)})
		}
		line = append(line, to)
		borders[[4]int{i, j, m, l}] = line
		return line
	}
	t := &layers.Table{Layer: layers.Layer{Name: "mesh", ID: "code", Fields: []layers.Field{{Name: "code", Type: layers.Text}}}, Columns: make([]layers.Column, 1)}
	for j := range side {
		for i := range side {
			var ring orb.Ring
			walk := func(line []orb.Point, back bool) {
				for k := range len(line) - 1 {
					if back {
						k = len(line) - 1 - k
					}
					ring = append(ring, tiles.Unproject(at, line[k]))
				}
			}
			walk(border(i, j, i, j+1), false)
			walk(border(i, j+1, i+1, j+1), false)
			walk(border(i+1, j, i+1, j+1), true)
			walk(border(i, j, i+1, j), true)
			ring = append(ring, ring[0])
			s := geo.Shape{{ring}}
			code := fmt.Sprintf("m%d%d", i, j)
			t.IDs, t.Shapes, t.Bounds = append(t.IDs, code), append(t.Shapes, s), append(t.Bounds, s.Bound())
			t.Columns[0].Text, t.Columns[0].Present = append(t.Columns[0].Text, code), append(t.Columns[0].Present, true)
		}
	}
	return t
}

// At every zoom level each piece of a common border is drawn twice, once from either side; what is drawn once alone is one line around
// the whole. So no gap and no overlap opens between neighbours, however much is left out.
func TestCommonBordersAtEveryZoom(t *testing.T) {
	rng := rand.New(rand.NewPCG(91, 92))
	for n := range 40 {
		// Some 300 m, from zoom 8 on; or 50 m and drawn as small as eight units.
		cell, lowest := 600.0, 8
		if n%2 == 1 {
			cell, lowest = 100, 11
		}
		middle := addressOf(14, orb.Point{118.4 + 0.2*rng.Float64(), 24.8 + 0.1*rng.Float64()})
		table := mesh(rng, middle, meshSide, cell, 0.15)
		for _, s := range table.Shapes {
			if v := geo.Check(s); !v.Valid {
				t.Fatalf("the mesh itself is invalid: %+v", v)
			}
		}
		m := image(table)
		vertices := map[int]int{}
		for z := lowest; z <= 14; z++ {
			at := addressOf(z, tiles.Unproject(middle, orb.Point{600, 600}))
			l := only(t, encode(t, at, m))
			if len(l.features) != meshSide*meshSide {
				t.Fatalf("zoom %d: %d features", z, len(l.features))
			}
			edges := map[[2]orb.Point]int{}
			for _, f := range l.features {
				checkPolygon(t, at, f)
				for _, r := range f.rings {
					for k := range len(r) - 1 {
						edges[[2]orb.Point{r[k], r[k+1]}]++
						vertices[z]++
					}
				}
			}
			checkOneLineAround(t, at, edges)
		}
		if vertices[lowest] >= vertices[12] || vertices[12] >= vertices[14] {
			t.Errorf("vertices by zoom: %v", vertices)
		}
	}
}

// checkOneLineAround asserts that the edges without a counterpart make one closed line.
func checkOneLineAround(t *testing.T, at tiles.Address, edges map[[2]orb.Point]int) {
	t.Helper()
	next := map[orb.Point]orb.Point{}
	for e, n := range edges {
		if n > 1 {
			t.Fatalf("%v: two features draw %v in one direction", at, e)
		}
		if edges[[2]orb.Point{e[1], e[0]}] == 0 {
			if _, twice := next[e[0]]; twice {
				t.Fatalf("%v: the outer line parts at %v", at, e[0])
			}
			next[e[0]] = e[1]
		}
	}
	begin := orb.Point{math.Inf(1)}
	for p := range next {
		if p[0] < begin[0] {
			begin = p
		}
	}
	seen := 0
	for p := next[begin]; ; p = next[p] {
		if seen++; p == begin || seen > len(next) {
			break
		}
	}
	if seen != len(next) {
		t.Fatalf("%v: a gap or an overlap: %d edges are drawn from one side, the line around has %d", at, len(next), seen)
	}
}

// Where borders wind so much that rounding closes the inlets between them, vertices may stand on one side alone. Still PostGIS finds no
// gap and no overlap between the neighbours.
func TestWildBordersAgainstPostGIS(t *testing.T) {
	conn := postgis(t)
	rng := rand.New(rand.NewPCG(93, 94))
	for range 10 {
		middle := addressOf(14, orb.Point{118.4 + 0.2*rng.Float64(), 24.8 + 0.1*rng.Float64()})
		table := mesh(rng, middle, meshSide, 600, 0.5)
		if slices.ContainsFunc(table.Shapes, func(s geo.Shape) bool { return !geo.Check(s).Valid }) {
			continue
		}
		m := image(table)
		for z := 8; z <= 14; z += 2 {
			at := addressOf(z, tiles.Unproject(middle, orb.Point{2048, 2048}))
			var drawn [][]byte
			sum := 0.0
			for _, f := range only(t, encode(t, at, m)).features {
				checkPolygon(t, at, f)
				shape := polygons(t, f.rings)
				for _, r := range f.rings {
					sum += area(r)
				}
				drawn = append(drawn, geo.EncodeEWKB(shape))
			}
			var union float64
			var holes int
			err := conn.QueryRow(t.Context(), `
				SELECT ST_Area(u), (SELECT coalesce(sum(ST_NumInteriorRings(part.geom)), 0) FROM ST_Dump(u) AS part)
				FROM (SELECT ST_Union(ST_GeomFromEWKB(b)) AS u FROM unnest($1::bytea[]) AS b) AS all_of_it`, drawn).Scan(&union, &holes)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(sum-union) > 1e-6 || holes > 0 {
				t.Errorf("%v: features of %v square units cover %v with %d gaps", at, sum, union, holes)
			}
		}
	}
}
