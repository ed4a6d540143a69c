package export

import (
	"context"
	"errors"
	"fmt"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/tiles/layers"
)

// Job is one export. The zero values of the options give each format's usual form.
type Job struct {
	Format   Format
	Tables   []*layers.Table                     // of one audience, in the order of the file; more than one only where the format holds layers
	Keep     func(t *layers.Table, row int) bool // which rows; nil keeps all
	About    About
	CRS      geo.CRS // of the coordinates; the zero CRS is the format's own
	Encoding string  // shapefile: "utf-8" or "gb18030"
	Codes    bool    // keep codes and all digits in tables for people too
	NoShape  bool    // leave the shape column out of CSV and workbooks
}

// notesSheet is the name of a workbook's last sheet.
const notesSheet = "说明"

// everyRows is how often a long export asks whether anybody still wants it.
const everyRows = 1024

// Write writes the file, one row in memory at a time, and returns the number of rows of each table. The file appears whole or not at
// all. Errors name layer and row.
func (j *Job) Write(ctx context.Context, path string) ([]int, error) {
	if len(j.Tables) == 0 {
		return nil, errors.New("export: no layer")
	}
	if len(j.Tables) > 1 && !j.Format.HoldsLayers() {
		return nil, fmt.Errorf("export: %s holds one layer alone, not %d", j.Format.Name, len(j.Tables))
	}
	var w layerfile.Writer
	counts := make([]int, len(j.Tables))
	for i, t := range j.Tables {
		next, err := j.begin(w, path, j.layer(t), j.options(t))
		if err != nil {
			return nil, err
		}
		w = next
		if counts[i], err = j.rows(ctx, w, t); err != nil {
			w.Abandon()
			return nil, err
		}
	}
	if j.Format.Extension == "xlsx" {
		if err := j.notes(w); err != nil {
			w.Abandon()
			return nil, err
		}
	}
	return counts, w.Close()
}

// begin starts the file, or the next layer in it.
func (j *Job) begin(w layerfile.Writer, path string, l layerfile.Layer, opt layerfile.WriteOptions) (layerfile.Writer, error) {
	if w == nil {
		return layerfile.Create(path, l, opt)
	}
	if err := w.Begin(l, opt); err != nil {
		w.Abandon()
		return nil, err
	}
	return w, nil
}

// System is the coordinate system the file will be in.
func (j *Job) System() geo.CRS {
	if j.CRS.Name != "" {
		return j.CRS
	}
	return j.Format.crs()
}

func (j *Job) layer(t *layers.Table) layerfile.Layer {
	l := layerfile.Layer{
		Name: t.Layer.Name, About: j.About.sentence(t), CRS: j.System(), HasShape: !(j.NoShape && j.Format.Sheet),
		Fields: make([]layerfile.Field, len(t.Layer.Fields)),
	}
	for i, f := range t.Layer.Fields {
		l.Fields[i] = layerfile.Field{Name: f.Name, Title: title(f), Type: j.fieldType(f), Format: numberFormat(f), Width: widest(t.Columns[i].Text)}
	}
	return l
}

func (j *Job) options(t *layers.Table) layerfile.WriteOptions {
	opt := layerfile.WriteOptions{Format: j.Format.Name, Encoding: j.Encoding, BOM: true, Titles: true, Sheet: t.Layer.Title}
	if j.Format.Name == "gpkg" {
		style := StyleOf(t.Layer)
		opt.QML, opt.SLD = style.QML(), style.SLD(t.Layer.Name)
	}
	return opt
}

func (j *Job) rows(ctx context.Context, w layerfile.Writer, t *layers.Table) (n int, err error) {
	values := make([]any, len(t.Layer.Fields))
	for row := range t.IDs {
		if row%everyRows == 0 && ctx.Err() != nil {
			return n, ctx.Err()
		}
		if j.Keep != nil && !j.Keep(t, row) {
			continue
		}
		for col := range values {
			values[col] = j.value(t, row, col)
		}
		if err := w.Write(values, t.Shapes[row]); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// notes adds the sheet that says what the others hold.
func (j *Job) notes(w layerfile.Writer) error {
	if err := w.Begin(layerfile.Layer{Name: notesSheet, Fields: noteFields}, layerfile.WriteOptions{Titles: true}); err != nil {
		return err
	}
	for _, row := range j.About.notes(j.Tables, layerfile.CRSName(j.System())) {
		for i, v := range row {
			if v == "" {
				row[i] = nil
			}
		}
		if err := w.Write(row, nil); err != nil {
			return err
		}
	}
	return nil
}
