package api

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"

	"muchan/geo/layerfile"
	"muchan/tiles/export"
)

// tableRoutes make files of tables as the page shows them. The cells come from the page, which filtered, chose and ordered them, so the
// file holds nothing that the reader had not before; that somebody who signed in had it made is on record all the same.
var tableRoutes = []route{{
	method: http.MethodPost, pattern: "/api/v1/exports/tables", who: anyone, cache: neverKept, export: true, tag: "export", upload: true, uploads: lines,
	media: mediaOf("xlsx"), also: []string{mediaOf("csv")},
	params: []param{
		{name: "name", kind: textParam, min: 1, max: 60, doc: words{"表名，作为工作表名，登录者的并记入审计日志（必填）", "what the table is, the sheet's name and, of who signed in, on record (required)"}},
		{name: "format", kind: wordParam, words: []string{"xlsx", "csv"}, standard: "xlsx", doc: words{"文件格式", "file format"}},
	},
	doc: words{
		"把页面上所见的表格存为文件：首行为 {\"columns\":[{\"title\",\"type\":\"text|number|date\",\"digits\"}]}，其后每行一个 JSON 数组",
		"a table as it is seen, as a file: the first line is {\"columns\":[{\"title\",\"type\":\"text|number|date\",\"digits\"}]}, then one JSON array a line",
	},
	handle: (*call).exportTable,
}}

// lines is the media type of JSON documents, one a line.
const lines = "application/x-ndjson"

// The limits of a table: how long sending it and its file may take, bytes of all and of one line, and columns. Rows end where a sheet does.
// The public has short tables, and one place to make them at, which nobody may hold for long.
const (
	tableTime        = 3 * time.Minute
	maxTableBytes    = 64 << 20
	strangerTime     = 20 * time.Second
	maxStrangerTable = 1 << 20
	maxTableLine     = 1 << 20
	maxTableColumns  = 200
	maxDigits        = 8
)

func mediaOf(format string) string {
	f, _ := export.FormatByName(format) // one of the words
	return f.MediaType
}

// exportTable writes the table that the reader sends into a file and sends that back.
func (c *call) exportTable() error {
	if t, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type")); err != nil || t != lines {
		return &fault{status: http.StatusUnsupportedMediaType, code: "unsupported_media_type", detail: words{
			"请求内容应为 " + lines, "the body must be " + lines,
		}}
	}
	if c.text("name") == "" {
		return badParameter("name", words{"必填", "it is required"})
	}
	body, err := c.sentTable()
	if err != nil {
		return err
	}
	end, err := c.beginExport()
	if err != nil {
		return err
	}
	defer end()
	dir, err := os.MkdirTemp("", "muchan-export-") // for its owner alone
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.RemoveAll(dir)
	format := c.text("format")
	path := filepath.Join(dir, "table."+format)
	if err := writeTable(body, path, c.text("name")); err != nil {
		return refusedExport(err)
	}
	c.headOfFile(mediaOf(format), "muchan-table."+format)
	return c.file(path)
}

// sentTable is the table as it is sent. A stranger's is read whole before it is its turn: who sends it drop by drop keeps nobody waiting.
func (c *call) sentTable() (io.Reader, error) {
	if c.who.Name != "" {
		c.allowTime(tableTime)
		return http.MaxBytesReader(c.w, c.body, maxTableBytes), nil
	}
	c.allowTime(strangerTime)
	all, err := io.ReadAll(http.MaxBytesReader(c.w, c.body, maxStrangerTable))
	if err != nil {
		return nil, badLine(0, err)
	}
	return bytes.NewReader(all), nil
}

// tableColumn is a column of a table as the page describes it.
type tableColumn struct {
	Title  string `json:"title"`
	Type   string `json:"type"`   // text, number or date; "" is text
	Digits *int   `json:"digits"` // decimals that a workbook shows of a number; nil shows what it has
}

