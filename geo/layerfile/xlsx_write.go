package layerfile

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"muchan/geo"
)

// Excel's own limits.
const (
	maxSheetRows = 1 << 20
	maxCellChars = 32767
)

// xlsxEncoder writes a workbook of one sheet with a frozen header.
type xlsxEncoder struct {
	file     *os.File
	book     *excelize.File
	stream   *excelize.StreamWriter
	types    []FieldType
	day      int // style of dates
	row      []any
	hasShape bool
	rows     int
}

func createXLSX(f *os.File, l Layer, opt WriteOptions) (encoder, error) {
	e := &xlsxEncoder{file: f, book: excelize.NewFile(), hasShape: l.HasShape}
	name := opt.Sheet
	if name == "" {
		name = l.Name
	}
	if name != "" {
		if err := e.book.SetSheetName("Sheet1", name); err != nil {
			return nil, err
		}
	} else {
		name = "Sheet1"
	}
	for _, field := range l.Fields {
		e.types = append(e.types, field.Type)
	}
	return e, e.begin(name, headerOf(l, opt))
}

func (e *xlsxEncoder) begin(name string, header []string) error {
	layout := "yyyy-mm-dd"
	var err error
	if e.day, err = e.book.NewStyle(&excelize.Style{CustomNumFmt: &layout}); err != nil {
		return err
	}
	bold, err := e.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return err
	}
	if e.stream, err = e.book.NewStreamWriter(name); err != nil {
		return err
	}
	if err := e.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if len(header) > 0 {
		if err := e.stream.SetColWidth(1, len(header), 16); err != nil {
			return err
		}
	}
	for _, h := range header {
		e.row = append(e.row, excelize.Cell{StyleID: bold, Value: h})
	}
	return e.write()
}

func (e *xlsxEncoder) write() error {
	if e.rows++; e.rows > maxSheetRows {
		return fmt.Errorf("a sheet holds no more than %d rows; use GeoJSON or CSV", maxSheetRows)
	}
	return e.stream.SetRow("A"+strconv.Itoa(e.rows), e.row)
}

func (e *xlsxEncoder) encode(cells []cell, shape geo.Shape) error {
	e.row = e.row[:0]
	for i, c := range cells {
		v, err := e.value(c, e.types[i])
		if err != nil {
			return err
		}
		e.row = append(e.row, v)
	}
	if e.hasShape {
		var wkt any
		if shape != nil {
			text := string(AppendWKT(nil, shape))
			if len(text) > maxCellChars {
				return errors.New("the shape's text is longer than a cell may be; use GeoJSON")
			}
			wkt = text
		}
		e.row = append(e.row, wkt)
	}
	return e.write()
}

func (e *xlsxEncoder) value(c cell, t FieldType) (any, error) {
	switch c.kind {
	case missing:
		return nil, nil
	case number:
		v, err := strconv.ParseFloat(c.text, 64)
		return v, err
	case truth:
		return c.text == "true", nil
	}
	if t == Date {
		if day, err := time.Parse(time.DateOnly, c.text); err == nil && day.Year() > 1900 {
			return excelize.Cell{StyleID: e.day, Value: day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24}, nil
		}
	}
	s := disarm(c.text)
	if utf8.RuneCountInString(s) > maxCellChars {
		return nil, fmt.Errorf("a text is longer than %d characters; use GeoJSON or CSV", maxCellChars)
	}
	return s, nil
}

func (e *xlsxEncoder) finish() error {
	defer e.book.Close()
	if err := e.stream.Flush(); err != nil {
		return err
	}
	_, err := e.book.WriteTo(e.file)
	return err
}
