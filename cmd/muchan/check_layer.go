package main

import (
	"strings"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels"
	"muchan/parcels/quality"
	"muchan/tiles/export"
)

// problemFields are the attributes of a layer of problems. What a problem is about is its shape: the overlap, the gap, the part
// that reaches over, else the row's or its parcel's own; a problem without a place has none.
var problemFields = []layerfile.Field{
	{Name: "severity", Title: "严重程度", Type: layerfile.Text},
	{Name: "rule", Title: "规则", Type: layerfile.Text},
	{Name: "title", Title: "问题", Type: layerfile.Text},
	{Name: "entity", Title: "数据表", Type: layerfile.Text},
	{Name: "key", Title: "主键", Type: layerfile.Text},
	{Name: "others", Title: "相关主键", Type: layerfile.Text},
	{Name: "park", Title: "园区代码", Type: layerfile.Text},
	{Name: "column", Title: "字段", Type: layerfile.Text},
	{Name: "value", Title: "值", Type: layerfile.Text},
	{Name: "message_zh", Title: "说明", Type: layerfile.Text},
	{Name: "message", Title: "说明(英文)", Type: layerfile.Text},
	{Name: "remedy_zh", Title: "处理办法", Type: layerfile.Text},
	{Name: "remedy", Title: "处理办法(英文)", Type: layerfile.Text},
	{Name: "place", Title: "位置", Type: layerfile.Text},
}

// writeProblems writes a report as a layer, coloured by severity where the format holds a style.
func writeProblems(path string, r *quality.Report, crs geo.CRS) error {
	layer := layerfile.Layer{Name: "problems", Fields: problemFields, HasShape: true, CRS: crs}
	w, err := layerfile.Create(path, layer, layerfile.WriteOptions{BOM: true, Titles: true, QML: problemStyle()})
	if err != nil {
		return err
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		values := []any{
			string(f.Severity), f.Rule, quality.RuleOf(f.Rule).Title.Zh, f.Entity, f.Key, strings.Join(f.Others, ";"), f.Park, f.Column, f.Value,
			f.MessageZh, f.Message, f.RemedyZh, f.Remedy, f.Place,
		}
		for k, v := range values {
			if v == "" {
				values[k] = nil
			}
		}
		if err := w.Write(values, f.Shape); err != nil {
			w.Abandon()
			return err
		}
	}
	return w.Close()
}

// problemStyle is the layer's style for QGIS: red errors, orange warnings, blue notes.
func problemStyle() string {
	style := export.Style{Field: "severity"}
	for _, c := range []struct {
		severity parcels.Severity
		color    string
	}{{parcels.SeverityError, "#D7191C"}, {parcels.SeverityWarning, "#FD8D3C"}, {parcels.SeverityNote, "#2B83BA"}} {
		style.Cases = append(style.Cases, export.Case{Value: string(c.severity), Label: string(c.severity), Color: c.color})
	}
	return style.QML()
}
