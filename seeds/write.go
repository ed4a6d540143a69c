package seeds

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels"
)

// sheet writes rows of one entity into a file, column by column as the entity's table lists them.
type sheet[T any] struct {
	table   *parcels.Table[T]
	columns []parcels.Column[T] // without the shape
	shape   func(*T) geo.Shape  // nil when the entity has none
	titles  bool                // Chinese titles, and Chinese words for enumerated values and flags
	writer  layerfile.Writer
	values  []any
}

func newSheet[T any](t *parcels.Table[T], path string, opt layerfile.WriteOptions) (*sheet[T], error) {
	s := &sheet[T]{table: t, titles: opt.Titles}
	layer := layerfile.Layer{Name: t.Name}
	for _, c := range t.Columns {
		kind := c.Kind()
		if kind == parcels.KindShape {
			layer.HasShape = true
			s.shape = func(row *T) geo.Shape { return *c.Field(row).(*geo.Shape) }
			continue
		}
		s.columns = append(s.columns, c)
		layer.Fields = append(layer.Fields, layerfile.Field{Name: c.Name, Title: titleOf(c.Title, c.Unit), Type: s.fieldType(kind)})
	}
	s.values = make([]any, len(s.columns))
	var err error
	s.writer, err = layerfile.Create(path, layer, opt)
	return s, err
}

func titleOf(title, unit string) string {
	if unit == "" {
		return title
	}
	return title + "(" + unit + ")"
}

func (s *sheet[T]) fieldType(kind parcels.Kind) layerfile.FieldType {
	if kind == parcels.KindFlag && s.titles {
		return layerfile.Text
	}
	return fieldTypes[kind]
}

// fieldTypes gives lists and storeys, which have a text form, and money, which has an exact one, their place in a file.
var fieldTypes = map[parcels.Kind]layerfile.FieldType{
	parcels.KindText: layerfile.Text, parcels.KindInteger: layerfile.Integer, parcels.KindReal: layerfile.Real,
	parcels.KindMoney: layerfile.Real, parcels.KindFlag: layerfile.Bool, parcels.KindDay: layerfile.Date,
	parcels.KindList: layerfile.Text, parcels.KindStoreys: layerfile.Text,
}

func (s *sheet[T]) write(rows []T) error {
	for i := range rows {
		row := &rows[i]
		for k := range s.columns {
			s.values[k] = valueOf(s.columns[k].Field(row))
			if s.titles {
				s.values[k] = inChinese(s.table.Name, &s.columns[k], s.values[k])
			}
		}
		var shape geo.Shape
		if s.shape != nil {
			shape = s.shape(row)
		}
		if err := s.writer.Write(s.values, shape); err != nil {
			return err
		}
	}
	return nil
}

// valueOf returns what a field address holds in a form a file can take; nil when it is missing.
func valueOf(field any) any {
	if parcels.Missing(field) {
		return nil
	}
	switch f := field.(type) {
	case *string:
		return *f
	case *int:
		return *f
	case *parcels.Opt[float64]:
		return f.Or(0)
	case *parcels.Opt[parcels.Wan]:
		return f.Or(0)
	case *parcels.Opt[bool]:
		return f.Or(false)
	case *parcels.Date:
		return *f
	case *[]string:
		return *f
	case *[]parcels.Storey:
		return parcels.FormatStoreys(*f)
	}
	panic(fmt.Sprintf("seeds: no form for a field of type %T", field))
}

// inChinese replaces the codes of enumerated columns and flags by the words a bureau's table has.
func inChinese[T any](table string, c *parcels.Column[T], value any) any {
	titles := parcels.EnumTitles[table+"."+c.Name]
	switch v := value.(type) {
	case bool:
		if v {
			return "是"
		}
		return "否"
	case string:
		if title := titles[v]; title != "" {
			return title
		}
	case []string:
		words := make([]string, len(v))
		for k, item := range v {
			words[k] = item
			if title := titles[item]; title != "" {
				words[k] = title
			}
		}
		return words
	}
	return value
}

