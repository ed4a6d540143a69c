package parcels

import (
	"cmp"
	"slices"
)

// Need names the rows of a store that decide about a change. Both maps go from a table's name to distinct leading keys (see
// Table.Code), in no particular order.
type Need struct {
	Rows  map[string][]string // every row with one of these leading keys is needed whole
	Codes map[string][]string // it is enough to know whether there is any row
}

// Held is what a store holds of a Need. It may hold more; what it leaves out counts as absent.
type Held struct {
	Rows  Rows
	Codes map[string]map[string]bool // table name to the leading keys of Need.Codes that exist
}

// Action says what happens to one row, in the words of the journal.
type Action string

// The actions of the journal. ActionClose ends the validity of a row by its successor.
const (
	ActionInsert Action = "insert"
	ActionUpdate Action = "update"
	ActionClose  Action = "close"
	ActionDelete Action = "delete"
)

// Step writes one row. Before is nil on insert; After is nil on delete, which only an undo does.
type Step[T any] struct {
	Action Action
	Key    string
	Before *T
	After  *T
}

// Plan is what a change does to a store: the rows to write, in the order in which references allow it. The rows it points to
// belong to the change and to Held; do not write into them.
type Plan struct {
	Parks        []Step[Park]
	Zones        []Step[Zone]
	Parcels      []Step[Parcel]
	Buildings    []Step[Building]
	Firms        []Step[Firm]
	Occupancies  []Step[Occupancy]
	Figures      []Step[Figures]
	Events       []Step[Event]
	Targets      []Step[Target]
	TargetValues []Step[TargetValue]

	Inserted, Updated, Unchanged, Closed, Deleted int

	Emptied int // stored values that go missing, because a row that replaces another has none

	Held *Held // what the store holds of the rows' codes

	Repeated int64 // number of an earlier change with the same rows, all of which are stored still; 0 for none
}

// Len returns the number of rows the plan writes.
func (p *Plan) Len() int { return p.Inserted + p.Updated + p.Closed + p.Deleted }

// NeedOf tells which rows a store has to hand to NewPlan.
func NeedOf(r *Rows) Need {
	n := Need{Rows: map[string][]string{}, Codes: map[string][]string{}}
	n.Rows[ParkTable.Name] = codes(&ParkTable, r.Parks)
	n.Rows[ZoneTable.Name] = codes(&ZoneTable, r.Zones)
	n.Rows[ParcelTable.Name] = append(codes(&ParcelTable, r.Parcels), parents(r.Parcels)...)
	n.Rows[BuildingTable.Name] = codes(&BuildingTable, r.Buildings)
	n.Rows[FirmTable.Name] = codes(&FirmTable, r.Firms)
	n.Rows[OccupancyTable.Name] = codes(&OccupancyTable, r.Occupancies)
	n.Rows[FiguresTable.Name] = codes(&FiguresTable, r.Figures)
	n.Rows[EventTable.Name] = codes(&EventTable, r.Events)
	n.Rows[TargetTable.Name] = codes(&TargetTable, r.Targets)
	n.Rows[TargetValueTable.Name] = codes(&TargetValueTable, r.TargetValues)
	seen := map[string]map[string]bool{}
	references(r, func(table, code string) bool {
		if seen[table] == nil {
			seen[table] = map[string]bool{}
		}
		if !seen[table][code] {
			seen[table][code] = true
			n.Codes[table] = append(n.Codes[table], code)
		}
		return true
	}, nil)
	return n
}

func codes[T any](t *Table[T], rows []T) []string {
	seen := make(map[string]bool, len(rows))
	list := make([]string, 0, len(rows))
	for i := range rows {
		if c := t.Code(&rows[i]); !seen[c] {
			seen[c] = true
			list = append(list, c)
		}
	}
	return list
}

// parents lists the parent codes that are not codes of the rows themselves, once each.
func parents(rows []Parcel) []string {
	seen := make(map[string]bool, len(rows))
	for i := range rows {
		seen[rows[i].Code] = true
	}
	var list []string
	for i := range rows {
		for _, p := range rows[i].Parents {
			if !seen[p] {
				seen[p] = true
				list = append(list, p)
			}
		}
	}
	return list
}

// NewPlan decides what a change does to what a store holds. It works in time proportional to the rows of both. It fails with a
// *RefusedError that has one problem for each row that breaks a rule, or counts it where there are very many, and then nothing of the
// change may be written.
//
// The rules of editions are these. A row with the key of a stored row replaces it. Editions of one parcel or building may not
// overlap. An edition that is open, or that ended only because the next one began, ends where a new one begins. A parcel that
// names parents ends those of their editions that reach its first day. A parcel or building that was ended stays ended when a later
// file lists it without an end.
func NewPlan(r *Rows, held *Held) (*Plan, error) {
	return newPlan(r, held, false)
}

