package parcels_test

import (
	"encoding/json"
	"math"
	"testing"
	"unsafe"

	"muchan/parcels"
)

// The plain version of an optional value says what one in 8 bytes must say.
func TestAnOptionalValueInEightBytes(t *testing.T) {
	for _, v := range []float64{0, math.Copysign(0, -1), 1, -1, math.Pi, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(1), math.Inf(-1)} {
		checkOpt(t, v)
	}
	for _, v := range []parcels.Wan{0, 1, -1, -123456788, 1e15, -1e15} {
		checkOpt(t, v)
	}
	for _, v := range []int{0, 1, -1, math.MaxInt32, math.MinInt} {
		checkOpt(t, v)
	}
	checkOpt(t, false)
	checkOpt(t, true)
	if v, ok := parcels.Some(math.NaN()).Get(); !ok || !math.IsNaN(v) {
		t.Errorf("NaN became %v, %v", v, ok)
	}
	if parcels.Some(math.Copysign(0, -1)) != parcels.Some(0.0) {
		t.Error("-0 differs from 0")
	}
	if size := unsafe.Sizeof(parcels.Opt[float64]{}); size != 8 {
		t.Errorf("takes %d bytes", size)
	}
}

func checkOpt[T parcels.Optional](t *testing.T, v T) {
	t.Helper()
	var none parcels.Opt[T]
	if got, ok := none.Get(); ok || none.OK() || got != *new(T) || none.Or(v) != v || none == parcels.Some(v) {
		t.Errorf("none beside %v: %v, %v", v, got, ok)
	}
	o := parcels.Some(v)
	if got, ok := o.Get(); !ok || !o.OK() || got != v || o.Or(*new(T)) != v || o != parcels.Some(v) {
		t.Errorf("%v became %v, %v", v, got, ok)
	}
	b, err := json.Marshal(o)
	if err != nil {
		return // what is not finite has no JSON
	}
	back := none
	if err := json.Unmarshal(b, &back); err != nil || back != o {
		t.Errorf("%v through %s became %v, %v", v, b, back, err)
	}
	if err := json.Unmarshal([]byte("null"), &back); err != nil || back != none {
		t.Errorf("null became %v, %v", back, err)
	}
}