// writeTable reads a table line by line and writes it into a file by its extension.
func writeTable(body io.Reader, path, name string) error {
	in := bufio.NewScanner(body)
	in.Buffer(nil, maxTableLine)
	var head struct {
		Columns []tableColumn `json:"columns"`
	}
	if !in.Scan() {
		return badLine(1, in.Err())
	}
	if err := json.Unmarshal(in.Bytes(), &head); err != nil {
		return badLine(1, err)
	}
	layer, err := tableLayer(head.Columns)
	if err != nil {
		return err
	}
	out, err := layerfile.Create(path, layer, layerfile.WriteOptions{BOM: true, Sheet: sheetName(name)})
	if err != nil {
		return err
	}
	defer out.Abandon()
	for n := 2; in.Scan(); n++ {
		values, err := tableRow(in.Bytes(), layer.Fields)
		if err != nil {
			return badLine(n, err)
		}
		if err := out.Write(values, nil); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return badLine(0, err)
	}
	return out.Close()
}

func tableLayer(columns []tableColumn) (layerfile.Layer, error) {
	if len(columns) == 0 || len(columns) > maxTableColumns {
		return layerfile.Layer{}, badMember("columns", words{
			fmt.Sprintf("应有 1 到 %d 列", maxTableColumns), fmt.Sprintf("must be 1 to %d", maxTableColumns),
		})
	}
	var l layerfile.Layer
	for _, column := range columns {
		field := layerfile.Field{Name: column.Title}
		switch column.Type {
		case "", "text":
		case "number":
			field.Type = layerfile.Real
			if d := column.Digits; d != nil && *d >= 0 && *d <= maxDigits {
				field.Format = strings.TrimSuffix("0."+strings.Repeat("0", *d), ".")
			}
		case "date":
			field.Type = layerfile.Date
		default:
			return l, badMember("columns", words{"type 应为 text、number 或 date", "type must be text, number or date"})
		}
		l.Fields = append(l.Fields, field)
	}
	return l, nil
}

// tableRow reads the cells of a row. A number keeps its digits.
func tableRow(line []byte, fields []layerfile.Field) ([]any, error) {
	d := json.NewDecoder(strings.NewReader(string(line)))
	d.UseNumber()
	var values []any
	if err := d.Decode(&values); err != nil {
		return nil, err
	}
	if len(values) != len(fields) {
		return nil, fmt.Errorf("%d cells for %d columns", len(values), len(fields))
	}
	var err error
	for i, v := range values {
		if values[i], err = tableCell(v, fields[i].Type); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func tableCell(v any, t layerfile.FieldType) (any, error) {
	switch v := v.(type) {
	case nil, bool:
		return v, nil
	case string:
		if t == layerfile.Real && v != "" {
			return nil, errors.New("a text among numbers")
		}
		return v, nil
	case json.Number:
		_, err := v.Float64() // none that a workbook could not hold
		return layerfile.Number(v), err
	}
	return nil, errors.New("a cell is a text, a number, true, false or null")
}

// sheetName is a name that a workbook takes: at most 31 units of UTF-16, and none that addresses of cells are written with.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, name)
	units := 0
	for i, r := range name {
		if units += utf16.RuneLen(r); units > 31 {
			name = name[:i]
			break
		}
	}
	return strings.TrimSpace(name)
}

// badLine names the line that is no part of a table; 0 is none in particular, where reading broke off.
func badLine(n int, err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	if errors.Is(err, bufio.ErrTooLong) {
		return invalidBody("", words{fmt.Sprintf("一行超过 %d 字节", maxTableLine), fmt.Sprintf("a line is longer than %d bytes", maxTableLine)})
	}
	if n == 0 {
		return invalidBody("", words{"表格没有完整送达", "the table did not arrive whole"})
	}
	return invalidBody("", words{fmt.Sprintf("第 %d 行不是表格的一行", n), fmt.Sprintf("line %d is no row of the table", n)})
}
