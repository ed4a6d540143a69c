package layerfile

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// xmlPart streams the tokens of one XML part of a workbook, bounded in depth and in what one token may hold.
type xmlPart struct {
	io.Closer
	gate  *gate
	dec   *xml.Decoder
	depth int
	most  int
}

func openPart(z *zip.Reader, name string, limits Limits) (*xmlPart, error) {
	r, err := member(z, name)
	if err != nil {
		return nil, err
	}
	g := newGate(r, limits.CellBytes, RuleCellSize) // a token is at most one cell
	return &xmlPart{Closer: r, gate: g, dec: xml.NewDecoder(g), most: limits.Depth}, nil
}

// next returns the next token. Its contents are valid until the following call.
func (p *xmlPart) next() (xml.Token, error) {
	p.gate.open()
	t, err := p.dec.RawToken()
	if err != nil {
		return nil, xmlError(err)
	}
	switch t.(type) {
	case xml.Directive:
		return nil, fatal(RuleSyntax, "the workbook declares a document type", "Open it in Excel or WPS and save it again as .xlsx.")
	case xml.StartElement:
		if p.depth++; p.depth > p.most {
			return nil, fatal(RuleNesting, fmt.Sprintf("elements nest deeper than %d", p.most), "Open it in Excel or WPS and save it again as .xlsx.")
		}
	case xml.EndElement:
		p.depth--
	}
	return t, nil
}

func xmlError(err error) error {
	var own *Error
	if errors.Is(err, io.EOF) || errors.As(err, &own) {
		return err
	}
	return &Error{
		Rule: RuleSyntax, Message: "the workbook's XML is broken: " + clipLong(err.Error()), Fatal: true, Err: err,
		Remedy: "Open it in Excel or WPS and save it again as .xlsx.",
	}
}

// elements calls start for each element of a part.
func elements(z *zip.Reader, name string, limits Limits, start func(e xml.StartElement) error) error {
	p, err := openPart(z, name, limits)
	if err != nil {
		return err
	}
	defer p.Close()
	for {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := start(e); err != nil {
				return err
			}
		}
	}
}

// attr returns an attribute by its local name, "" when absent. space distinguishes r:id from id.
func attr(e xml.StartElement, space, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local && (a.Name.Space == space || space == "*") {
			return a.Value
		}
	}
	return ""
}

// sheet is a worksheet of a workbook.
type sheet struct{ name, id, target string }

// workbook is what the small parts of an XLSX file say.
type workbook struct {
	sheets   []sheet
	date1904 bool
	dateXf   []bool // cell format -> shows a date
	shared   sharedTexts
}

const maxSheets = 1000

func readWorkbook(z *zip.Reader, limits Limits) (*workbook, error) {
	w := &workbook{}
	err := elements(z, "xl/workbook.xml", limits, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			w.date1904 = isTrue(attr(e, "", "date1904"))
		case "sheet":
			if len(w.sheets) == maxSheets {
				return fatal(RuleSheet, "the workbook has too many sheets", "Save the needed sheet alone.")
			}
			w.sheets = append(w.sheets, sheet{name: attr(e, "", "name"), id: attr(e, "r", "id")})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := w.readTargets(z, limits); err != nil {
		return nil, err
	}
	if err := optional(w.readStyles(z, limits)); err != nil {
		return nil, err
	}
	if err := optional(w.shared.read(z, limits)); err != nil {
		return nil, err
	}
	return w, nil
}

// optional lets a part be absent: a workbook without texts has no table of them.
func optional(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func isTrue(s string) bool { return s == "1" || s == "true" }

func (w *workbook) readTargets(z *zip.Reader, limits Limits) error {
	return elements(z, "xl/_rels/workbook.xml.rels", limits, func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "", "TargetMode") == "External" || !strings.HasSuffix(attr(e, "", "Type"), "/worksheet") {
			return nil
		}
		target := attr(e, "", "Target")
		if !strings.HasPrefix(target, "/") {
			target = "/xl/" + target
		}
		for i := range w.sheets {
			if w.sheets[i].id == attr(e, "", "Id") {
				w.sheets[i].target = strings.TrimPrefix(path.Clean(target), "/")
			}
		}
		return nil
	})
}

// pick finds the sheet to read: the one named, or the first that holds cells.
func (w *workbook) pick(name string) (sheet, error) {
	var names []string
	for _, s := range w.sheets {
		if s.target == "" {
			continue
		}
		if name == "" || s.name == name {
			return s, nil
		}
		names = append(names, s.name)
	}
	if name == "" {
		return sheet{}, fatal(RuleSheet, "the workbook has no sheet with cells", "Save it again as .xlsx.")
	}
	return sheet{}, fatal(RuleSheet, fmt.Sprintf("the workbook has no sheet %q", clip(name)), "Its sheets are: "+clipLong(strings.Join(names, ", "))+".")
}

// quotedFormat matches what in a number format is literal or a condition, so that a "d" in it means no day.
var quotedFormat = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)

func isDateFormat(id int, code string) bool {
	switch {
	case code != "":
		return strings.ContainsAny(strings.ToLower(quotedFormat.ReplaceAllString(code, "")), "ymd")
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return true // 27 to 36 and 50 to 58 are dates in Chinese Excel
	}
	return false
}

const maxStyles = 65536

func (w *workbook) readStyles(z *zip.Reader, limits Limits) error {
	codes := map[int]string{}
	inCells := false
	return elements(z, "xl/styles.xml", limits, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "", "numFmtId")); err == nil && len(codes) < maxStyles {
				codes[id] = attr(e, "", "formatCode")
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inCells = false
		case "xf":
			if inCells && len(w.dateXf) < maxStyles {
				id, _ := strconv.Atoi(attr(e, "", "numFmtId")) // none means general
				w.dateXf = append(w.dateXf, isDateFormat(id, codes[id]))
			}
		}
		return nil
	})
}

// sharedTexts is the workbook's table of texts in one block of memory.
type sharedTexts struct {
	text []byte
	ends []int
}

func (s *sharedTexts) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	start := 0
	if i > 0 {
		start = s.ends[i-1]
	}
	return string(s.text[start:s.ends[i]]), true
}

// read takes the texts and leaves out phonetic guides.
func (s *sharedTexts) read(z *zip.Reader, limits Limits) error {
	p, err := openPart(z, "xl/sharedStrings.xml", limits)
	if err != nil {
		return err
	}
	defer p.Close()
	var inText, inPhonetic bool
	for {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			inPhonetic = inPhonetic || t.Name.Local == "rPh"
		case xml.CharData:
			if inText && !inPhonetic {
				s.text = append(s.text, t...)
			}
		case xml.EndElement:
			inText = false
			if t.Name.Local == "rPh" {
				inPhonetic = false
			}
			if t.Name.Local == "si" {
				s.ends = append(s.ends, len(s.text))
			}
		}
		if len(s.text)+8*len(s.ends) > limits.StringBytes {
			return fatal(RuleArchive, fmt.Sprintf("the workbook's texts need more than %d bytes", limits.StringBytes), "Split the file, or save it as CSV.")
		}
	}
}
