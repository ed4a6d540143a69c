package embedded_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"muchan/parcels"
	"muchan/parcels/embedded"
	"muchan/parcels/storetest"
)

var suite = storetest.Suite{
	New:  func(t testing.TB) string { return filepath.Join(t.TempDir(), "园区 100%?.gpkg") },
	Open: func(path string) (parcels.Store, error) { return embedded.Open(path) },
	Exec: execSQL,
}

// execSQL runs a statement as the sqlite3 shell would: plain SQLite, none of our functions.
func execSQL(path, statement string) error {
	db, err := sql.Open("sqlite", fileURL(path))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

func fileURL(path string) string {
	u := url.URL{Scheme: "file", Path: path, RawQuery: "_pragma=busy_timeout(5000)&_pragma=foreign_keys(ON)"}
	return u.String()
}

// TestMain fails the package when a store leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStore(t *testing.T) { storetest.Run(t, suite) }

func BenchmarkStore(b *testing.B) { storetest.Bench(b, suite) }
