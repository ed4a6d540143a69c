package aggregate

import (
	"fmt"
	"testing"

	"muchan/parcels"
)

// Seventy parks of four firms: the audit takes in sixty-four of them, and the others say why they show nothing.
func TestMoreGroupsThanAreAudited(t *testing.T) {
	y := Year{Year: 2024}
	for f := range 280 {
		e := entry{uscc: fmt.Sprint(f), present: true, park: fmt.Sprintf("P%02d", f%70)}
		e.amounts[land] = parcels.Some(10.0)
		y.firms = append(y.firms, e)
	}
	shown, beyond := 0, 0
	for _, r := range Tables([]Year{y}, Defaults)[0].Rows {
		switch {
		case r.By != ByPark:
		case r.Land.Suppressed == TooLarge && !r.Land.Sum.OK():
			beyond++
		case r.Land.Sum.Or(0) == 40:
			shown++
		}
	}
	if shown != 64 || beyond != 6 {
		t.Errorf("%d parks are shown and %d are beyond the limit", shown, beyond)
	}
}

// The field's arithmetic against small numbers and Fermat's theorem.
func TestField(t *testing.T) {
	for _, a := range []uint64{1, 2, 3, 1 << 31, 1 << 60, prime - 1} {
		if got := multiply(a, inverse(a)); got != 1 {
			t.Errorf("%d times its inverse is %d", a, got)
		}
		if add(a, negate(a)) != 0 {
			t.Errorf("%d and its negative are not 0", a)
		}
	}
	// 2^60 · 2^2 = 2^62 = 2 · 2^61, and 2^61 is 1.
	if got := multiply(1<<60, 4); got != 2 {
		t.Errorf("2^62 is %d", got)
	}
	if got := multiply(prime-1, prime-1); got != 1 {
		t.Errorf("(−1)² is %d", got)
	}
}
