package api

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"muchan/tiles/layers"
)

const maxRows = 10_000

var pageParams = []param{
	{name: "limit", kind: integerParam, min: 1, max: maxRows, standard: "100", doc: words{"最多返回的行数", "rows at most"}},
	{name: "offset", kind: integerParam, min: 0, max: 100_000_000, standard: "0", doc: words{"跳过的行数", "rows to leave out first"}},
}

var scoreParams = append([]param{
	yearParam, parkParam,
	{name: "class", kind: wordParam, words: []string{"A", "B", "C", "D", "T", "none"}, doc: words{"等级；none 为没有企业", "class; none for no firm"}},
	{name: "q", kind: textParam, min: 1, max: 100, doc: words{"代码、坐落或企业中含有的文字", "text in code, address or firm"}},
	{name: "sort", kind: textParam, min: 1, max: 64, doc: words{"排序字段，前加 - 为降序", "field to sort by, - in front for descending"}},
}, pageParams...)

// scores lists parcels with every field the reader may see.
func (c *call) scores() error {
	t, err := c.layer(layers.Parcels)
	if err != nil {
		return err
	}
	rows, err := c.pick(t)
	if err != nil {
		return err
	}
	if err := c.sortRows(t, rows); err != nil {
		return err
	}
	w := newRowWriter(t)
	dst := append([]byte(`{"year":`), strconv.Itoa(t.Year)...)
	dst = append(append(dst, `,"total":`...), strconv.Itoa(len(rows))...)
	dst = append(dst, `,"rows":[`...)
	for i, row := range c.window(rows) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = w.appendMembers(append(dst, '{'), row)
		dst = appendBox(append(dst, `,"bbox":`...), t.Bounds[row])
		dst = appendPoint(append(dst, `,"at":`...), c.image.gen.mark(t.IDs[row]))
		dst = append(dst, '}')
	}
	return c.bytes("application/json; charset=utf-8", append(dst, "]}\n"...))
}

// window cuts the page asked for.
func (c *call) window(rows []int) []int {
	from := min(c.number("offset"), len(rows))
	return rows[from:min(from+c.number("limit"), len(rows))]
}

// pick returns the rows that park, class and q leave.
func (c *call) pick(t *layers.Table) ([]int, error) {
	if err := c.knownPark(); err != nil {
		return nil, err
	}
	wanted := []func(row int) bool{}
	if park := c.text("park"); park != "" {
		wanted = append(wanted, equals(t, "park", park))
	}
	if class := c.text("class"); class != "" {
		wanted = append(wanted, equals(t, "class", strings.TrimPrefix(class, "none")))
	}
	if q := c.text("q"); q != "" {
		wanted = append(wanted, holds(t, q))
	}
	rows := []int{}
	for row := range t.Len() {
		if !slices.ContainsFunc(wanted, func(want func(int) bool) bool { return !want(row) }) {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// equals compares a text field; the empty text stands for a missing value.
func equals(t *layers.Table, field, value string) func(int) bool {
	col, ok := t.FieldIndex(field)
	if !ok {
		return func(int) bool { return false }
	}
	c := &t.Columns[col]
	return func(row int) bool { return c.Text[row] == value && c.Present[row] == (value != "") }
}

// holds searches the texts a person would look for, as far as the table has them.
func holds(t *layers.Table, q string) func(int) bool {
	var texts [][]string
	for _, field := range []string{"code", "address", "main_firm", "main_uscc"} {
		if col, ok := t.FieldIndex(field); ok {
			texts = append(texts, t.Columns[col].Text)
		}
	}
	q = strings.ToLower(q)
	return func(row int) bool {
		return slices.ContainsFunc(texts, func(column []string) bool { return strings.Contains(strings.ToLower(column[row]), q) })
	}
}

// sortRows orders by a field of the reader's; missing values come last either way, equal ones by identifier.
func (c *call) sortRows(t *layers.Table, rows []int) error {
	field, descending := strings.CutPrefix(c.text("sort"), "-")
	if field == "" && !descending {
		return nil
	}
	col, ok := t.FieldIndex(field)
	if !ok {
		return badParameter("sort", words{"没有这个字段", "there is no such field"})
	}
	column := &t.Columns[col]
	slices.SortFunc(rows, func(a, b int) int {
		if has := compareTruth(column.Present[b], column.Present[a]); has != 0 || !column.Present[a] {
			return cmp.Or(has, cmp.Compare(a, b))
		}
		order := compareCells(column, a, b)
		if descending {
			order = -order
		}
		return cmp.Or(order, cmp.Compare(a, b))
	})
	return nil
}

func compareCells(c *layers.Column, a, b int) int {
	if c.Text != nil {
		return strings.Compare(c.Text[a], c.Text[b])
	}
	return cmp.Compare(c.Number[a], c.Number[b])
}

func compareTruth(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// knownPark refuses a park that does not exist, so that a slip of the pen is not an empty list.
func (c *call) knownPark() error {
	if park := c.text("park"); park != "" && c.image.Snapshot.Park(park) == nil {
		return badParameter("park", words{"没有这个园区", "there is no such park"})
	}
	return nil
}
