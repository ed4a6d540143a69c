package postgis_test

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
	"muchan/parcels/storetest"
	"muchan/seeds"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

var suite = storetest.Suite{
	New: pgtest.Database,
	Open: func(url string) (parcels.Store, error) {
		return postgis.Open(context.Background(), url, postgis.Options{})
	},
	Exec: func(url, statement string) error {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, `SET search_path = muchan, public`); err != nil {
			return err
		}
		_, err = conn.Exec(ctx, statement)
		return err
	},
}

func TestStore(t *testing.T) { storetest.Run(t, suite) }

// With fewer connections than readers want, each reads what it would read by two.
func TestSnapshotsShareFewConnections(t *testing.T) {
	address := pgtest.Database(t)
	first := open(t, address)
	if _, err := first.Apply(t.Context(), parcels.Change{Who: "gen", When: time.Now(), Rows: seeds.Rows(seeds.Options{Parcels: 100, Seed: 7})}); err != nil {
		t.Fatal(err)
	}
	day := parcels.MustDate("2026-11-22")
	whole, err := first.Snapshot(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	all := parcels.Change{Rows: whole.Rows}
	want := all.ContentHash()
	for _, connections := range []int32{1, 2} {
		store, err := postgis.Open(t.Context(), address, postgis.Options{MaxConns: connections})
		if err != nil {
			t.Fatal(err)
		}
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				snap, err := store.Snapshot(t.Context(), day)
				if err != nil {
					t.Error(err)
					return
				}
				if c := (parcels.Change{Rows: snap.Rows}); c.ContentHash() != want {
					t.Errorf("by %d connections other rows are read", connections)
				}
			})
		}
		readers.Wait()
		store.Close()
	}
}

func BenchmarkStore(b *testing.B) { storetest.Bench(b, suite) }
