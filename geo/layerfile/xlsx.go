package layerfile

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxSheetColumn is Excel's last column, XFD.
const maxSheetColumn = 16384

// xlsxReader streams one sheet of a workbook.
type xlsxReader struct {
	*tabular
	file   *os.File
	book   *workbook
	part   *xmlPart
	row    int         // row read last
	cell   []any       // cells of that row
	at     int         // place of the next cell that does not say where it is
	bad    error       // first cell of that row that cannot be read
	badAt  int         // its place
	held   []held[any] // rows read while looking for the header
	merged string      // a block of merged cells passed on the way
}

func openXLSX(f *os.File, opt ReadOptions) (Reader, error) {
	z, err := openArchive(f, opt.Limits)
	if err != nil {
		return nil, err
	}
	r := &xlsxReader{file: f}
	if r.book, err = readWorkbook(z, opt.Limits); err != nil {
		return nil, err
	}
	picked, err := r.book.pick(opt.Sheet)
	if err != nil {
		return nil, err
	}
	if r.part, err = openPart(z, picked.target, opt.Limits); err != nil {
		return nil, err
	}
	if err := r.header(picked, opt); err != nil {
		r.part.Close()
		return nil, err
	}
	return r, nil
}

func (r *xlsxReader) header(picked sheet, opt ReadOptions) error {
	// The header may have as many columns as a sheet, so that newTabular can count them.
	r.tabular = &tabular{limits: opt.Limits}
	header, row, notes, err := r.findHeader(opt)
	if errors.Is(err, io.EOF) {
		return fatal(RuleEmpty, "the sheet is empty", "Write the column names into the first row, or name the sheet.")
	}
	if err != nil {
		return err
	}
	if r.tabular, err = newTabular(header, row, opt, "XLSX"); err != nil {
		return err
	}
	r.layer.Name = picked.name
	r.info.Date1904 = r.book.date1904
	r.info.Notes = append(r.info.Notes, notes...)
	if len(r.book.sheets) > 1 {
		r.info.Notes = append(r.info.Notes, fmt.Sprintf("of %d sheets only %q was read", len(r.book.sheets), picked.name))
	}
	return nil
}

// findHeader returns the header, the row it stands on, and what there is to say about it.
func (r *xlsxReader) findHeader(opt ReadOptions) ([]string, int, []string, error) {
	if opt.FindHeader == nil {
		err := r.next()
		header := make([]string, len(r.cell))
		for i, v := range r.cell {
			header[i] = cellText(v)
		}
		return header, r.row, nil, err
	}
	rows := holdRows(func() (held[any], int) {
		err := r.next()
		n := 0
		for _, v := range r.cell {
			n += len(cellText(v))
		}
		return held[any]{row: r.row, cells: slices.Clone(r.cell), bad: r.bad, at: r.badAt, err: err}, n
	})
	if rows[0].err != nil {
		return nil, 0, nil, rows[0].err
	}
	head, rest := headOf(rows, opt, cellText)
	r.held = rest
	return head.Names, rows[head.Row].row, head.Notes, nil
}

