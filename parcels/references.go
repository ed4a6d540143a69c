package parcels

import "fmt"

// references asks about every reference of the rows to a leading key of another table, and refuses the row when the answer is no.
func references(r *Rows, exists func(table, code string) bool, c *collector) {
	park, parcel, building, firm := ParkTable.Name, ParcelTable.Name, BuildingTable.Name, FirmTable.Name
	refer(&ZoneTable, r.Zones, "park", func(z *Zone) string { return z.Park }, park, exists, c)
	refer(&ParcelTable, r.Parcels, "park", func(p *Parcel) string { return p.Park }, park, exists, c)
	refer(&BuildingTable, r.Buildings, "parcel", func(b *Building) string { return b.Parcel }, parcel, exists, c)
	refer(&OccupancyTable, r.Occupancies, "parcel", func(o *Occupancy) string { return o.Parcel }, parcel, exists, c)
	refer(&OccupancyTable, r.Occupancies, "building", func(o *Occupancy) string { return o.Building }, building, exists, c)
	refer(&OccupancyTable, r.Occupancies, "uscc", func(o *Occupancy) string { return o.USCC }, firm, exists, c)
	refer(&FiguresTable, r.Figures, "uscc", func(f *Figures) string { return f.USCC }, firm, exists, c)
	refer(&EventTable, r.Events, "parcel", func(e *Event) string { return e.Parcel }, parcel, exists, c)
	refer(&EventTable, r.Events, "uscc", func(e *Event) string { return e.USCC }, firm, exists, c)
	refer(&TargetValueTable, r.TargetValues, "target", func(v *TargetValue) string { return v.Target }, TargetTable.Name, exists, c)
}

func refer[T any](t *Table[T], rows []T, column string, code func(*T) string, target string, exists func(table, code string) bool, c *collector) {
	for i := range rows {
		to := code(&rows[i])
		if to == "" || exists(target, to) {
			continue
		}
		p := refuse(t, &rows[i], column, t.Name+"."+column+".unknown",
			fmt.Sprintf("%s %q is neither in the store nor in this change", column, to),
			fmt.Sprintf("Import the %s first, or correct the value.", target))
		p.Value = to
		c.refuse(p)
	}
}

// checkReferences refuses rows that refer to nothing. A reference holds when any edition of its target exists, whenever that was.
func checkReferences(r *Rows, held *Held, c *collector) {
	known := map[string][]map[string]bool{
		ParkTable.Name:     {codeSet(&ParkTable, r.Parks), codeSet(&ParkTable, held.Rows.Parks), held.Codes[ParkTable.Name]},
		ParcelTable.Name:   {codeSet(&ParcelTable, r.Parcels), codeSet(&ParcelTable, held.Rows.Parcels), held.Codes[ParcelTable.Name]},
		BuildingTable.Name: {codeSet(&BuildingTable, r.Buildings), codeSet(&BuildingTable, held.Rows.Buildings), held.Codes[BuildingTable.Name]},
		FirmTable.Name:     {codeSet(&FirmTable, r.Firms), codeSet(&FirmTable, held.Rows.Firms), held.Codes[FirmTable.Name]},
		TargetTable.Name:   {codeSet(&TargetTable, r.Targets), codeSet(&TargetTable, held.Rows.Targets), held.Codes[TargetTable.Name]},
	}
	references(r, func(table, code string) bool {
		for _, set := range known[table] {
			if set[code] {
				return true
			}
		}
		return false
	}, c)
}

func codeSet[T any](t *Table[T], rows []T) map[string]bool {
	set := make(map[string]bool, len(rows))
	for i := range rows {
		set[t.Code(&rows[i])] = true
	}
	return set
}
