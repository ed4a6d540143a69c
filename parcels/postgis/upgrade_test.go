package postgis_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
	"muchan/parcels/postgis/pgtest"
)

// firstRelease is how many migrations a database has that was made before the others were written.
const firstRelease = 4

// migrateTo makes a database as it was after so many migrations.
func migrateTo(t *testing.T, conn *pgx.Conn, number int) {
	t.Helper()
	exec(t, conn, `CREATE SCHEMA muchan`)
	exec(t, conn, `CREATE TABLE muchan.migrations (number integer PRIMARY KEY, file text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`)
	files, err := filepath.Glob("migrations/*.sql") // sorted
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range files[:number] {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.PgConn().Exec(context.Background(), string(script)).ReadAll(); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		exec(t, conn, `INSERT INTO muchan.migrations (number, file) VALUES ($1, $2)`, i+1, filepath.Base(file))
	}
}

// TestUpgrade opens a database as the first release left it: its rows are there, and what came later can be written.
func TestUpgrade(t *testing.T) {
	address := pgtest.Database(t)
	conn := connect(t, address)
	migrateTo(t, conn, firstRelease)
	exec(t, conn, fmt.Sprintf(`INSERT INTO muchan.firms (uscc, name) VALUES ('%s', '演示机密鞋业')`, firmA))
	exec(t, conn, fmt.Sprintf(`INSERT INTO muchan.figures (uscc, year, staff) VALUES ('%s', 2024, 7)`, firmA))

	store := open(t, address)
	snap, err := store.Snapshot(context.Background(), parcels.MustDate("2026-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	want := parcels.Figures{USCC: firmA, Year: 2024, Staff: parcels.Some(7.0)}
	if snap.Version != 2 || snap.Figures.Len() != 1 || !parcels.FiguresTable.Equal(snap.Figures.At(0), &want) {
		t.Fatalf("version %d, figures %+v; want 2, %+v", snap.Version, snap.Figures, want)
	}
	want.WaterT, want.CODT = parcels.Some(1200.0), parcels.Some(0.25)
	if r := apply(t, store, parcels.Rows{Figures: []parcels.Figures{want}}); r.Updated != 1 {
		t.Errorf("receipt %+v, want one updated", r)
	}
	if got := cell(t, conn, `SELECT after::text FROM muchan.journal ORDER BY number DESC LIMIT 1`); got !=
		fmt.Sprintf(`{"uscc":"%s","year":2024,"staff":7,"cod_t":0.25,"water_t":1200}`, firmA) {
		t.Errorf("journal %s", got)
	}
}
