package tiles_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"muchan/tiles"
	"muchan/tiles/layers"
)

func TestTileJSON(t *testing.T) {
	all := tables(t, town(4), layers.Public)
	table := all[layers.Parcels]
	b, err := tiles.TileJSON(table, tiles.Source{
		URL: "https://example.org/tiles/parcels/{z}/{x}/{y}.mvt", Version: "9.0.0", Attribution: "泉州开发区", Beside: []layers.Layer{all[layers.Parks].Layer},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"tilejson": "3.0.0", "name": "parcels", "description": "宗地", "version": "9.0.0", "attribution": "泉州开发区", "scheme": "xyz",
		"tiles":   []any{"https://example.org/tiles/parcels/{z}/{x}/{y}.mvt"},
		"minzoom": 8.0, "maxzoom": 18.0,
		"bounds": []any{table.Bound.Min[0], table.Bound.Min[1], table.Bound.Max[0], table.Bound.Max[1]},
		"center": []any{table.Bound.Center()[0], table.Bound.Center()[1], 18.0},
		"vector_layers": []any{map[string]any{
			"id": "parcels", "description": "宗地", "minzoom": 8.0, "maxzoom": 18.0,
			"fields": map[string]any{
				"code": "String", "park": "String", "use_code": "String", "drawn_mu": "Number", "published_class": "String", "published_year": "Number",
			},
		}, map[string]any{
			"id": "grid", "description": "宗地汇总网格", "minzoom": 8.0, "maxzoom": 18.0,
			"fields": map[string]any{"count": "Number", "drawn_mu": "Number", "published_class": "String"},
		}, map[string]any{
			"id": "parks", "description": "园区", "minzoom": 8.0, "maxzoom": 18.0, "fields": map[string]any{
				"code": "String", "name": "String", "name_en": "String", "definition": "String", "area_km2": "Number",
			},
		}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\nwant %v", b, want)
	}
}

func TestTileJSONOfNothing(t *testing.T) {
	empty := tables(t, nil, layers.Viewer)[layers.Parcels]
	b, err := tiles.TileJSON(empty, tiles.Source{URL: "http://127.0.0.1/{z}/{x}/{y}"})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bounds", "center", "version", "attribution"} {
		if _, ok := got[name]; ok {
			t.Errorf("%s of nothing is %v", name, got[name])
		}
	}
	fields := got["vector_layers"].([]any)[0].(map[string]any)["fields"].(map[string]any)
	if fields["idle_plant"] != "Boolean" || fields["signed_on"] != "String" {
		t.Errorf("fields %v", fields)
	}
	if _, err := tiles.TileJSON(empty, tiles.Source{}); err == nil {
		t.Error("tiles without a URL")
	}
}
