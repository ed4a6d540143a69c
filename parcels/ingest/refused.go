package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"muchan/geo/layerfile"
)

// The columns added to the rows that are written back.
const (
	reasonColumn = "拒绝原因 reason"
	rowColumn    = "原行号 row"
)

// RefusedFormat is the extension of the file in which the refused rows of a file are written back: its own where that can be written.
func RefusedFormat(path string) string {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".csv", ".xlsx", ".gpkg", ".geojson", ".zip":
		return ext
	case ".shp":
		return ".zip"
	case ".tsv":
		return ".csv"
	case ".txt":
		if layerfile.IsSurvey(path) {
			return ext
		}
		return ".csv"
	}
	return ".geojson"
}

// WriteRefused copies the refused rows of a file as they are, under the file's own column names and in its coordinate system, with the
// row's number and the reasons in two more columns, so that they can be corrected and brought in again. reasons are by row. It
// returns how many rows were written; a row whose shape cannot be read is written without one.
func WriteRefused(ctx context.Context, kind, path, to string, opt Options, reasons map[int]string) (written int, err error) {
	how, ok := kinds[kind]
	if !ok {
		return 0, fmt.Errorf("write refused rows: no kind %q", kind)
	}
	if RefusedFormat(path) == ".txt" { // what is wrong with a parcel's points is wrong with its shape: they come back as they stand
		written, err := layerfile.CopySurvey(path, to, opt.Encoding, reasons)
		if err != nil {
			return 0, fmt.Errorf("write refused rows of %s: %w", baseName(path), err)
		}
		return written, nil
	}
	options := how.open(opt)
	if isSheetPath(path) {
		options.SkipShapes = true // the text of a shape is a cell like the others
	}
	r, err := layerfile.Open(path, options)
	if err != nil {
		return 0, fmt.Errorf("write refused rows of %s: %w", baseName(path), err)
	}
	defer r.Close()
	layer, kept := refusedLayer(r.Layer())
	w, err := layerfile.Create(to, layer, layerfile.WriteOptions{BOM: true, Encoding: r.Info().Encoding})
	if err != nil {
		return 0, fmt.Errorf("write refused rows: %w", err)
	}
	written, err = copyRefused(ctx, r, w, kept, reasons)
	return written, errors.Join(err, w.Close())
}

// refusedLayer describes the copy: the file's columns as texts, since what is wrong with a value may be its type, and two more. Those of
// an earlier copy are left out. kept are the places of the file's columns.
func refusedLayer(l layerfile.Layer) (_ layerfile.Layer, kept []int) {
	var fields []layerfile.Field
	for i, f := range l.Fields {
		if !isOurs(f.Name) {
			fields, kept = append(fields, layerfile.Field{Name: f.Name}), append(kept, i)
		}
	}
	l.Name, l.Fields = "refused", append(fields, layerfile.Field{Name: rowColumn, Type: layerfile.Integer}, layerfile.Field{Name: reasonColumn})
	return l, kept
}

// isOurs tells the columns added to refused rows, also cut to the ten bytes of a shapefile.
func isOurs(name string) bool {
	return name == reasonColumn || name == rowColumn || len(name) >= 6 && (strings.HasPrefix(reasonColumn, name) || strings.HasPrefix(rowColumn, name))
}

func isSheetPath(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".csv" || ext == ".tsv" || ext == ".xlsx"
}

func copyRefused(ctx context.Context, r layerfile.Reader, w layerfile.Writer, kept []int, reasons map[int]string) (written int, err error) {
	for written < len(reasons) {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		var own *layerfile.Error
		if err != nil && (!errors.As(err, &own) || own.Fatal) {
			return written, err
		}
		if written%progressEvery == 0 && ctx.Err() != nil {
			return written, ctx.Err()
		}
		reason, refused := reasons[rec.Row]
		if !refused {
			continue
		}
		values := make([]any, 0, len(kept)+2)
		for _, i := range kept {
			v := rec.Values[i]
			if n, ok := v.(layerfile.Number); ok {
				v = string(n)
			}
			values = append(values, v)
		}
		if err := w.Write(append(values, rec.Row, reason), rec.Shape); err != nil {
			return written, err
		}
		written++
	}
	return written, nil
}
