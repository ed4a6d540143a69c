package embedded

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"modernc.org/sqlite"
)

// busyPragma lets a writer wait two minutes for another process that is writing: a large import may well take one. It stands first,
// because the other settings may have to wait as well.
const busyPragma = "busy_timeout(120000)"

// create makes the file, readable by its owner alone, unless it is there. SQLite gives its side files the same mode.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// gpkgDriver is SQLite with the functions that the spatial index triggers need. The driver package keeps registered functions for
// the life of the program, so they are registered once, and not under a name that others see.
var gpkgDriver = sync.OnceValue(func() *sqlite.Driver {
	d := &sqlite.Driver{}
	registerEnvelopeFunctions(d)
	return d
})

// connector opens connections to one file, all set up alike.
type connector struct{ dsn string }

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) { return gpkgDriver().Open(c.dsn) }

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return gpkgDriver() }

func newConnector(path string, settings url.Values) (connector, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return connector{}, err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: settings.Encode()}
	return connector{dsn: u.String()}, nil
}

// openWriter opens the pool for writing. It has one connection, since SQLite has one writer, and its transactions take the write
// lock when they begin, so that what they read stays true until they commit.
func openWriter(path string) (*sql.DB, error) {
	c, err := newConnector(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {
			busyPragma, "foreign_keys(ON)", "synchronous(FULL)", "cache_size(-65536)", "journal_size_limit(67108864)",
		},
	})
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1)
	return db, nil
}

// openReader opens the pool for reading.
func openReader(path string) (*sql.DB, error) {
	c, err := newConnector(path, url.Values{"_pragma": {busyPragma, "query_only(ON)", "cache_size(-32768)"}})
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(8)
	return db, nil
}
