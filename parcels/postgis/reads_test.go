package postgis_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
)

// until asks a yes-or-no question until the answer is yes.
func until(t *testing.T, conn *pgx.Conn, question string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); cell(t, conn, question) != "true"; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never true: %s", question)
		}
	}
}

// TestReadersWaitForALoad reads while parcels are loaded into an empty table: a reader waits longer than a writer would, sees what the
// load brought in, and one that gives up says why.
func TestReadersWaitForALoad(t *testing.T) {
	address := pgtest.Database(t)
	conn, ctx, day := connect(t, address), context.Background(), parcels.MustDate("2026-01-01")
	opened := func(o postgis.Options) *postgis.Store {
		store, err := postgis.Open(ctx, address, o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		return store
	}
	store := opened(postgis.Options{})
	patient := opened(postgis.Options{LockTimeout: time.Millisecond, StatementTimeout: time.Second})
	hasty := opened(postgis.Options{ReadLockTimeout: time.Millisecond})
	rows := village()
	apply(t, store, parcels.Rows{Parks: rows.Parks})

	loading, err := store.Load(ctx, parcels.Change{Who: "x", When: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	defer loading.Abandon()
	if err := loading.Add(ctx, &parcels.Rows{Parcels: rows.Parcels}); err != nil {
		t.Fatal(err)
	}
	until(t, conn, `SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'muchan.parcels'::regclass AND mode = 'AccessExclusiveLock' AND granted)::text`)
	if parks, err := hasty.Parks(ctx); err != nil || len(parks) != 1 {
		t.Errorf("a table that is not filled: %d parks, %v", len(parks), err)
	}
	for name, read := range map[string]func() error{
		"Snapshot": func() error { _, err := hasty.Snapshot(ctx, day); return err },
		"Since":    func() error { _, err := hasty.Since(ctx, nil, day); return err },
		"Descents": func() error { _, err := hasty.Descents(ctx); return err },
		"Plan":     func() error { _, err := hasty.Plan(ctx, parcels.Change{Rows: rows}); return err },
	} {
		if err := read(); !errors.Is(err, parcels.ErrFilling) || !errors.Is(err, parcels.ErrUnavailable) {
			t.Errorf("%s gave up with %v", name, err)
		}
	}

	type answer struct {
		snap *parcels.Snapshot
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		snap, err := patient.Snapshot(ctx, day)
		answers <- answer{snap, err}
	}()
	until(t, conn, `SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'muchan.parcels'::regclass AND mode = 'AccessShareLock' AND NOT granted
		AND waitstart < clock_timestamp() - interval '20 ms')::text`) // a writer would have given up
	receipt, err := loading.Finish(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if a := <-answers; a.err != nil || a.snap.Parcels.Len() != len(rows.Parcels) || a.snap.Version != receipt.Version {
		t.Errorf("the reader that waited: %+v, want %d parcels of version %d", a, len(rows.Parcels), receipt.Version)
	}
}
