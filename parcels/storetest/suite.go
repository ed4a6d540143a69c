// Package storetest is the one suite that every parcels.Store passes: what a change writes, what it must not write, what readers
// see meanwhile, and what is left after a kill. It knows the contracts of package parcels and no store; only tests of stores
// import it.
//
//	func TestStore(t *testing.T) { storetest.Run(t, suite) }
//	func BenchmarkStore(b *testing.B) { storetest.Bench(b, suite) }
package storetest

import (
	"context"
	"os"
	"testing"
	"time"

	"muchan/parcels"
)

// Suite tells how to reach the store under test. An address is whatever the store calls its database: a path, a URL.
type Suite struct {
	// New makes an empty database that goes away with the test.
	New func(t testing.TB) (address string)
	// Open opens a store on a database. Several may be open on one address, in several processes.
	Open func(address string) (parcels.Store, error)
	// Exec runs one SQL statement on a database as psql, sqlite3 or QGIS would, past the store. Tables and columns are named as
	// in parcels.*Table, published runs are in a table named runs.
	Exec func(address, statement string) error
	// Steps are the moments of changing stored rows at which a process can be had to stop.
	Steps []Step
	// FillSteps are such moments of filling an empty database.
	FillSteps []Step
	// Stopped reports whether a process has stopped at a step.
	Stopped func(address string) (bool, error)
}

// Step is a moment of writing a change, in the store's own terms: what stops a process there, and what lets the next ones pass.
type Step struct {
	Name       string
	Stop, Pass string // SQL for Suite.Exec
}

// Run runs the suite. Call it straight from a Test function, not from a subtest: the kill test starts the test binary again and
// selects that function by its name.
func Run(t *testing.T, s Suite) {
	if address := os.Getenv(childAddress); address != "" {
		if os.Getenv(childMatter) != "" {
			recordAsChild(t, s, address)
			return
		}
		workAsChild(t, s, address)
		return
	}
	tests := []struct {
		name string
		run  func(*testing.T, Suite)
	}{
		{"empty store", testEmpty},
		{"every column comes back", testEveryColumn},
		{"many rows come back", testManyRows},
		{"same change again", testRepeated},
		{"update and unchanged rows", testUpdate},
		{"columns left out keep their values", testColumns},
		{"refused changes write nothing", testRefused},
		{"cancelled change writes nothing", testCancelled},
		{"as-of reads", testAsOf},
		{"reads since an earlier one", testSince},
		{"editions", testEditions},
		{"split and merge", testLineage},
		{"journal", testJournal},
		{"undo", testUndo},
		{"undo that is refused", testUndoRefused},
		{"plan without writing", testPlan},
		{"load in parts", testLoad},
		{"load children and parents", testLoadParents},
		{"load that is refused", testLoadRefused},
		{"snapshot is immutable", testSnapshotImmutable},
		{"concurrent writers", testConcurrentWriters},
		{"concurrent editions", testConcurrentEditions},
		{"readers see whole changes", testReadersSeeWhole},
		{"direct edit", testDirectEdit},
		{"direct edit against the rules", testDirectRefused},
		{"watch another writer", testWatch},
		{"runs are frozen", testRuns},
		{"a case from opening to done", testCase},
		{"a run from draft to final", testRunMatter},
		{"objections to a run", testObjections},
		{"every act comes back", testEveryAct},
		{"two writers of one matter", testConcurrentActs},
		{"acts are frozen", testActsFrozen},
		{"rule sets", testRules},
		{"closed store", testClosed},
		{"kill while acts are recorded", testKillActs},
		{"kill in the middle", testKill},
		{"kill in the middle of a filling", testKillFill},
		{"kill in the middle of an undo", testKillUndo},
		{"kill at every step", testKillSteps},
		{"kill at each step of a filling", testKillFillSteps},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, s) })
	}
}

// far is a day after every date in the sample.
var far = parcels.MustDate("2100-01-01")

func open(t testing.TB, s Suite, address string) parcels.Store {
	t.Helper()
	store, err := s.Open(address)
	if err != nil {
		t.Fatalf("open %s: %v", address, err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func fresh(t testing.TB, s Suite) (parcels.Store, string) {
	t.Helper()
	address := s.New(t)
	return open(t, s, address), address
}

func change(rows parcels.Rows) parcels.Change {
	return parcels.Change{
		Who: "张三", Why: "storetest", When: time.Date(2026, 11, 22, 8, 30, 15, 0, time.UTC),
		Source: parcels.Source{Name: "宗地 2025.xlsx", SHA256: "00ff"},
		Rows:   rows,
	}
}

func apply(t testing.TB, store parcels.Store, rows parcels.Rows) parcels.Receipt {
	t.Helper()
	receipt, err := store.Apply(context.Background(), change(rows))
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
	return receipt
}

func snapshot(t testing.TB, store parcels.Store, asOf parcels.Date) *parcels.Snapshot {
	t.Helper()
	snap, err := store.Snapshot(context.Background(), asOf)
	if err != nil {
		t.Fatalf("snapshot as of %s: %v", asOf, err)
	}
	return snap
}

func version(t testing.TB, store parcels.Store) int64 {
	t.Helper()
	v, err := store.Version(context.Background())
	if err != nil {
		t.Fatalf("version: %v", err)
	}
	return v
}

func journal(t testing.TB, store parcels.Store, q parcels.JournalQuery) []parcels.JournalEntry {
	t.Helper()
	entries, err := store.Journal(context.Background(), q)
	if err != nil {
		t.Fatalf("journal: %v", err)
	}
	return entries
}
