package parcels

import (
	"cmp"
	"slices"
	"strings"
)

// Snapshot is everything the store knew as of one day, numbered by the store's version. It is complete, sorted by key, and
// immutable: nobody writes into it or into what it points to after NewSnapshot.
type Snapshot struct {
	Version int64
	Journal LastEntry // by which a store finds what was written since; zero where it is not known
	AsOf    Date
	tables
	Parcels   Pages[Parcel]   // by code
	Buildings Pages[Building] // by ID
	Figures   Pages[Figures]  // by credit code and year

	parcel    map[string]int
	firm      map[string]int
	parkOf    map[string]int
	positions positions
	derived   *derived // from keys, references and shapes
	use       *derived // from all but figures and events

	mark    *mark  // of this snapshot
	follows *mark  // of the one it was made of by After
	touched []Edit // rows that differ from that one's
}

// tables are the rows of the smaller tables; those of the others stand in pages. They are no Rows, so that nobody takes them for all.
type tables Rows

func tablesOf(rows Rows) tables {
	rows.Parcels, rows.Buildings, rows.Figures = nil, nil, nil
	return tables(rows)
}

// NewSnapshot takes ownership of rows, sorts them by key and indexes them.
func NewSnapshot(version int64, asOf Date, rows Rows) *Snapshot {
	s := &Snapshot{Version: version, AsOf: asOf, tables: tablesOf(rows), mark: new(mark)}
	together(
		s.sort,
		func() {
			s.Parcels = sortedPages(rows.Parcels, func(a, b *Parcel) int { return strings.Compare(a.Code, b.Code) })
		},
		func() {
			s.Buildings = sortedPages(rows.Buildings, func(a, b *Building) int { return strings.Compare(a.ID, b.ID) })
		},
		func() { s.Figures = sortedPages(rows.Figures, compareFigures) },
	)
	s.index()
	return s
}

func sortedPages[T any](rows []T, compare func(a, b *T) int) Pages[T] {
	sortRows(rows, compare)
	return pagesOf(rows)
}

// sort sorts the smaller tables by key.
func (s *Snapshot) sort() {
	together(
		func() { sortRows(s.Parks, func(a, b *Park) int { return strings.Compare(a.Code, b.Code) }) },
		func() { sortRows(s.Zones, func(a, b *Zone) int { return strings.Compare(a.ID, b.ID) }) },
		func() { sortRows(s.Firms, func(a, b *Firm) int { return strings.Compare(a.USCC, b.USCC) }) },
		func() { sortRows(s.Occupancies, compareOccupancies) },
		func() { sortRows(s.Events, func(a, b *Event) int { return strings.Compare(a.ID, b.ID) }) },
		func() { sortRows(s.Targets, func(a, b *Target) int { return strings.Compare(a.ID, b.ID) }) },
		func() { sortRows(s.TargetValues, compareTargetValues) },
	)
}

func compareOccupancies(a, b *Occupancy) int {
	return cmp.Or(strings.Compare(a.Parcel, b.Parcel), strings.Compare(a.Building, b.Building),
		strings.Compare(a.USCC, b.USCC), cmp.Compare(a.From, b.From))
}

func compareFigures(a, b *Figures) int {
	return cmp.Or(strings.Compare(a.USCC, b.USCC), cmp.Compare(a.Year, b.Year))
}

func compareTargetValues(a, b *TargetValue) int {
	return cmp.Or(cmp.Compare(a.Target, b.Target), cmp.Compare(a.Year, b.Year))
}

func (s *Snapshot) index() {
	s.derived, s.use = newDerived(), newDerived()
	together(
		func() { s.parkOf = keys(len(s.Parks), func(i int) string { return s.Parks[i].Code }) },
		func() { s.parcel = keys(s.Parcels.Len(), func(i int) string { return s.Parcels.At(i).Code }) },
		func() { s.firm = keys(len(s.Firms), func(i int) string { return s.Firms[i].USCC }) },
	)
	s.locate()
}

func keys(n int, key func(int) string) map[string]int {
	m := make(map[string]int, n)
	for i := range n {
		m[key(i)] = i
	}
	return m
}

// Park returns the park with a code, or nil.
func (s *Snapshot) Park(code string) *Park { return at(s.Parks, s.parkOf, code) }

// Parcel returns the parcel with a code, or nil.
func (s *Snapshot) Parcel(code string) *Parcel {
	if i, ok := s.parcel[code]; ok {
		return s.Parcels.At(i)
	}
	return nil
}

// ParcelIndex returns the position of a parcel in Parcels, and whether there is one.
func (s *Snapshot) ParcelIndex(code string) (int, bool) { i, ok := s.parcel[code]; return i, ok }

// Building returns the building with an ID, or nil.
func (s *Snapshot) Building(id string) *Building {
	if i, ok := s.buildingIndex(id); ok {
		return s.Buildings.At(i)
	}
	return nil
}

// buildingIndex looks a building up in the rows, which are in order and have each ID once: few are asked for, and a map of millions takes long to make.
func (s *Snapshot) buildingIndex(id string) (int, bool) {
	from, to := rangeOf(&BuildingTable, &s.Buildings, id)
	return from, from < to
}

// Firm returns the firm with a credit code, or nil.
func (s *Snapshot) Firm(uscc string) *Firm { return at(s.Firms, s.firm, uscc) }

// FirmIndex returns the position of a firm in Firms, and whether there is one.
func (s *Snapshot) FirmIndex(uscc string) (int, bool) { i, ok := s.firm[uscc]; return i, ok }

// BuildingsOn returns positions in Buildings of the buildings on a parcel. The slice is shared; do not write into it.
func (s *Snapshot) BuildingsOn(parcel string) []int {
	return s.positions.buildingsAt.of(s.parcel, parcel)
}

// OccupanciesOf returns positions in Occupancies of a firm, whenever they were.
func (s *Snapshot) OccupanciesOf(uscc string) []int {
	return s.positions.occupanciesOf.of(s.firm, uscc)
}

// FiguresOf returns the figures of a firm for a year, or nil when there are none.
func (s *Snapshot) FiguresOf(uscc string, year int) *Figures {
	return s.figuresIn(s.positions.figuresOf.of(s.firm, uscc), year)
}

// Years returns the years that have figures, ascending.
func (s *Snapshot) Years() []int {
	years := []int{} // few, so that looking through them takes less than a map
	for _, f := range s.Figures.All() {
		if y := f.Year; !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	return years
}

// LenOf returns the number of rows of a table.
func (s *Snapshot) LenOf(table string) int {
	switch table {
	case ParcelTable.Name:
		return s.Parcels.Len()
	case BuildingTable.Name:
		return s.Buildings.Len()
	case FiguresTable.Name:
		return s.Figures.Len()
	}
	return (*Rows)(&s.tables).LenOf(table)
}

// Len returns the number of rows of all tables.
func (s *Snapshot) Len() int {
	return (*Rows)(&s.tables).Len() + s.Parcels.Len() + s.Buildings.Len() + s.Figures.Len()
}

// AllRows returns the rows of all tables. Those that stand in pages are a copy, the others the snapshot's own: nobody writes into them.
func (s *Snapshot) AllRows() *Rows {
	rows := Rows(s.tables)
	rows.Parcels, rows.Buildings, rows.Figures = s.Parcels.Rows(), s.Buildings.Rows(), s.Figures.Rows()
	return &rows
}

func at[T any](rows []T, index map[string]int, key string) *T {
	if i, ok := index[key]; ok {
		return &rows[i]
	}
	return nil
}
