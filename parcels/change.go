package parcels

import "time"

// Change is the only way into a store: who, why, when, from which file, and the rows. Rows are added or replace the row with the
// same key; a row that is left out stays as it is, and so does a column that the source does not have.
type Change struct {
	Who    string
	Why    string
	When   time.Time
	Source Source
	// Columns names the columns that the rows carry; nil means all of them. In the others a stored row keeps its values, so that a
	// file with electricity alone does not take the tax away. An empty value in a column that is carried makes it missing. The
	// names count for every entity of Rows, so a change with Columns should hold one entity.
	Columns []string
	Rows    Rows
	// OnlyStored refuses parcels and buildings that are not stored, or that have a later edition by the day of When: their rows were made of
	// stored ones, which may have changed meanwhile.
	OnlyStored bool
	// EveryProblem has a refusal list each row, for whoever leaves those rows out. Otherwise it lists the first and counts the rest.
	EveryProblem bool
}

// Source names the file a change came from.
type Source struct {
	Name   string // file name, without its folder
	SHA256 string // lower-case hex of the file's bytes and the options that shaped the rows; "" when there is no file
}

// Rows are rows of every entity.
type Rows struct {
	Parks        []Park
	Zones        []Zone
	Parcels      []Parcel
	Buildings    []Building
	Firms        []Firm
	Occupancies  []Occupancy
	Figures      []Figures
	Events       []Event
	Targets      []Target
	TargetValues []TargetValue
}

// LenOf returns the number of rows of the table with a name.
func (r *Rows) LenOf(table string) int {
	switch table {
	case ParkTable.Name:
		return len(r.Parks)
	case ZoneTable.Name:
		return len(r.Zones)
	case ParcelTable.Name:
		return len(r.Parcels)
	case BuildingTable.Name:
		return len(r.Buildings)
	case FirmTable.Name:
		return len(r.Firms)
	case OccupancyTable.Name:
		return len(r.Occupancies)
	case FiguresTable.Name:
		return len(r.Figures)
	case EventTable.Name:
		return len(r.Events)
	case TargetTable.Name:
		return len(r.Targets)
	case TargetValueTable.Name:
		return len(r.TargetValues)
	}
	panic("parcels: no table " + table)
}

// Len returns the number of rows of all entities.
func (r *Rows) Len() int {
	return len(r.Parks) + len(r.Zones) + len(r.Parcels) + len(r.Buildings) + len(r.Firms) +
		len(r.Occupancies) + len(r.Figures) + len(r.Events) + len(r.Targets) + len(r.TargetValues)
}

// Receipt says what a change did.
type Receipt struct {
	Change    int64 // number of the change in the journal
	Version   int64 // store version after it
	Repeated  bool  // a change with the same rows was applied before and they are stored still; nothing was written
	Inserted  int
	Updated   int // rows whose content differs
	Unchanged int
	Closed    int // rows ended by a successor: a new edition of the same code, or a split or merge
	Deleted   int // rows taken away again, by an undo
	Emptied   int // stored values that are missing now, see Plan
}

// ChangeEntry is one change of the journal.
type ChangeEntry struct {
	Change   int64
	Version  int64 // of the store after it
	At       time.Time
	Who      string
	Why      string
	Source   Source
	Undoes   int64 // the change that it undid; 0 for none
	UndoneBy int64 // the change that undid it and holds; 0 for none
	Inserted int   // entries of the journal by action
	Updated  int
	Closed   int
	Deleted  int
}

// JournalEntry is one row's change. Direct edits by SQL or QGIS are journalled too, with Who "sql" and no Change.
type JournalEntry struct {
	Change int64 // 0 for a direct edit
	At     time.Time
	Who    string
	Why    string
	Source Source
	Entity string // table name
	Key    string // key columns joined by "|"
	Action string // insert, update, close or delete
	Before string // JSON of the row's columns without the shape; "" on insert
	After  string // "" on delete
}

// JournalQuery selects journal entries, newest first.
type JournalQuery struct {
	Entity string // "" for all
	Key    string // "" for all
	Change int64  // 0 for all
	Limit  int    // 0 means 100; at most 10 000
}
