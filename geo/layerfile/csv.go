package layerfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"muchan/geo"
)

// csvReader streams a CSV file.
type csvReader struct {
	*tabular
	file *os.File
	gate *gate
	csv  *csv.Reader
	gb   bool
	held []held[string] // rows read while looking for the header
}

func openCSV(f *os.File, opt ReadOptions) (Reader, error) {
	text, err := openText(f, opt.Encoding)
	if err != nil {
		return nil, err
	}
	body, err := text.rewind()
	if err != nil {
		return nil, err
	}
	r := &csvReader{file: f, gate: newGate(body, opt.Limits.RecordBytes, RuleCellSize), gb: text.encoding == encodingGB18030}
	buffered := bufio.NewReaderSize(r.gate, 64<<10)
	r.csv = csv.NewReader(buffered)
	r.csv.Comma = sniffDelimiter(buffered, opt.FindHeader != nil)
	r.csv.FieldsPerRecord = -1
	r.csv.ReuseRecord = true
	header, line, notes, err := r.header(opt)
	if errors.Is(err, io.EOF) {
		return nil, fatal(RuleEmpty, "the file has no header", "Write the column names into the first row.")
	}
	if err != nil {
		return nil, err
	}
	if r.tabular, err = newTabular(slices.Clone(header), line, opt, "CSV"); err != nil {
		return nil, err
	}
	r.info.Encoding = text.encoding
	r.info.Notes = append(r.info.Notes, notes...)
	if r.csv.Comma != ',' {
		r.info.Notes = append(r.info.Notes, fmt.Sprintf("columns are separated by %q", r.csv.Comma))
	}
	return r, nil
}

// header returns the header, the line it stands on, and what there is to say about it.
func (r *csvReader) header(opt ReadOptions) ([]string, int, []string, error) {
	if opt.FindHeader == nil {
		cells, line, err := r.row()
		return cells, line, nil, err
	}
	rows := holdRows(func() (held[string], int) {
		cells, line, err := r.row()
		n := 0
		kept := make([]string, len(cells))
		for i, c := range cells {
			kept[i] = strings.Clone(c)
			n += len(c)
		}
		return held[string]{row: line, cells: kept, err: err}, n
	})
	if rows[0].err != nil {
		return nil, 0, nil, rows[0].err
	}
	head, rest := headOf(rows, opt, func(s string) string { return s })
	r.held = rest
	return head.Names, rows[head.Row].row, head.Notes, nil
}

// following returns the next row, those held first.
func (r *csvReader) following() ([]string, int, error) {
	if len(r.held) == 0 {
		return r.row()
	}
	h := r.held[0]
	r.held = r.held[1:]
	if h.err != nil {
		r.held = []held[string]{h} // nothing follows it
	}
	return h.cells, h.row, h.err
}

// sniffDelimiter counts the candidates outside quotation marks in the first line that has text.
// A title line has none of them; when the header may come later, the first line with one decides.
func sniffDelimiter(r *bufio.Reader, titles bool) rune {
	head, _ := r.Peek(r.Size()) // an error comes again with the first row
	counts := map[byte]int{}
	quoted := false
	for i, c := range head {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted && len(strings.TrimSpace(string(head[:i]))) > 0 && (!titles || counts[',']+counts['\t']+counts[';'] > 0) {
			break
		}
		if !quoted {
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{'\t', ';'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return rune(best)
}

// row reads the next row that has text in it, and the line it begins on.
func (r *csvReader) row() ([]string, int, error) {
	for {
		r.gate.open()
		cells, err := r.csv.Read()
		if err != nil {
			return nil, 0, csvError(err)
		}
		line, _ := r.csv.FieldPos(0)
		if slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			return cells, line, r.garbled(cells, line)
		}
	}
}

// garbled reports bytes that are no GB18030 either; the decoder left U+FFFD for them.
func (r *csvReader) garbled(cells []string, line int) error {
	if !r.gb {
		return nil
	}
	for _, c := range cells {
		if strings.ContainsRune(c, '\uFFFD') {
			return &Error{
				Row: line, Rule: RuleEncoding, Value: clip(c), Message: "the text is neither UTF-8 nor GB18030", Fatal: true,
				Remedy: "Save the file as CSV in UTF-8.",
			}
		}
	}
	return nil
}

func csvError(err error) error {
	var own *Error
	if errors.Is(err, io.EOF) || errors.As(err, &own) {
		return err
	}
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		return &Error{
			Row: syntax.StartLine, Rule: RuleSyntax, Message: "a quotation mark is out of place: " + syntax.Err.Error(), Fatal: true, Err: err,
			Remedy: "Double quotation marks inside a text, and put the text into quotation marks.",
		}
	}
	return &Error{Rule: RuleOpen, Message: "the file cannot be read: " + cause(err), Fatal: true, Err: err}
}

// Next implements Reader.
func (r *csvReader) Next() (Record, error) {
	cells, line, err := r.following()
	if err != nil {
		if errors.Is(err, io.EOF) {
			r.end()
		}
		return Record{}, err
	}
	return r.record(line, len(cells), func(i int) any {
		if cells[i] == "" {
			return nil
		}
		return strings.Clone(cells[i])
	})
}

// Close implements Reader.
func (r *csvReader) Close() error { return r.file.Close() }

// csvEncoder writes a CSV file in UTF-8, lines ended by LF.
type csvEncoder struct {
	w        *csv.Writer
	row      []string
	hasShape bool
	wkt      []byte
}

func createCSV(f *os.File, l Layer, opt WriteOptions) (encoder, error) {
	if opt.BOM {
		if _, err := f.Write(utf8BOM); err != nil {
			return nil, err
		}
	}
	e := &csvEncoder{w: csv.NewWriter(f), hasShape: l.HasShape}
	e.row = headerOf(l, opt)
	return e, e.w.Write(e.row)
}

// headerOf is the header of a spreadsheet: names or titles, the shape last.
func headerOf(l Layer, opt WriteOptions) []string {
	header := make([]string, 0, len(l.Fields)+1)
	for _, f := range l.Fields {
		name := f.Name
		if opt.Titles && f.Title != "" {
			name = f.Title
		}
		header = append(header, disarm(name))
	}
	if l.HasShape {
		header = append(header, shapeHeader(l.CRS))
	}
	return header
}

func (e *csvEncoder) encode(cells []cell, shape geo.Shape) error {
	for i, c := range cells {
		e.row[i] = c.text
		if c.kind == text {
			e.row[i] = disarm(c.text)
		}
	}
	if e.hasShape {
		e.row[len(cells)] = ""
		if shape != nil {
			e.wkt = AppendWKT(e.wkt[:0], shape)
			e.row[len(cells)] = string(e.wkt)
		}
	}
	if len(e.row) == 1 && e.row[0] == "" {
		return unfit("a row of one empty cell would be lost in CSV: take XLSX", "只有一列且该列为空的行在 CSV 中会丢失，请改用 XLSX")
	}
	return e.w.Write(e.row)
}

func (e *csvEncoder) finish() error {
	e.w.Flush()
	return e.w.Error()
}
