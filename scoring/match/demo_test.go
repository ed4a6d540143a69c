package match_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"muchan/parcels"
	"muchan/parcels/ingest"
	"muchan/parcels/postgis/pgtest"
	"muchan/scoring"
	"muchan/seeds"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

const someDay = "2026-06-30"

// shipped is the book of the rule sets the service ships with.
func shipped(t testing.TB) scoring.Book {
	t.Helper()
	var book scoring.Book
	names, err := filepath.Glob("../../seeds/rules/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no rule sets", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set, err := scoring.ParseRuleSet(filepath.Base(name), text)
		if err != nil {
			t.Fatal(err)
		}
		book.Sets = append(book.Sets, set)
	}
	return book
}

func run(t testing.TB, rows parcels.Rows) *scoring.Scores {
	t.Helper()
	day := parcels.MustDate(someDay)
	s, err := scoring.Run(scoring.Input{Snapshot: parcels.NewSnapshot(1, day, rows), Year: 2025, AsOf: day, Rules: shipped(t)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// demoRows are the demonstration's rows, imported as a user imports them.
var demoRows = sync.OnceValues(func() (parcels.Rows, error) {
	var rows parcels.Rows
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		return rows, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, seeds.Demo); err != nil {
		return rows, err
	}
	for _, f := range seeds.DemoFiles {
		c, _, err := ingest.Read(context.Background(), f.Kind, []string{filepath.Join(dir, f.Name)}, ingest.Options{Encoding: f.Encoding})
		if err != nil {
			return rows, err
		}
		r := &c.Rows
		rows.Parks, rows.Zones = append(rows.Parks, r.Parks...), append(rows.Zones, r.Zones...)
		rows.Parcels, rows.Buildings, rows.Firms = append(rows.Parcels, r.Parcels...), append(rows.Buildings, r.Buildings...), append(rows.Firms, r.Firms...)
		rows.Occupancies, rows.Figures = append(rows.Occupancies, r.Occupancies...), append(rows.Figures, r.Figures...)
		rows.Events, rows.Targets = append(rows.Events, r.Events...), append(rows.Targets, r.Targets...)
	}
	return rows, nil
})

func demo(t testing.TB) *scoring.Scores {
	t.Helper()
	rows, err := demoRows()
	if err != nil {
		t.Fatal(err)
	}
	return run(t, inForce(rows))
}

// inForce leaves out the parcels that were split or merged before the day, as a store does.
func inForce(rows parcels.Rows) parcels.Rows {
	day := parcels.MustDate(someDay)
	rows.Parcels = slices.DeleteFunc(slices.Clone(rows.Parcels), func(p parcels.Parcel) bool {
		return p.ValidFrom > day || (p.ValidTo.OK() && p.ValidTo <= day)
	})
	return rows
}