func cellText(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// following reads the next row, those held first.
func (r *xlsxReader) following() error {
	if len(r.held) == 0 {
		return r.next()
	}
	h := r.held[0]
	r.held = r.held[1:]
	if h.err != nil {
		r.held = []held[any]{h} // nothing follows it
		return h.err
	}
	r.row, r.cell, r.bad = h.row, h.cells, h.bad
	if e, ok := h.bad.(*Error); ok && h.at < len(r.fieldOf) {
		e.Column = r.columnName(h.at)
	}
	return nil
}

// Next implements Reader.
func (r *xlsxReader) Next() (Record, error) {
	if err := r.following(); err != nil {
		if errors.Is(err, io.EOF) {
			if r.merged != "" {
				r.noteMerged(r.merged)
			}
			r.end()
		}
		return Record{}, err
	}
	rec, err := r.record(r.row, max(len(r.cell), len(r.fieldOf)), func(i int) any {
		if i < len(r.cell) {
			return r.cell[i]
		}
		return nil
	})
	return rec, firstError(fatalOnly(err), r.bad, err)
}

func fatalOnly(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Fatal {
		return err
	}
	return nil
}

// Close implements Reader.
func (r *xlsxReader) Close() error {
	r.part.Close()
	return r.file.Close()
}

// next reads the next row that holds anything.
func (r *xlsxReader) next() error {
	for {
		t, err := r.part.next()
		if errors.Is(err, io.EOF) && r.part.depth > 0 {
			return fatal(RuleSyntax, "the sheet ends too early", "The file was cut off: copy or save it again.")
		}
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if e.Name.Local == "mergeCell" && r.merged == "" {
			r.merged = attr(e, "", "ref")
		}
		if e.Name.Local != "row" {
			continue
		}
		r.row++
		if n, err := strconv.Atoi(attr(e, "", "r")); err == nil && n > 0 {
			r.row = n
		}
		if err := r.readRow(); err != nil {
			return err
		}
		if r.bad != nil || slices.ContainsFunc(r.cell, func(v any) bool { return v != nil }) {
			return nil
		}
	}
}

const mergedNote = "the sheet has merged cells, of which only the first of each block holds a value: "

func (r *xlsxReader) noteMerged(ref string) {
	if !slices.ContainsFunc(r.info.Notes, func(n string) bool { return strings.HasPrefix(n, mergedNote) }) {
		r.info.Notes = append(r.info.Notes, mergedNote+clip(ref))
	}
}

// readRow reads the cells up to the end of the row.
func (r *xlsxReader) readRow() error {
	r.cell, r.at, r.bad = r.cell[:0], 0, nil
	bytes := 0
	for {
		t, err := r.part.next()
		if errors.Is(err, io.EOF) {
			return fatal(RuleSyntax, "the sheet ends too early", "The file was cut off: copy or save it again.")
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if t.Name.Local == "row" {
				return nil
			}
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			n, err := r.readCell(t)
			if err != nil {
				return err
			}
			if bytes += n; bytes > r.limits.RecordBytes {
				return &Error{Row: r.row, Rule: RuleCellSize, Fatal: true, Message: fmt.Sprintf("the row holds more than %d bytes", r.limits.RecordBytes), Remedy: "Shorten it."}
			}
		}
	}
}

// readCell reads a cell to its end and puts its value where its reference says, or behind the last cell when it has none.
func (r *xlsxReader) readCell(c xml.StartElement) (int, error) {
	at, kind, style := r.at, attr(c, "", "t"), attr(c, "", "s")
	if ref := attr(c, "", "r"); ref != "" {
		if at = columnOf(ref); at < 0 {
			return 0, &Error{Row: r.row, Rule: RuleSyntax, Message: fmt.Sprintf("%q is no cell", clip(ref)), Remedy: "Save the file again as .xlsx.", Fatal: true}
		}
	}
	r.at = at + 1
	raw, err := r.cellText()
	if err != nil || raw == "" && kind != "s" {
		return len(raw), err
	}
	v := r.value(at, raw, kind, style)
	if v == nil {
		return len(raw), nil
	}
	if r.fieldOf != nil && at >= len(r.fieldOf) {
		at = len(r.fieldOf) // one cell too many is enough to refuse the row
	}
	for len(r.cell) <= at {
		r.cell = append(r.cell, nil)
	}
	r.cell[at] = v
	return len(raw), nil
}

// cellText collects the text of <v> or of the <t> inside <is>, up to the end of the cell.
func (r *xlsxReader) cellText() (string, error) {
	var b []byte
	in, phonetic := false, false
	for {
		t, err := r.part.next()
		if errors.Is(err, io.EOF) {
			return "", fatal(RuleSyntax, "the sheet ends too early", "The file was cut off: copy or save it again.")
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			in = t.Name.Local == "v" || t.Name.Local == "t"
			phonetic = phonetic || t.Name.Local == "rPh"
		case xml.CharData:
			if in && !phonetic {
				b = append(b, t...)
			}
			if len(b) > r.limits.CellBytes {
				return "", &Error{Row: r.row, Rule: RuleCellSize, Message: fmt.Sprintf("a cell has more than %d bytes", r.limits.CellBytes), Remedy: "Shorten it.", Fatal: true}
			}
		case xml.EndElement:
			in = false
			if t.Name.Local == "rPh" {
				phonetic = false
			}
			if t.Name.Local == "c" {
				return string(b), nil
			}
		}
	}
}

// columnOf returns the column of a reference such as "AB12", counted from 0, or -1.
func columnOf(ref string) int {
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > maxSheetColumn {
			return -1
		}
	}
	return n - 1
}

// value interprets a cell by its type: s shared text, str and inlineStr text, b truth, e error, d date, else a number or a day.
func (r *xlsxReader) value(at int, raw, kind, style string) any {
	switch kind {
	case "s":
		i, err := strconv.Atoi(raw)
		text, ok := r.book.shared.at(i)
		if err != nil || !ok {
			r.fail(at, RuleSyntax, raw, "a cell names a text the workbook does not have", "Save the file again as .xlsx.")
			return nil
		}
		if text == "" {
			return nil
		}
		return text
	case "str", "inlineStr":
		return raw
	case "b":
		return isTrue(raw)
	case "e":
		r.fail(at, RuleCellError, raw, "a cell shows the error "+clip(raw), "Correct the formula, or put its value in.")
		return nil
	case "d":
		return strings.TrimSuffix(raw, "T00:00:00")
	}
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(r.book.dateXf) && r.book.dateXf[i] {
		if serial, err := strconv.ParseFloat(raw, 64); err == nil {
			if day, ok := SerialDay(serial, r.book.date1904); ok {
				return day
			}
		}
	}
	return Number(raw)
}

func (r *xlsxReader) fail(at int, rule, value, message, remedy string) {
	if r.bad != nil {
		return
	}
	e := &Error{Row: r.row, Rule: rule, Value: clip(value), Message: message, Remedy: remedy}
	if at < len(r.fieldOf) {
		e.Column = r.columnName(at)
	}
	r.bad, r.badAt = e, at
}

// SerialDay turns a spreadsheet's day number into "YYYY-MM-DD", with " HH:MM:SS" when it holds a time of day. Days before
// 1900-03-01 and after 9999 are not told: Excel counts a 29 February 1900 that never was.
func SerialDay(serial float64, date1904 bool) (string, bool) {
	if date1904 {
		serial += 1462
	}
	if !(serial >= 61 && serial < 2958466) {
		return "", false
	}
	day, part := math.Modf(serial)
	t := time.Date(1899, 12, 30, 0, 0, int(math.Round(part*86400)), 0, time.UTC).AddDate(0, 0, int(day))
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format(time.DateOnly), true
	}
	return t.Format(time.DateTime), true
}
