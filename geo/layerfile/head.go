package layerfile

// HeadRow is one of the first rows of a sheet, as texts, before anybody knows which of them is the header.
type HeadRow struct {
	Row   int // as in Record
	Cells []string
}

// Head is what a caller decided about the top of a sheet.
type Head struct {
	Names []string // of the columns
	Row   int      // index of the header's last row among those shown
	Skip  int      // rows behind the header that hold no record, such as a row of units
	Notes []string
}

// The rows shown to a ReadOptions.FindHeader: so many, or as many as fit.
const (
	headRows  = 20
	headBytes = 1 << 20
)

// held is a row that was read while looking for the header.
type held[C any] struct {
	row   int
	cells []C
	bad   error // a cell that cannot be read
	at    int   // where it is
	err   error // what ended the reading; nothing follows
}

// holdRows reads the rows that may hold a header. What ends the reading is held as well, to be told in its turn.
func holdRows[C any](next func() (held[C], int)) []held[C] {
	var rows []held[C]
	for bytes := 0; len(rows) < headRows && bytes < headBytes; {
		h, n := next()
		rows = append(rows, h)
		if h.err != nil {
			break
		}
		bytes += n
	}
	return rows
}

// headOf asks for the header among the rows held, and returns it with the rows that follow it.
func headOf[C any](rows []held[C], opt ReadOptions, text func(C) string) (Head, []held[C]) {
	shown := make([]HeadRow, 0, len(rows))
	for _, h := range rows {
		if h.err != nil {
			break
		}
		cells := make([]string, len(h.cells))
		for i, c := range h.cells {
			cells[i] = text(c)
		}
		shown = append(shown, HeadRow{h.row, cells})
	}
	head := opt.FindHeader(shown)
	return head, rows[min(head.Row+head.Skip+1, len(rows)):]
}
