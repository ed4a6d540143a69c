package parcels_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"muchan/geo"
	"muchan/parcels"
)

// filled returns a row with a value in every column, and set gives one column another value.
func filled[T any](t *parcels.Table[T]) T {
	var row T
	for i := range t.Columns {
		set(t.Columns[i].Field(&row), i+1)
	}
	return row
}

func set(field any, n int) {
	switch f := field.(type) {
	case *string:
		*f = fmt.Sprintf("值 \"%d\" é\n", n)
	case *int:
		*f = n
	case *parcels.Opt[float64]:
		*f = parcels.Some(float64(n) / 3)
	case *parcels.Opt[parcels.Wan]:
		*f = parcels.Some(parcels.Wan(-n))
	case *parcels.Opt[bool]:
		*f = parcels.Some(n%2 == 0)
	case *parcels.Date:
		*f = parcels.MustDate("2020-02-28") + parcels.Date(n)
	case *[]string:
		*f = []string{"a", fmt.Sprint(n)}
	case *[]parcels.Storey:
		*f = []parcels.Storey{{FloorM2: float64(n) / 3, HeightM: 4.5}, {FloorM2: 1}}
	case *geo.Shape:
		*f = square(float64(n), 24)
	}
}

func TestRows(t *testing.T) {
	checkContent(t, &parcels.ParkTable, "code", func(r *parcels.Rows) *[]parcels.Park { return &r.Parks })
	checkContent(t, &parcels.ZoneTable, "id", func(r *parcels.Rows) *[]parcels.Zone { return &r.Zones })
	checkContent(t, &parcels.ParcelTable, "code", func(r *parcels.Rows) *[]parcels.Parcel { return &r.Parcels })
	checkContent(t, &parcels.BuildingTable, "id", func(r *parcels.Rows) *[]parcels.Building { return &r.Buildings })
	checkContent(t, &parcels.FirmTable, "uscc", func(r *parcels.Rows) *[]parcels.Firm { return &r.Firms })
	checkContent(t, &parcels.OccupancyTable, "parcel", func(r *parcels.Rows) *[]parcels.Occupancy { return &r.Occupancies })
	checkContent(t, &parcels.FiguresTable, "uscc", func(r *parcels.Rows) *[]parcels.Figures { return &r.Figures })
	checkContent(t, &parcels.EventTable, "id", func(r *parcels.Rows) *[]parcels.Event { return &r.Events })
	checkContent(t, &parcels.TargetTable, "id", func(r *parcels.Rows) *[]parcels.Target { return &r.Targets })
	checkContent(t, &parcels.TargetValueTable, "target", func(r *parcels.Rows) *[]parcels.TargetValue { return &r.TargetValues })
}

// checkContent changes each column of a full row in turn: comparison, hash and JSON all notice.
func checkContent[T any](t *testing.T, table *parcels.Table[T], code string, in func(*parcels.Rows) *[]T) {
	t.Helper()
	if table.CodeColumn() != code {
		t.Errorf("%s: code column %s, want %s", table.Name, table.CodeColumn(), code)
	}
	row, same := filled(table), filled(table)
	if !table.Equal(&row, &same) || !reflect.DeepEqual(row, same) {
		t.Errorf("%s: equal rows differ", table.Name)
	}
	hash := func(r T) string {
		var c parcels.Change
		*in(&c.Rows) = []T{r}
		return c.ContentHash()
	}
	checkJSON(t, table, &row)
	for i := range table.Columns {
		c := &table.Columns[i]
		changed, missing := filled(table), filled(table)
		set(c.Field(&changed), i+2)
		reflect.ValueOf(c.Field(&missing)).Elem().SetZero()
		for what, other := range map[string]*T{"changed": &changed, "missing": &missing} {
			if table.Equal(&row, other) || table.Equal(other, &row) {
				t.Errorf("%s: %s %s column goes unnoticed by Equal", table.Name, what, c.Name)
			}
			if hash(row) == hash(*other) {
				t.Errorf("%s: %s %s column goes unnoticed by ContentHash", table.Name, what, c.Name)
			}
			if (table.Key(&row) != table.Key(other)) != c.Key {
				t.Errorf("%s: key %q, with %s %s %q", table.Name, table.Key(&row), what, c.Name, table.Key(other))
			}
		}
	}
}

