package layerfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// The encodings a text file can be in.
const (
	encodingUTF8    = "UTF-8"
	encodingBOM     = "UTF-8 with BOM"
	encodingGB18030 = "GB18030"
)

var utf8BOM = []byte("\xEF\xBB\xBF")

// textFile is a file of text with its encoding known, which can be read from its start as often as needed.
type textFile struct {
	file     *os.File
	encoding string
}

// openText finds out the encoding: the one given, else a BOM, else UTF-8 when all bytes are, else GB18030. It reads the file
// once, because one line far down may decide.
func openText(f *os.File, given string) (*textFile, error) {
	t := &textFile{file: f}
	var want string
	switch strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(given)) {
	case "":
	case "utf8":
		want = encodingUTF8
	case "gb18030", "gbk", "gb2312", "cp936":
		want = encodingGB18030 // GB18030 contains the other two
	default:
		return nil, fatal(RuleEncoding, fmt.Sprintf("the encoding %q is not known", clip(given)), "Use utf-8 or gb18030.")
	}
	scan, err := scanText(f)
	if err != nil {
		return nil, err
	}
	switch {
	case scan.bom && want != encodingGB18030:
		t.encoding = encodingBOM
	case want != "":
		t.encoding = want
	case scan.badLine == 0:
		t.encoding = encodingUTF8
	default:
		t.encoding = encodingGB18030
	}
	if t.encoding != encodingGB18030 && scan.badLine > 0 {
		return nil, &Error{
			Row: scan.badLine, Rule: RuleEncoding, Message: "the text is not UTF-8", Fatal: true,
			Remedy: "Try --encoding gb18030, or save the file as UTF-8.",
		}
	}
	return t, nil
}

// textScan is what one look through a file's bytes tells.
type textScan struct {
	bom     bool
	badLine int // first line that is not UTF-8; 0 when there is none
}

func scanText(f *os.File) (textScan, error) {
	var s textScan
	r := bufio.NewReaderSize(f, 64<<10)
	head, _ := r.Peek(len(oleMagic)) // a shorter file gives a shorter head
	if err := notText(head); err != nil {
		return s, err
	}
	s.bom = bytes.HasPrefix(head, utf8BOM)
	line, buf, kept := 1, make([]byte, 64<<10), 0
	for {
		n, err := r.Read(buf[kept:])
		b := buf[:kept+n]
		if i := bytes.IndexByte(b[kept:], 0); i >= 0 {
			return s, &Error{
				Row: line + bytes.Count(b[:kept+i], []byte("\n")), Rule: RuleEncoding, Fatal: true,
				Message: "there is a NUL byte: this is not a text file", Remedy: "Save it as CSV in UTF-8.",
			}
		}
		whole := wholeRunes(b, err != nil)
		if s.badLine == 0 && !utf8.Valid(whole) {
			s.badLine = line + bytes.Count(whole[:firstInvalid(whole)], []byte("\n"))
		}
		line += bytes.Count(whole, []byte("\n"))
		kept = copy(buf, b[len(whole):])
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return s, &Error{Rule: RuleOpen, Message: "the file cannot be read: " + cause(err), Fatal: true, Err: err}
		}
	}
}

// notText recognises files that only bear a text file's name.
func notText(head []byte) error {
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return fatal(RuleEncoding, "the text is UTF-16", "Save it as CSV in UTF-8 (Excel: \"CSV UTF-8\").")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return fatal(RuleFormat, "this is a zip archive or an Excel file, not a text file", "Give it its true extension, or unpack it.")
	case bytes.HasPrefix(head, oleMagic):
		return fatal(RuleFormat, "this is an old Excel file, not a text file", "Open it in Excel or WPS and save it as .xlsx.")
	}
	return nil
}

// wholeRunes cuts off a rune that may go on in the next block.
func wholeRunes(b []byte, last bool) []byte {
	if last {
		return b
	}
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n < 2 {
			return i
		}
		i += n
	}
	return len(b)
}

// rewind starts reading again from the first character, as UTF-8 without BOM.
func (t *textFile) rewind() (io.Reader, error) {
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return nil, &Error{Rule: RuleOpen, Message: "the file cannot be read: " + cause(err), Fatal: true, Err: err}
	}
	switch t.encoding {
	case encodingGB18030:
		return transform.NewReader(t.file, simplifiedchinese.GB18030.NewDecoder()), nil
	case encodingBOM:
		if _, err := t.file.Seek(int64(len(utf8BOM)), io.SeekStart); err != nil {
			return nil, &Error{Rule: RuleOpen, Message: "the file cannot be read: " + cause(err), Fatal: true, Err: err}
		}
	}
	return t.file, nil
}

// gate lets through so many bytes until it is opened again. Parsers hold what they read until a record ends, so this bounds their
// memory whatever the file does.
type gate struct {
	r    io.Reader
	most int
	left int
	rule string
}

// gateSlack is what parsers read ahead of a record.
const gateSlack = 128 << 10

func newGate(r io.Reader, most int, rule string) *gate {
	return &gate{r, most + gateSlack, most + gateSlack, rule}
}

func (g *gate) open() { g.left = g.most }

func (g *gate) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, fatal(g.rule, fmt.Sprintf("one record is larger than %d bytes", g.most-gateSlack), "Check for a quotation mark or bracket that is never closed.")
	}
	n, err := g.r.Read(p[:min(len(p), g.left)])
	g.left -= n
	return n, err
}
