package parcels

import "encoding/json"

// Opt is a value that may be missing. The zero Opt is missing.
type Opt[T any] struct {
	value T
	ok    bool
}

// Some returns a present value.
func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }

// Get returns the value and whether it is present; the value is the zero T when it is not.
func (o Opt[T]) Get() (T, bool) { return o.value, o.ok }

// OK reports whether the value is present.
func (o Opt[T]) OK() bool { return o.ok }

// Or returns the value, or d when it is missing. Use it for display only: in arithmetic missing is not zero.
func (o Opt[T]) Or(d T) T {
	if o.ok {
		return o.value
	}
	return d
}

// MarshalJSON writes null for a missing value.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if !o.ok {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON reads null as missing.
func (o *Opt[T]) UnmarshalJSON(b []byte) error {
	*o = Opt[T]{}
	if string(b) == "null" {
		return nil
	}
	if err := json.Unmarshal(b, &o.value); err != nil {
		return err
	}
	o.ok = true
	return nil
}
