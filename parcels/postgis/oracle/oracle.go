// Package oracle puts rows into a fresh PostGIS database, so that a test of another room can compute the expected answer in SQL. Only
// tests import it.
package oracle

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis"
	"muchan/parcels/postgis/pgtest"
)

// Load stores rows, for example those of a snapshot, and returns a connection on which the tables have their own names: parcels,
// figures and so on, with the columns of parcels.*Table; shapes are in EPSG:4490 and PostGIS functions are at hand. The package's
// TestMain calls pgtest.Main.
func Load(t testing.TB, rows parcels.Rows) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	address := pgtest.Database(t)
	store, err := postgis.Open(ctx, address, postgis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Apply(ctx, parcels.Change{Who: "oracle", When: time.Unix(0, 0), Rows: rows}); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(ctx) })
	if _, err := conn.Exec(ctx, `SET search_path = muchan, public`); err != nil {
		t.Fatal(err)
	}
	return conn
}
