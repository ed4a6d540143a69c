package scoring_test

import (
	"fmt"
	"runtime"
	"testing"

	"muchan/parcels"
	"muchan/scoring"
)

// bigZone has n parcels, a building each, one firm for every parcel and a tenant on every third, with three years of figures.
func bigZone(n int) parcels.Rows {
	var rows parcels.Rows
	line := blockLine(1, 1)
	line.Shape = box(-1000, -1000, 300_000, 200_000)
	rows.Zones = append(rows.Zones, line)
	for i := 1; i <= n; i++ {
		p := plot(i, float64(5+i%60))
		p.Code = fmt.Sprintf("3505020%05dGB%05d", i/90_000, i%90_000)
		p.Shape = box(float64(i%1000)*250, float64(i/1000)*150, 200, 100)
		b := plant(fmt.Sprintf("b%07d", i), 1, float64(2000+i%9000))
		b.Parcel, b.Shape = p.Code, box(float64(i%1000)*250+10, float64(i/1000)*150+10, 100, 50)
		f := firm(i, i%3 == 0)
		own := holds(1, i, "own", parcels.Opt[float64]{})
		own.Parcel = p.Code
		rows.Parcels, rows.Buildings = append(rows.Parcels, p), append(rows.Buildings, b)
		rows.Firms, rows.Occupancies = append(rows.Firms, f), append(rows.Occupancies, own)
		if i%3 == 0 {
			lease := holds(1, 1+(i*7)%n, "lease", m2(500))
			lease.Parcel, lease.Building = p.Code, b.ID
			rows.Occupancies = append(rows.Occupancies, lease)
		}
		for year := inYear - 2; year <= inYear; year++ {
			g := filed(i, float64(1000+i%5000), float64(1100+i%5000), float64(200+i%900), float64(10+i%300))
			g.Year, g.ElectricityMWh = year, m2(float64(100+i%700))
			rows.Figures = append(rows.Figures, g)
		}
	}
	return rows
}

// BenchmarkRun scores a snapshot that other runs have seen: other rules, years and weights cost this.
func BenchmarkRun(b *testing.B) {
	book := shipped(b)
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			snap := parcels.NewSnapshot(1, day(someDay), benchZone(n))
			scoreZone(b, snap, book)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				scoreZone(b, snap, book)
			}
		})
	}
}

// BenchmarkRunFresh scores a snapshot that no run has seen: its shapes are measured, footprints united and zones found as well.
func BenchmarkRunFresh(b *testing.B) {
	book := shipped(b)
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			rows := benchZone(n)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				b.StopTimer()
				snap := parcels.NewSnapshot(1, day(someDay), rows)
				runtime.GC()
				b.StartTimer()
				scoreZone(b, snap, book)
			}
		})
	}
}

func scoreZone(b testing.TB, snap *parcels.Snapshot, book scoring.Book) {
	b.Helper()
	s, err := scoring.Run(scoring.Input{Snapshot: snap, Year: inYear, AsOf: day(someDay), Rules: book})
	if err != nil {
		b.Fatal(err)
	}
	n := snap.Parcels.Len()
	if len(s.Parcels) != n || !s.Parcels[n/2].LandMu.OK() || s.Firms[n/10].Class == "" {
		b.Fatal("the zone was not scored")
	}
}

func BenchmarkExplain(b *testing.B) {
	s := run(b, bigZone(1000), shipped(b), someDay)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if len(s.Explain(s.Parcels[500].Code)) < 15 {
			b.Fatal("too little was explained")
		}
	}
}

func BenchmarkEncodeResults(b *testing.B) {
	s := run(b, bigZone(1000), shipped(b), someDay)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if _, err := scoring.EncodeResults(s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJudgeLand is what the suspicions cost in a zone most of whose parcels carry none.
func BenchmarkJudgeLand(b *testing.B) {
	const n = 100_000
	s := run(b, benchZone(n), shipped(b), someDay)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		scoring.JudgeLand(s)
	}
	found := 0
	for i := range s.Parcels {
		found += len(s.Parcels[i].Findings)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/parcel")
	b.ReportMetric(float64(found), "findings")
}
