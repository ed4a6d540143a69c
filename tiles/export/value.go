package export

import (
	"math"

	"muchan/geo/layerfile"
	"muchan/tiles/layers"
)

// title is a field's Chinese name with its unit.
func title(f layers.Field) string {
	if f.Unit == "" {
		return f.Title
	}
	return f.Title + "(" + f.Unit + ")"
}

// worded reports whether codes and truths become words: in tables for people.
func (j *Job) worded() bool { return j.Format.Sheet && !j.Codes }

func (j *Job) fieldType(f layers.Field) layerfile.FieldType {
	switch f.Type {
	case layers.Number:
		return layerfile.Real
	case layers.Integer:
		return layerfile.Integer
	case layers.Day:
		return layerfile.Date
	case layers.Flag:
		if !j.worded() {
			return layerfile.Bool
		}
	}
	return layerfile.Text
}

// people is the least part of a unit that a table for people shows: more digits tell how floats round.
const people = 1e6

// value is a cell of a file; nil when it is missing.
func (j *Job) value(t *layers.Table, row, col int) any {
	v, ok := t.Value(row, col)
	if !ok {
		return nil
	}
	if !j.worded() {
		return v
	}
	switch v := v.(type) {
	case bool:
		if v {
			return "是"
		}
		return "否"
	case float64:
		return math.Round(v*people) / people
	case string:
		word, _ := t.Layer.Word(t.Layer.Fields[col].Name, v)
		return word
	}
	return v
}

// widest is the length of the longest text of a column, in bytes; at least one, for a column that is all missing.
func widest(texts []string) int {
	most := 1
	for _, t := range texts {
		most = max(most, len(t))
	}
	return most
}

// numberFormats say how a workbook shows the numbers of a unit. Two decimals are what the evaluation is published with.
var numberFormats = map[string]string{
	"万元/亩": "#,##0.00", "万元": "#,##0.00", "亩": "#,##0.00", "m²": "#,##0.00", "km²": "#,##0.000", "m": "0.0", "%": "0.0", "": "0.00",
}

func numberFormat(f layers.Field) string {
	if f.Type != layers.Number {
		return ""
	}
	return numberFormats[f.Unit]
}
