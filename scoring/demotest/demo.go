// Package demotest gives tests the demonstration, imported as a user imports it and scored by the rule sets that are shipped. It is test
// support and no part of the program.
package demotest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"muchan/parcels"
	"muchan/parcels/ingest"
	"muchan/scoring"
	"muchan/seeds"
)

// Version is the number of the snapshot.
const Version = 9

// Day is the day the demonstration is scored as of: its latest figures, those of 2025, are in.
var Day = parcels.MustDate("2026-06-30")

// Scores scores a year of the demonstration, once.
func Scores(year int) (*scoring.Scores, error) {
	mu.Lock()
	defer mu.Unlock()
	if made[year] != nil {
		return made[year], nil
	}
	scores, err := score(year)
	made[year] = scores
	return scores, err
}

var (
	mu   sync.Mutex
	made = map[int]*scoring.Scores{}
)

func score(year int) (*scoring.Scores, error) {
	snap, err := snapshot()
	if err != nil {
		return nil, fmt.Errorf("demonstration: %w", err)
	}
	book, err := shipped()
	if err != nil {
		return nil, fmt.Errorf("demonstration: %w", err)
	}
	return scoring.Run(scoring.Input{Snapshot: snap, Year: year, AsOf: Day, Rules: book})
}

var shipped = sync.OnceValues(func() (scoring.Book, error) {
	var book scoring.Book
	files, err := seeds.Rules.ReadDir("rules")
	if err != nil {
		return book, err
	}
	for _, f := range files {
		text, err := seeds.Rules.ReadFile("rules/" + f.Name())
		if err != nil {
			return book, err
		}
		set, err := scoring.ParseRuleSet(f.Name(), text)
		if err != nil {
			return book, err
		}
		book.Sets = append(book.Sets, set)
	}
	return book, nil
})

var snapshot = sync.OnceValues(func() (*parcels.Snapshot, error) {
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, seeds.Demo); err != nil {
		return nil, err
	}
	var rows parcels.Rows
	for _, f := range seeds.DemoFiles {
		c, _, err := ingest.Read(context.Background(), f.Kind, []string{filepath.Join(dir, f.Name)}, ingest.Options{Encoding: f.Encoding})
		if err != nil {
			return nil, err
		}
		add(&rows, &c.Rows)
	}
	// What was split, merged or pulled down before the day is not in a store's snapshot either.
	gone := func(from, to parcels.Date) bool { return from > Day || to.OK() && to <= Day }
	rows.Parcels = slices.DeleteFunc(rows.Parcels, func(p parcels.Parcel) bool { return gone(p.ValidFrom, p.ValidTo) })
	rows.Buildings = slices.DeleteFunc(rows.Buildings, func(b parcels.Building) bool { return gone(b.ValidFrom, b.ValidTo) })
	rows.Zones = slices.DeleteFunc(rows.Zones, func(z parcels.Zone) bool { return gone(z.ValidFrom, z.ValidTo) })
	return parcels.NewSnapshot(Version, Day, rows), nil
})

func add(to, r *parcels.Rows) {
	to.Parks, to.Zones = append(to.Parks, r.Parks...), append(to.Zones, r.Zones...)
	to.Parcels, to.Buildings, to.Firms = append(to.Parcels, r.Parcels...), append(to.Buildings, r.Buildings...), append(to.Firms, r.Firms...)
	to.Occupancies, to.Figures = append(to.Occupancies, r.Occupancies...), append(to.Figures, r.Figures...)
	to.Events, to.Targets = append(to.Events, r.Events...), append(to.Targets, r.Targets...)
	to.TargetValues = append(to.TargetValues, r.TargetValues...)
}
