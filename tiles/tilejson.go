package tiles

import (
	"encoding/json"
	"fmt"
	"math"

	"muchan/tiles/layers"
)

// Source is what TileJSON says beyond the table itself.
type Source struct {
	URL         string // absolute, with {z}, {x} and {y}
	Version     string // semantic version of the data, "" for none
	Attribution string
	Beside      []layers.Layer // that stand in the tiles beside the grid
}

type tileJSON struct {
	TileJSON     string        `json:"tilejson"`
	Name         string        `json:"name"`
	Description  string        `json:"description"`
	Version      string        `json:"version,omitempty"`
	Attribution  string        `json:"attribution,omitempty"`
	Scheme       string        `json:"scheme"`
	Tiles        []string      `json:"tiles"`
	MinZoom      int           `json:"minzoom"`
	MaxZoom      int           `json:"maxzoom"`
	Bounds       []float64     `json:"bounds,omitempty"`
	Center       []float64     `json:"center,omitempty"`
	VectorLayers []vectorLayer `json:"vector_layers"`
}

type vectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// TileJSON describes a table's tiles, TileJSON 3.0. A table without drawn features has no bounds and no centre. It fails when the
// URL is empty.
func TileJSON(t *layers.Table, source Source) ([]byte, error) {
	if source.URL == "" {
		return nil, fmt.Errorf("TileJSON of %s: the tiles have no URL", t.Layer.Name)
	}
	doc := tileJSON{
		TileJSON: "3.0.0", Name: t.Layer.Name, Description: t.Layer.Title, Version: source.Version, Attribution: source.Attribution,
		Scheme: "xyz", Tiles: []string{source.URL}, MinZoom: t.Layer.MinZoom, MaxZoom: MaxZoom,
		VectorLayers: vectorLayers(t.Layer, layers.Grid, source.Beside, t.Layer.MinZoom, MaxZoom),
	}
	if b := t.Bound; !b.IsEmpty() {
		doc.Bounds = []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
		doc.Center = []float64{b.Center()[0], b.Center()[1], float64(max(t.Layer.MinZoom, showing(b.Max[0]-b.Min[0])))}
	}
	return json.Marshal(doc)
}

// vectorLayers describes the layers that stand in the tiles of one layer at some zoom levels; grid is the name of its squares.
func vectorLayers(l layers.Layer, grid string, beside []layers.Layer, minZoom, maxZoom int) []vectorLayer {
	all := []vectorLayer{{l.Name, l.Title, minZoom, maxZoom, fieldTypes(l.Fields)}}
	if fields, _ := l.GridFields(); len(fields) > 0 {
		squares := make([]layers.Field, len(fields))
		for f := range fields {
			squares[f] = fields[f].Field
		}
		all = append(all, vectorLayer{grid, l.Title + "汇总网格", minZoom, maxZoom, fieldTypes(squares)})
	}
	for _, b := range beside {
		all = append(all, vectorLayer{b.Name, b.Title, max(b.MinZoom, minZoom), maxZoom, fieldTypes(b.Fields)})
	}
	return all
}

// fieldTypes names the type of each field in the words most clients know.
func fieldTypes(fields []layers.Field) map[string]string {
	names := map[layers.Type]string{layers.Number: "Number", layers.Integer: "Number", layers.Flag: "Boolean"}
	types := map[string]string{}
	for _, f := range fields {
		types[f.Name] = "String"
		if name, ok := names[f.Type]; ok {
			types[f.Name] = name
		}
	}
	return types
}

// showing is the deepest zoom level at which a width in degrees fits a page four tiles wide.
func showing(degrees float64) int {
	if degrees <= 0 {
		return MaxZoom
	}
	return min(MaxZoom, max(0, int(math.Log2(4*360/degrees))))
}
