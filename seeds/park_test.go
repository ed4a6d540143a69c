package seeds_test

import (
	"testing"

	"muchan/geo"
	"muchan/seeds"
)

// Every park's outline is valid. The towns named had outlines that crossed themselves: those of a zone of a million parcels, seed 11.
func TestParksDoNotCrossThemselves(t *testing.T) {
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
	}
}
