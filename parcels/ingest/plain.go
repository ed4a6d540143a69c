package ingest

import (
	"strconv"

	"muchan/parcels"
)

// Nearly all cells of a large file are plain: ASCII digits with a point. What follows reads those alone and says so when a cell is another;
// the general readers beside it take those, and are the oracle of its tests. Of an import of 10^5 parcels it saves a sixth of the time.

// isPlain tells a decimal of ASCII digits with an optional sign and point: -12, 3.50. It may still hold two points or no digit.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && (c != '-' || i > 0) {
			return false
		}
	}
	return s != ""
}

// plainNumberOf reads a plain decimal.
func plainNumberOf(s string) (float64, bool) {
	if !isPlain(s) {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// plainFen reads a plain amount in 万元 of up to six decimals and nine digits before the point, to the fen, without a float in between.
func plainFen(s string, factor float64) (parcels.Wan, bool) {
	const decimals, most = 6, 15
	if factor != 1 || !isPlain(s) {
		return 0, false
	}
	digits, negative := s, s[0] == '-'
	if negative {
		digits = s[1:]
	}
	var fen int64
	after, read := -1, 0 // digits behind the point, -1 before it
	for i := range len(digits) {
		if digits[i] == '.' {
			if after >= 0 {
				return 0, false
			}
			after = 0
			continue
		}
		if after >= 0 {
			after++
		}
		fen = fen*10 + int64(digits[i]-'0')
		read++
	}
	if read == 0 || read > most || after > decimals {
		return 0, false
	}
	for after = max(after, 0); after < decimals; after++ {
		if fen *= 10; fen > maxPlainFen {
			return 0, false
		}
	}
	if negative {
		fen = -fen
	}
	return parcels.Wan(fen), true
}

// maxPlainFen is 10^9 万元, the most an amount may be; those beyond it go to the reader that says what is wrong.
const maxPlainFen = 1_000_000_000 * parcels.FenPerWan

// plainDay reads YYYY-MM-DD, to which most readers of files turn their dates.
func plainDay(s string) (parcels.Date, bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	d, err := parcels.ParseDate(s)
	return d, err == nil
}

// isFolded tells a text of printable ASCII without capitals and blanks, which fold leaves as it is.
func isFolded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}
