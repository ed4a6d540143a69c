package match_test

import (
	"fmt"
	"math"
	"testing"

	"muchan/parcels"
	"muchan/scoring/match"
)

// country is n parcels in a square, one in eight signed and not built on, with block lines and a red line across.
func country(n int) parcels.Rows {
	rows := parcels.Rows{
		Parks: []parcels.Park{{Code: "QM", Shape: box(0, 0, 2, 2)}},
		Firms: []parcels.Firm{{USCC: grower, Industry: "1711"}},
	}
	side := int(math.Ceil(math.Sqrt(float64(n))))
	for i := range n {
		p := plot(1, box(float64(i%side)*1.2, float64(i/side)*1.2, 1, 1))
		p.Code = fmt.Sprintf("350502%03d%03dGB%05d", i/100000%1000, i/100000/1000, i%100000)
		if i%8 != 0 {
			p.State = parcels.StateInUse
		}
		rows.Parcels = append(rows.Parcels, p)
	}
	for k := range 20 {
		rows.Zones = append(rows.Zones, line(fmt.Sprintf("L%d", k), 1+k%2, box(0, float64(k*side)*1.2/20, float64(side)*1.2, float64(side)*0.5/20)))
	}
	red := redLine(box(float64(side)/2, 0, 3, float64(side)*1.2))
	rows.Zones = append(rows.Zones, red)
	rows.Occupancies = []parcels.Occupancy{{Parcel: rows.Parcels[n/2+side/2].Code, USCC: grower, Tenure: "own", From: parcels.MustDate("2010-01-01")}}
	return rows
}

func BenchmarkMatch(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		scores := run(b, country(n))
		b.Run(fmt.Sprintf("pool/n=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				match.NewPool(scores)
			}
		})
		pool := match.NewPool(scores)
		for name, need := range map[string]match.Need{
			"anywhere": {USCC: grower, LandM2: some(10000)}, "within 5 km": {USCC: grower, LandM2: some(10000), MaxDistanceM: some(5000)},
		} {
			b.Run(fmt.Sprintf("%s/n=%d/candidates=%d", name, n, pool.Len()), func(b *testing.B) {
				b.ReportAllocs()
				for range b.N {
					answer(b, pool, need)
				}
			})
		}
	}
}

// answer finds and reads the first page, as the service does.
func answer(b *testing.B, pool *match.Pool, need match.Need) {
	b.Helper()
	r, err := pool.Find(need, match.Defaults())
	if err != nil {
		b.Fatal(err)
	}
	if r.Len() == 0 {
		b.Fatal("nothing was found")
	}
	for i := range min(100, r.Len()) {
		r.Item(i)
	}
}
