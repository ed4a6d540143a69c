package storetest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"muchan/parcels"
)

func testRuns(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	ctx := context.Background()
	v := apply(t, store, Town(2)).Version
	run := parcels.Run{
		ID: "2024-1", Year: 2024, AsOf: day("2024-12-31"), Version: v, RulesID: "演示-2024", RulesHash: "ab12", PublishedBy: "管理员",
		PublishedAt: time.Date(2025, 3, 1, 2, 3, 4, 567_000_000, time.UTC), Results: []byte("{\"b\": 1,  \"a\":[null,\"\\u6e05濛\"]}\n"),
	}
	later := run
	later.ID, later.Year, later.PublishedAt, later.Results = "2025-1", 2025, run.PublishedAt.Add(time.Hour), []byte(`{}`)
	for _, r := range []parcels.Run{later, run} { // newest is by publication, not by order of writing
		if err := store.PublishRun(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := store.Version(ctx); err != nil || got != v+2 {
		t.Errorf("version after two runs is %d, %v; want %d, for the public sees their classes", got, err, v+2)
	}
	changed := run
	changed.Results = []byte(`{"other":true}`)
	if err := store.PublishRun(ctx, changed); !errors.Is(err, parcels.ErrExists) {
		t.Errorf("same ID again: %v, want ErrExists", err)
	}
	for _, statement := range []string{`UPDATE runs SET year = 1999`, `DELETE FROM runs`} {
		if err := s.Exec(address, statement); err == nil {
			t.Errorf("%s went through: a published run must be frozen", statement)
		}
	}
	for name, reader := range map[string]parcels.Store{"same store": store, "opened again": open(t, s, address)} {
		got, err := reader.Runs(ctx)
		if err != nil || len(got) != 2 {
			t.Fatalf("%s: %d runs, %v; want 2", name, len(got), err)
		}
		checkRun(t, name, got[0], later)
		checkRun(t, name, got[1], run)
	}
}

func checkRun(t *testing.T, what string, got, want parcels.Run) {
	t.Helper()
	if !got.PublishedAt.Equal(want.PublishedAt) || !bytes.Equal(got.Results, want.Results) {
		t.Errorf("%s: published at %s with results %q, want %s, %q", what, got.PublishedAt, got.Results, want.PublishedAt, want.Results)
	}
	if got.ID != want.ID || got.Year != want.Year || got.AsOf != want.AsOf || got.Version != want.Version || got.RulesID != want.RulesID ||
		got.RulesHash != want.RulesHash || got.PublishedBy != want.PublishedBy {
		t.Errorf("%s: run %+v, want %+v", what, got, want)
	}
}

func testClosed(t *testing.T, s Suite) {
	store, address := fresh(t, s)
	apply(t, store, Town(2))
	w := watch(t, open(t, s, address)) // another store on the same database is not disturbed
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	calls := map[string]func() error{
		"Apply":      func() error { _, err := store.Apply(ctx, change(Town(3))); return err },
		"Snapshot":   func() error { _, err := store.Snapshot(ctx, far); return err },
		"Version":    func() error { _, err := store.Version(ctx); return err },
		"Journal":    func() error { _, err := store.Journal(ctx, parcels.JournalQuery{}); return err },
		"PublishRun": func() error { return store.PublishRun(ctx, parcels.Run{ID: "x", Results: []byte("{}")}) },
		"Record":     func() error { return store.Record(ctx, opening("x", 1)) },
		"Matters":    func() error { _, err := store.Matters(ctx, parcels.MatterQuery{}); return err },
		"AddRules":   func() error { return store.AddRules(ctx, parcels.RuleText{ID: "x", Text: []byte("x")}) },
		"Rules":      func() error { _, err := store.Rules(ctx); return err },
		"Runs":       func() error { _, err := store.Runs(ctx); return err },
	}
	for name, call := range calls {
		if err := call(); err == nil || ctx.Err() != nil {
			t.Errorf("%s on a closed store: %v", name, err)
		}
	}
	if err := store.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	if n := len(w.versions); n != 0 {
		t.Errorf("%d reports after a close", n)
	}
}
