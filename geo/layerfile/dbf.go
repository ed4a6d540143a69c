package layerfile

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// dbfColumn is one column of a dBASE table.
type dbfColumn struct {
	name     []byte
	kind     byte // C text, N and F numbers, D date, L truth, I whole number, O or B double
	from, to int  // bytes of a record
	decimals int
}

// dbfTable streams the rows of a .dbf.
type dbfTable struct {
	file     *os.File
	in       *bufio.Reader // of file, from the first row on
	columns  []dbfColumn
	rows     int // as the header says
	width    int
	start    int64
	language byte
	row      []byte
	read     int
}

// The kinds of column that are read, and what becomes of them.
const dbfKinds = "CNFDLIOB"

func openDBF(f *os.File, limits Limits) (*dbfTable, error) {
	var head [32]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return nil, fatal(RuleFormat, "the .dbf is shorter than its header", "Copy or export it again.")
	}
	t := &dbfTable{
		file: f, rows: int(binary.LittleEndian.Uint32(head[4:])), start: int64(binary.LittleEndian.Uint16(head[8:])),
		width: int(binary.LittleEndian.Uint16(head[10:])), language: head[29],
	}
	switch {
	case t.start < 33 || t.width < 1:
		return nil, fatal(RuleFormat, "this is no dBASE table", "Give it its true extension, or export it again.")
	case t.rows > limits.Rows:
		return nil, fatal(RuleRows, fmt.Sprintf("the file has %d rows, the limit is %d", t.rows, limits.Rows), "Split it.")
	}
	if err := t.readColumns(limits); err != nil {
		return nil, err
	}
	t.row = make([]byte, t.width)
	t.in = bufio.NewReaderSize(f, dbfAhead)
	return t, t.rewind()
}

// dbfAhead is how many bytes of a table are read at a time.
const dbfAhead = 256 << 10

// rewind goes to the first row.
func (t *dbfTable) rewind() error {
	_, err := t.file.Seek(t.start, io.SeekStart)
	t.in.Reset(t.file)
	t.read = 0
	return err
}

func (t *dbfTable) readColumns(limits Limits) error {
	b := make([]byte, t.start-32)
	if _, err := t.file.ReadAt(b, 32); err != nil {
		return fatal(RuleFormat, "the .dbf is shorter than its header", "Copy or export it again.")
	}
	at := 1 // the first byte marks deleted rows
	for ; len(b) >= 32 && b[0] != 0x0D; b = b[32:] {
		name, _, _ := bytes.Cut(b[:11], []byte{0})
		c := dbfColumn{name: bytes.TrimSpace(name), kind: b[11], from: at, to: at + int(b[16]), decimals: int(b[17])}
		if c.kind == 'C' && c.decimals > 0 {
			c.to += 256 * c.decimals // long texts keep the high byte of their length here
		}
		if at = c.to; at > t.width {
			return fatal(RuleSyntax, "the columns of the .dbf are wider than its rows", "Export it again.")
		}
		if t.columns = append(t.columns, c); len(t.columns) > limits.Columns {
			return fatal(RuleColumns, fmt.Sprintf("the file has more than %d columns", limits.Columns), "Export the needed columns only.")
		}
	}
	return nil
}

// next returns the bytes of the next row and whether it was deleted, or io.EOF.
func (t *dbfTable) next() (row []byte, deleted bool, err error) {
	if t.read == t.rows {
		return nil, false, io.EOF
	}
	t.read++
	if _, err := io.ReadFull(t.in, t.row); err != nil {
		return nil, false, &Error{
			Row: t.read, Rule: RuleSyntax, Message: fmt.Sprintf("the .dbf ends before its row %d of %d", t.read, t.rows), Fatal: true,
			Remedy: "Copy or export it again.",
		}
	}
	return t.row, t.row[0] == '*', nil
}

// encodingOf finds the encoding of the texts: the .cpg, else the language byte, else UTF-8 when every byte fits, else GB18030.
func (t *dbfTable) encodingOf(cpg, given string) (encoding, why string, err error) {
	for _, said := range []struct{ text, why string }{{given, "the option"}, {cpg, "the .cpg"}, {languageOf(t.language), "the .dbf"}} {
		if said.text == "" {
			continue
		}
		switch clean := strings.ToUpper(strings.NewReplacer("-", "", "_", "", " ", "").Replace(said.text)); {
		case clean == "UTF8" || clean == "65001":
			return encodingUTF8, said.why, nil
		case strings.HasPrefix(clean, "GB") || clean == "936" || clean == "CP936" || clean == "OEM936" || clean == "ANSI936" || clean == "54936":
			return encodingGB18030, said.why, nil
		case clean == "88591" || clean == "ISO88591" || clean == "1252" || clean == "CP1252" || clean == "ANSI1252":
			continue // what programs write when nobody told them; Chinese texts are never in it
		default:
			return "", "", fatal(RuleEncoding, fmt.Sprintf("%s names the encoding %q, which is not known", said.why, clip(said.text)), "Name it by --encoding, utf-8 or gb18030.")
		}
	}
	valid, err := t.allUTF8()
	if err != nil || valid {
		return encodingUTF8, "every byte fits", err
	}
	return encodingGB18030, "no UTF-8", nil
}

