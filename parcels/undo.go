package parcels

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"muchan/geo"
)

// Undo asks to take a change back by a change of its own: rows that it brought in go, rows that it wrote over or ended become what they
// were. Nothing of the journal is taken away. An undo can be undone, which does the change again.
type Undo struct {
	Change int64 // number of the change to take back
	Who    string
	Why    string
	When   time.Time
}

// Hash is what the journal keeps in place of a content hash: there may be several undoes of one change, the nth is told apart.
func (u *Undo) Hash(nth int) string { return fmt.Sprintf("undo %d.%d", u.Change, nth) }

// UndoEntry is one entry of the change to be undone, as the journal keeps it.
type UndoEntry struct {
	Entity, Key   string
	Action        Action
	Before, After string    // JSON as written by Table.AppendJSON
	Shape         geo.Shape // the row's shape before, when the change took it away or replaced it
}

// LaterEntry says that another change wrote a row after the change to be undone.
type LaterEntry struct {
	Change      int64 // 0 for a direct edit
	Entity, Key string
}

// Undoes maps a change to the changes that undid it.
type Undoes map[int64][]int64

// Standing reports whether a change holds: no undo of it does.
func (u Undoes) Standing(change int64) bool {
	for _, by := range u[change] {
		if u.Standing(by) {
			return false
		}
	}
	return true
}

// By returns the change that undid another and holds, 0 for none.
func (u Undoes) By(change int64) int64 {
	for _, by := range u[change] {
		if u.Standing(by) {
			return by
		}
	}
	return 0
}

// Of returns what a change undoes, 0 for one that undoes nothing.
func (u Undoes) Of(change int64) int64 {
	for undone, by := range u {
		if slices.Contains(by, change) {
			return undone
		}
	}
	return 0
}

// cancelled reports whether a change after another one left nothing behind: it was undone, or it undid one that came after too.
func (u Undoes) cancelled(change, after int64) bool {
	if change == 0 {
		return false
	}
	return !u.Standing(change) || u.Of(change) > after
}

// Journalled is what a store tells about a change to be undone, read under its writers' lock.
type Journalled struct {
	Found   bool
	Shapes  bool // the journal keeps the shapes of this change: it is not from an older release
	Entries []UndoEntry
	Later   []LaterEntry // of other changes about the same rows, in the order of the journal
	Undoes  Undoes
}

// Referrers finds rows that name one of some codes in a column: their keys, a few of them.
type Referrers func(entity, column string, codes []string) (keys []string, err error)

