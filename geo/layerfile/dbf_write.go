package layerfile

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// shortNames cuts names to ten bytes, and numbers those that would be the same.
func (e *shapefileEncoder) shortNames() []string {
	taken := map[string]bool{}
	names := make([]string, len(e.layer.Fields))
	for i, f := range e.layer.Fields {
		name := cutBytes(f.Name, dbfNameBytes, e.gb)
		for n := 1; taken[strings.ToUpper(name)] || name == ""; n++ {
			tail := strconv.Itoa(n)
			name = cutBytes(f.Name, dbfNameBytes-len(tail), e.gb) + tail
		}
		taken[strings.ToUpper(name)], names[i] = true, name
	}
	return names
}

// cutBytes keeps as many whole characters as fit into so many bytes of the encoding.
func cutBytes(s string, most int, gb bool) string {
	n := 0
	for i, r := range s {
		if n += len(encodeText(string(r), gb)); n > most {
			return s[:i]
		}
	}
	return s
}

// encodeText writes a text in GB18030, which holds every character, or leaves it UTF-8.
func encodeText(s string, gb bool) []byte {
	if !gb {
		return []byte(s)
	}
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		return []byte(s) // not UTF-8: nothing better is known
	}
	return b
}

// dbfShape is how a field is kept in the table. A text in GB18030 is at most twice as long as in UTF-8: that of letters such as ð.
func dbfShape(f Field, gb bool) (kind byte, width, places int) {
	switch f.Type {
	case Integer:
		return 'N', 18, 0
	case Real:
		return 'N', dbfNumber, dbfPlaces
	case Bool:
		return 'L', 1, 0
	case Date:
		return 'D', 8, 0
	}
	width = f.Width
	if gb {
		width *= 2
	}
	if width == 0 {
		width = dbfTextBytes
	}
	return 'C', min(width, dbfTextBytes), 0
}

func (e *shapefileEncoder) dbfHeader() []byte {
	head := make([]byte, 32, 33+32*len(e.names))
	width := 1
	for i, name := range e.names {
		kind, w, places := dbfShape(e.layer.Fields[i], e.gb)
		column := make([]byte, 32)
		copy(column, encodeText(name, e.gb))
		column[11], column[16], column[17] = kind, byte(w), byte(places)
		head = append(head, column...)
		width += w
	}
	head = append(head, 0x0D)
	head[0] = 3
	copy(head[1:], []byte{100, 1, 1}) // 2000-01-01: no clock is asked
	binary.LittleEndian.PutUint16(head[8:], uint16(len(head)))
	binary.LittleEndian.PutUint16(head[10:], uint16(width))
	if e.gb {
		head[29] = 0x4D
	}
	e.row = make([]byte, width)
	return head
}

func (e *shapefileEncoder) encodeRow(cells []cell) error {
	for i := range e.row {
		e.row[i] = ' '
	}
	at := 1
	for i, c := range cells {
		kind, width, _ := dbfShape(e.layer.Fields[i], e.gb)
		into := e.row[at : at+width]
		at += width
		if c.kind == missing {
			continue
		}
		if err := e.putCell(into, kind, c); err != nil {
			return fmt.Errorf("%s: %w", e.layer.Fields[i].Name, err)
		}
	}
	_, err := e.parts[".dbf"].w.Write(e.row)
	return err
}

func (e *shapefileEncoder) putCell(into []byte, kind byte, c cell) error {
	switch kind {
	case 'N':
		digits, err := fitNumber(c.text, len(into))
		if err != nil {
			return err
		}
		copy(into[len(into)-len(digits):], digits)
	case 'L':
		into[0] = 'F'
		if c.text == "true" {
			into[0] = 'T'
		}
	case 'D':
		day := strings.ReplaceAll(c.text, "-", "")
		if len(day) != len(into) {
			return fmt.Errorf("%q is not a day YYYY-MM-DD", clip(c.text))
		}
		copy(into, day)
	default:
		b := encodeText(c.text, e.gb)
		if len(b) > len(into) {
			return unfit("the text has %d bytes, a shapefile keeps %d: export another format", "有一段文字为 %d 字节，Shapefile 只能存 %d 字节，请换一种格式", len(b), len(into))
		}
		copy(into, b)
	}
	return nil
}

// fitNumber shortens decimals until a number fits its column. A whole part that does not fit is an error.
func fitNumber(text string, width int) (string, error) {
	if len(text) <= width && !strings.ContainsAny(text, "eE") {
		return text, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "", err
	}
	for places := dbfPlaces; places >= 0; places-- {
		if s := strconv.FormatFloat(v, 'f', places, 64); len(s) <= width {
			return s, nil
		}
	}
	return "", unfit("%s is too large for a shapefile: export another format", "数值 %s 超出 Shapefile 字段的宽度，请换一种格式", clip(text))
}

// fieldList says which short name stands for which field.
func (e *shapefileEncoder) fieldList() string {
	var b strings.Builder
	b.WriteString("\uFEFFname,field,title\r\n")
	for i, f := range e.layer.Fields {
		fmt.Fprintf(&b, "%s,%s,%s\r\n", e.names[i], disarm(f.Name), strings.ReplaceAll(disarm(f.Title), ",", "，"))
	}
	return b.String()
}
