package postgis

// texts reads the texts of rows. Those of one row stand in one piece of memory, and one that a column had in the row before is that one: a
// large zone has millions, of which the collector would have to look at each.
type texts struct {
	before  []string // by column: in the last row that had one
	row     []byte
	waiting []waitingText
}

// waitingText is a text that stands in the row until settle.
type waitingText struct {
	field            *string
	column, from, to int
}

func newTexts(columns int) *texts { return &texts{before: make([]string, columns)} }

// read reads a column of a row; raw is nil for NULL and belongs to the connection. The field has its text when settle was called.
func (t *texts) read(field *string, column int, raw []byte) {
	if len(raw) == 0 {
		return
	}
	if t.before[column] == string(raw) {
		*field = t.before[column]
		return
	}
	from := len(t.row)
	t.row = append(t.row, raw...)
	t.waiting = append(t.waiting, waitingText{field, column, from, len(t.row)})
}

// settle ends a row.
func (t *texts) settle() {
	all := string(t.row)
	for _, w := range t.waiting {
		*w.field = all[w.from:w.to]
		t.before[w.column] = *w.field
	}
	t.row, t.waiting = t.row[:0], t.waiting[:0]
}
