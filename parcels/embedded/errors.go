package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"muchan/parcels"
)

// querier is a pool, a connection or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// wrap names the call that failed and adds parcels.ErrUnavailable when the file is the reason: locked, full, unreadable, gone. A
// nil error stays nil.
func wrap(call string, err error) error {
	if err == nil {
		return nil
	}
	var e *sqlite.Error
	if isBusy(err) {
		return fmt.Errorf("%s: %w: another program is writing to the file, as a large import does, or holds it open for writing, as QGIS may: "+
			"try again when it is done or closed (%w)", call, parcels.ErrUnavailable, err)
	}
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
			sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PERM, sqlite3.SQLITE_PROTOCOL:
			return fmt.Errorf("%s: %w: %w", call, parcels.ErrUnavailable, err)
		}
	}
	return fmt.Errorf("%s: %w", call, err)
}

// isBusy reports whether another connection holds the file's lock.
func isBusy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}
