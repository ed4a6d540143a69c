package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/api"
	"muchan/geo"
	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
	"muchan/scoring"
	"muchan/seeds"
)

// kept is a store with the zone in it.
type kept struct {
	name   string
	url    string // of PostGIS; "" for a GeoPackage
	store  parcels.Store
	filled bool // an earlier run did
	stop   func() error
}

// measureStores measures servers over real stores, with all layers for all audiences and the shipped rules, as users run them.
func (b *bench) measureStores(ctx context.Context) (err error) {
	stores, stop, err := b.openStores(ctx)
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	rows, err := b.fill(ctx, stores)
	if err != nil {
		return err
	}
	bounds := make([]geo.Bound, len(rows.Parcels))
	for i := range rows.Parcels {
		bounds[i] = rows.Parcels[i].Shape.Bound()
	}
	b.lists = listsOf(bounds)
	at, err := subjectOf(&rows)
	if err != nil {
		return err
	}
	rows = parcels.Rows{}
	debug.FreeOSMemory()
	for _, s := range stores {
		if b.wants("start") {
			if err := b.measureStart(ctx, s); err != nil {
				return fmt.Errorf("start from %s: %w", s.name, err)
			}
		}
		if b.wants("edit") {
			if err := b.measureEdits(ctx, s, at); err != nil {
				return fmt.Errorf("edits in %s: %w", s.name, err)
			}
		}
	}
	return nil
}

// openStores opens a GeoPackage, a PostGIS of its own, or both. The caller stops them even when it fails.
func (b *bench) openStores(ctx context.Context) (stores []kept, stop func() error, err error) {
	stop = func() (err error) {
		for _, s := range slices.Backward(stores) {
			err = errors.Join(err, s.stop())
		}
		return err
	}
	for _, name := range b.stores {
		s, err := b.openStore(ctx, name)
		if err != nil {
			return stores, stop, err
		}
		stores = append(stores, s)
	}
	return stores, stop, nil
}

// fill puts the zone into the stores that are empty, and returns its rows: as they are read where all were filled by an earlier run, which
// takes less than to make them.
func (b *bench) fill(ctx context.Context, stores []kept) (parcels.Rows, error) {
	if !slices.ContainsFunc(stores, func(s kept) bool { return !s.filled }) {
		snap, err := stores[0].store.Snapshot(ctx, asOf)
		if err != nil {
			return parcels.Rows{}, err
		}
		return *snap.AllRows(), nil
	}
	rows := seeds.Rows(seeds.Options{Parcels: b.parcels, Seed: 1})
	for _, s := range stores {
		if s.filled {
			continue
		}
		b.step("filling %s", s.name)
		if _, err := s.store.Apply(ctx, parcels.Change{Who: "bench", Why: "the zone", When: time.Now(), Rows: rows}); err != nil {
			return rows, fmt.Errorf("fill %s: %w", s.name, err)
		}
		if err := s.settle(ctx); err != nil {
			return rows, fmt.Errorf("fill %s: %w", s.name, err)
		}
	}
	return rows, nil
}

// settle has PostgreSQL do at once what it else does some time after rows came in, beside what is measured.
func (s *kept) settle(ctx context.Context) error {
	if s.url == "" {
		return nil
	}
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, command := range []string{`VACUUM ANALYZE`, `CHECKPOINT`} {
		if _, err := conn.Exec(ctx, command); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) openStore(ctx context.Context, name string) (kept, error) {
	switch name {
	case "gpkg":
		file, err := embedded.Open(filepath.Join(b.dir, "zone.gpkg"))
		if err != nil {
			return kept{}, err
		}
		return kept{name: "the GeoPackage", store: file, stop: file.Close}, nil
	case "postgis":
		if b.database != "" {
			return openDatabase(ctx, b.database)
		}
		return openPostGIS(ctx)
	}
	return kept{}, fmt.Errorf("there is no store %q; there are gpkg and postgis", name)
}

func openPostGIS(ctx context.Context) (kept, error) {
	cluster, err := pgtest.Start("shared_buffers=1GB", "max_wal_size=4GB")
	if err != nil {
		return kept{}, err
	}
	url, err := cluster.Create("bench")
	if err != nil {
		cluster.Stop()
		return kept{}, err
	}
	database, err := postgis.Open(ctx, url, postgis.Options{StatementTimeout: 10 * time.Minute})
	if err != nil {
		cluster.Stop()
		return kept{}, err
	}
	return kept{name: "PostGIS", url: url, store: database, stop: func() error { defer cluster.Stop(); return database.Close() }}, nil
}

// openDatabase opens a database that stays: filling one takes longer than measuring. What is in it is taken for the zone.
func openDatabase(ctx context.Context, url string) (kept, error) {
	database, err := postgis.Open(ctx, url, postgis.Options{StatementTimeout: 10 * time.Minute})
	if err != nil {
		return kept{}, err
	}
	parks, err := database.Parks(ctx)
	if err != nil {
		return kept{}, errors.Join(err, database.Close())
	}
	return kept{name: "PostGIS", url: url, store: database, filled: len(parks) > 0, stop: database.Close}, nil
}

// configOver is the configuration of a server over a store.
func configOver(s parcels.Store) (api.Config, error) {
	rules, err := shippedRules()
	return api.Config{Source: s, Desk: s, Log: slog.Default(), Score: scoring.Run, Rules: rules}, err
}

func shippedRules() (scoring.Book, error) { return scoring.ReadBook(seeds.Rules, "rules/*.yaml") }

// memory is what the process takes of the machine, in MB.
func memory() (megabytes int, err error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	_, err = fmt.Sscan(rest, &megabytes)
	return megabytes / 1024, err
}
