package embedded_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"muchan/parcels"
	"muchan/parcels/embedded"
)

// What waits for another program in vain says so, and what to do: "database is locked" tells a bureau nothing.
func TestBusyFileSaysWhoToWaitFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "busy.gpkg")
	open := func() *sql.DB {
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		db.SetMaxOpenConns(1)
		return db
	}
	writer, late := open(), open()
	for _, statement := range []string{`CREATE TABLE t (a)`, `BEGIN EXCLUSIVE`} {
		if _, err := writer.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	_, err := late.Exec(`INSERT INTO t VALUES (1)`)
	said := embedded.Wrap("open the store", err)
	if !errors.Is(said, parcels.ErrUnavailable) || !strings.Contains(said.Error(), "try again when it is done") {
		t.Errorf("of a busy file: %v", said)
	}
}
