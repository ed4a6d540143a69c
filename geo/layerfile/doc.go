// Package layerfile reads and writes a table of features in the file formats bureaus exchange: shapefile, GeoPackage, GeoJSON, CSV, XLSX and
// survey offices' lists of boundary points. It knows rows, cells, encodings and coordinate systems; it knows no parcel, no rule and no
// database. It imports geo alone; parcels/ingest, the stores, seeds and the commands import it.
//
// Everything streams: one record is in memory at a time, and a hostile file ends in an *Error, never in a panic or in memory
// without bound. See DESIGN.md.
package layerfile