func newPlan(r *Rows, held *Held, everyProblem bool) (*Plan, error) {
	c := &collector{every: everyProblem}
	p := &Plan{Held: held}
	p.Parks = merge(&ParkTable, r.Parks, held.Rows.Parks, c)
	p.Zones = merge(&ZoneTable, r.Zones, held.Rows.Zones, c)
	p.Parcels = planParcels(r.Parcels, held.Rows.Parcels, c)
	p.Buildings = planBuildings(r.Buildings, held.Rows.Buildings, c)
	p.Firms = merge(&FirmTable, r.Firms, held.Rows.Firms, c)
	p.Occupancies = merge(&OccupancyTable, r.Occupancies, held.Rows.Occupancies, c)
	p.Figures = merge(&FiguresTable, r.Figures, held.Rows.Figures, c)
	p.Events = merge(&EventTable, r.Events, held.Rows.Events, c)
	p.Targets = merge(&TargetTable, r.Targets, held.Rows.Targets, c)
	p.TargetValues = merge(&TargetValueTable, r.TargetValues, held.Rows.TargetValues, c)
	checkReferences(r, held, c)
	if err := c.err(); err != nil {
		return nil, err
	}
	p.Inserted, p.Updated, p.Unchanged, p.Closed, p.Emptied = c.inserted, c.updated, c.unchanged, c.closed, c.emptied
	return p, nil
}

// mostProblems are kept of a change: each may take half a kilobyte, and a file may be refused for each of a million rows.
const mostProblems = 10_000

// collector gathers counts and, one per row, problems.
type collector struct {
	every                                         bool            // problem is kept
	problems                                      []Problem       // the first
	more                                          int             // problems beside them
	refused                                       map[string]bool // entity and key of rows that have their problem
	inserted, updated, unchanged, closed, deleted int
	emptied                                       int // values
}

func (c *collector) refuse(p *Problem) {
	id := p.Entity + "|" + p.Key
	if c.refused[id] {
		return
	}
	if c.refused == nil {
		c.refused = map[string]bool{}
	}
	c.refused[id] = true
	if len(c.problems) >= mostProblems && !c.every {
		c.more++
		return
	}
	c.problems = append(c.problems, *p)
}

// err is a *RefusedError with the problems, nil for none.
func (c *collector) err() error {
	if len(c.problems) == 0 {
		return nil
	}
	c.sort()
	return &RefusedError{Problems: c.problems, More: c.more}
}

// sort brings problems into the order of entity and key, which does not depend on how maps were walked.
func (c *collector) sort() {
	slices.SortStableFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Key, b.Key))
	})
}

// merge plans an entity without editions: each row is new, replaces the stored row with its key, or equals it.
func merge[T any](t *Table[T], rows, stored []T, c *collector) []Step[T] {
	byKey := make(map[string]*T, len(stored))
	for i := range stored {
		byKey[t.Key(&stored[i])] = &stored[i]
	}
	var steps []Step[T]
	for i, key := range distinct(t, rows, c) {
		if key == "" {
			continue
		}
		if s, ok := step(t, key, byKey[key], &rows[i], c); ok {
			steps = append(steps, s)
		}
	}
	return steps
}

// distinct returns the key of each row, or "" for a row that has nothing to write: one that cannot be stored, or one that repeats
// an earlier row of the same change. A repeated key with another content is refused.
func distinct[T any](t *Table[T], rows []T, c *collector) []string {
	keys := make([]string, len(rows))
	first := make(map[string]int, len(rows))
	for i := range rows {
		row := &rows[i]
		if p := storable(t, row); p != nil {
			c.refuse(p)
			continue
		}
		key := t.Key(row)
		j, repeated := first[key]
		switch {
		case !repeated:
			first[key], keys[i] = i, key
		case t.Equal(&rows[j], row):
			c.unchanged++
		default:
			c.refuse(refuse(t, row, t.CodeColumn(), "key.repeated", "two rows of the change have this key and differ", "Keep one of them."))
		}
	}
	return keys
}

func step[T any](t *Table[T], key string, before, after *T, c *collector) (Step[T], bool) {
	switch {
	case before == nil:
		c.inserted++
		return Step[T]{Action: ActionInsert, Key: key, After: after}, true
	case t.Equal(before, after):
		c.unchanged++
		return Step[T]{}, false
	default:
		c.updated++
		c.emptied += t.emptied(before, after)
		return Step[T]{Action: ActionUpdate, Key: key, Before: before, After: after}, true
	}
}

// emptied counts the columns that have a value before and none after.
func (t *Table[T]) emptied(before, after *T) (n int) {
	for i := range t.Columns {
		if field := t.Columns[i].Field; Missing(field(after)) && !Missing(field(before)) {
			n++
		}
	}
	return n
}
