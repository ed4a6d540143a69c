package report

// column is one column of a table.
type column struct {
	title string
	share float64 // of the table's width, relative to the others'
	right bool    // numbers stand at the right
}

// grid draws a table over the whole width. Its header is repeated on every page; a row that does not fit on one page goes on on the next.
type grid struct {
	s       *sheet
	size    float64
	columns []column
	widths  []float64
	head    [][]string
	shaded  bool
	bare    bool // nothing stands below the header yet
}

const (
	cellPadding = 1.2
	leastLines  = 6 // of a row that goes on on the next page
)

// table draws a table, its titles being our own texts; an empty cell is a dash.
func (s *sheet) table(size float64, columns []column, rows [][]string) {
	g := &grid{s: s, size: size, columns: columns}
	total := 0.0
	for _, c := range columns {
		total += c.share
	}
	for _, c := range columns {
		w := s.inner() * c.share / total
		g.widths = append(g.widths, w)
		g.head = append(g.head, s.wrap(s.say(c.title), size, w-2*cellPadding))
	}
	s.need(g.beginning(rows))
	g.header()
	for _, row := range rows {
		g.row(row)
	}
	s.gap(2)
}

func (g *grid) pitch() float64 { return g.size * mmPerPoint * lineFactor }

func (g *grid) height(cells [][]string) float64 {
	lines := 1
	for _, c := range cells {
		lines = max(lines, len(c))
	}
	return float64(lines)*g.pitch() + cellPadding
}

// beginning is the room for the header and the first row, or for some lines of a row that no page has room for.
func (g *grid) beginning(rows [][]string) float64 {
	h := 3 * g.pitch()
	if len(rows) > 0 {
		h = max(h, g.height(g.wrapped(rows[0])))
	}
	h += g.height(g.head)
	if g.s.withHeld(h) > g.s.bottom()-marginTop {
		return g.height(g.head) + leastLines*g.pitch()
	}
	return h
}

func (g *grid) header() {
	h := g.height(g.head)
	g.s.fill(marginX, g.s.y, g.s.inner(), h, accent)
	g.cells(g.head, white)
	g.s.gap(h)
	g.shaded, g.bare = false, true
}

func (g *grid) row(values []string) {
	for cells := g.wrapped(values); cells != nil; {
		cells = g.part(cells)
	}
}

// wrapped breaks a row's values into lines.
func (g *grid) wrapped(values []string) [][]string {
	cells := make([][]string, len(g.columns))
	for i := range cells {
		text := dash
		if i < len(values) {
			text = orDash(values[i])
		}
		cells[i] = g.s.wrap(text, g.size, g.widths[i]-2*cellPadding)
	}
	return cells
}

// part draws as much of a row as fits and returns what is left, nil when nothing is.
func (g *grid) part(cells [][]string) (left [][]string) {
	page := g.s.bottom() - marginTop - g.height(g.head)
	if h := g.height(cells); !g.bare && g.s.y+h > g.s.bottom() && (h <= page || g.s.bottom()-g.s.y < leastLines*g.pitch()) {
		g.s.newPage()
		g.header()
	}
	g.bare = false
	fit := max(1, int((g.s.bottom()-g.s.y-cellPadding)/g.pitch()))
	for i := range cells {
		if len(cells[i]) > fit {
			if left == nil {
				left = make([][]string, len(cells))
			}
			left[i], cells[i] = cells[i][fit:], cells[i][:fit]
		}
	}
	h := g.height(cells)
	if g.shaded {
		g.s.fill(marginX, g.s.y, g.s.inner(), h, tint)
	}
	g.cells(cells, ink)
	g.s.gap(h)
	g.s.line(marginX, g.s.y, marginX+g.s.inner(), g.s.y, 0.1, rule)
	if left == nil {
		g.shaded = !g.shaded
	}
	return left
}

func (g *grid) cells(cells [][]string, c color) {
	x := marginX
	for i, lines := range cells {
		for n, line := range lines {
			y := g.s.y + cellPadding/2 + float64(n)*g.pitch()
			if g.columns[i].right {
				g.s.writeRight(x+g.widths[i]-cellPadding, y, g.size, c, line)
			} else {
				g.s.write(x+cellPadding, y, g.size, c, line)
			}
		}
		x += g.widths[i]
	}
}
