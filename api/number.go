package api

import (
	"errors"
	"math"
	"strconv"
)

var errNotFinite = errors.New("not a finite number")

// finite reads a decimal number and refuses NaN, infinities, hexadecimal and underscores.
func finite(s string) (float64, error) {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, errNotFinite
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0, errNotFinite
	}
	return f, nil
}

func isOverflow(err error) bool { return errors.Is(err, strconv.ErrRange) }

// roundTo rounds for people; it never turns a missing value into a number because it is not given one.
func roundTo(f float64, digits int) float64 {
	scale := math.Pow10(digits)
	r := math.Round(f*scale) / scale
	if math.IsNaN(r) || math.IsInf(r, 0) {
		return f
	}
	return r
}
