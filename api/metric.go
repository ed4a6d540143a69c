package api

import (
	"math"
	"slices"

	"muchan/tiles/layers"
)

type metricDoc struct {
	Field   string    `json:"field"`
	Title   string    `json:"title"`
	TitleEn string    `json:"title_en"`
	Unit    string    `json:"unit,omitempty"`
	Breaks  []float64 `json:"breaks,omitempty"`
	Bands   []string  `json:"bands,omitempty"`
}

// coloured are the parcel fields a map is coloured by, best first; a reader gets those his table has.
var coloured = []string{
	"tax_wan_mu", "output_wan_mu", "value_added_wan_mu", "fai_wan_mu", "score", "tax_band", "output_band", "value_added_band",
	"far", "density", "coefficient", "vacant_share",
}

func (c *call) metricDocs() []metricDoc {
	docs := []metricDoc{}
	t, ok := c.image.Table(c.audience, layers.Parcels)
	if !ok {
		return docs
	}
	for _, name := range coloured {
		col, ok := t.FieldIndex(name)
		if !ok {
			continue
		}
		f := t.Layer.Fields[col]
		doc := metricDoc{Field: name, Title: f.Title, TitleEn: f.TitleEn, Unit: f.Unit, Bands: layers.Bands(name)}
		if f.Type == layers.Number {
			doc.Breaks = quintiles(t.Columns[col])
		}
		docs = append(docs, doc)
	}
	return docs
}

// quintiles are the four values that split a column's present values in five equal parts, rounded to two digits.
func quintiles(column layers.Column) []float64 {
	values := make([]float64, 0, len(column.Number))
	for i, v := range column.Number {
		if column.Present[i] {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	breaks := make([]float64, 0, 4)
	for k := 1; k <= 4; k++ {
		breaks = append(breaks, twoDigits(values[min(len(values)-1, k*len(values)/5)]))
	}
	return slices.Compact(breaks)
}

func twoDigits(f float64) float64 {
	if f == 0 {
		return 0
	}
	return roundTo(f, 1-int(math.Floor(math.Log10(math.Abs(f)))))
}
