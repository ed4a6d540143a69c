package parcels_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"muchan/parcels"
)

// Figures in any order come out sorted: in order, backwards, in stretches, some of them anywhere, all of them anywhere.
func TestNewSnapshotSortsLargeRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	for n := range 60 {
		var want []parcels.Figures
		for i := range n {
			want = append(want, parcels.Figures{USCC: string(rune('A' + i/3)), Year: 2020 + i%3, VATWan: parcels.Some(parcels.Wan(i))})
		}
		for name, shuffle := range map[string]func([]parcels.Figures){
			"in order": func([]parcels.Figures) {}, "backwards": slices.Reverse[[]parcels.Figures],
			"edited": func(rows []parcels.Figures) {
				for range min(n, 3) {
					i := rng.IntN(n)
					row := rows[i]
					copy(rows[i:], rows[i+1:])
					rows[n-1] = row
				}
			},
			"in stretches": func(rows []parcels.Figures) {
				third := n / 3
				copy(rows, slices.Concat(rows[2*third:], rows[:third], rows[third:2*third]))
			},
			"anyhow": func(rows []parcels.Figures) { rng.Shuffle(n, func(i, j int) { rows[i], rows[j] = rows[j], rows[i] }) },
		} {
			rows := slices.Clone(want)
			shuffle(rows)
			if got := parcels.NewSnapshot(1, 0, parcels.Rows{Figures: rows}).Figures.Rows(); !slices.Equal(got, want) {
				t.Errorf("%d rows %s: %v", n, name, got)
			}
		}
	}
}

// TestNewSnapshotMergesLongStretches sorts stretches that interleave in parts of all lengths, with keys that come several times: those stay as they stood.
func TestNewSnapshotMergesLongStretches(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	for _, longest := range []int{1, 2, 3, 500, 5000} {
		stretches := make([][]parcels.Figures, 5)
		for key, n := 0, 0; n < 6000; {
			at := rng.IntN(len(stretches))
			for range 1 + rng.IntN(longest) {
				if key += rng.IntN(2); rng.IntN(3) == 0 {
					at = rng.IntN(len(stretches)) // one key in several stretches
				}
				stretches[at] = append(stretches[at], parcels.Figures{USCC: "A", Year: key, VATWan: parcels.Some(parcels.Wan(n))})
				n++
			}
		}
		rows := slices.Concat(stretches...)
		want := slices.Clone(rows)
		slices.SortStableFunc(want, func(a, b parcels.Figures) int { return a.Year - b.Year })
		if got := parcels.NewSnapshot(1, 0, parcels.Rows{Figures: rows}).Figures.Rows(); !slices.Equal(got, want) {
			t.Errorf("parts of up to %d rows are merged wrongly", longest)
		}
	}
}
