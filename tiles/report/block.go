package report

// fact is a name and its value.
type fact struct{ name, value string }

// dash stands for what is not on file. It is never a zero.
const dash = "—"

func orDash(s string) string {
	if s == "" {
		return dash
	}
	return s
}

// heading begins a section with one of our own texts. It stays with the beginning of what follows.
func (s *sheet) heading(format string, args ...any) {
	text := s.sayf(format, args...)
	h := large * mmPerPoint * lineFactor
	s.hold(h+4, func() {
		s.gap(3)
		s.fill(marginX, s.y+1, 1.2, h-2, accent)
		s.write(marginX+3, s.y, large, accent, text)
		s.gap(h + 1)
	})
}

// lead writes a paragraph that stays with the beginning of what follows.
func (s *sheet) lead(size float64, c color, text string) {
	pitch := size * mmPerPoint * lineFactor
	lines := s.wrap(text, size, s.inner())
	s.hold(float64(len(lines))*pitch, func() {
		for _, line := range lines {
			s.write(marginX, s.y, size, c, line)
			s.gap(pitch)
		}
	})
}

// paragraph writes text over the whole width.
func (s *sheet) paragraph(size float64, c color, text string) {
	s.indented(0, size, c, text)
}

func (s *sheet) indented(by, size float64, c color, text string) {
	pitch := size * mmPerPoint * lineFactor
	for _, line := range s.wrap(text, size, s.inner()-by) {
		s.need(pitch)
		s.write(marginX+by, s.y, size, c, line)
		s.gap(pitch)
	}
}

// facts lists names and values in two columns.
func (s *sheet) facts(list []fact) {
	const columns, padding = 2, 1.5
	cell := s.inner() / columns
	name := 34.0
	pitch := normal * mmPerPoint * lineFactor
	for i := 0; i < len(list); i += columns {
		row := list[i:min(i+columns, len(list))]
		values := make([][]string, len(row))
		lines := 1
		for k, f := range row {
			values[k] = s.wrap(orDash(f.value), normal, cell-name-2*padding)
			lines = max(lines, len(values[k]), len(s.wrap(f.name, normal, name-2*padding)))
		}
		h := float64(lines)*pitch + padding
		s.need(h)
		for k, f := range row {
			x := marginX + float64(k)*cell
			s.fill(x, s.y, name, h, tint)
			for n, line := range s.wrap(f.name, normal, name-2*padding) {
				s.write(x+padding, s.y+padding/2+float64(n)*pitch, normal, quiet, line)
			}
			for n, line := range values[k] {
				s.write(x+name+padding, s.y+padding/2+float64(n)*pitch, normal, ink, line)
			}
		}
		s.gap(h)
		s.line(marginX, s.y, marginX+float64(len(row))*cell, s.y, 0.15, rule)
	}
	s.gap(2)
}