func checkJSON[T any](t *testing.T, table *parcels.Table[T], row *T) {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal(table.AppendJSON(nil, row), &got); err != nil {
		t.Fatalf("%s: %v", table.Name, err)
	}
	for i := range table.Columns {
		c := &table.Columns[i]
		value, present := got[c.Name]
		if (c.Kind() == parcels.KindShape) == present {
			t.Errorf("%s: JSON member %s present: %v", table.Name, c.Name, present)
		}
		var want any
		switch f := c.Field(row).(type) {
		case *string:
			want = *f
		case *int:
			want = float64(*f)
		case *parcels.Opt[float64]:
			want, _ = f.Get()
		case *parcels.Opt[parcels.Wan]:
			w, _ := f.Get()
			want = w.Float()
		case *parcels.Opt[bool]:
			want, _ = f.Get()
		case *parcels.Date:
			want = f.String()
		case *[]string:
			want = parcels.FormatList(*f)
		case *[]parcels.Storey:
			want = parcels.FormatStoreys(*f)
		}
		if value != want {
			t.Errorf("%s: JSON member %s is %v, want %v", table.Name, c.Name, value, want)
		}
	}
	if empty := string(table.AppendJSON(nil, new(T))); empty != "{}" && table.Name != "zones" && table.Name != "figures" && table.Name != "targets" && table.Name != "target_values" {
		t.Errorf("%s: JSON of an empty row is %s, want {}: missing values are left out", table.Name, empty)
	}
}

func TestKeys(t *testing.T) {
	day := parcels.MustDate("2020-03-01")
	for want, got := range map[string]string{
		"A|2020-03-01":       parcels.ParcelTable.Key(&parcels.Parcel{Code: "A", ValidFrom: day}),
		"P|B|U|2020-03-01":   parcels.OccupancyTable.Key(&parcels.Occupancy{Parcel: "P", Building: "B", USCC: "U", From: day}),
		"P||U|2020-03-01":    parcels.OccupancyTable.Key(&parcels.Occupancy{Parcel: "P", USCC: "U", From: day}),
		"U|2020":             parcels.FiguresTable.Key(&parcels.Figures{USCC: "U", Year: 2020}),
		"91350500MA2XXXXXX1": parcels.FirmTable.Key(&parcels.Firm{USCC: "91350500MA2XXXXXX1"}),
	} {
		if got != want {
			t.Errorf("key %q, want %q", got, want)
		}
	}
}

func TestContentHashIgnoresOrderAndOrigin(t *testing.T) {
	a := parcels.Change{Who: "a", Rows: parcels.Rows{Parcels: lots("A 2000 -", "B 2000 -"), Parks: []parcels.Park{{Code: "QM"}}}}
	b := parcels.Change{Who: "b", Why: "again", Rows: parcels.Rows{Parcels: lots("B 2000 -", "A 2000 -"), Parks: []parcels.Park{{Code: "QM"}}}}
	b.Source.Name = "other.csv"
	if a.ContentHash() != b.ContentHash() || len(a.ContentHash()) != 64 {
		t.Errorf("hashes %s and %s of the same rows", a.ContentHash(), b.ContentHash())
	}
	b.Rows.Parcels = append(b.Rows.Parcels, lot("C 2000 -"))
	if a.ContentHash() == b.ContentHash() {
		t.Error("one more row goes unnoticed")
	}
	// The same text in another table is another change.
	firm := parcels.Change{Rows: parcels.Rows{Events: []parcels.Event{{ID: "x"}}}}
	target := parcels.Change{Rows: parcels.Rows{Targets: []parcels.Target{{ID: "x"}}}}
	if firm.ContentHash() == target.ContentHash() {
		t.Error("table goes unnoticed")
	}
}
