package embedded_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/storetest"
)

var suite = storetest.Suite{
	New:  func(t testing.TB) string { return filepath.Join(t.TempDir(), "园区 100%?.gpkg") },
	Open: func(path string) (parcels.Store, error) { return embedded.Open(path) },
	Exec: exec,
}

// exec runs a statement as the sqlite3 shell would: plain SQLite, none of our functions.
func exec(path, statement string) error {
	u := url.URL{Scheme: "file", Path: path, RawQuery: "_pragma=busy_timeout(5000)&_pragma=foreign_keys(ON)"}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

func TestStore(t *testing.T) { storetest.Run(t, suite) }

func BenchmarkStore(b *testing.B) { storetest.Bench(b, suite) }
