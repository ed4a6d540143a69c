package storetest

import (
	"context"
	"errors"
	"testing"

	"muchan/parcels"
)

// testColumns brings rows that carry only some columns: the others keep what the store holds, and an empty value in a column that
// is carried makes it missing.
func testColumns(t *testing.T, s Suite) {
	store, _ := fresh(t, s)
	everything := Everything()
	apply(t, store, everything)
	on := day("2020-12-31")
	want := asOf(everything, on)

	for _, keys := range keysOnly(everything) {
		receipt, err := store.Apply(context.Background(), keys)
		if err != nil || receipt.Updated+receipt.Inserted+receipt.Closed != 0 || receipt.Unchanged != keys.Rows.Len() {
			t.Errorf("rows that carry %v alone: %+v, %v; want %d unchanged", keys.Columns, receipt, err, keys.Rows.Len())
		}
	}
	checkRows(t, "after keys alone", snapshot(t, store, on).AllRows(), want)

	one := everything.Figures[0]
	c := change(parcels.Rows{Figures: []parcels.Figures{{USCC: one.USCC, Year: one.Year, ElectricityMWh: parcels.Some(12.5)}}})
	c.Columns = []string{"uscc", "year", "electricity_mwh", "vat_wan"}
	if receipt, err := store.Apply(context.Background(), c); err != nil || receipt.Updated != 1 {
		t.Fatalf("electricity alone: %+v, %v; want one updated", receipt, err)
	}
	one.ElectricityMWh, one.VATWan = parcels.Some(12.5), parcels.Opt[parcels.Wan]{}
	got := snapshot(t, store, far-1).FiguresOf(one.USCC, one.Year)
	if got == nil || !parcels.FiguresTable.Equal(got, &one) {
		t.Errorf("after electricity alone the row is\n%+v\nwant\n%+v", got, one)
	}
	if receipt, err := store.Apply(context.Background(), c); err != nil || !receipt.Repeated {
		t.Errorf("the same columns again: %+v, %v; want it repeated", receipt, err)
	}

	unknown := everything.Parcels[0]
	unknown.Code = "350502001001GB09999"
	c = change(parcels.Rows{Parcels: []parcels.Parcel{unknown}})
	c.OnlyStored = true
	var refused *parcels.RefusedError
	if _, err := store.Apply(context.Background(), c); !errors.As(err, &refused) || refused.Problems[0].Rule != "row.gone" {
		t.Errorf("only what is stored may change, and a new parcel got %v", err)
	}
}

// keysOnly makes a change for each entity, with the same keys and nothing else.
func keysOnly(r parcels.Rows) []parcels.Change {
	return []parcels.Change{
		bare(&parcels.ParkTable, r.Parks, func(to *parcels.Rows, rows []parcels.Park) { to.Parks = rows }),
		bare(&parcels.ZoneTable, r.Zones, func(to *parcels.Rows, rows []parcels.Zone) { to.Zones = rows }),
		bare(&parcels.ParcelTable, r.Parcels, func(to *parcels.Rows, rows []parcels.Parcel) { to.Parcels = rows }),
		bare(&parcels.BuildingTable, r.Buildings, func(to *parcels.Rows, rows []parcels.Building) { to.Buildings = rows }),
		bare(&parcels.FirmTable, r.Firms, func(to *parcels.Rows, rows []parcels.Firm) { to.Firms = rows }),
		bare(&parcels.OccupancyTable, r.Occupancies, func(to *parcels.Rows, rows []parcels.Occupancy) { to.Occupancies = rows }),
		bare(&parcels.FiguresTable, r.Figures, func(to *parcels.Rows, rows []parcels.Figures) { to.Figures = rows }),
		bare(&parcels.EventTable, r.Events, func(to *parcels.Rows, rows []parcels.Event) { to.Events = rows }),
		bare(&parcels.TargetTable, r.Targets, func(to *parcels.Rows, rows []parcels.Target) { to.Targets = rows }),
		bare(&parcels.TargetValueTable, r.TargetValues, func(to *parcels.Rows, rows []parcels.TargetValue) { to.TargetValues = rows }),
	}
}

// bare keeps the key columns of rows.
func bare[T any](table *parcels.Table[T], rows []T, put func(*parcels.Rows, []T)) parcels.Change {
	c := change(parcels.Rows{})
	out := make([]T, len(rows))
	for _, column := range table.Columns {
		if !column.Key {
			continue
		}
		c.Columns = append(c.Columns, column.Name)
		for i := range rows {
			switch from := column.Field(&rows[i]).(type) {
			case *string:
				*column.Field(&out[i]).(*string) = *from
			case *int:
				*column.Field(&out[i]).(*int) = *from
			case *parcels.Date:
				*column.Field(&out[i]).(*parcels.Date) = *from
			}
		}
	}
	put(&c.Rows, out)
	return c
}