// languageOf reads the language byte: 0x4D and 0x7A are Chinese.
func languageOf(b byte) string {
	if b == 0x4D || b == 0x7A {
		return "CP936"
	}
	return ""
}

// allUTF8 looks through the texts once.
func (t *dbfTable) allUTF8() (bool, error) {
	defer func() { _ = t.rewind() }() // the next read says what is wrong
	for _, c := range t.columns {
		if !utf8.Valid(wholeRunes(c.name, false)) {
			return false, nil
		}
	}
	for {
		row, _, err := t.next()
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		for _, c := range t.columns {
			if c.kind == 'C' && !utf8.Valid(wholeRunes(trimCell(row[c.from:c.to]), false)) {
				return false, nil
			}
		}
	}
}

// trimCell takes blanks and zeros from both ends. It is called for each cell, and bytes.Trim makes a set of what to take each time.
func trimCell(b []byte) []byte {
	isFill := func(c byte) bool { return c == ' ' || c == 0 }
	for len(b) > 0 && isFill(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	for len(b) > 0 && isFill(b[0]) {
		b = b[1:]
	}
	return b
}

// decode makes text of bytes; a character cut off at the end of its cell is left out.
func decode(b []byte, encoding string) (string, bool) {
	if encoding == encodingUTF8 {
		b = wholeRunes(b, false)
		return string(b), utf8.Valid(b)
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	s := string(out)
	if trimmed := strings.TrimSuffix(s, "\uFFFD"); len(trimmed) < len(s) {
		s = trimmed // half a character at the end
	}
	return s, err == nil && !strings.ContainsRune(s, utf8.RuneError)
}

// value reads one cell; nil is missing.
func (c *dbfColumn) value(row []byte, encoding string) (any, error) {
	raw := row[c.from:c.to]
	switch c.kind {
	case 'I':
		if len(raw) == 4 {
			return Number(strconv.FormatInt(int64(int32(binary.LittleEndian.Uint32(raw))), 10)), nil
		}
	case 'O', 'B':
		if len(raw) == 8 {
			if v := float(raw); !math.IsNaN(v) && !math.IsInf(v, 0) {
				return Number(strconv.FormatFloat(v, 'f', -1, 64)), nil
			}
			return nil, nil
		}
	}
	text, ok := decode(trimCell(raw), encoding)
	if !ok {
		return nil, errors.New("the text is not " + encoding)
	}
	return cellValue(c.kind, text)
}

// isPlainNumber tells a decimal that needs no parser to be known for one: digits, a sign before them and a point among them, as nearly all cells
// have it.
func isPlainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, decimals, pointed := strings.Cut(s, ".")
	return isDigits(whole) && (!pointed || isDigits(decimals))
}

// isDigits tells a text of one digit or more and nothing else.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func cellValue(kind byte, text string) (any, error) {
	switch kind {
	case 'N', 'F', 'I', 'O', 'B':
		if isPlainNumber(text) {
			return Number(text), nil
		}
		text = strings.TrimSpace(text)
		if text == "" || strings.Trim(text, "*") == "" { // stars stand for a number too wide for its column, or for none
			return nil, nil
		}
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return nil, fmt.Errorf("%q is not a number", clip(text))
		}
		return Number(strings.TrimPrefix(text, "+")), nil
	case 'D':
		if len(text) == 8 && isDigits(text) && text != "00000000" {
			return text[:4] + "-" + text[4:6] + "-" + text[6:], nil
		}
		if strings.Trim(text, "0") == "" {
			return nil, nil
		}
		return nil, fmt.Errorf("%q is not a date YYYYMMDD", clip(text))
	case 'L':
		switch strings.ToUpper(text) {
		case "T", "Y":
			return true, nil
		case "F", "N":
			return false, nil
		}
		return nil, nil
	}
	if text == "" {
		return nil, nil
	}
	return text, nil
}
