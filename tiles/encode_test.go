package tiles_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// covering lists the tiles of a zoom level that a bound meets.
func covering(z int, b orb.Bound) []tiles.Address {
	from, to := addressOf(z, orb.Point{b.Min[0], b.Max[1]}), addressOf(z, orb.Point{b.Max[0], b.Min[1]})
	var out []tiles.Address
	for y := from.Y; y <= to.Y; y++ {
		for x := from.X; x <= to.X; x++ {
			out = append(out, tiles.Address{Z: z, X: x, Y: y})
		}
	}
	return out
}

// image makes the image of one table.
func image(t *layers.Table) *tiles.Image { return tiles.NewImage(t, tiles.NewGround(t)) }

// encode writes the features of images that meet a tile, with nothing left out for its size.
func encode(t testing.TB, at tiles.Address, images ...*tiles.Image) (b []byte) {
	t.Helper()
	for _, m := range images {
		var err error
		if b, err = m.AppendFeatures(b, at); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// checkPolygon asserts that a decoded feature is a valid polygon within the tile's buffer. Units are scaled by a power of two so
// that they pass for degrees.
func checkPolygon(t testing.TB, at tiles.Address, f feature) {
	t.Helper()
	shape := polygons(t, f.rings).Clone()
	for _, polygon := range shape {
		for _, ring := range polygon {
			for k := range ring {
				if ring[k][0] < -64 || ring[k][1] < -64 || ring[k][0] > 4160 || ring[k][1] > 4160 {
					t.Fatalf("%v: %v is outside the buffer", at, ring[k])
				}
				ring[k] = orb.Point{ring[k][0] / 64, ring[k][1] / 64}
			}
		}
	}
	if v := geo.Check(shape); !v.Valid {
		t.Fatalf("%v: feature %v is invalid: %+v\n%v", at, f.tags["code"], v, f.rings)
	}
}

// Every tile of a town of a thousand parcels, from the first zoom level to the last, holds valid polygons; and a vertex two
// neighbours share is the same number in both.
func TestEveryTileOfATown(t *testing.T) {
	parcels := tables(t, town(1000), layers.Viewer)[layers.Parcels]
	drawn := image(parcels)
	for z := 8; z <= tiles.MaxZoom; z++ {
		all := covering(z, parcels.Bound)
		if z == tiles.MaxZoom {
			// All of the last level is some 3 000 tiles: every seventh holds each kind of parcel cut every way.
			all = slices.DeleteFunc(all, func(a tiles.Address) bool { return (a.X+3*a.Y)%7 != 0 })
		}
		seen := map[string]bool{}
		for _, at := range all {
			b := encode(t, at, drawn)
			if len(b) == 0 {
				continue
			}
			l := only(t, b)
			for _, f := range l.features {
				checkPolygon(t, at, f)
				seen[f.tags["code"].(string)] = true
			}
			if z >= 14 {
				checkSharedBorders(t, at, l)
			}
		}
		if z >= 13 && z < tiles.MaxZoom && len(seen) != 1000 {
			t.Errorf("zoom %d shows %d parcels of 1000", z, len(seen))
		}
	}
}

// checkSharedBorders asserts that plain squares beside each other have their common edge in both.
func checkSharedBorders(t testing.TB, at tiles.Address, l layer) {
	t.Helper()
	const side = 32
	ring := map[int]orb.Ring{}
	for _, f := range l.features {
		var k int
		fmt.Sscanf(f.tags["code"].(string)[14:], "%d", &k)
		if special := k % 37; special != 5 && special != 11 && special != 17 && special != 23 && len(f.rings) == 1 {
			ring[k] = f.rings[0]
		}
	}
	for k, west := range ring {
		east, ok := ring[k+1]
		if !ok || (k+1)%side == 0 {
			continue
		}
		if got, want := edgeAt(east, east.Bound().Min[0]), edgeAt(west, west.Bound().Max[0]); got != want {
			t.Fatalf("%v: parcels %d and %d share an edge, drawn %v and %v", at, k, k+1, want, got)
		}
	}
}

// edgeAt returns the x and the span in y of a ring's vertical side.
func edgeAt(r orb.Ring, x float64) [3]float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range r {
		if p[0] == x {
			low, high = min(low, p[1]), max(high, p[1])
		}
	}
	return [3]float64{x, low, high}
}

func TestEncodeLeavesTheTablesAlone(t *testing.T) {
	all := tables(t, town(200), layers.Admin)
	before := digest(t, all)
	for z := 8; z <= 16; z++ {
		for _, at := range covering(z, all[layers.Parcels].Bound)[:1] {
			encode(t, at, image(all[layers.Parks]), image(all[layers.Parcels]))
		}
	}
	if digest(t, all) != before {
		t.Error("encoding wrote into the tables")
	}
}

func digest(t testing.TB, all map[string]*layers.Table) [32]byte {
	t.Helper()
	h := sha256.New()
	e := gob.NewEncoder(h)
	for _, name := range []string{layers.Parks, layers.Parcels} {
		table := all[name]
		for _, part := range []any{table.IDs, table.Shapes, table.Bounds, table.Columns} {
			if err := e.Encode(part); err != nil {
				t.Fatal(err)
			}
		}
	}
	return [32]byte(h.Sum(nil))
}

func TestAttributes(t *testing.T) {
	shapes := town(9)
	for _, audience := range []layers.Audience{layers.Public, layers.Viewer, layers.Admin} {
		table := tables(t, shapes, audience)[layers.Parcels]
		l := only(t, encode(t, addressOf(14, corner(1, 1)), image(table)))
		if l.name != "parcels" || l.extent != 4096 || l.version != 2 {
			t.Errorf("layer %s, extent %d, version %d", l.name, l.extent, l.version)
		}
		if len(l.keys) != len(table.Layer.Fields) {
			t.Errorf("%v: keys %v", audience, l.keys)
		}
		ids := []string{}
		for _, f := range l.features {
			row, _ := table.Row(f.tags["code"].(string))
			ids = append(ids, table.IDs[row])
			if f.id != tiles.FeatureID(table.IDs[row]) || f.kind != 3 {
				t.Errorf("feature %s has the number %d and type %d", table.IDs[row], f.id, f.kind)
			}
			for col, field := range table.Layer.Fields {
				want, present := table.Value(row, col)
				if got, ok := f.tags[field.Name]; ok != present || got != want {
					t.Errorf("%s of %s is %v, want %v", field.Name, table.IDs[row], got, want)
				}
			}
		}
		if slices.Sort(ids); !slices.Equal(ids, table.IDs) {
			t.Errorf("features %v, want all, once each", ids)
		}
	}
}

func TestFeatureIDs(t *testing.T) {
	if id := tiles.FeatureID(code(1)); id != tiles.FeatureID(code(1)) || id >= 1<<53 {
		t.Errorf("%d", id)
	}
	seen := map[uint64]bool{}
	for k := range 1_000_000 {
		seen[tiles.FeatureID(code(k))] = true
	}
	if len(seen) != 1_000_000 {
		t.Errorf("a million codes have %d numbers", len(seen))
	}
}

func TestWhatIsLeftOut(t *testing.T) {
	all := tables(t, town(9), layers.Viewer)
	parks, parcels := image(all[layers.Parks]), image(all[layers.Parcels])
	if b := encode(t, tiles.Address{Z: 14, X: 0, Y: 0}, parks, parcels); len(b) != 0 {
		t.Errorf("a tile of the open sea has %d bytes", len(b))
	}
	if b := encode(t, addressOf(0, origin), parks); len(b) != 0 {
		t.Errorf("a park of 200 m is far below a unit at zoom 0, and has %d bytes", len(b))
	}
	two := decode(t, encode(t, addressOf(14, corner(1, 1)), parks, parcels))
	if len(two) != 2 || two[0].name != "parks" || two[1].name != "parcels" {
		t.Errorf("%d layers", len(two))
	}
	empty := image(tables(t, nil, layers.Viewer)[layers.Parcels])
	if b := encode(t, addressOf(14, origin), empty); len(b) != 0 {
		t.Errorf("an empty table makes %d bytes", len(b))
	}
	if _, err := parcels.AppendFeatures(nil, tiles.Address{Z: 3, X: 8}); err == nil {
		t.Error("column 8 of zoom 3 does not exist")
	}
	first, again := encode(t, addressOf(14, corner(1, 1)), parks, parcels), encode(t, addressOf(14, corner(1, 1)), parks, parcels)
	if !bytes.Equal(first, again) {
		t.Error("the same tile has different bytes")
	}
}
