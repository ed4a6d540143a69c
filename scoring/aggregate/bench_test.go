package aggregate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"muchan/parcels"
)

// country are 2·10^5 firms in 200 parks over eight years; one in ten comes, one in ten goes, classes change every year.
func country(firms int) []Year {
	rnd := rand.New(rand.NewPCG(1, 2))
	years := make([]Year, 8)
	for i := range years {
		years[i] = Year{Year: 2018 + i, firms: make([]entry, firms)}
	}
	for f := range firms {
		park, from, to := rnd.IntN(max(1, firms/1000)), 0, 8
		if rnd.IntN(10) == 0 {
			from = rnd.IntN(8)
		}
		if rnd.IntN(10) == 0 {
			to = 1 + rnd.IntN(8)
		}
		industry := fmt.Sprint(13 + rnd.IntN(30))
		at, mu := tile{park, rnd.IntN(10)}, 1+rnd.Float64()*50
		for i := from; i < to; i++ {
			e := &years[i].firms[f]
			*e = entry{uscc: fmt.Sprint(f), present: true, park: fmt.Sprint(park), industry: industry, class: string(rune('A' + rnd.IntN(4))), at: at, placed: true}
			for m := range measures {
				if rnd.IntN(20) > 0 {
					e.amounts[m] = parcels.Some(float64(rnd.IntN(1e9)))
				}
			}
			e.amounts[land] = parcels.Some(mu)
		}
	}
	return years
}

func BenchmarkTables(b *testing.B) {
	for _, n := range []int{420, 200_000} {
		b.Run(fmt.Sprintf("firms=%d", n), func(b *testing.B) {
			years := country(n)
			b.ResetTimer()
			for range b.N {
				out := Tables(years, Defaults)
				shown, hidden := 0, map[string]int{}
				for _, t := range out {
					for k := range t.Rows {
						for m := range measures {
							if s := t.Rows[k].sum(m); s.Suppressed == "" {
								shown++
							} else {
								hidden[s.Suppressed]++
							}
						}
					}
				}
				b.ReportMetric(float64(shown), "shown")
				b.Log(shown, hidden)
			}
		})
	}
}
