package main

import (
	"fmt"
	"math"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis/oracle"
	"muchan/scoring"
	"muchan/seeds"
)

// BenchmarkScoringAgainstSQL scores a zone and has PostgreSQL evaluate its firms in one statement, in the same run. The statement is the
// one the tests hold to agree with Run on every score and class. It does less than Run does: one year of land and firms, no money on
// parcels, no stock bands, idle land or exit tests. Both read from memory: the server's caches are warm and its tables analysed.
//
// fresh is the first run on a snapshot, which measures its shapes; again is any further one. cpu is processor time, which a
// busy machine does not stretch.
func BenchmarkScoringAgainstSQL(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			rows := seeds.Rows(seeds.Options{Parcels: n, Seed: 11})
			conn := oracle.Load(b, rows)
			for _, set := range []string{`SET jit = off`, `SET work_mem = '1GB'`, `SET max_parallel_workers_per_gather = 2`, `ANALYZE`} {
				if _, err := conn.Exec(b.Context(), set); err != nil {
					b.Fatal(err)
				}
			}
			asOf := parcels.MustDate(demoDay)
			book, err := shipped()
			if err != nil {
				b.Fatal(err)
			}
			in := scoring.Input{Snapshot: parcels.NewSnapshot(1, asOf, rows), Year: 2024, AsOf: asOf, Rules: book}
			runtime.GC()
			b.ResetTimer()
			for range b.N {
				fresh, freshCPU := scoreOnce(b, in)
				again, againCPU := math.Inf(1), math.Inf(1)
				for range 3 {
					t, cpu := scoreOnce(b, in)
					again, againCPU = min(again, t), min(againCPU, cpu)
				}
				sql := min(askOnce(b, conn), askOnce(b, conn))
				for unit, v := range map[string]float64{
					"sql-s": sql, "fresh-s": fresh, "again-s": again, "fresh-cpu-s": freshCPU, "again-cpu-s": againCPU,
					"sql/fresh": sql / fresh, "sql/again": sql / again,
				} {
					b.ReportMetric(v, unit)
				}
			}
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			b.ReportMetric(float64(mem.HeapSys)/(1<<20), "heap-MB")
			b.ReportMetric(float64(len(rows.Firms)), "firms")
			b.ReportMetric(float64(len(rows.Occupancies)), "occupancies")
		})
	}
}

// scoreOnce scores and returns seconds by the clock and of processor time.
func scoreOnce(b *testing.B, in scoring.Input) (clock, cpu float64) {
	b.Helper()
	at, used := time.Now(), processorTime(b)
	if _, err := scoring.Run(in); err != nil {
		b.Fatal(err)
	}
	return time.Since(at).Seconds(), processorTime(b) - used
}

// askOnce has the server evaluate the firms and reads every row of the answer; it returns seconds.
func askOnce(b *testing.B, conn *pgx.Conn) float64 {
	b.Helper()
	at := time.Now()
	rows, err := conn.Query(b.Context(), evaluationSQL, 2024, demoDay)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		n++
	}
	if err := rows.Err(); err != nil || n == 0 {
		b.Fatalf("%d rows: %v", n, err)
	}
	return time.Since(at).Seconds()
}

func processorTime(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}
