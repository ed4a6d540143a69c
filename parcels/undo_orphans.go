package parcels

import (
	"fmt"
	"maps"
	"slices"
)

// referring lists every column that names a leading key of another table.
var referring = []struct{ entity, column, target string }{
	{ZoneTable.Name, "park", ParkTable.Name},
	{ParcelTable.Name, "park", ParkTable.Name},
	{ParcelTable.Name, "parents", ParcelTable.Name},
	{BuildingTable.Name, "parcel", ParcelTable.Name},
	{OccupancyTable.Name, "parcel", ParcelTable.Name},
	{OccupancyTable.Name, "building", BuildingTable.Name},
	{OccupancyTable.Name, "uscc", FirmTable.Name},
	{FiguresTable.Name, "uscc", FirmTable.Name},
	{EventTable.Name, "parcel", ParcelTable.Name},
	{EventTable.Name, "uscc", FirmTable.Name},
	{TargetValueTable.Name, "target", TargetTable.Name},
}

// refuseOrphans refuses to delete the last row of a code that rows refer to which stay and keep the reference.
func (p *Plan) refuseOrphans(stored *Rows, refer Referrers, c *collector) error {
	gone := map[string][]string{
		ParkTable.Name:     vanishing(&ParkTable, p.Parks, stored.Parks),
		ParcelTable.Name:   vanishing(&ParcelTable, p.Parcels, stored.Parcels),
		BuildingTable.Name: vanishing(&BuildingTable, p.Buildings, stored.Buildings),
		FirmTable.Name:     vanishing(&FirmTable, p.Firms, stored.Firms),
		TargetTable.Name:   vanishing(&TargetTable, p.Targets, stored.Targets),
	}
	written := p.written()
	for _, r := range referring {
		codes := gone[r.target]
		if len(codes) == 0 {
			continue
		}
		keys, err := refer(r.entity, r.column, codes)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if written[r.entity+"|"+key] {
				continue // it goes too, or its reference is checked as it will be
			}
			c.refuse(&Problem{
				Entity: r.entity, Key: key, Column: r.column, Rule: "undo.referred",
				Message:  fmt.Sprintf("it names one of the %s that the undo would take away", r.target),
				Remedy:   "Undo the change that brought it in first, or give it another " + r.column + ".",
				Severity: SeverityError,
			})
		}
	}
	return nil
}

// vanishing lists the codes that no row has any more once the plan is carried out.
func vanishing[T any](t *Table[T], steps []Step[T], stored []T) []string {
	left := map[string]int{}
	for i := range stored {
		left[t.Code(&stored[i])]++
	}
	gone := map[string]bool{}
	for i := range steps {
		switch s := &steps[i]; s.Action {
		case ActionDelete:
			code := t.Code(s.Before)
			if left[code]--; left[code] == 0 {
				gone[code] = true
			}
		case ActionInsert:
			left[t.Code(s.After)]++
		}
	}
	return slices.Sorted(maps.Keys(gone))
}

// written names entity and key of every row the plan writes.
func (p *Plan) written() map[string]bool {
	all := map[string]bool{}
	addKeys(all, &ParkTable, p.Parks)
	addKeys(all, &ZoneTable, p.Zones)
	addKeys(all, &ParcelTable, p.Parcels)
	addKeys(all, &BuildingTable, p.Buildings)
	addKeys(all, &FirmTable, p.Firms)
	addKeys(all, &OccupancyTable, p.Occupancies)
	addKeys(all, &FiguresTable, p.Figures)
	addKeys(all, &EventTable, p.Events)
	addKeys(all, &TargetTable, p.Targets)
	addKeys(all, &TargetValueTable, p.TargetValues)
	return all
}

func addKeys[T any](all map[string]bool, t *Table[T], steps []Step[T]) {
	for i := range steps {
		all[t.Name+"|"+steps[i].Key] = true
	}
}

// afters are the rows that the plan leaves.
func (p *Plan) afters() Rows {
	return Rows{
		Parks: after(p.Parks), Zones: after(p.Zones), Parcels: after(p.Parcels), Buildings: after(p.Buildings), Firms: after(p.Firms),
		Occupancies: after(p.Occupancies), Figures: after(p.Figures), Events: after(p.Events), Targets: after(p.Targets),
		TargetValues: after(p.TargetValues),
	}
}

func after[T any](steps []Step[T]) []T {
	var rows []T
	for i := range steps {
		if steps[i].After != nil {
			rows = append(rows, *steps[i].After)
		}
	}
	return rows
}
