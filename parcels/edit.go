package parcels

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"muchan/geo"
)

// Edit gives one column of one row another value, to try out what would follow. Nothing of it is stored.
type Edit struct {
	Table  string `json:"table"`  // firms, figures, parcels, buildings or occupancies
	Key    string `json:"key"`    // as Table.Key writes it; its leading part is enough when one row alone begins with it
	Column string `json:"column"` // neither a part of the key, nor a reference to another row, nor a shape
	Value  string `json:"value"`  // as in files: 12.5, 2021-06-30, true, 6000@9;6000@4.5; "" empties the column
}

// MaxEdits bounds how many edits With takes.
const MaxEdits = 1000

// With returns a snapshot in which the edits hold and everything else is shared with s, which stays as it is. It fails when an
// edit names nothing, when its value is not one of its column, and when a row breaks a rule it did not break before.
func (s *Snapshot) With(edits []Edit) (*Snapshot, error) {
	if len(edits) > MaxEdits {
		return nil, refusalf("%d edits; at most %d are taken", "改动 %d 处，至多 %d 处", len(edits), MaxEdits)
	}
	out := *s
	out.mark, out.follows, out.touched = new(mark), nil, nil
	if slices.ContainsFunc(edits, func(e Edit) bool { return e.Table != FiguresTable.Name }) {
		out.use = newDerived()
	}
	d := desk{begun: map[any]any{}}
	for _, e := range edits {
		if err := d.apply(&out, e); err != nil {
			return nil, err.of(e)
		}
	}
	for _, check := range d.checks {
		if err := check(s, &out); err != nil {
			return nil, err
		}
	}
	return &out, nil
}

// desk is where edits are made: tables are copied once, rows are checked when all edits are in, because two may belong together.
type desk struct {
	begun  map[any]any // what is kept of a table in which some row is written, by the address of its rows in the snapshot
	checks []func(before, after *Snapshot) error
}

// reach is how the row at a position is reached in a snapshot, to be read and to be written into.
type reach[T any] struct {
	at  func(s *Snapshot, i int) *T
	own func(d *desk, s *Snapshot, i int) *T
}

func tableIn[T any](rows func(*Snapshot) *[]T) reach[T] {
	at := func(s *Snapshot, i int) *T { return &(*rows(s))[i] }
	return reach[T]{at, func(d *desk, s *Snapshot, i int) *T {
		if table := rows(s); d.begun[table] == nil {
			d.begun[table], *table = true, Copied(*table)
		}
		return at(s, i)
	}}
}

func pagesIn[T any](rows func(*Snapshot) *Pages[T]) reach[T] {
	return reach[T]{
		func(s *Snapshot, i int) *T { return rows(s).At(i) },
		func(d *desk, s *Snapshot, i int) *T {
			table := rows(s)
			change, begun := d.begun[table].(*changing[T])
			if !begun {
				change = table.changing()
				d.begun[table], *table = change, change.Pages // which shares the list of pages
			}
			return change.at(i)
		},
	}
}

func (d *desk) apply(s *Snapshot, e Edit) *EditError {
	code, _, _ := strings.Cut(e.Key, "|")
	one := func(i int, found bool) []int {
		if found {
			return []int{i}
		}
		return nil
	}
	switch e.Table {
	case FirmTable.Name:
		return edit(d, s, &FirmTable, tableIn(func(s *Snapshot) *[]Firm { return &s.Firms }), one(s.FirmIndex(code)), e, (*Firm).Validate)
	case FiguresTable.Name:
		return edit(d, s, &FiguresTable, pagesIn(func(s *Snapshot) *Pages[Figures] { return &s.Figures }), s.positions.figuresOf.of(s.firm, code), e, (*Figures).Validate)
	case ParcelTable.Name:
		return edit(d, s, &ParcelTable, pagesIn(func(s *Snapshot) *Pages[Parcel] { return &s.Parcels }), one(s.ParcelIndex(code)), e, (*Parcel).Validate)
	case BuildingTable.Name:
		return edit(d, s, &BuildingTable, pagesIn(func(s *Snapshot) *Pages[Building] { return &s.Buildings }), one(s.buildingIndex(code)), e, (*Building).Validate)
	case OccupancyTable.Name:
		return edit(d, s, &OccupancyTable, tableIn(func(s *Snapshot) *[]Occupancy { return &s.Occupancies }), s.positions.occupanciesAt.of(s.parcel, code), e, (*Occupancy).Validate)
	}
	return refusalf("there is no table %q to edit; there are firms, figures, parcels, buildings and occupancies",
		"没有可改动的表 %q；可改动的有 firms（企业）、figures（年度数据）、parcels（宗地）、buildings（幢）、occupancies（用地关系）", e.Table)
}

