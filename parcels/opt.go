package parcels

import (
	"encoding/json"
	"fmt"
	"unsafe"
)

// Optional is what an Opt can hold.
type Optional interface{ float64 | Wan | int | bool }

// Opt is a number or a yes or no that may be missing. The zero Opt is missing, and missing is not zero. Two are equal when both are missing
// or both have the same value.
//
// It takes 8 bytes, not the 16 of a value with a flag: half of what a zone's figures, contracts and scores take is such numbers.
type Opt[T Optional] struct {
	bits uint64 // of the value, exclusive-or missing: zero says that there is none
}

// missing are the bits of a NaN that no arithmetic makes, and of an integer far beyond every amount.
const missing = 0x7ff8_6e6f_7468_6572

// minusZero are the bits of -0, which is kept as 0 so that both are equal.
const minusZero = 1 << 63

// Some returns a present value.
func Some[T Optional](v T) Opt[T] {
	var bits uint64
	*(*T)(unsafe.Pointer(&bits)) = v // none of the types is larger
	if _, real := any(v).(float64); real && bits == minusZero {
		bits = 0
	}
	return Opt[T]{bits ^ missing}
}

// Get returns the value and whether it is present; the value is the zero T when it is not.
func (o Opt[T]) Get() (v T, ok bool) {
	if o.bits == 0 {
		return v, false
	}
	bits := o.bits ^ missing
	return *(*T)(unsafe.Pointer(&bits)), true
}

// OK reports whether the value is present.
func (o Opt[T]) OK() bool { return o.bits != 0 }

// Or returns the value, or d when it is missing. Use it for display only: in arithmetic missing is not zero.
func (o Opt[T]) Or(d T) T {
	if v, ok := o.Get(); ok {
		return v
	}
	return d
}

// String is for messages of tests and the log.
func (o Opt[T]) String() string {
	if v, ok := o.Get(); ok {
		return fmt.Sprint(v)
	}
	return "missing"
}

// MarshalJSON writes null for a missing value.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	v, ok := o.Get()
	if !ok {
		return []byte("null"), nil
	}
	return json.Marshal(v)
}

// UnmarshalJSON reads null as missing.
func (o *Opt[T]) UnmarshalJSON(b []byte) error {
	*o = Opt[T]{}
	if string(b) == "null" {
		return nil
	}
	var v T
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*o = Some(v)
	return nil
}
