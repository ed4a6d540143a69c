package tiles_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"muchan/geo"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// randomFields has a field of each type; randomTable fills them with values that are missing, shared, alone and at the edges of their
// types.
var randomFields = []layers.Field{
	{Name: "id", Type: layers.Text},
	{Name: "text", Type: layers.Text},
	{Name: "number", Type: layers.Number},
	{Name: "integer", Type: layers.Integer},
	{Name: "flag", Type: layers.Flag},
	{Name: "day", Type: layers.Day},
}

func randomTable(rng *rand.Rand, at tiles.Address, n int) *layers.Table {
	t := &layers.Table{Layer: layers.Layer{Name: "random", ID: "id", Fields: randomFields}, Columns: make([]layers.Column, len(randomFields))}
	for i := range n {
		s := onUnits(rng, at)
		t.IDs, t.Shapes, t.Bounds = append(t.IDs, fmt.Sprintf("f%04d", i)), append(t.Shapes, s), append(t.Bounds, s.Bound())
		for f, field := range randomFields {
			c := &t.Columns[f]
			c.Present = append(c.Present, f == 0 || rng.IntN(3) > 0)
			switch field.Type {
			case layers.Text, layers.Day:
				text := []string{"", "宗地", "A", "alone " + t.IDs[i]}[rng.IntN(4)]
				if f == 0 {
					text = t.IDs[i]
				}
				c.Text = append(c.Text, text)
			case layers.Number:
				c.Number = append(c.Number, []float64{0, math.Copysign(0, -1), 1.5, -1e300, math.MaxFloat64, rng.NormFloat64()}[rng.IntN(6)])
			case layers.Integer:
				c.Number = append(c.Number, []float64{0, -1, 1 << 40, -(1 << 52), float64(rng.IntN(1000))}[rng.IntN(5)])
			case layers.Flag:
				c.Number = append(c.Number, float64(rng.IntN(2)))
			}
		}
	}
	return t
}

// onUnits is a valid shape inside a tile whose vertices lie a tenth of a unit to the south-east of whole units: rounded as tiles are
// here, and rounded down as orb does it, they come to the same.
func onUnits(rng *rand.Rand, at tiles.Address) geo.Shape {
	for {
		polygon := orb.Polygon{spiky(rng, orb.Point{1500 + 1000*rng.Float64(), 1500 + 1000*rng.Float64()}, 20+1000*rng.Float64(), 3+rng.IntN(20))}
		if rng.IntN(4) == 0 {
			hole := spiky(rng, polygon.Bound().Center(), 10, 5)
			hole.Reverse()
			polygon = append(polygon, hole)
		}
		for _, ring := range polygon {
			for k, p := range ring {
				ring[k] = tiles.Unproject(at, orb.Point{math.Floor(p[0]) + 0.1, math.Floor(p[1]) + 0.1})
			}
			ring.Reverse() // y points down in a tile
		}
		if geo.Check(geo.Shape{polygon}).Valid {
			return geo.Shape{polygon}
		}
	}
}

