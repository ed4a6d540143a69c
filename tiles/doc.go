// Package tiles makes Mapbox vector tiles (MVT 2.1) and TileJSON 3.0 from the tables of package layers. It knows tiles, zoom levels
// and the web Mercator plane; it knows no HTTP, no cache and no rule. It may import geo and tiles/layers.
//
// A tile holds exactly what its table holds, so a table for the public makes a tile for the public.
package tiles
