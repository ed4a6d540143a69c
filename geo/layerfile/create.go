package layerfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"muchan/geo"
)

// encoder writes the records of one format into an open file.
type encoder interface {
	encode(cells []cell, shape geo.Shape) error
	finish() error
}

// layered encoders hold several layers in one file, one after the other.
type layered interface {
	begin(l Layer, opt WriteOptions) error
}

// abandoner encoders hold something beside the file: temporary files, an open database. After finish, abandon does nothing.
type abandoner interface {
	abandon()
}

// HoldsLayers reports whether a file of an extension, with or without its dot, may hold several layers.
func HoldsLayers(ext string) bool {
	switch strings.ToLower(strings.TrimPrefix(ext, ".")) {
	case "gpkg", "xlsx", "zip", "shp":
		return true
	}
	return false
}

// Create makes a file by its extension. Coordinates are transformed into the layer's CRS.
func Create(path string, l Layer, opt WriteOptions) (Writer, error) {
	ext := extensionFor(path, opt.Format)
	kind, err := formatOf(ext)
	if err != nil {
		return nil, err
	}
	if kind.create == nil {
		return nil, fatal(RuleFormat, fmt.Sprintf("%q is read but not written", ext), "Write .zip: a zipped shapefile.")
	}
	if other, err := formatOf(filepath.Ext(path)); err == nil && other.name != kind.name {
		return nil, fatal(RuleFormat, fmt.Sprintf("the file would be a %s, which %q is not the name of", kind.name, filepath.Ext(path)), "Name it *"+ext+".")
	}
	opt.Format = strings.ToLower(strings.TrimPrefix(ext, "."))
	l = l.placed()
	f, err := newFile(path)
	if err != nil {
		return nil, err
	}
	w := &fileWriter{path: path, file: f, layer: l, cells: make([]cell, len(l.Fields))}
	if w.encoder, err = kind.create(f, l, opt); err != nil {
		w.discard()
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	return w, nil
}

// extensionFor is what a format's files are called, by the file's own name where no format is given. A shapefile is several files: one file
// holds it packed.
func extensionFor(path, format string) string {
	switch format {
	case "":
		return filepath.Ext(path)
	case "shp":
		return ".zip"
	}
	return "." + format
}

// placed fills in the system of a layer that names none.
func (l Layer) placed() Layer {
	if l.CRS.Name == "" {
		l.CRS = geo.CRS84
	}
	return l
}

// fileWriter turns values into cells and shapes into the layer's system, and lets the file appear only when it is whole.
type fileWriter struct {
	path    string
	file    *os.File
	layer   Layer
	encoder encoder
	cells   []cell
	rows    int
	failed  error
	closed  bool
}

func (w *fileWriter) Write(values []any, shape geo.Shape) error {
	if w.failed != nil {
		return w.failed
	}
	w.rows++
	if err := w.write(values, shape); err != nil {
		w.failed = fmt.Errorf("write %s row %d: %w", filepath.Base(w.path), w.rows, err)
	}
	return w.failed
}

func (w *fileWriter) write(values []any, shape geo.Shape) error {
	if len(values) != len(w.cells) {
		return fmt.Errorf("%d values for %d fields", len(values), len(w.cells))
	}
	for i, v := range values {
		var err error
		if w.cells[i], err = cellOf(v, w.layer.Fields[i].Type); err != nil {
			return fmt.Errorf("%s: %w", w.layer.Fields[i].Name, err)
		}
	}
	if shape != nil && !w.layer.CRS.Geographic {
		shape = geo.FromLonLat(shape, w.layer.CRS)
	}
	return w.encoder.encode(w.cells, shape)
}

// Begin implements Writer.
func (w *fileWriter) Begin(l Layer, opt WriteOptions) error {
	if w.failed != nil {
		return w.failed
	}
	several, ok := w.encoder.(layered)
	if !ok {
		w.failed = fatal(RuleFormat, filepath.Ext(w.path)+" holds one layer", "Write a GeoPackage, a workbook, or a file per layer.")
		return w.failed
	}
	w.layer, w.cells, w.rows = l.placed(), make([]cell, len(l.Fields)), 0
	if err := several.begin(w.layer, opt); err != nil {
		w.failed = fmt.Errorf("write %s: layer %s: %w", filepath.Base(w.path), l.Name, err)
	}
	return w.failed
}

// Close implements Writer.
func (w *fileWriter) Close() error {
	if w.closed {
		return w.failed
	}
	w.closed = true
	if w.failed == nil {
		w.failed = w.finish()
	}
	if w.failed != nil {
		w.discard()
	}
	return w.failed
}

// Abandon implements Writer.
func (w *fileWriter) Abandon() {
	if !w.closed {
		w.closed = true
		w.discard()
	}
}

// newFile begins a file that has no name yet; settle gives it its name, or it is to be removed.
func newFile(path string) (*os.File, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	return f, nil
}

// settle makes a file durable before it gets its name, so that a crash leaves the old file or the new one.
func settle(f *os.File, path string) error {
	err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func (w *fileWriter) finish() error {
	if err := w.encoder.finish(); err != nil {
		return fmt.Errorf("write %s: %w", w.path, err)
	}
	return settle(w.file, w.path)
}

func (w *fileWriter) discard() {
	if e, ok := w.encoder.(abandoner); ok {
		e.abandon()
	}
	w.file.Close()
	os.Remove(w.file.Name())
}
