package geo_test

import (
	"math"
	"testing"

	"muchan/geo"
)

// TestBoundAround leaves out boxes of undrawn shapes and such with NaN.
func TestBoundAround(t *testing.T) {
	empty, nan := geo.BoundOf(nil), geo.Bound{Min: geo.Point{math.NaN(), 0}, Max: geo.Point{500, 500}}
	a, b := geo.Bound{Min: geo.Point{1, 2}, Max: geo.Point{3, 4}}, geo.Bound{Min: geo.Point{-5, 3}, Max: geo.Point{-4, math.Inf(1)}}
	for name, test := range map[string]struct {
		of   []geo.Bound
		want geo.Bound
	}{
		"none":    {nil, empty},
		"nothing": {[]geo.Bound{empty, nan, empty}, empty},
		"one":     {[]geo.Bound{empty, a, nan}, a},
		"two":     {[]geo.Bound{b, empty, a}, geo.Bound{Min: geo.Point{-5, 2}, Max: geo.Point{3, math.Inf(1)}}},
	} {
		if got := geo.BoundAround(test.of); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	if !empty.IsEmpty() {
		t.Errorf("%v is not empty", empty)
	}
}