// straightforward encodes a table's features with orb.
func straightforward(t testing.TB, table *layers.Table, at tiles.Address) []byte {
	t.Helper()
	features := geojson.NewFeatureCollection()
	for row, id := range table.IDs {
		f := geojson.NewFeature(table.Shapes[row].Clone()) // orb projects in place
		f.ID = float64(tiles.FeatureID(id))
		for col, field := range table.Layer.Fields {
			if v, ok := table.Value(row, col); ok {
				f.Properties[field.Name] = v
			}
		}
		features.Append(f)
	}
	l := mvt.Layers{mvt.NewLayer(table.Layer.Name, features)}
	l.ProjectToTile(maptile.New(uint32(at.X), uint32(at.Y), maptile.Zoom(at.Z)))
	b, err := mvt.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// byID decodes a tile with orb and brings each feature's rings to one form.
func byID(t testing.TB, tile []byte) map[any]*geojson.Feature {
	t.Helper()
	decoded, err := mvt.Unmarshal(tile)
	if err != nil || len(decoded) != 1 {
		t.Fatalf("%d layers, %v", len(decoded), err)
	}
	out := map[any]*geojson.Feature{}
	for _, f := range decoded[0].Features {
		var rings []orb.Ring
		switch g := f.Geometry.(type) {
		case orb.Polygon:
			rings = g
		case orb.MultiPolygon:
			for _, polygon := range g {
				rings = append(rings, polygon...)
			}
		}
		var multi orb.Polygon
		for _, r := range rings {
			multi = append(multi, fromLeast(r))
		}
		f.Geometry = multi
		out[f.ID] = f
	}
	if len(out) != len(decoded[0].Features) {
		t.Fatal("a feature stands twice")
	}
	return out
}

// fromLeast turns a ring so that it begins at its least vertex and runs clockwise on the screen.
func fromLeast(r orb.Ring) orb.Ring {
	open := slices.Clone(r[:len(r)-1])
	if area(r) < 0 {
		slices.Reverse(open)
	}
	least := 0
	for k, p := range open {
		if p[0] < open[least][0] || p[0] == open[least][0] && p[1] < open[least][1] {
			least = k
		}
	}
	return append(append(slices.Clone(open[least:]), open[:least]...), open[least])
}

// What a tile decodes to is what orb's straightforward encoder's tile decodes to, for random data at every zoom level that only rounds.
func TestEncodeAgainstTheStraightforwardEncoder(t *testing.T) {
	rng := rand.New(rand.NewPCG(81, 82))
	for z := 14; z <= tiles.MaxZoom; z++ {
		for range 12 {
			at := addressOf(z, orb.Point{118.4 + 0.2*rng.Float64(), 24.8 + 0.1*rng.Float64()})
			table := randomTable(rng, at, 1+rng.IntN(60))
			got, want := byID(t, encode(t, at, image(table))), byID(t, straightforward(t, table, at))
			if len(got) != len(want) {
				t.Fatalf("%v: %d features, want %d", at, len(got), len(want))
			}
			for id, f := range want {
				if g := got[id]; g == nil || !reflect.DeepEqual(g.Geometry, f.Geometry) || !reflect.DeepEqual(g.Properties, f.Properties) {
					t.Fatalf("%v: feature %v is\n%+v\nwant\n%+v", at, id, got[id], f)
				}
			}
		}
	}
}

// Below, the attributes are still the same and the outlines are valid, and drawn where the shape is.
func TestGeneralisedAgainstTheStraightforwardEncoder(t *testing.T) {
	rng := rand.New(rand.NewPCG(83, 84))
	for z := 8; z < 14; z++ {
		at := addressOf(z, orb.Point{118.4 + 0.2*rng.Float64(), 24.8 + 0.1*rng.Float64()})
		table := randomTable(rng, at, 60)
		m := image(table)
		want := byID(t, straightforward(t, table, at))
		for id, g := range byID(t, encode(t, at, m)) {
			f := want[id]
			if !reflect.DeepEqual(g.Properties, f.Properties) {
				t.Fatalf("%v: feature %v has\n%+v\nwant\n%+v", at, id, g.Properties, f.Properties)
			}
			a, b := math.Abs(area(g.Geometry.(orb.Polygon)[0])), math.Abs(area(f.Geometry.(orb.Polygon)[0]))
			if limit := 2 * float64(len(f.Geometry.(orb.Polygon)[0])) * f.Geometry.Bound().Right(); math.Abs(a-b) > limit {
				t.Errorf("%v: feature %v has the area %v, the shape %v", at, id, a, b)
			}
			delete(want, id)
		}
		if len(want) > 0 {
			t.Errorf("%v: %d features are missing", at, len(want))
		}
		for _, f := range only(t, encode(t, at, m)).features {
			checkPolygon(t, at, f)
		}
	}
}