// edit changes one row of a table. near are the rows whose leading key is that of the edit.
func edit[T any](d *desk, s *Snapshot, t *Table[T], in reach[T], near []int, e Edit, validate func(*T) []Problem) *EditError {
	at, err := rowOf(t, func(i int) *T { return in.at(s, i) }, near, e.Key)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(t.Columns, func(c Column[T]) bool { return c.Name == e.Column })
	if i < 0 {
		return refusalf("the table has no such column", "该表没有这一列")
	}
	if err := editable(&t.Columns[i]); err != nil {
		return err
	}
	if err := setField(t.Columns[i].Field(in.own(d, s, at)), e.Value); err != nil {
		return wrongValue(t.Columns[i].Kind(), e.Value, err)
	}
	d.checks = append(d.checks, func(before, after *Snapshot) error {
		known := validate(in.at(before, at))
		for _, p := range validate(in.at(after, at)) {
			if p.Severity == SeverityError && !slices.ContainsFunc(known, func(k Problem) bool { return k.Rule == p.Rule && k.Column == p.Column }) {
				return brokenRule(p)
			}
		}
		return nil
	})
	return nil
}

func rowOf[T any](t *Table[T], row func(int) *T, near []int, key string) (int, *EditError) {
	for _, i := range near {
		if t.Key(row(i)) == key {
			return i, nil
		}
	}
	switch {
	case len(near) == 0, strings.Contains(key, "|"):
		return 0, refusalf("there is no such row", "没有这一行")
	case len(near) > 1:
		return 0, refusalf("%d rows begin with this key; give the whole key, such as %s", "有 %d 行以此开头；请给出完整的键，如 %s", len(near), t.Key(row(near[0])))
	}
	return near[0], nil
}

// editable refuses columns that the snapshot is sorted, indexed or linked by.
func editable[T any](c *Column[T]) *EditError {
	switch {
	case c.Key:
		return refusalf("it is a part of the key", "这一列是键的一部分，不能改动")
	case c.Kind() == KindShape:
		return refusalf("a shape cannot be edited here", "图形不能在此改动")
	case slices.Contains([]string{"park", "parcel", "parents", "uscc"}, c.Name):
		return refusalf("it refers to other rows", "这一列指向别的行，不能改动")
	}
	return nil
}

// setField reads a value in its text form into a field; "" makes it missing.
func setField(field any, text string) (err error) {
	text = strings.TrimSpace(text)
	switch f := field.(type) {
	case *string:
		*f = text
	case *int:
		*f, err = strconv.Atoi(text)
	case *Opt[float64]:
		*f, err = parseOpt(text, parseFinite)
	case *Opt[Wan]:
		*f, err = parseOpt(text, ParseWan)
	case *Opt[bool]:
		*f, err = parseOpt(text, parseFlag)
	case *Date:
		if *f = 0; text != "" {
			*f, err = ParseDate(text)
		}
	case *[]string:
		*f = ParseList(text)
	case *[]Storey:
		*f, err = ParseStoreys(text)
	case *geo.Shape:
		panic("parcels: a shape has no text form")
	}
	return err
}

func parseOpt[T Optional](text string, parse func(string) (T, error)) (Opt[T], error) {
	if text == "" {
		return Opt[T]{}, nil
	}
	v, err := parse(text)
	if err != nil {
		return Opt[T]{}, err
	}
	return Some(v), nil
}

func parseFinite(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	return v, nil
}

func parseFlag(text string) (bool, error) {
	switch text {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither true nor false", text)
}
