package postgis_test

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
	"muchan/parcels/storetest"
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

func BenchmarkStore(b *testing.B) { storetest.Bench(b, suite) }
