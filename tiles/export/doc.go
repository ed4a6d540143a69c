// Package export writes published tables to files that other programs open: GeoJSON, GeoJSON sequences, GeoPackage with its colours,
// shapefile, CSV and workbooks. It is given tables that hold what one audience may see and nothing else, so it leaves nothing out and
// can leak nothing.
//
// It knows formats, words and colours; it knows no store, no rule and no HTTP. It may import geo, geo/layerfile, parcels, scoring and
// tiles/layers; api and the commands import it.
package export
