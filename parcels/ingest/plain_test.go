package ingest_test

import (
	"fmt"
	"math/big"
	"testing"

	"muchan/parcels"
	"muchan/parcels/ingest"
)

// FuzzPlain: a plain cell is read as exact decimal arithmetic and the general readers have it.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{"0", "-0.5", "12.345678", "12.3456789", "999999999.999999", "1000000000", "1000000000.000001", "9999999999", ".5", "5.", "-", ".", "1.2.3", "", "００１", "-12", "1-2", "000000000000000001", "2021-06-30", "2021-02-30", "1899-12-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if fen, ok := ingest.PlainFen(s, 1); ok {
			exact, isNumber := new(big.Rat).SetString(s)
			if !isNumber || exact.Mul(exact, big.NewRat(parcels.FenPerWan, 1)).Cmp(big.NewRat(int64(fen), 1)) != 0 || fen > ingest.MaxPlainFen || fen < -ingest.MaxPlainFen {
				t.Errorf("%q is %d fen", s, fen)
			}
		}
		if _, ok := ingest.PlainNumber(s); ok && !ingest.NumberForm.MatchString(s) {
			t.Errorf("%q is taken for a number", s)
		}
		if day, ok := ingest.PlainDay(s); ok {
			m := ingest.DayForm.FindStringSubmatch(s)
			if m == nil || fmt.Sprintf("%s-%s-%s", m[1], m[3], m[4]) != day.String() {
				t.Errorf("%q is taken for the day %s", s, day)
			}
		}
		if ingest.IsFolded(s) && ingest.Folded(s) != s {
			t.Errorf("%q is not folded", s)
		}
	})
}
