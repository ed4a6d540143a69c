package ingest

import "fmt"

// tally counts what was normalised, so that a file with a thousand lower-case codes gets one note.
type tally struct {
	order []tallyKey
	of    map[tallyKey]*count
}

type tallyKey struct{ rule, column string }

type count struct {
	n, row  int
	example string
}

func (t *tally) add(rule, column string, row int, example string) {
	k := tallyKey{rule, column}
	if c := t.of[k]; c != nil {
		c.n++
		return
	}
	if t.of == nil {
		t.of = map[tallyKey]*count{}
	}
	t.order = append(t.order, k)
	t.of[k] = &count{1, row, example}
}

func (t *tally) notes() []string {
	var notes []string
	for _, k := range t.order {
		c := t.of[k]
		note := fmt.Sprintf("row %d %s: %s [%s]", c.row, k.column, c.example, k.rule)
		if c.n > 1 {
			note += fmt.Sprintf(", and %d more like it", c.n-1)
		}
		notes = append(notes, note)
	}
	return notes
}
