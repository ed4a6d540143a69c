package report

import (
	"strings"
	"unicode"
)

// missingGlyph stands for a character that the font does not have: a box that everybody sees, never a blank.
const missingGlyph = '□'

// tofu reports by how much a character moves on, in units of the size of type; a character the font lacks counts as the box.
func (s *sheet) tofu(r rune) float64 {
	if w, known := s.advance[r]; known {
		return w
	}
	s.try(s.pdf.SetFont(typeface, "", 10))
	w := 0.0
	if has, err := s.pdf.IsCurrFontContainGlyph(r); err == nil && has {
		mm, err := s.pdf.MeasureTextWidth(string(r))
		s.try(err)
		w = mm / mmPerPoint / 10
	}
	s.advance[r] = w
	return w
}

// printable replaces what the font does not have. Characters that only steer, as line ends and marks of direction, become blanks.
func (s *sheet) printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zs, r) && r != '\u3000':
			return ' '
		case s.tofu(r) == 0:
			return missingGlyph
		}
		return r
	}, text)
}

// measure is the width of a line in millimetres.
func (s *sheet) measure(text string, size float64) float64 {
	w := 0.0
	for _, r := range s.printable(text) {
		w += s.tofu(r)
	}
	return w * size * mmPerPoint
}

// wrap breaks a text into lines no wider than so many millimetres: between Chinese characters, at blanks between words, never before a
// closing mark, and inside a word only when it alone is too wide. Line ends in the text are kept.
func (s *sheet) wrap(text string, size, width float64) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		lines = append(lines, s.wrapPart(s.printable(part), width/(size*mmPerPoint))...)
	}
	return lines
}

func (s *sheet) wrapPart(text string, width float64) []string {
	var lines []string
	line, w := "", 0.0
	for _, piece := range pieces(text) {
		for {
			pw := s.widthOf(piece)
			if w+pw <= width || line == "" && pw <= width {
				line, w = line+piece, w+pw
				break
			}
			if line != "" {
				lines = append(lines, strings.TrimRight(line, " "))
				line, w = "", 0
				piece = strings.TrimLeft(piece, " ")
				continue
			}
			head := s.fitting(piece, width)
			lines = append(lines, head)
			piece = piece[len(head):]
		}
	}
	return append(lines, strings.TrimRight(line, " "))
}

func (s *sheet) widthOf(text string) float64 {
	w := 0.0
	for _, r := range text {
		w += s.tofu(r)
	}
	return w
}

// fitting is as much of a word as fits, at least one character.
func (s *sheet) fitting(word string, width float64) string {
	w := 0.0
	for i, r := range word {
		if w += s.tofu(r); w > width && i > 0 {
			return word[:i]
		}
	}
	return word
}

// closing marks never begin a line.
const closing = "，。、；：？！）》】”’〕％%,.;:?!)]}"

// pieces cuts a text at the places where a line may end.
func pieces(text string) []string {
	var out []string
	from := 0
	var before rune
	for i, r := range text {
		if i > from && mayBreak(before, r) {
			out = append(out, text[from:i])
			from = i
		}
		before = r
	}
	return append(out, text[from:])
}

func mayBreak(before, after rune) bool {
	switch {
	case strings.ContainsRune(closing, after) || strings.ContainsRune("（《【“‘〔([", before):
		return false
	case before == ' ':
		return after != ' '
	}
	return wide(before) || wide(after)
}

// wide reports whether lines may break beside a character: Chinese ones and their marks.
func wide(r rune) bool { return r >= 0x2E80 && r <= 0xFFEF }
