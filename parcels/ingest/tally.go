package ingest

import "fmt"

// tally counts what was normalised, so that a file with a thousand lower-case codes gets one note.
type tally struct {
	order []tallyKey
	of    map[tallyKey]*count
}

type tallyKey struct{ rule, column, why string }

type count struct {
	n, row  int
	example string
}

// add counts a row by rule and column, and shows the first.
func (t *tally) add(rule, column string, row int, example string) {
	t.count(tallyKey{rule, column, ""}, row, example)
}

// left counts a row that was left out, by the reason.
func (t *tally) left(row int, why string) {
	t.count(tallyKey{"row.left", "", why}, row, "the row is "+why+" and was left out")
}

func (t *tally) count(k tallyKey, row int, example string) {
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
		where := fmt.Sprintf("row %d", c.row)
		if k.column != "" {
			where += " " + k.column
		}
		note := fmt.Sprintf("%s: %s [%s]", where, c.example, k.rule)
		if c.n > 1 {
			note += fmt.Sprintf(", and %d more like it", c.n-1)
		}
		notes = append(notes, note)
	}
	return notes
}
