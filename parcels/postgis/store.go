package postgis

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"muchan/parcels"
)

// Options tune a store. The zero value is right for a service on one machine.
type Options struct {
	MaxConns         int32         // connections in the pool; 0 means 8
	ApplicationName  string        // as shown in pg_stat_activity; "" means "muchan"
	ConnectTimeout   time.Duration // for one connection; 0 means 5 s
	LockTimeout      time.Duration // how long a change waits for another writer; 0 means 30 s
	ReadLockTimeout  time.Duration // how long a reader waits for an import into an empty table; 0 means 10 min
	StatementTimeout time.Duration // for one statement; 0 means 5 min, which loads a million parcels several times over
}

// usualReadLockTimeout is more than the longest import into an empty table takes. No edit makes a reader wait, only such an import and a
// change of the structure, which end by themselves: whoever gave up earlier would have a server that starts meanwhile fail.
const usualReadLockTimeout = 10 * time.Minute

func (o *Options) defaults() {
	if o.MaxConns == 0 {
		o.MaxConns = 8
	}
	if o.ApplicationName == "" {
		o.ApplicationName = "muchan"
	}
	if o.ConnectTimeout == 0 {
		o.ConnectTimeout = 5 * time.Second
	}
	if o.LockTimeout == 0 {
		o.LockTimeout = 30 * time.Second
	}
	if o.ReadLockTimeout == 0 {
		o.ReadLockTimeout = usualReadLockTimeout
	}
	if o.StatementTimeout == 0 {
		o.StatementTimeout = 5 * time.Minute
	}
}

// Store keeps the zone in the schema muchan of one database.
type Store struct {
	pool   *pgxpool.Pool
	reads  reads
	closed context.Context // ends with Close, and every Watch with it
	end    context.CancelFunc
}

var _ parcels.Store = (*Store)(nil)

// Open connects to a PostgreSQL URL, brings the schema up to date and returns the store. The database needs PostGIS, or a role that
// may create it. Open fails with parcels.ErrUnavailable when the server does not answer, and with parcels.ErrNewer when a newer muchan
// has written the schema. The caller closes the store.
func Open(ctx context.Context, url string, opt Options) (*Store, error) {
	config, err := poolConfig(url, opt)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, config.ConnConfig); err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", classify(err))
	}
	s := &Store{pool: pool, reads: readsOf(opt)}
	s.closed, s.end = context.WithCancel(context.Background())
	return s, nil
}

// Close ends every connection and every Watch. It waits for calls in flight. A second Close does nothing.
func (s *Store) Close() error {
	s.end()
	s.pool.Close()
	return nil
}

// Version returns the number of the store's state.
func (s *Store) Version(ctx context.Context) (int64, error) {
	version, err := readVersion(ctx, s.pool)
	if err != nil {
		return 0, fmt.Errorf("read the version: %w", classify(err))
	}
	return version, nil
}

func readVersion(ctx context.Context, q querier) (version int64, err error) {
	err = q.QueryRow(ctx, `SELECT version FROM muchan.state`).Scan(&version)
	return version, err
}
