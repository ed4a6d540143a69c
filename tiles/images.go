package tiles

import (
	"slices"

	"muchan/tiles/layers"
)

// ImagesOf returns the images of several audiences' tables of the same rows, with a ground of their shapes. Each is made of an earlier one
// where it follows from it (Image.After; nil for none); of the others, what audiences see alike is encoded once.
func ImagesOf(tables []*layers.Table, earlier []*Image, g *Ground) []*Image {
	images := make([]*Image, len(tables))
	eachAtOnce(len(tables), func() func(int) {
		return func(i int) { images[i] = earlier[i].repaired(tables[i], g) }
	})
	var rest []*layers.Table
	for i, t := range tables {
		if images[i] == nil {
			rest = append(rest, t)
		}
	}
	made := newImages(rest, g)
	for i := range images {
		if images[i] == nil {
			images[i], made = made[0], made[1:]
		}
	}
	return images
}

// newImages makes images of nothing but tables.
func newImages(tables []*layers.Table, g *Ground) []*Image {
	images := make([]*Image, len(tables))
	code := codings(tables, g.rows)
	for i, t := range tables {
		m := &Image{Layer: t.Layer, Year: t.Year, ground: g, table: t}
		if len(g.rows) > 0 {
			m.join(code[i])
		}
		m.all = m.selected(func(layers.Field) bool { return true })
		m.drawn = m.selected(func(f layers.Field) bool { return slices.Contains(m.Layer.Drawn, f.Name) })
		images[i] = m.ready()
	}
	return images
}

// codings returns the columns of tables in code. Columns that tables share stand once in memory (Column.At), and are encoded once.
func codings(tables []*layers.Table, rows []uint32) [][]*coding {
	var apart []*coding
	known := map[*bool]*coding{}
	codes := make([][]*coding, len(tables))
	for i, t := range tables {
		for f := range t.Columns {
			at := t.Columns[f].At()
			if at == nil || known[at] == nil {
				known[at] = &coding{column: &t.Columns[f], kind: t.Layer.Fields[f].Type}
				apart = append(apart, known[at])
			}
			codes[i] = append(codes[i], known[at])
		}
	}
	eachAtOnce(len(apart), func() func(int) {
		in := newInterner()
		return func(i int) { in.code(apart[i], rows) }
	})
	return codes
}
