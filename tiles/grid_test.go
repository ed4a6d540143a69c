package tiles_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	"muchan/tiles"
	"muchan/tiles/layers"
)

// served writes a tile as it is served.
func served(t testing.TB, m *tiles.Image, at tiles.Address) ([]byte, tiles.Detail) {
	t.Helper()
	b, detail, err := m.Append(nil, at)
	if err != nil {
		t.Fatal(err)
	}
	return b, detail
}

// Whatever a zoom level shows, features or squares, adds up to the whole table: a feature in the tile that holds its middle, a square
// where it stands.
func TestEveryZoomAddsUpToTheTotal(t *testing.T) {
	for _, audience := range []layers.Audience{layers.Public, layers.Viewer, layers.Analyst} {
		table := tables(t, town(3000), audience)[layers.Parcels]
		m := image(table)
		fields, _ := table.Layer.GridFields()
		gridded := 0
		for z := table.Layer.MinZoom; z <= 15; z++ {
			got := map[string]float64{}
			for _, at := range covering(z, table.Bound) {
				b, detail := served(t, m, at)
				if detail == tiles.Gridded {
					gridded++
				}
				for _, l := range decode(t, b) {
					for _, f := range l.features {
						addUp(got, table, fields, at, l.name, f)
					}
				}
			}
			for _, f := range fields {
				if want, adds := total(table, f); adds && math.Abs(got[f.Name]-want) > 1e-3 {
					t.Errorf("%v, zoom %d: %s adds up to %v, the table has %v", audience, z, f.Name, got[f.Name], want)
				}
			}
		}
		if gridded == 0 {
			t.Errorf("%v: no tile is a grid", audience)
		}
	}
}

// addUp adds a feature of a tile to the sums.
func addUp(sums map[string]float64, table *layers.Table, fields []layers.GridField, at tiles.Address, layer string, f feature) {
	if layer == layers.Grid {
		for name, v := range f.tags {
			sums[name] += amount(v)
		}
		return
	}
	row, _ := table.Row(f.tags["code"].(string))
	if addressOf(at.Z, table.Bounds[row].Center()) != at {
		return
	}
	for _, g := range fields {
		sums[g.Name] += one(table, g, row)
	}
}

// one is what a row adds to a sum.
func one(table *layers.Table, f layers.GridField, row int) float64 {
	if f.How == layers.Count {
		return 1
	}
	v, ok := value(table, row, f.Of)
	switch {
	case !ok:
		return 0
	case f.How == layers.Holding:
		if v == false {
			return 0
		}
		return 1
	}
	return amount(v)
}

func value(table *layers.Table, row int, field string) (any, bool) {
	col, ok := table.FieldIndex(field)
	if !ok {
		return nil, false
	}
	return table.Value(row, col)
}

func amount(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int64:
		return float64(v)
	}
	return 0
}

// total is the sum over the table, for attributes that add up.
func total(table *layers.Table, f layers.GridField) (sum float64, adds bool) {
	for row := range table.IDs {
		sum += one(table, f, row)
	}
	return sum, f.How == layers.Count || f.How == layers.Holding || f.How == layers.Sum
}

// Each square says what a plain reckoning over the table's rows says, and has no other attributes than its audience's.
func TestSquaresAgainstThePlainReckoning(t *testing.T) {
	for _, audience := range []layers.Audience{layers.Public, layers.Viewer, layers.Analyst} {
		table := tables(t, town(700), audience)[layers.Parcels]
		at := addressOf(10, table.Bound.Center())
		b, detail := served(t, image(table), at)
		if detail != tiles.Gridded {
			t.Fatalf("%v: detail %v", audience, detail)
		}
		l := only(t, b)
		want := reckon(table, at)
		if l.name != "grid" || len(l.features) != len(want) {
			t.Errorf("%v: layer %s with %d squares, want %d", audience, l.name, len(l.features), len(want))
		}
		seen := map[uint64]bool{}
		for _, f := range l.features {
			checkPolygon(t, at, f)
			corner := f.rings[0][0]
			expected := want[[2]int{int(corner[0]) / 128, int(corner[1]) / 128}]
			for name, v := range expected {
				if got := f.tags[name]; got != v && math.Abs(amount(got)-amount(v)) > 2e-6 {
					t.Errorf("%v: %s of %v is %v, want %v", audience, name, corner, got, v)
				}
			}
			if len(f.tags) != len(expected) || seen[f.id] || f.id == 0 || f.id >= 1<<53 {
				t.Errorf("%v: number %d, attributes %v, want %v", audience, f.id, f.tags, expected)
			}
			seen[f.id] = true
		}
	}
}

// reckon works out the squares of a tile, row by row.
func reckon(table *layers.Table, at tiles.Address) map[[2]int]map[string]any {
	rows := map[[2]int][]int{}
	for row, bound := range table.Bounds {
		if addressOf(at.Z, bound.Center()) == at {
			p := tiles.Project(at, bound.Center())
			square := [2]int{int(p[0]) / 128, int(p[1]) / 128}
			rows[square] = append(rows[square], row)
		}
	}
	fields, land := table.Layer.GridFields()
	squares := map[[2]int]map[string]any{}
	for square, members := range rows {
		squares[square] = map[string]any{}
		for _, f := range fields {
			if v := together(table, f, land, members); v != nil {
				squares[square][f.Name] = v
			}
		}
	}
	return squares
}

// together is one attribute of a square, nil when it is missing.
func together(table *layers.Table, f layers.GridField, land string, rows []int) any {
	sum, weighted, all, withValue, known := 0.0, 0.0, 0.0, 0.0, false
	by := map[string]float64{}
	for _, row := range rows {
		weight, _ := value(table, row, land)
		mu := amount(weight)
		all += mu
		sum += one(table, f, row)
		if v, ok := value(table, row, f.Of); ok {
			known, withValue, weighted = true, withValue+mu, weighted+mu*amount(v)
			by[fmt.Sprint(v)] += mu
		}
	}
	switch f.How {
	case layers.Count, layers.Holding:
		return int64(sum)
	case layers.Sum:
		if known {
			return sum
		}
	case layers.PerLand:
		if known && all > 0 {
			return sum / all
		}
	case layers.Mean:
		if known && withValue > 0 {
			return weighted / withValue
		}
	case layers.Most:
		texts := []string{}
		for text := range by {
			texts = append(texts, text)
		}
		if len(texts) > 0 {
			return slices.MinFunc(texts, func(a, b string) int {
				if d := by[b] - by[a]; math.Abs(d) > 1e-9 {
					return cmp.Compare(d, 0)
				}
				return cmp.Compare(a, b)
			})
		}
	}
	return nil
}

// What the squares say of a reader's zone could be added up from the features he may see, so the public's are made of public fields.
func TestSquaresOfThePublic(t *testing.T) {
	layer, _ := layers.ByName(layers.Parcels)
	fields, land := layer.For(layers.Public).GridFields()
	names := []string{}
	for _, f := range fields {
		names = append(names, f.Name)
	}
	if want := []string{"count", "drawn_mu", "published_class"}; !slices.Equal(names, want) || land != "drawn_mu" {
		t.Errorf("the public's squares have %v, weighed by %s; want %v by drawn_mu", names, land, want)
	}
	for _, l := range layers.All {
		for audience := layers.Public; audience <= layers.Admin; audience++ {
			fields, _ := l.For(audience).GridFields()
			for _, f := range fields {
				if f.Audience > audience {
					t.Errorf("%s of %s is for %v and made for %v", f.Name, l.Name, f.Audience, audience)
				}
			}
		}
	}
}
