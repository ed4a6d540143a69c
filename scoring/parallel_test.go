package scoring_test

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// permuted permutes the rows of every table.
func permuted(rows parcels.Rows, seed uint64) parcels.Rows {
	r := rand.New(rand.NewPCG(seed, 1))
	r.Shuffle(len(rows.Parcels), func(i, j int) { rows.Parcels[i], rows.Parcels[j] = rows.Parcels[j], rows.Parcels[i] })
	r.Shuffle(len(rows.Buildings), func(i, j int) { rows.Buildings[i], rows.Buildings[j] = rows.Buildings[j], rows.Buildings[i] })
	r.Shuffle(len(rows.Firms), func(i, j int) { rows.Firms[i], rows.Firms[j] = rows.Firms[j], rows.Firms[i] })
	r.Shuffle(len(rows.Occupancies), func(i, j int) { rows.Occupancies[i], rows.Occupancies[j] = rows.Occupancies[j], rows.Occupancies[i] })
	r.Shuffle(len(rows.Figures), func(i, j int) { rows.Figures[i], rows.Figures[j] = rows.Figures[j], rows.Figures[i] })
	return rows
}

// The zone is large enough for several parts at a time in every step.
func TestSameBytesWhateverTheOrderOfRowsAndTheNumberOfProcessors(t *testing.T) {
	const n = 22_000
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := encoded(t, run(t, benchZone(n), shipped(t), someDay))
	for _, processors := range []int{2, 5} {
		runtime.GOMAXPROCS(processors)
		if !bytes.Equal(encoded(t, run(t, permuted(benchZone(n), uint64(processors)), shipped(t), someDay)), want) {
			t.Errorf("other results with %d processors and permuted rows", processors)
		}
	}
}

// A server recovers where it asks for scores: what panics in a part of the work must come to light there, and not end the process.
func TestAPanicInAPartReachesTheCaller(t *testing.T) {
	defer func() {
		if p := recover(); p == nil {
			t.Error("nothing panicked")
		}
	}()
	scoring.AtOnce(100, func(i int) {
		if i == 70 {
			panic("at 70")
		}
	})
}
