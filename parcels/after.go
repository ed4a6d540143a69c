package parcels

import (
	"slices"
	"sort"
	"strings"
)

// Delta is what became of a store since a snapshot was read from it.
type Delta struct {
	Version int64
	Journal LastEntry
	// Codes are, by table, the leading parts of the keys of all rows that may differ.
	Codes map[string][]string
	// Rows are all rows with one of these codes, as a snapshot of the same day holds them.
	Rows Rows
}

// LastEntry is the last entry of a store's journal.
type LastEntry struct {
	Number int64
	// Of tells it from an entry of another history with the same number, as a store has that was put back to an older state and written again:
	// when, what and which row.
	Of string
}

// MaxTouched is how many codes a delta may have for it to be worth more than reading everything.
const MaxTouched = 1000

// mark tells one snapshot from another.
type mark struct{ _ byte }

// After returns the snapshot that a delta leads to. s stays as it is; rows that no code names are shared with it. Where keys and references
// are as before, so are all positions, and TouchedSince says which rows differ; else everything is indexed anew.
func (s *Snapshot) After(d Delta) *Snapshot {
	g := grafting{before: s, delta: &d, same: true}
	next := *s
	next.Version, next.Journal, next.mark = d.Version, d.Journal, new(mark)
	next.tables = g.tables()
	next.Parcels = graftPages(&g, &ParcelTable, s.Parcels, d.Rows.Parcels, nil)
	next.Buildings = graftPages(&g, &BuildingTable, s.Buildings, d.Rows.Buildings, nil)
	next.Figures = graftPages(&g, &FiguresTable, s.Figures, d.Rows.Figures, compareFigures)
	if !g.same {
		next.follows, next.touched = nil, nil
		next.sort() // the tables are in order, so sorting them moves no row that s shares
		next.index()
		return &next
	}
	next.follows, next.touched = s.mark, g.touched
	if slices.ContainsFunc(g.touched, func(e Edit) bool { return e.Table != FiguresTable.Name && e.Table != EventTable.Name }) {
		next.use = newDerived()
	}
	if g.reshaped {
		next.derived = newDerived()
	}
	return &next
}

// TouchedSince lists the rows that differ from those of an earlier snapshot, by table and key. It is false when the snapshot was not made of
// that one by After, or stands in another order.
func (s *Snapshot) TouchedSince(before *Snapshot) ([]Edit, bool) {
	return s.touched, s.follows != nil && s.follows == before.mark
}

// grafting puts the rows of a delta into the tables of a snapshot.
type grafting struct {
	before   *Snapshot
	delta    *Delta
	same     bool   // keys and references are as they were
	reshaped bool   // some shape is not
	touched  []Edit // rows that differ
}

// tables are those that do not stand in pages.
func (g *grafting) tables() tables {
	old, fresh := &g.before.tables, &g.delta.Rows
	return tables{
		Parks:        graft(g, &ParkTable, old.Parks, fresh.Parks, nil),
		Zones:        graft(g, &ZoneTable, old.Zones, fresh.Zones, nil),
		Firms:        graft(g, &FirmTable, old.Firms, fresh.Firms, nil),
		Occupancies:  graft(g, &OccupancyTable, old.Occupancies, fresh.Occupancies, compareOccupancies),
		Events:       graft(g, &EventTable, old.Events, fresh.Events, nil),
		Targets:      graft(g, &TargetTable, old.Targets, fresh.Targets, nil),
		TargetValues: graft(g, &TargetValueTable, old.TargetValues, fresh.TargetValues, compareTargetValues),
	}
}

// graft returns a table with the rows of the delta's codes in place of those it had. within orders rows of one code; nil where there is one.
func graft[T any](g *grafting, t *Table[T], old, fresh []T, within func(a, b *T) int) []T {
	if len(g.delta.Codes[t.Name]) == 0 {
		return old
	}
	before := pagesOf(old)
	all, after := regraft(g, t, before, fresh, within)
	switch {
	case all != nil:
		return all
	case after.SharedWith(&before):
		return old
	}
	return after.Rows()
}

// graftPages is graft for a table in pages.
func graftPages[T any](g *grafting, t *Table[T], old Pages[T], fresh []T, within func(a, b *T) int) Pages[T] {
	if len(g.delta.Codes[t.Name]) == 0 {
		return old
	}
	all, after := regraft(g, t, old, fresh, within)
	if all != nil {
		return pagesOf(all)
	}
	return after
}

// regraft returns all rows anew where some may have come or gone, and otherwise the pages, of which those with a row that differs are new.
func regraft[T any](g *grafting, t *Table[T], old Pages[T], fresh []T, within func(a, b *T) int) (all []T, after Pages[T]) {
	codes := slices.Clone(g.delta.Codes[t.Name])
	slices.Sort(codes)
	codes = slices.Compact(codes)
	sortRows(fresh, func(a, b *T) int {
		if c := strings.Compare(t.Code(a), t.Code(b)); c != 0 || within == nil {
			return c
		}
		return within(a, b)
	})
	news := pagesOf(fresh)
	var parts [][]T
	at := 0
	for _, code := range codes {
		from, to := rangeOf(t, &old, code)
		first, last := rangeOf(t, &news, code)
		parts = append(append(parts, old.between(at, from)...), fresh[first:last])
		at = to
		g.same = g.same && sameRows(t, slices.Concat(old.between(from, to)...), fresh[first:last])
	}
	if !g.same {
		return joined(append(parts, old.between(at, old.Len())...)...), Pages[T]{}
	}
	next := old.changing()
	for _, code := range codes {
		from, _ := rangeOf(t, &old, code)
		first, last := rangeOf(t, &news, code)
		for i := range fresh[first:last] {
			put(g, t, next, from+i, &fresh[first+i])
		}
	}
	return nil, next.Pages
}

// put replaces a row by one with its keys and references.
func put[T any](g *grafting, t *Table[T], rows *changing[T], at int, fresh *T) {
	row := rows.At(at)
	if t.Equal(row, fresh) {
		return
	}
	g.reshaped = g.reshaped || !sameIn(t, row, fresh, isShape)
	*rows.at(at) = *fresh
	g.touched = append(g.touched, Edit{Table: t.Name, Key: t.Key(fresh)})
}

// sameRows reports whether rows differ in nothing that others are found by: keys, references and what else Edit leaves alone but shapes.
func sameRows[T any](t *Table[T], old, fresh []T) bool {
	return slices.EqualFunc(old, fresh, func(a, b T) bool {
		return sameIn(t, &a, &b, func(c *Column[T]) bool { return !isShape(c) && editable(c) != nil })
	})
}

func isShape[T any](c *Column[T]) bool { return c.Kind() == KindShape }

// sameIn reports whether two rows are equal in some columns.
func sameIn[T any](t *Table[T], a, b *T, in func(*Column[T]) bool) bool {
	return !slices.ContainsFunc(t.Columns, func(c Column[T]) bool { return in(&c) && !equalField(c.Field(a), c.Field(b)) })
}

// rangeOf finds the rows with a code among rows that are sorted by it.
func rangeOf[T any](t *Table[T], rows *Pages[T], code string) (from, to int) {
	from = sort.Search(rows.Len(), func(i int) bool { return t.Code(rows.At(i)) >= code })
	for to = from; to < rows.Len() && t.Code(rows.At(to)) == code; to++ {
	}
	return from, to
}
