package layerfile

import (
	"archive/zip"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

// xlsxEncoder writes a workbook: a sheet per layer, each with a frozen header.
type xlsxEncoder struct {
	file     *os.File
	book     *excelize.File
	stream   *excelize.StreamWriter // of the sheet at hand
	styles   map[string]int         // by number format
	bold     int                    // style of headers
	types    []FieldType
	formats  []int // style of each column's numbers, 0 for none
	row      []any
	hasShape bool
	rows     int
}

// dayFormat is how sheets show a Date.
const dayFormat = "yyyy-mm-dd"

func createXLSX(f *os.File, l Layer, opt WriteOptions) (encoder, error) {
	e := &xlsxEncoder{file: f, book: excelize.NewFile(), styles: map[string]int{}}
	if _, err := e.style(Field{Type: Date}); err != nil {
		return nil, err
	}
	var err error
	e.bold, err = e.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return nil, err
	}
	return e, e.begin(l, opt)
}

// begin implements layered, and starts the first sheet too.
func (e *xlsxEncoder) begin(l Layer, opt WriteOptions) error {
	name, err := e.sheet(cmp.Or(opt.Sheet, l.Name))
	if err != nil {
		return err
	}
	e.types, e.formats, e.hasShape, e.rows = nil, nil, l.HasShape, 0
	for _, field := range l.Fields {
		style, err := e.style(field)
		if err != nil {
			return err
		}
		e.types, e.formats = append(e.types, field.Type), append(e.formats, style)
	}
	return e.head(name, headerOf(l, opt))
}

// sheet ends the sheet at hand and makes the next one; the first is in every new workbook.
func (e *xlsxEncoder) sheet(name string) (string, error) {
	if e.stream == nil {
		if name == "" {
			return "Sheet1", nil
		}
		return name, e.book.SetSheetName("Sheet1", name)
	}
	if err := e.stream.Flush(); err != nil {
		return "", err
	}
	name = cmp.Or(name, fmt.Sprintf("Sheet%d", e.book.SheetCount+1))
	_, err := e.book.NewSheet(name)
	return name, err
}

// style makes the number format of a field, 0 for none.
func (e *xlsxEncoder) style(f Field) (int, error) {
	format := f.Format
	if f.Type == Date {
		format = dayFormat
	}
	if id, known := e.styles[format]; known || format == "" {
		return id, nil
	}
	id, err := e.book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	e.styles[format] = id
	return id, err
}

func (e *xlsxEncoder) head(name string, header []string) (err error) {
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
	e.row = e.row[:0]
	for _, h := range header {
		e.row = append(e.row, excelize.Cell{StyleID: e.bold, Value: h})
	}
	return e.write()
}

func (e *xlsxEncoder) write() error {
	if e.rows++; e.rows > maxSheetRows {
		return unfit("a sheet holds no more than %d rows; use GeoJSON or CSV", "一张工作表最多 %d 行，请改用 GeoJSON 或 CSV", maxSheetRows)
	}
	return e.stream.SetRow("A"+strconv.Itoa(e.rows), e.row)
}

func (e *xlsxEncoder) encode(cells []cell, shape geo.Shape) error {
	e.row = e.row[:0]
	for i, c := range cells {
		v, err := e.value(c, e.types[i], e.formats[i])
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
				return unfit("the shape's text is longer than a cell may be; use GeoJSON, or leave the shape out", "有一个图形的文本超过单元格的上限，请改用 GeoJSON，或不导出图形")
			}
			wkt = text
		}
		e.row = append(e.row, wkt)
	}
	return e.write()
}

// value makes a cell; style is that of the column's numbers and days.
func (e *xlsxEncoder) value(c cell, t FieldType, style int) (any, error) {
	switch c.kind {
	case missing:
		return nil, nil
	case number:
		v, err := strconv.ParseFloat(c.text, 64)
		return excelize.Cell{StyleID: style, Value: v}, err
	case truth:
		return c.text == "true", nil
	}
	if t == Date {
		if day, err := time.Parse(time.DateOnly, c.text); err == nil && day.Year() > 1900 {
			return excelize.Cell{StyleID: style, Value: day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24}, nil
		}
	}
	s := disarm(c.text)
	if utf8.RuneCountInString(s) > maxCellChars {
		return nil, unfit("a text is longer than %d characters; use GeoJSON or CSV", "有一段文字超过 %d 个字符，请改用 GeoJSON 或 CSV", maxCellChars)
	}
	return s, nil
}

// abandon implements abandoner.
func (e *xlsxEncoder) abandon() { e.book.Close() }

func (e *xlsxEncoder) finish() error {
	defer e.book.Close()
	if err := e.stream.Flush(); err != nil {
		return err
	}
	if e.book.SheetCount == 1 {
		_, err := e.book.WriteTo(e.file)
		return err
	}
	return e.writeInOrder()
}

// writeInOrder writes a workbook of several sheets. excelize packs them in an order that chance decides, so they are packed again, as
// they are, in the order of their names: the same records are to give the same bytes.
func (e *xlsxEncoder) writeInOrder() error {
	temp, err := os.CreateTemp(filepath.Dir(e.file.Name()), ".workbook.*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	size, err := e.book.WriteTo(temp)
	if err != nil {
		return err
	}
	packed, err := zip.NewReader(temp, size)
	if err != nil {
		return err
	}
	slices.SortFunc(packed.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	z := zip.NewWriter(e.file)
	for _, part := range packed.File {
		if err := z.Copy(part); err != nil {
			return err
		}
	}
	return z.Close()
}
