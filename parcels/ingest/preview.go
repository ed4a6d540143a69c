package ingest

import (
	"fmt"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels"
)

// Preview shows how a file was understood, before anything of it is taken over.
type Preview struct {
	Columns []ColumnUse    `json:"columns"`
	Rows    []PreviewRow   `json:"rows"`
	BBox    []float64      `json:"bbox,omitempty"`    // west, south, east, north of all shapes that could be placed, in degrees
	Outline []PreviewShape `json:"outline,omitempty"` // shapes of the first rows

	bound geo.Bound
	drawn bool
	plan  *plan
}

// ColumnUse says what becomes of a column of the file, or which of ours it lacks.
type ColumnUse struct {
	Column string  `json:"column,omitempty"` // in the file; "" when it has none for Field
	Field  string  `json:"field"`            // of ours
	Title  string  `json:"title"`
	Unit   string  `json:"unit,omitempty"`
	Factor float64 `json:"factor,omitempty"` // from the file's unit to ours, when it is not 1
	Set    string  `json:"set,omitempty"`    // the value given for every row
}

// Field is a column of ours that a column of a file can be mapped to.
type Field struct {
	Field    string `json:"field"`
	Title    string `json:"title"`
	TitleEn  string `json:"title_en"`
	Unit     string `json:"unit,omitempty"`
	Required bool   `json:"required"`
}

// fieldsOf lists a table's columns but its shape, which is never mapped.
func fieldsOf[T any](t *parcels.Table[T]) []Field {
	fields := make([]Field, 0, len(t.Columns))
	for _, c := range t.Columns {
		if c.Kind() != parcels.KindShape {
			fields = append(fields, Field{c.Name, c.Title, c.TitleEn, c.Unit, c.Required})
		}
	}
	return fields
}

// headerOf names the columns of a file.
func headerOf(r layerfile.Reader) []string {
	names := []string{}
	for _, f := range r.Layer().Fields {
		names = append(names, f.Name)
	}
	return names
}

// PreviewRow is a row as the file has it, cells parallel to the columns that come from it.
type PreviewRow struct {
	Row   int      `json:"row"`
	Cells []string `json:"cells"` // in the order of Preview.Columns; "" for what is not from the file
	Bad   bool     `json:"bad"`   // it has an error
}

// PreviewShape is where a row would land.
type PreviewShape struct {
	Row   int       `json:"row"`
	Bad   bool      `json:"bad"`
	Shape geo.Shape `json:"-"`
}

// previewShapes bounds the shapes kept for an outline.
const previewShapes = 2000

func newPreview[T any](p *plan, columns []parcels.Column[T]) *Preview {
	v := &Preview{plan: p, Columns: []ColumnUse{}, Rows: []PreviewRow{}}
	for _, t := range p.targets {
		use := ColumnUse{Column: t.from, Field: t.name, Title: t.title, Unit: t.unit, Set: t.fixed}
		if t.factor != 1 {
			use.Factor = t.factor
		}
		v.Columns = append(v.Columns, use)
	}
	if p.shape >= 0 {
		v.Columns = append(v.Columns, ColumnUse{Column: "geometry", Field: columns[p.shape].Name, Title: columns[p.shape].Title})
	}
	return v
}

// add takes a row in: its cells while there is room, its shape into the box of all.
func (v *Preview) add(rec layerfile.Record, bad bool, most int) {
	if len(rec.Shape) > 0 {
		v.place(rec, bad)
	}
	if len(v.Rows) >= most {
		return
	}
	row := PreviewRow{Row: rec.Row, Bad: bad, Cells: make([]string, len(v.Columns))}
	for i := range v.plan.targets {
		if t := &v.plan.targets[i]; t.cell >= 0 && rec.Values[t.cell] != nil {
			row.Cells[i] = shorten(fmt.Sprint(rec.Values[t.cell]))
		}
	}
	v.Rows = append(v.Rows, row)
}

func (v *Preview) place(rec layerfile.Record, bad bool) {
	b := rec.Shape.Bound()
	if v.drawn {
		b = v.bound.Union(b)
	}
	v.bound, v.drawn = b, true
	v.BBox = []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
	if len(v.Outline) < previewShapes {
		v.Outline = append(v.Outline, PreviewShape{rec.Row, bad, rec.Shape})
	}
}