// close makes the file appear. When something failed before, it is taken back instead.
func (s *sheet[T]) close(failed error) error {
	if s.writer == nil {
		return nil
	}
	if failed != nil {
		s.writer.Abandon()
		return nil
	}
	return s.writer.Close()
}

// writeRows writes a whole file at once.
func writeRows[T any](t *parcels.Table[T], path string, rows []T, opt layerfile.WriteOptions) error {
	s, err := newSheet(t, path, opt)
	if err != nil {
		return err
	}
	if err := s.write(rows); err != nil {
		s.writer.Close()
		return err
	}
	return s.writer.Close()
}

// WriteDemo writes the demonstration's files into a folder that exists. It always writes the same bytes.
func WriteDemo(dir string) error {
	m := newDemo()
	r := m.rows()
	qm, other := split(r.Parcels, func(p *parcels.Parcel) bool { return p.Park == "QM" })
	inQM := map[string]bool{}
	for i := range qm {
		inQM[qm[i].Code] = true
	}
	built, builtElsewhere := split(r.Buildings, func(b *parcels.Building) bool { return inQM[b.Parcel] })
	early, late := split(r.Figures, func(f *parcels.Figures) bool { return f.Year <= 2021 })
	at := func(name string) string { return filepath.Join(dir, name) }
	names, titles := layerfile.WriteOptions{}, layerfile.WriteOptions{Titles: true}
	excel := layerfile.WriteOptions{Titles: true, BOM: true}
	for _, write := range []func() error{
		func() error { return writeRows(&parcels.ParkTable, at("parks.geojson"), r.Parks, names) },
		func() error { return writeRows(&parcels.ZoneTable, at("zones.geojson"), r.Zones, names) },
		func() error { return writeRows(&parcels.ParcelTable, at("parcels-qingmeng.geojson"), qm, names) },
		func() error { return writeRows(&parcels.ParcelTable, at("parcels-guanqiao.geojson"), other, names) },
		func() error { return writeRows(&parcels.BuildingTable, at("buildings-qingmeng.geojson"), built, names) },
		func() error {
			return writeRows(&parcels.BuildingTable, at("buildings-guanqiao.geojson"), builtElsewhere, names)
		},
		func() error { return writeRows(&parcels.FirmTable, at("firms.xlsx"), r.Firms, titles) },
		func() error { return writeRows(&parcels.OccupancyTable, at("occupancies.csv"), r.Occupancies, names) },
		func() error { return writeGB18030(&parcels.FiguresTable, at("figures-2018-2021.csv"), early) },
		func() error { return writeRows(&parcels.FiguresTable, at("figures-2022-2025.csv"), late, excel) },
		func() error { return writeRows(&parcels.EventTable, at("events.xlsx"), r.Events, titles) },
		func() error { return writeRows(&parcels.TargetTable, at("targets.csv"), r.Targets, titles) },
		func() error {
			return writeRows(&parcels.TargetValueTable, at("target_values.csv"), r.TargetValues, titles)
		},
		func() error { return m.writeCases(at(casesFile)) },
	} {
		if err := write(); err != nil {
			return fmt.Errorf("write demo: %w", err)
		}
	}
	return nil
}

func split[T any](rows []T, first func(*T) bool) (in, out []T) {
	for i := range rows {
		if first(&rows[i]) {
			in = append(in, rows[i])
		} else {
			out = append(out, rows[i])
		}
	}
	return in, out
}

// writeGB18030 writes a CSV file as older Excel and bureau systems do.
func writeGB18030[T any](t *parcels.Table[T], path string, rows []T) error {
	if err := writeRows(t, path, rows, layerfile.WriteOptions{Titles: true}); err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	coded, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
	if err != nil {
		return fmt.Errorf("encode %s: %w", path, err)
	}
	return os.WriteFile(path, coded, 0o644)
}

func (m *demo) writeCases(path string) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	records := [][]string{caseHeader}
	for _, c := range m.cases {
		records = append(records, c.record())
	}
	if err := w.WriteAll(records); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strings.ReplaceAll(b.String(), "\r\n", "\n")), 0o644)
}
