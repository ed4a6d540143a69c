package parcels

import (
	"fmt"
	"slices"

	"muchan/geo"
)

// Plan decides what the change does to a store; load reads what the store holds of a Need, inside the store's transaction. It
// fails as NewPlan does, or with load's error.
func (c *Change) Plan(load func(Need) (*Held, error)) (*Plan, error) {
	rows := &c.Rows
	held, err := load(NeedOf(rows))
	if err != nil {
		return nil, err
	}
	if err := c.checkStored(held); err != nil {
		return nil, err
	}
	if c.Columns == nil {
		return newPlan(rows, held, c.EveryProblem)
	}
	whole := c.complete(held)
	// What was taken over may name rows that nobody asked for yet, such as parents.
	if held, err = load(NeedOf(&whole)); err != nil {
		return nil, err
	}
	return newPlan(&whole, held, c.EveryProblem)
}

// checkStored refuses the rows that Change.OnlyStored speaks of.
func (c *Change) checkStored(held *Held) error {
	if !c.OnlyStored {
		return nil
	}
	problems := &collector{every: c.EveryProblem}
	today := DateIn(c.When, c.When.Location())
	inForce(&ParcelTable, c.Rows.Parcels, held.Rows.Parcels, func(p *Parcel) Date { return p.ValidFrom }, today, problems)
	inForce(&BuildingTable, c.Rows.Buildings, held.Rows.Buildings, func(b *Building) Date { return b.ValidFrom }, today, problems)
	return problems.err()
}

func inForce[T any](t *Table[T], rows, stored []T, from func(*T) Date, today Date, problems *collector) {
	latest := map[string]Date{} // code -> first day of its latest edition by today
	for i := range stored {
		code, day := t.Code(&stored[i]), from(&stored[i])
		if before, ok := latest[code]; day <= today && (!ok || day > before) {
			latest[code] = day
		}
	}
	for i := range rows {
		if day, ok := latest[t.Code(&rows[i])]; !ok || day != from(&rows[i]) {
			problems.refuse(refuse(t, &rows[i], t.CodeColumn(), "row.gone", "it is not stored any more, or has a new edition", "Read the file again."))
		}
	}
}

// complete returns the rows with every column that the change does not carry taken from the stored row of the same key.
func (c *Change) complete(held *Held) Rows {
	r, h := &c.Rows, &held.Rows
	return Rows{
		Parks:        fillIn(&ParkTable, r.Parks, h.Parks, c.Columns),
		Zones:        fillIn(&ZoneTable, r.Zones, h.Zones, c.Columns),
		Parcels:      fillIn(&ParcelTable, r.Parcels, h.Parcels, c.Columns),
		Buildings:    fillIn(&BuildingTable, r.Buildings, h.Buildings, c.Columns),
		Firms:        fillIn(&FirmTable, r.Firms, h.Firms, c.Columns),
		Occupancies:  fillIn(&OccupancyTable, r.Occupancies, h.Occupancies, c.Columns),
		Figures:      fillIn(&FiguresTable, r.Figures, h.Figures, c.Columns),
		Events:       fillIn(&EventTable, r.Events, h.Events, c.Columns),
		Targets:      fillIn(&TargetTable, r.Targets, h.Targets, c.Columns),
		TargetValues: fillIn(&TargetValueTable, r.TargetValues, h.TargetValues, c.Columns),
	}
}

// fillIn works on a copy: the change belongs to its caller.
func fillIn[T any](t *Table[T], rows, stored []T, carried []string) []T {
	byKey := make(map[string]*T, len(stored))
	for i := range stored {
		byKey[t.Key(&stored[i])] = &stored[i]
	}
	rows = slices.Clone(rows)
	for _, column := range t.Columns {
		if slices.Contains(carried, column.Name) {
			continue
		}
		for i := range rows {
			if from := byKey[t.Key(&rows[i])]; from != nil {
				column.Take(&rows[i], from)
			}
		}
	}
	return rows
}

// Take copies the column's value from another row. A shape or a list is shared with it: nobody writes into those.
func (c *Column[T]) Take(to, from *T) { assign(c.Field(to), c.Field(from)) }

// assign copies the value at one field address to another of the same column.
func assign(to, from any) {
	switch to := to.(type) {
	case *string:
		*to = *from.(*string)
	case *int:
		*to = *from.(*int)
	case *Opt[float64]:
		*to = *from.(*Opt[float64])
	case *Opt[Wan]:
		*to = *from.(*Opt[Wan])
	case *Opt[bool]:
		*to = *from.(*Opt[bool])
	case *Date:
		*to = *from.(*Date)
	case *[]string:
		*to = *from.(*[]string)
	case *[]Storey:
		*to = *from.(*[]Storey)
	case *geo.Shape:
		*to = *from.(*geo.Shape)
	default:
		panic(fmt.Sprintf("parcels: no kind for a field of type %T", to))
	}
}
