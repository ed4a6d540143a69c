package scoring_test

import (
	"reflect"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// A score equals its copy, and differs from it as soon as any one thing that it says does.
func TestScoresAreEqualByAllTheySay(t *testing.T) {
	full := func() *scoring.ParcelScore {
		return &scoring.ParcelScore{
			Measured: &scoring.Measured{}, Idle: &scoring.Idle{}, Firms: []scoring.Share{{Firm: 1}}, Exit: -1,
			Findings: []scoring.Finding{{Type: "f", Rule: &scoring.RuleRef{ID: "r"}}},
		}
	}
	if !full().Equal(full()) {
		t.Fatal("a score does not equal its copy")
	}
	fields := 0
	for n := 0; ; n++ {
		other := full()
		path, ok := changeNth(reflect.ValueOf(other).Elem(), n)
		if !ok {
			break
		}
		if fields++; full().Equal(other) || other.Equal(full()) {
			t.Errorf("a score with another %s is taken for the same", path)
		}
	}
	if fields < 60 {
		t.Errorf("only %d fields were changed", fields)
	}
	fifth, sixth := full(), full()
	fifth.Exit, sixth.Exit = 4, 5
	if !fifth.Equal(sixth) {
		t.Error("a candidate is another for its place in the list")
	}
	other := full()
	other.Idle = nil
	if full().Equal(other) || other.Equal(full()) {
		t.Error("a score without idle is taken for the same")
	}
}

// changeNth gives the nth value below v another content, and tells where it lies; false when there are fewer.
func changeNth(v reflect.Value, n int) (path string, ok bool) {
	left := n
	var walk func(v reflect.Value, name string) bool
	walk = func(v reflect.Value, name string) bool {
		switch held := v.Addr().Interface().(type) {
		case *parcels.Opt[float64]:
			return changed(&left, func() { *held, path = parcels.Some(1.5), name })
		case *parcels.Opt[parcels.Wan]:
			return changed(&left, func() { *held, path = parcels.Some(parcels.Wan(7)), name })
		}
		switch v.Kind() {
		case reflect.Pointer:
			return walk(v.Elem(), name)
		case reflect.Slice:
			return walk(v.Index(0), name) || changed(&left, func() { v.Set(v.Slice(0, 0)); path = "length of " + name })
		case reflect.Struct:
			for i := range v.NumField() {
				if walk(v.Field(i), name+"."+v.Type().Field(i).Name) {
					return true
				}
			}
			return false
		}
		return changed(&left, func() { path = name; setOther(v) })
	}
	ok = walk(v, "score")
	return path, ok
}

func changed(left *int, change func()) bool {
	*left--
	if *left == -1 {
		change()
	}
	return *left < 0
}

func setOther(v reflect.Value) {
	switch {
	case v.CanInt():
		v.SetInt(v.Int() + 1)
	case v.CanFloat():
		v.SetFloat(v.Float() + 1)
	case v.Kind() == reflect.Bool:
		v.SetBool(!v.Bool())
	default:
		v.SetString(v.String() + "x")
	}
}
