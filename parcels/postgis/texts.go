package postgis

// texts reads the texts of rows. Those of some rows one after the other stand in one piece of memory, and one that a column had in the row before is
// that one: a large zone has millions, which would be made one by one, and each looked at by the collector.
type texts struct {
	before  []string // by column: in the last row that had one, when it is settled
	last    []stretch
	room    []byte
	waiting []waitingText
}

// stretch is where a text stands in the room; the zero stretch is none.
type stretch struct{ from, to int }

// waitingText is a text that stands in the room until settle.
type waitingText struct {
	field *string
	stretch
}

// fullRoom is how many bytes of texts are settled together: enough for some ten rows, and little for one of them to keep in memory when the others
// are gone.
const fullRoom = 2048

func newTexts(columns int) *texts {
	return &texts{before: make([]string, columns), last: make([]stretch, columns)}
}

// read reads a column of a row; raw is nil for NULL and belongs to the connection. The field, which stays where it is, has its text when settle was
// called.
func (t *texts) read(field *string, column int, raw []byte) {
	last := &t.last[column]
	switch {
	case len(raw) == 0:
		return
	case last.to > 0:
		if string(t.room[last.from:last.to]) != string(raw) {
			*last = t.add(raw)
		}
	case t.before[column] == string(raw):
		*field = t.before[column]
		return
	default:
		*last = t.add(raw)
	}
	t.waiting = append(t.waiting, waitingText{field, *last})
}

func (t *texts) add(raw []byte) stretch {
	from := len(t.room)
	t.room = append(t.room, raw...)
	return stretch{from, len(t.room)}
}

// end ends a row.
func (t *texts) end() {
	if len(t.room) >= fullRoom {
		t.settle()
	}
}

// settle gives the fields their texts.
func (t *texts) settle() {
	all := string(t.room)
	for _, w := range t.waiting {
		*w.field = all[w.from:w.to]
	}
	for column, s := range t.last {
		if s.to > 0 {
			t.before[column], t.last[column] = all[s.from:s.to], stretch{}
		}
	}
	t.room, t.waiting = t.room[:0], t.waiting[:0]
}
