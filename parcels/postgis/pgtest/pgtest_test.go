package pgtest_test

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"muchan/parcels/postgis/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func TestDatabaseHasPostGISAndCGCS2000(t *testing.T) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var srid int
	err = conn.QueryRow(ctx, `SELECT ST_SRID(ST_Transform(ST_SetSRID(ST_MakePoint(118.5, 24.8), 4490), 4548))`).Scan(&srid)
	if err != nil || srid != 4548 {
		t.Fatalf("srid %d, %v", srid, err)
	}
}
