package layerfile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// format is one file format: its extensions and how to open and create it. open is nil for a format that is only written, create for
// one that is only read.
type format struct {
	name       string
	extensions []string
	open       func(f *os.File, opt ReadOptions) (Reader, error)
	create     func(f *os.File, l Layer, opt WriteOptions) (encoder, error)
}

// formats is the registry: a new format is one file of this package and one line here.
var formats = []format{
	{"GeoJSON", []string{".geojson", ".json"}, openGeoJSON, createGeoJSON},
	{"GeoJSONSeq", []string{".geojsonl", ".geojsons", ".ndjson", ".jsonl"}, openGeoJSONSeq, createGeoJSONSeq},
	{"CSV", []string{".csv", ".tsv"}, openCSV, createCSV},
	{"TXT", []string{".txt"}, openTXT, nil},
	{"XLSX", []string{".xlsx"}, openXLSX, createXLSX},
	{"GeoPackage", []string{".gpkg"}, openGPKG, createGPKG},
	{"Shapefile", []string{".shp"}, openShapefile, nil},
	{"zipped Shapefile", []string{".zip"}, openZip, createZippedShapefile},
}

// Extensions lists the extensions of the files that can be read without help.
func Extensions() []string {
	var all []string
	for _, f := range formats {
		all = append(all, f.extensions...)
	}
	return all
}

func formatOf(ext string) (format, error) {
	ext = strings.ToLower(ext)
	for _, f := range formats {
		if slices.Contains(f.extensions, ext) {
			return f, nil
		}
	}
	return format{}, fatal(RuleFormat, fmt.Sprintf("%q is not a file format that can be used here", ext), "Use one of "+strings.Join(Extensions(), " ")+".")
}

// Open opens a file by its extension and reads as far as the header. The caller closes the reader.
func Open(path string, opt ReadOptions) (Reader, error) {
	if opt.CRS == DetectCRS {
		return openDetecting(path, opt)
	}
	return open(path, opt)
}

func open(path string, opt ReadOptions) (Reader, error) {
	if b, ok := bridgeOf(path); ok {
		return openBridged(path, b, opt)
	}
	kind, err := formatOf(filepath.Ext(path))
	if err != nil {
		return nil, err
	}
	if kind.open == nil {
		return nil, fatal(RuleFormat, kind.name+" is written but not read", "Give it as .geojson.")
	}
	opt.Limits = opt.Limits.orDefault()
	f, err := openRegular(path, opt.Limits)
	if err != nil {
		return nil, err
	}
	r, err := kind.open(f, opt)
	if err != nil {
		f.Close()
		return nil, err
	}
	return r, nil
}

// openRegular opens a file of a bearable size; a pipe or a device would hang or never end.
func openRegular(path string, limits Limits) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &Error{Rule: RuleOpen, Message: "the file cannot be opened: " + cause(err), Remedy: "Check its name and rights.", Fatal: true, Err: err}
	}
	switch {
	case !info.Mode().IsRegular():
		return nil, fatal(RuleOpen, "this is not an ordinary file", "Give the path of a file.")
	case info.Size() == 0:
		return nil, fatal(RuleEmpty, "the file is empty", "Export it again.")
	case info.Size() > limits.FileBytes:
		return nil, fatal(RuleSize, fmt.Sprintf("the file has %d bytes, the limit is %d", info.Size(), limits.FileBytes), "Split it.")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{Rule: RuleOpen, Message: "the file cannot be opened: " + cause(err), Remedy: "Check its name and rights.", Fatal: true, Err: err}
	}
	return f, nil
}

// cause drops the path, which the report names already and which may hold more than the reader should see.
func cause(err error) string {
	if p, ok := err.(*os.PathError); ok {
		return p.Err.Error()
	}
	return err.Error()
}
