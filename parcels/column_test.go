package parcels_test

import (
	"regexp"
	"strings"
	"testing"

	"muchan/parcels"
)

var columnName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func TestColumnsAreWellFormed(t *testing.T) {
	checkTable(t, parcels.ParkTable)
	checkTable(t, parcels.ZoneTable)
	checkTable(t, parcels.ParcelTable)
	checkTable(t, parcels.BuildingTable)
	checkTable(t, parcels.FirmTable)
	checkTable(t, parcels.OccupancyTable)
	checkTable(t, parcels.FiguresTable)
	checkTable(t, parcels.EventTable)
	checkTable(t, parcels.TargetTable)
	checkTable(t, parcels.TargetValueTable)
}

// unitOf is the unit a name's ending promises.
var unitOf = map[string]string{"_m2": "m²", "_wan": "万元", "_wan_mu": "万元/亩", "_pct": "%", "_t": "吨", "_tce": "吨标准煤", "_mwh": "兆瓦时"}

func checkTable[T any](t *testing.T, table parcels.Table[T]) {
	t.Helper()
	var row T
	names, titles, fields, hasKey := map[string]bool{}, map[string]bool{}, map[any]bool{}, false
	for _, c := range table.Columns {
		where := table.Name + "." + c.Name
		if !columnName.MatchString(c.Name) || c.Title == "" || c.TitleEn == "" {
			t.Errorf("%s: name or titles are not well formed", where)
		}
		if names[c.Name] || titles[c.Title] || fields[c.Field(&row)] {
			t.Errorf("%s: name, title or field stands twice", where)
		}
		names[c.Name], titles[c.Title], fields[c.Field(&row)] = true, true, true
		hasKey = hasKey || c.Key
		if !parcels.Missing(c.Field(&row)) && c.Kind() != parcels.KindInteger {
			t.Errorf("%s: the zero row's value is not missing", where)
		}
		for ending, unit := range unitOf {
			if strings.HasSuffix(c.Name, ending) && c.Unit != unit {
				t.Errorf("%s: unit %q, its name promises %q", where, c.Unit, unit)
			}
		}
	}
	if !hasKey {
		t.Errorf("%s has no key", table.Name)
	}
}
