package report

import (
	"bytes"
	"fmt"

	"github.com/signintech/gopdf"

	"muchan/tiles/report/font"
)

// The measures of a page, in millimetres; sizes of type are in points.
const (
	marginX      = 16.0
	marginTop    = 16.0
	marginBottom = 21.0 // the footer stands in it
	mmPerPoint   = 25.4 / 72
	lineFactor   = 1.45 // line pitch over size of type

	small  = 7.0
	normal = 8.5
	large  = 11.0
	huge   = 17.0
)

type color struct{ r, g, b uint8 }

// The colours of pages: ink, quiet ink, the accent of headings, lines, tints of rows.
var (
	ink    = color{0x1B, 0x25, 0x30}
	quiet  = color{0x62, 0x6D, 0x78}
	accent = color{0x0B, 0x4F, 0x8A}
	alarm  = color{0xB4, 0x1E, 0x1E}
	rule   = color{0xB8, 0xC2, 0xCC}
	tint   = color{0xEE, 0xF3, 0xF8}
	white  = color{0xFF, 0xFF, 0xFF}
)

// typeface is the name of the font inside a document, with the tag that says it is cut down to what is used (ISO 32000, 9.6.4).
const typeface = "MUCHAN+NotoSansSC"

// sheet is a document in the making: pages, and the place on the last of them where the next block goes. The first failure stays and
// makes all that follows do nothing; bytes tells it.
type sheet struct {
	tongue
	pdf           *gopdf.GoPdf
	width, height float64 // of a page
	y             float64 // top of the next block
	pages         int
	held          []held           // waits for the block that it must not be parted from
	advance       map[rune]float64 // width of a character in units of the size of type; 0 for none in the font
	err           error
}

func newSheet(title string, landscape bool, l tongue) *sheet {
	s := &sheet{tongue: l, pdf: &gopdf.GoPdf{}, width: 210, height: 297, advance: map[rune]float64{}}
	if landscape {
		s.width, s.height = s.height, s.width
	}
	s.pdf.Start(gopdf.Config{Unit: gopdf.UnitMM, PageSize: gopdf.Rect{W: s.width, H: s.height}})
	s.pdf.SetInfo(gopdf.PdfInfo{Title: title, Creator: "muchan", Producer: "muchan"})
	ttf, err := font.TTF()
	if err != nil {
		s.err = err
		return s
	}
	s.try(s.pdf.AddTTFFontData(typeface, ttf))
	s.newPage()
	return s
}

func (s *sheet) try(err error) {
	if s.err == nil && err != nil {
		s.err = fmt.Errorf("draw page: %w", err)
	}
}

func (s *sheet) newPage() {
	if s.err != nil {
		return
	}
	s.pdf.AddPage()
	s.pages++
	s.y = marginTop
}

func (s *sheet) bottom() float64 { return s.height - marginBottom }

func (s *sheet) inner() float64 { return s.width - 2*marginX }

// need makes sure that so many millimetres are free on the page, on a new one if need be. What is held is drawn first, on the same page.
func (s *sheet) need(h float64) {
	if h = s.withHeld(h); s.y+h > s.bottom() && s.y > marginTop {
		s.newPage()
	}
	waiting := s.held
	s.held = nil
	for _, w := range waiting {
		w.draw()
	}
}

func (s *sheet) gap(h float64) { s.y += h }

// write puts one line of text; y is the top of its line.
func (s *sheet) write(x, y, size float64, c color, text string) {
	text = s.printable(text) // measures, and with that sets the font, so it comes first
	if s.err != nil || text == "" {
		return
	}
	s.try(s.pdf.SetFont(typeface, "", size))
	s.pdf.SetTextColor(c.r, c.g, c.b)
	s.pdf.SetXY(x, y+(lineFactor-1)/2*size*mmPerPoint)
	s.try(s.pdf.Cell(nil, text))
}

// writeRight puts a line so that it ends at x.
func (s *sheet) writeRight(x, y, size float64, c color, text string) {
	s.write(x-s.measure(text, size), y, size, c, text)
}

func (s *sheet) line(x0, y0, x1, y1, width float64, c color) {
	if s.err != nil {
		return
	}
	s.pdf.SetStrokeColor(c.r, c.g, c.b)
	s.pdf.SetLineWidth(width)
	s.pdf.Line(x0, y0, x1, y1)
}

func (s *sheet) fill(x, y, w, h float64, c color) {
	if s.err != nil {
		return
	}
	s.pdf.SetFillColor(c.r, c.g, c.b)
	s.pdf.RectFromUpperLeftWithStyle(x, y, w, h, "F")
}

// bytes stamps every page with the footer and ends the document.
func (s *sheet) bytes(foot func(page, of int)) ([]byte, error) {
	if len(s.held) > 0 {
		s.need(0)
	}
	for page := 1; page <= s.pages && s.err == nil; page++ {
		s.try(s.pdf.SetPage(page))
		foot(page, s.pages)
	}
	if s.err != nil {
		return nil, s.err
	}
	var b bytes.Buffer
	if _, err := s.pdf.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return b.Bytes(), nil
}
