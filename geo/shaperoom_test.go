package geo_test

import (
	"testing"

	"github.com/paulmach/orb"

	"muchan/geo"
)

// Shapes that were decoded one behind another are those that were decoded each alone, and none reaches into its neighbour.
func TestShapesInOneRoom(t *testing.T) {
	var room geo.ShapeRoom
	var got, want []geo.Shape
	for k := range 5000 {
		s := geo.Shape{}
		for i := range k % 3 {
			x, y := 118+float64(k%100)/100, 24+float64(i)/10
			s = append(s, orb.Polygon{{{x, y}, {x + .001, y}, {x + .001, y + .001}, {x, y}}})
		}
		if k%7 == 0 {
			s = nil
		}
		b := geo.EncodeEWKB(s)
		together, err := room.DecodeEWKB(b)
		if err != nil {
			t.Fatal(err)
		}
		alone, err := geo.DecodeEWKB(b)
		if err != nil {
			t.Fatal(err)
		}
		got, want = append(got, together), append(want, alone)
		for _, polygon := range together {
			if cap(polygon) != len(polygon) || cap(polygon[0]) != len(polygon[0]) || cap(together) != len(together) {
				t.Fatalf("shape %d may grow into another", k)
			}
		}
	}
	for k := range want {
		if !got[k].Equal(want[k]) || (got[k] == nil) != (want[k] == nil) || len(got[k]) != len(want[k]) {
			t.Fatalf("shape %d is %v, want %v", k, got[k], want[k])
		}
	}
}