// Plan decides what undoing does. load reads rows, refer finds references. It fails with ErrNotFound, or with a *RefusedError: when the
// change is undone already, when a later change or a direct edit wrote one of its rows, and when other rows would refer to nothing.
func (u *Undo) Plan(j *Journalled, load func(Need) (*Held, error), refer Referrers) (*Plan, error) {
	if !j.Found {
		return nil, fmt.Errorf("change %d: %w", u.Change, ErrNotFound)
	}
	if p := u.forbidden(j); p != nil {
		return nil, &RefusedError{Problems: []Problem{*p}}
	}
	c := &collector{}
	u.refuseLater(j, c)
	held, err := load(needOfEntries(j.Entries))
	if err != nil {
		return nil, err
	}
	p := undoAll(j.Entries, &held.Rows, c)
	if len(c.problems) == 0 {
		if err := p.refuseOrphans(&held.Rows, refer, c); err != nil {
			return nil, err
		}
		rows := p.afters()
		if held, err = load(NeedOf(&rows)); err != nil {
			return nil, err
		}
		checkReferences(&rows, held, c)
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	p.Inserted, p.Updated, p.Deleted = c.inserted, c.updated, c.deleted
	return p, nil
}

func (u *Undo) forbidden(j *Journalled) *Problem {
	about := func(rule, message, remedy string) *Problem {
		return &Problem{Entity: "changes", Key: fmt.Sprint(u.Change), Rule: rule, Message: message, Remedy: remedy, Severity: SeverityError}
	}
	switch {
	case !j.Undoes.Standing(u.Change):
		return about("undo.undone", fmt.Sprintf("change %d is undone already", u.Change), "Undo the change that undid it to have it back.")
	case len(j.Entries) == 0:
		return about("undo.empty", fmt.Sprintf("change %d wrote no row", u.Change), "There is nothing to undo.")
	case !j.Shapes && slices.ContainsFunc(j.Entries, func(e UndoEntry) bool { return e.Action != ActionInsert && drawn(e.Entity) }):
		return about("undo.shapes", fmt.Sprintf("change %d was written by an older release, whose journal kept no shapes", u.Change),
			"Import the earlier file again.")
	}
	return nil
}

func drawn(entity string) bool {
	return slices.Contains([]string{ParkTable.Name, ZoneTable.Name, ParcelTable.Name, BuildingTable.Name}, entity)
}

// refuseLater refuses rows that were written again since, but for those that were put back.
func (u *Undo) refuseLater(j *Journalled, c *collector) {
	for _, l := range j.Later {
		if j.Undoes.cancelled(l.Change, u.Change) {
			continue
		}
		by := fmt.Sprintf("change %d", l.Change)
		if l.Change == 0 {
			by = "an edit by SQL or QGIS"
		}
		c.refuse(&Problem{
			Entity: l.Entity, Key: l.Key, Rule: "undo.later", Message: fmt.Sprintf("%s wrote the row after change %d", by, u.Change),
			Remedy: "Undo that first, or correct the row by importing it.", Severity: SeverityError,
		})
	}
}

func needOfEntries(entries []UndoEntry) Need {
	n := Need{Rows: map[string][]string{}, Codes: map[string][]string{}}
	seen := map[string]bool{}
	for _, e := range entries {
		code, _, _ := strings.Cut(e.Key, "|")
		if id := e.Entity + "|" + code; !seen[id] {
			seen[id] = true
			n.Rows[e.Entity] = append(n.Rows[e.Entity], code)
		}
	}
	return n
}

func undoAll(entries []UndoEntry, stored *Rows, c *collector) *Plan {
	of := map[string][]UndoEntry{}
	for _, e := range entries {
		of[e.Entity] = append(of[e.Entity], e)
	}
	p := &Plan{
		Parks: undoTable(&ParkTable, of, stored.Parks, c), Zones: undoTable(&ZoneTable, of, stored.Zones, c),
		Parcels: undoTable(&ParcelTable, of, stored.Parcels, c), Buildings: undoTable(&BuildingTable, of, stored.Buildings, c),
		Firms: undoTable(&FirmTable, of, stored.Firms, c), Occupancies: undoTable(&OccupancyTable, of, stored.Occupancies, c),
		Figures: undoTable(&FiguresTable, of, stored.Figures, c), Events: undoTable(&EventTable, of, stored.Events, c),
		Targets: undoTable(&TargetTable, of, stored.Targets, c), TargetValues: undoTable(&TargetValueTable, of, stored.TargetValues, c),
	}
	datedParcels.refuseOverlap(p.Parcels, stored.Parcels, c)
	datedBuildings.refuseOverlap(p.Buildings, stored.Buildings, c)
	return p
}

// undoTable turns each entry into the step that takes it back.
func undoTable[T any](t *Table[T], of map[string][]UndoEntry, stored []T, c *collector) []Step[T] {
	now := make(map[string]*T, len(stored))
	for i := range stored {
		now[t.Key(&stored[i])] = &stored[i]
	}
	var steps []Step[T]
	for _, e := range of[t.Name] {
		if s, p := undoEntry(t, e, now[e.Key]); p != nil {
			c.refuse(p)
		} else {
			c.count(s.Action)
			steps = append(steps, s)
		}
	}
	return steps
}

func (c *collector) count(a Action) {
	switch a {
	case ActionInsert:
		c.inserted++
	case ActionDelete:
		c.deleted++
	default:
		c.updated++
	}
}

func undoEntry[T any](t *Table[T], e UndoEntry, current *T) (Step[T], *Problem) {
	changed := func(why string) (Step[T], *Problem) {
		return Step[T]{}, &Problem{
			Entity: t.Name, Key: e.Key, Rule: "undo.changed", Message: "the row is not as the change left it: " + why,
			Remedy: "Correct it by importing it.", Severity: SeverityError,
		}
	}
	if (current == nil) != (e.After == "") {
		return changed("it came or went")
	}
	if current != nil {
		left, err := t.fromJSON(e.After)
		if err != nil {
			return changed(err.Error())
		}
		t.keepShape(&left, current, nil)
		if !t.Equal(&left, current) {
			return changed("its values differ")
		}
	}
	if e.Before == "" {
		return Step[T]{Action: ActionDelete, Key: e.Key, Before: current}, nil
	}
	before, err := t.fromJSON(e.Before)
	if err != nil {
		return changed(err.Error())
	}
	t.keepShape(&before, current, e.Shape)
	action := ActionUpdate
	if current == nil {
		action = ActionInsert
	}
	return Step[T]{Action: action, Key: e.Key, Before: current, After: &before}, nil
}

// keepShape gives a row from the journal its shape: the one that was kept, else that of the stored row, which nobody changed.
func (t *Table[T]) keepShape(row, stored *T, kept geo.Shape) {
	to := t.shapeOf(row)
	if to == nil {
		return
	}
	if *to = kept; kept == nil && stored != nil {
		*to = *t.shapeOf(stored)
	}
}

// shapeOf returns the address of a row's shape; nil for a table without one.
func (t *Table[T]) shapeOf(row *T) *geo.Shape {
	for i := range t.Columns {
		if s, ok := t.Columns[i].Field(row).(*geo.Shape); ok {
			return s
		}
	}
	return nil
}

// LostShape returns the shape that a step takes away or replaces, which the journal has to keep for an undo; nil for none.
func (t *Table[T]) LostShape(s *Step[T]) geo.Shape {
	if s.Before == nil {
		return nil
	}
	before := t.shapeOf(s.Before)
	if before == nil || s.After != nil && equalShape(*before, *t.shapeOf(s.After)) {
		return nil
	}
	return *before
}

// fromJSON reads what AppendJSON wrote.
func (t *Table[T]) fromJSON(text string) (row T, err error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		return row, fmt.Errorf("its journal cannot be read: %w", err)
	}
	for i := range t.Columns {
		raw, ok := members[t.Columns[i].Name]
		if !ok {
			continue
		}
		value := string(raw)
		if raw[0] == '"' {
			if err := json.Unmarshal(raw, &value); err != nil {
				return row, fmt.Errorf("column %s of its journal cannot be read: %w", t.Columns[i].Name, err)
			}
		}
		field := t.Columns[i].Field(&row)
		if s, ok := field.(*string); ok {
			*s = value // setField would trim it
			continue
		}
		if err := setField(field, value); err != nil {
			return row, fmt.Errorf("column %s of its journal cannot be read: %w", t.Columns[i].Name, err)
		}
	}
	return row, nil
}

// refuseOverlap refuses an undo after which two editions of one code would overlap.
func (d dated[T]) refuseOverlap(steps []Step[T], stored []T, c *collector) {
	after := map[string]*T{}
	for i := range stored {
		after[d.table.Key(&stored[i])] = &stored[i]
	}
	for i := range steps {
		if after[steps[i].Key] = steps[i].After; steps[i].After == nil {
			delete(after, steps[i].Key)
		}
	}
	editions := map[string][]*T{}
	for _, row := range after {
		editions[d.table.Code(row)] = append(editions[d.table.Code(row)], row)
	}
	for _, list := range editions {
		slices.SortFunc(list, func(a, b *T) int { return cmp.Compare(d.from(a), d.from(b)) })
		for i := 0; i+1 < len(list); i++ {
			if to := *d.to(list[i]); !to.OK() || to > d.from(list[i+1]) {
				c.refuse(d.problem(list[i], "valid_to", "edition.overlap",
					fmt.Sprintf("after the undo it would overlap with the edition from %s", d.from(list[i+1])), "Undo the later change first."))
			}
		}
	}
}
