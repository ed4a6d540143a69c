package export

import (
	"slices"

	"muchan/geo"
	"muchan/geo/layerfile"
)

// Format is one file format of an export.
type Format struct {
	Name      string // as callers ask for it
	Extension string // without dot
	MediaType string
	Title     string // Chinese, for lists
	Sheet     bool   // for people who read tables: titles for names, words for codes
	epsg      int    // system of coordinates when none is asked for
}

// HoldsLayers reports whether a file of the format may hold several layers.
func (f Format) HoldsLayers() bool { return layerfile.HoldsLayers(f.Extension) }

// Formats lists the formats. GIS files are in CGCS2000 unless asked otherwise, GeoJSON in the system its standard fixes.
var Formats = []Format{
	{"geojson", "geojson", "application/geo+json", "GeoJSON", false, 0},
	{"geojsonl", "geojsonl", "application/geo+json-seq", "GeoJSONSeq（每行一个要素）", false, 0},
	{"gpkg", "gpkg", "application/geopackage+sqlite3", "GeoPackage（含样式）", false, 4490},
	{"shp", "zip", "application/zip", "Shapefile（压缩包）", false, 4490},
	{"csv", "csv", "text/csv; charset=utf-8", "CSV", true, 4490},
	{"xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", true, 4490},
}

// FormatNames lists the names of the formats.
func FormatNames() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}

// FormatByName returns a format by its name or by a file's extension, and whether there is one.
func FormatByName(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name || f.Extension == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// crs is the format's own system.
func (f Format) crs() geo.CRS {
	if crs, ok := geo.CRSByEPSG(f.epsg); ok {
		return crs
	}
	return geo.CRS84
}
