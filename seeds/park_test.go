package seeds_test

import (
	"testing"

	"muchan/geo"
	"muchan/seeds"
)

// Every outline of a park and of a zone is valid. The towns named had parks that crossed themselves, and the last one a street:
// those of a zone of a million parcels, seed 11.
func TestParksAndZonesDoNotCrossThemselves(t *testing.T) {
	for _, k := range []int{0, 1, 131, 331, 902, 1073} {
		rows := seeds.Town(11, k)
		p := &rows.Parks[0]
		if v := geo.Check(p.Shape); !v.Valid {
			t.Errorf("town %d: %s at %v", k, v.Message, v.Place)
		}
		drawn, stated := float64(geo.Area(p.Shape)), p.AreaM2.Or(0)
		if stated < 0.999*drawn || stated > 1.001*drawn {
			t.Errorf("town %d: %v m² stated, %v drawn", k, stated, drawn)
		}
		for i := range rows.Zones {
			if v := geo.Check(rows.Zones[i].Shape); !v.Valid {
				t.Errorf("town %d, zone %s: %s at %v", k, rows.Zones[i].ID, v.Message, v.Place)
			}
		}
	}
}
