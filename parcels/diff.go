package parcels

import (
	"fmt"
	"strings"

	"muchan/geo"
)

// Difference is what a plan does to one row.
type Difference struct {
	Entity  string        `json:"entity"`
	Key     string        `json:"key"`
	Action  Action        `json:"action"`
	Columns []ColumnValue `json:"columns,omitempty"` // those that change, for an update or a close
}

// ColumnValue is a column's value before and after, as files have it; "" is missing.
type ColumnValue struct {
	Column string `json:"column"`
	Title  string `json:"title"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// String is one line for a terminal.
func (d Difference) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s", d.Action, d.Entity, d.Key)
	for i, c := range d.Columns {
		separator := "; "
		if i == 0 {
			separator = ": "
		}
		fmt.Fprintf(&b, "%s%s %s → %s", separator, c.Column, orNone(c.Before), orNone(c.After))
	}
	return b.String()
}

func orNone(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// Differences lists what a plan does, changed rows before new ones, at most so many.
func (p *Plan) Differences(most int) []Difference {
	list := make([]Difference, 0, min(most, p.Len()))
	for _, inserts := range []bool{false, true} {
		list = differences(list, most, inserts, &ParkTable, p.Parks)
		list = differences(list, most, inserts, &ZoneTable, p.Zones)
		list = differences(list, most, inserts, &ParcelTable, p.Parcels)
		list = differences(list, most, inserts, &BuildingTable, p.Buildings)
		list = differences(list, most, inserts, &FirmTable, p.Firms)
		list = differences(list, most, inserts, &OccupancyTable, p.Occupancies)
		list = differences(list, most, inserts, &FiguresTable, p.Figures)
		list = differences(list, most, inserts, &EventTable, p.Events)
		list = differences(list, most, inserts, &TargetTable, p.Targets)
		list = differences(list, most, inserts, &TargetValueTable, p.TargetValues)
	}
	return list
}

func differences[T any](list []Difference, most int, inserts bool, t *Table[T], steps []Step[T]) []Difference {
	for i := range steps {
		if len(list) >= most {
			break
		}
		s := &steps[i]
		if (s.Action == ActionInsert) != inserts {
			continue
		}
		d := Difference{Entity: t.Name, Key: s.Key, Action: s.Action}
		if s.Before != nil && s.After != nil {
			d.Columns = t.changed(s.Before, s.After)
		}
		list = append(list, d)
	}
	return list
}

// changed lists the columns in which two rows differ.
func (t *Table[T]) changed(before, after *T) []ColumnValue {
	var list []ColumnValue
	for i := range t.Columns {
		c := &t.Columns[i]
		a, b := c.Field(before), c.Field(after)
		if equalField(a, b) {
			continue
		}
		v := ColumnValue{Column: c.Name, Title: c.Title, Before: shorten(fieldText(a)), After: shorten(fieldText(b))}
		if was, drawn := a.(*geo.Shape); drawn {
			is := *b.(*geo.Shape)
			if v.Before, v.After = shapeText(*was), shapeText(is); v.Before == v.After {
				v.After += movedText(*was, is)
			}
		}
		list = append(list, v)
	}
	return list
}

// shapeText tells one shape from another: its area and a position on it.
func shapeText(s geo.Shape) string {
	if len(s) == 0 {
		return ""
	}
	text := fmt.Sprintf("%.2f m²", float64(geo.Area(s)))
	if p, ok := geo.PointOnSurface(s); ok {
		text += " at " + place(p)
	}
	return text
}

// movedText tells apart two shapes of one area and place.
func movedText(was, is geo.Shape) string {
	most := 0.0
	for i, polygon := range was {
		if i >= len(is) || len(polygon) != len(is[i]) {
			return ", of other parts"
		}
		for j, ring := range polygon {
			if len(ring) != len(is[i][j]) {
				return ", of other points"
			}
			for k, p := range ring {
				most = max(most, geo.Distance(p, is[i][j][k]))
			}
		}
	}
	return fmt.Sprintf(", moved by at most %.2g m", most)
}

// Absent lists the keys of rows valid in a snapshot that the change does not list, among those one would expect it to: parcels and
// zones of its parks, buildings and occupancies of its parcels' parks, figures of its years, else all of its entity. They stay as
// they are. At most so many keys are returned; count is of all.
func (c *Change) Absent(s *Snapshot, most int) (keys []string, count int) {
	a := absence{most: most}
	r := &c.Rows
	parks, landOf := map[string]bool{}, func(code string) string {
		if p := s.Parcel(code); p != nil {
			return p.Park
		}
		return ""
	}
	for i := range r.Parcels {
		parks[r.Parcels[i].Park] = true
	}
	for i := range r.Zones {
		parks[r.Zones[i].Park] = true
	}
	for i := range r.Buildings {
		parks[landOf(r.Buildings[i].Parcel)] = true
	}
	for i := range r.Occupancies {
		parks[landOf(r.Occupancies[i].Parcel)] = true
	}
	years, told := map[int]bool{}, map[int]bool{}
	for i := range r.Figures {
		years[r.Figures[i].Year] = true
	}
	for i := range r.TargetValues {
		told[r.TargetValues[i].Year] = true
	}
	absent(&a, &ParkTable, r.Parks, pagesOf(s.Parks), nil)
	absent(&a, &ZoneTable, r.Zones, pagesOf(s.Zones), func(z *Zone) bool { return parks[z.Park] })
	absent(&a, &ParcelTable, r.Parcels, s.Parcels, func(p *Parcel) bool { return parks[p.Park] })
	absent(&a, &BuildingTable, r.Buildings, s.Buildings, func(b *Building) bool { return parks[landOf(b.Parcel)] })
	absent(&a, &FirmTable, r.Firms, pagesOf(s.Firms), nil)
	absent(&a, &OccupancyTable, r.Occupancies, pagesOf(s.Occupancies), func(o *Occupancy) bool { return parks[landOf(o.Parcel)] })
	absent(&a, &FiguresTable, r.Figures, s.Figures, func(f *Figures) bool { return years[f.Year] })
	absent(&a, &EventTable, r.Events, pagesOf(s.Events), nil)
	absent(&a, &TargetTable, r.Targets, pagesOf(s.Targets), nil)
	absent(&a, &TargetValueTable, r.TargetValues, pagesOf(s.TargetValues), func(v *TargetValue) bool { return told[v.Year] })
	return a.keys, a.count
}

type absence struct {
	most  int
	keys  []string
	count int
}

func absent[T any](a *absence, t *Table[T], rows []T, stored Pages[T], expected func(*T) bool) {
	if len(rows) == 0 {
		return
	}
	listed := codeSet(t, rows)
	if t.Name == FiguresTable.Name || t.Name == OccupancyTable.Name { // their code is not theirs alone
		listed = map[string]bool{}
		for i := range rows {
			listed[t.Key(&rows[i])] = true
		}
	}
	for _, row := range stored.All() {
		if expected != nil && !expected(row) || listed[t.Code(row)] || listed[t.Key(row)] {
			continue
		}
		if a.count++; len(a.keys) < a.most {
			a.keys = append(a.keys, t.Key(row))
		}
	}
}
