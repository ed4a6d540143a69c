package parcels

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Wan is an amount of money in 万元 (10 000 yuan), held as a whole number of fen (1e-6 万元) so that sums and splits are exact.
type Wan int64

// FenPerWan is the number of fen in one 万元.
const FenPerWan = 1_000_000

// maxWan bounds an amount to 10^9 万元, far above any zone and far below overflow of a sum over 10^6 rows.
const maxWan = Wan(1_000_000_000) * FenPerWan

// Float returns the amount in 万元.
func (w Wan) Float() float64 { return float64(w) / FenPerWan }

// String writes the amount in 万元 without needless zeros, exactly.
func (w Wan) String() string { return string(appendWan(nil, w)) }

func appendWan(dst []byte, w Wan) []byte {
	u := uint64(w)
	if w < 0 {
		dst, u = append(dst, '-'), -u
	}
	dst = strconv.AppendUint(dst, u/FenPerWan, 10)
	fen := u % FenPerWan
	if fen > 0 {
		dst = append(dst, '.')
	}
	for place := uint64(FenPerWan / 10); fen > 0; place /= 10 {
		dst = append(dst, '0'+byte(fen/place))
		fen %= place
	}
	return dst
}

// WanOf rounds an amount in 万元 to the nearest fen. It fails on NaN, infinities and amounts beyond 10^9 万元.
func WanOf(wan float64) (Wan, error) {
	fen := math.Round(wan * FenPerWan)
	if math.IsNaN(fen) || math.Abs(fen) > float64(maxWan) {
		return 0, fmt.Errorf("%v 万元 is not an amount below 10^9 万元", wan)
	}
	return Wan(fen), nil
}

// ParseWan reads a decimal amount in 万元.
func ParseWan(s string) (Wan, error) {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not an amount in 万元", s)
	}
	return WanOf(f)
}

// MarshalJSON writes the amount as a number in 万元.
func (w Wan) MarshalJSON() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalJSON reads a number in 万元.
func (w *Wan) UnmarshalJSON(b []byte) (err error) {
	*w, err = ParseWan(string(b))
	return err
}
