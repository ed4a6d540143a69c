package scoring_test

import (
	"fmt"
	"slices"
	"testing"

	"muchan/parcels"
)

// An occupancy of a retired parcel becomes one on each successor: more than the room for what was filed, and still in the order of parcels.
func TestStakesInOrderThatOutgrowTheirRoom(t *testing.T) {
	const n, first, second = 600, 10, 11 // the successors
	of := func(i int) string { return fmt.Sprintf("350502000001GB%05d", i) }
	retired := of(2*first + 1)
	var rows parcels.Rows
	add := func(code string, by int) {
		o := holds(1, by, "own", parcels.Opt[float64]{})
		o.Parcel = code
		rows.Firms, rows.Occupancies = append(rows.Firms, firm(by, false)), append(rows.Occupancies, o)
	}
	for i := range n {
		p := plot(1, 30)
		p.Code = of(2 * i)
		if i == first || i == second {
			p.Parents = []string{retired}
		}
		rows.Parcels = append(rows.Parcels, p)
		add(p.Code, i+1)
	}
	add(retired, n+1)
	s := run(t, rows, shipped(t), someDay)
	for i := range s.Parcels {
		want := []string{rows.Firms[i].USCC}
		if i == first || i == second {
			want = append(want, rows.Firms[n].USCC)
		}
		var got []string
		for _, share := range s.Parcels[i].Firms {
			got = append(got, s.Firms[share.Firm].USCC)
		}
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("parcel %d is used by %v, want %v", i, got, want)
		}
	}
}
