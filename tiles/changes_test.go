package tiles_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"muchan/geo"
	"muchan/tiles"
	"muchan/tiles/layers"
)

// After an edit the tiles that are said to be untouched decode to what they were, and few are touched.
func TestChanges(t *testing.T) {
	rng := rand.New(rand.NewPCG(95, 96))
	shapes := append(town(900), lot(60, 60, 0)) // the last stands alone
	old := image(tables(t, shapes, layers.Analyst)[layers.Parcels])
	for _, edit := range []struct {
		name string
		do   func([]geo.Shape) []geo.Shape
	}{
		{"nothing", func(s []geo.Shape) []geo.Shape { return s }},
		{"a corner moves", func(s []geo.Shape) []geo.Shape {
			k := rng.IntN(len(s))
			s[k] = s[k].Clone()
			s[k][0][0][1] = corner(float64(k%30)+0.9, float64(k/30)+0.05)
			return s
		}},
		{"the last goes", func(s []geo.Shape) []geo.Shape { return s[:len(s)-1] }},
		{"one comes", func(s []geo.Shape) []geo.Shape { return append(s, lot(3, 31, 0)) }},
	} {
		table := tables(t, edit.do(append([]geo.Shape(nil), shapes...)), layers.Analyst)[layers.Parcels]
		now := image(table)
		changes := tiles.Compare(old, now)
		touched, all := 0, 0
		for _, z := range []int{8, 11, 13, 15, 16} {
			for _, at := range covering(z, shapes[0].Bound().Union(shapes[900].Bound())) {
				all++
				if changes.Touch(at) {
					touched++
					continue
				}
				before, _ := served(t, old, at)
				after, _ := served(t, now, at)
				if !reflect.DeepEqual(features(t, before), features(t, after)) {
					t.Errorf("%s: tile %v changed and is said to be untouched", edit.name, at)
				}
			}
		}
		if edit.name == "nothing" != (touched == 0) || touched > all/10 {
			t.Errorf("%s: %d of %d tiles are touched", edit.name, touched, all)
		}
	}
}

// features are those of a tile by layer and number; where they stand in the tile does not matter.
func features(t *testing.T, tile []byte) map[string]map[uint64]feature {
	t.Helper()
	out := map[string]map[uint64]feature{}
	for _, l := range decode(t, tile) {
		out[l.name] = map[uint64]feature{}
		for _, f := range l.features {
			f.geometry = nil
			out[l.name][f.id] = f
		}
	}
	return out
}

// An attribute that changes is a change, one that a lower audience does not see is none to it.
func TestChangedAttributes(t *testing.T) {
	shapes := town(100)
	for audience, want := range map[layers.Audience]bool{layers.Public: false, layers.Viewer: true} {
		before, after := tables(t, shapes, audience)[layers.Parcels], tables(t, shapes, audience)[layers.Parcels]
		if f, ok := after.FieldIndex("class"); ok {
			after.Columns[f].Text[50] = after.Columns[f].Text[51]
		}
		changes := tiles.Compare(image(before), image(after))
		if got := changes.Touch(addressOf(14, before.Bounds[50].Center())); got != want {
			t.Errorf("%v: touched %v, want %v", audience, got, want)
		}
	}
}

// An image's ground serves a table with the same features in the same places, and no other.
func TestGroundOf(t *testing.T) {
	shapes := town(50)
	m := image(tables(t, shapes, layers.Analyst)[layers.Parcels])
	ground := m.GroundOf(tables(t, town(50), layers.Public)[layers.Parcels])
	if again := m.GroundOf(tables(t, shapes, layers.Viewer)[layers.Parcels]); again != ground {
		t.Error("another ground for the same shapes")
	}
	moved := append([]geo.Shape(nil), shapes...)
	moved[7] = lot(40, 40, 0)
	for name, other := range map[string][]geo.Shape{"a shape moved": moved, "a shape is missing": shapes[:49]} {
		if m.GroundOf(tables(t, other, layers.Viewer)[layers.Parcels]) == ground {
			t.Errorf("%s: the same ground", name)
		}
	}
	var none *tiles.Image
	if none.GroundOf(tables(t, shapes, layers.Viewer)[layers.Parcels]).Len() != 50 {
		t.Error("no ground without an image")
	}
}
