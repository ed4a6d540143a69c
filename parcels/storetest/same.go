package storetest

import (
	"encoding/json"
	"slices"
	"testing"

	"muchan/parcels"
)

// checkRows compares all entities of two sets of rows, in any order.
func checkRows(t testing.TB, what string, got, want *parcels.Rows) {
	t.Helper()
	checkTable(t, what, &parcels.ParkTable, got.Parks, want.Parks)
	checkTable(t, what, &parcels.ZoneTable, got.Zones, want.Zones)
	checkTable(t, what, &parcels.ParcelTable, got.Parcels, want.Parcels)
	checkTable(t, what, &parcels.BuildingTable, got.Buildings, want.Buildings)
	checkTable(t, what, &parcels.FirmTable, got.Firms, want.Firms)
	checkTable(t, what, &parcels.OccupancyTable, got.Occupancies, want.Occupancies)
	checkTable(t, what, &parcels.FiguresTable, got.Figures, want.Figures)
	checkTable(t, what, &parcels.EventTable, got.Events, want.Events)
	checkTable(t, what, &parcels.TargetTable, got.Targets, want.Targets)
	checkTable(t, what, &parcels.TargetValueTable, got.TargetValues, want.TargetValues)
}

func checkTable[T any](t testing.TB, what string, table *parcels.Table[T], got, want []T) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %s has %d rows, want %d: got %q", what, table.Name, len(got), len(want), keysOf(table, got))
		return
	}
	byKey := make(map[string]*T, len(got))
	for i := range got {
		byKey[table.Key(&got[i])] = &got[i]
	}
	wrong := 0
	for i := range want {
		key := table.Key(&want[i])
		row := byKey[key]
		if row == nil {
			t.Errorf("%s: %s lacks %q", what, table.Name, key)
		} else if !table.Equal(row, &want[i]) {
			reportColumns(t, what, table, key, row, &want[i])
		} else {
			continue
		}
		if wrong++; wrong == 5 {
			return
		}
	}
}

func reportColumns[T any](t testing.TB, what string, table *parcels.Table[T], key string, got, want *T) {
	t.Helper()
	for i := range table.Columns {
		single := parcels.Table[T]{Name: table.Name, Columns: table.Columns[i : i+1]}
		if !single.Equal(got, want) {
			c := &table.Columns[i]
			t.Errorf("%s: %s %q column %s:\n got %s\nwant %s", what, table.Name, key, c.Name, show(c.Field(got)), show(c.Field(want)))
		}
	}
}

func keysOf[T any](table *parcels.Table[T], rows []T) []string {
	keys := make([]string, 0, min(len(rows), 10))
	for i := range rows[:min(len(rows), 10)] {
		keys = append(keys, table.Key(&rows[i]))
	}
	slices.Sort(keys)
	return keys
}

// asOf is the oracle of Store.Snapshot: the rows a reader of a day sees.
func asOf(rows parcels.Rows, on parcels.Date) *parcels.Rows {
	valid := func(from, to parcels.Date) bool { return from <= on && (!to.OK() || to > on) }
	rows.Zones = keep(rows.Zones, func(z *parcels.Zone) bool { return valid(z.ValidFrom, z.ValidTo) })
	rows.Parcels = keep(rows.Parcels, func(p *parcels.Parcel) bool { return valid(p.ValidFrom, p.ValidTo) })
	rows.Buildings = keep(rows.Buildings, func(b *parcels.Building) bool { return valid(b.ValidFrom, b.ValidTo) })
	rows.Occupancies = keep(rows.Occupancies, func(o *parcels.Occupancy) bool { return o.From <= on })
	rows.Figures = keep(rows.Figures, func(f *parcels.Figures) bool { return f.Year <= on.Year() })
	rows.TargetValues = keep(rows.TargetValues, func(v *parcels.TargetValue) bool { return v.Year <= on.Year() })
	rows.Events = keep(rows.Events, func(e *parcels.Event) bool { return e.On <= on })
	return &rows
}

func keep[T any](rows []T, good func(*T) bool) []T {
	var kept []T
	for i := range rows {
		if good(&rows[i]) {
			kept = append(kept, rows[i])
		}
	}
	return kept
}

// show prints the value at a field address for a person.
func show(field any) string {
	if parcels.Missing(field) {
		return "missing"
	}
	b, err := json.Marshal(field)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
