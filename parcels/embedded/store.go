package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"muchan/parcels"
)

var _ parcels.Store = (*Store)(nil)

// Store is a parcels.Store on one GeoPackage file.
type Store struct {
	path   string
	write  *sql.DB
	read   *sql.DB
	closed chan struct{}
	once   sync.Once
}

// Open opens the GeoPackage at a path, makes it when it is not there, and brings its schema up to date. The folder must exist.
// A file written by a newer version of muchan fails with parcels.ErrNewer, and a file that muchan did not make is refused.
func Open(path string) (*Store, error) {
	s := &Store{path: path, closed: make(chan struct{})}
	if err := s.open(); err != nil {
		s.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return s, nil
}

func (s *Store) open() (err error) {
	if err = create(s.path); err != nil {
		return err
	}
	if s.write, err = openWriter(s.path); err != nil {
		return err
	}
	if s.read, err = openReader(s.path); err != nil {
		return err
	}
	return migrate(context.Background(), s.write)
}

// Close closes the file. Watch ends with an error. A second Close does nothing.
func (s *Store) Close() error {
	var err error
	s.once.Do(func() {
		close(s.closed)
		if s.read != nil {
			err = s.read.Close()
		}
		if s.write != nil { // last, so that the final checkpoint finds no reader
			err = errors.Join(err, s.write.Close())
		}
	})
	return wrap("close "+s.path, err)
}

// begin begins a transaction that writes. Its rows may be judged already by their Validate, which refuses all that the checks of the file
// do: those are there for the hands of others, and take a fifth of a long import.
func (s *Store) begin(ctx context.Context, rows judgement) (*sql.Tx, error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, `PRAGMA ignore_check_constraints = `+string(rows)); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

type judgement string

const (
	judged   judgement = "ON"
	unjudged judgement = "OFF"
)

// Version returns the number of the store's state.
func (s *Store) Version(ctx context.Context) (int64, error) {
	v, err := version(ctx, s.read)
	return v, wrap("read version of "+s.path, err)
}

func version(ctx context.Context, q querier) (int64, error) {
	var v int64
	err := q.QueryRowContext(ctx, `SELECT version FROM state`).Scan(&v)
	return v, err
}
