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
	Steps:     steps(),
	FillSteps: steps(),
	Stopped:   stopped,
}

// steps are before and after each table that a change writes, when the version has moved, when the change has ended, and when its
// transaction commits. A trigger sleeps there; the server notices soon that its client is gone.
func steps() []storetest.Step {
	const begin = `
		ALTER ROLE postgres SET client_connection_check_interval = 50;
		CREATE OR REPLACE FUNCTION public.stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;`
	var list []storetest.Step
	add := func(name, create, table string) {
		list = append(list, storetest.Step{
			Name: name, Stop: begin + `CREATE ` + create + ` EXECUTE FUNCTION public.stop()`, Pass: `DROP TRIGGER z_stop ON muchan.` + table,
		})
	}
	for _, table := range []string{"parcels", "buildings", "figures", "journal", "changes"} {
		for _, when := range []string{"BEFORE", "AFTER"} {
			add(when+" "+table, `TRIGGER z_stop `+when+` INSERT OR UPDATE OR DELETE ON muchan.`+table+` FOR EACH STATEMENT`, table)
		}
	}
	add("version moved", `TRIGGER z_stop AFTER UPDATE ON muchan.state FOR EACH ROW WHEN (OLD.version <> NEW.version)`, "state")
	add("change ended", `TRIGGER z_stop AFTER UPDATE ON muchan.state FOR EACH ROW WHEN (OLD.change IS NOT NULL AND NEW.change IS NULL)`, "state")
	add("commit", `CONSTRAINT TRIGGER z_stop AFTER INSERT ON muchan.changes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW`, "changes")
	return list
}

// stopped tells whether a session sleeps.
func stopped(url string) (sleeps bool, err error) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return false, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep')`).Scan(&sleeps)
	return sleeps, err
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
	all := parcels.Change{Rows: *whole.AllRows()}
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
				if c := (parcels.Change{Rows: *snap.AllRows()}); c.ContentHash() != want {
					t.Errorf("by %d connections other rows are read", connections)
				}
			})
		}
		readers.Wait()
		store.Close()
	}
}

func BenchmarkStore(b *testing.B) { storetest.Bench(b, suite) }
