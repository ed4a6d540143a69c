package postgis

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

// querier is what pools, connections and transactions have in common.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func poolConfig(url string, opt Options) (*pgxpool.Config, error) {
	opt.defaults()
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		// The message of the driver masks the password, but the whole URL does not belong into a log either.
		return nil, errors.New("the database URL cannot be read; write it as postgres://user:password@host:5432/database")
	}
	config.MaxConns = opt.MaxConns
	config.MaxConnIdleTime = 5 * time.Minute
	config.MaxConnLifetimeJitter = time.Minute
	config.AfterConnect = prepareConn
	// A connection may have died while it lay in the pool. Asking costs one round trip, and a restarted server costs no failed call.
	config.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return true }
	conn := config.ConnConfig
	conn.ConnectTimeout = opt.ConnectTimeout
	// A peer that vanished without a word is found within a minute.
	conn.DialFunc = (&net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 15 * time.Second, Count: 3}}).DialContext
	for name, value := range map[string]string{
		"application_name":                    opt.ApplicationName,
		"statement_timeout":                   milliseconds(opt.StatementTimeout),
		"lock_timeout":                        milliseconds(opt.LockTimeout),
		"idle_in_transaction_session_timeout": milliseconds(opt.StatementTimeout), // a large plan takes a while
		"jit":                                 "off",                              // compiling costs more than these queries run
		"DateStyle":                           "ISO, YMD",
	} {
		conn.RuntimeParams[name] = value
	}
	return config, nil
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// prepareConn teaches a connection where PostGIS is: any schema may hold it, and the type's number differs between databases.
// Shapes travel as EWKB, which is what PostGIS sends and takes in binary.
func prepareConn(ctx context.Context, conn *pgx.Conn) error {
	var schema string
	var oid uint32
	err := conn.QueryRow(ctx, `
		SELECT n.nspname, t.oid
		  FROM pg_extension e
		  JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
		  JOIN pg_type t ON d.classid = 'pg_type'::regclass AND t.oid = d.objid
		  JOIN pg_namespace n ON n.oid = t.typnamespace
		 WHERE e.extname = 'postgis' AND t.typname = 'geometry'`).Scan(&schema, &oid)
	if errors.Is(err, pgx.ErrNoRows) {
		return errors.New("the database has no PostGIS: let a superuser run CREATE EXTENSION postgis in it")
	}
	if err != nil {
		return fmt.Errorf("find PostGIS: %w", err)
	}
	conn.TypeMap().RegisterType(&pgtype.Type{Name: "geometry", OID: oid, Codec: pgtype.ByteaCodec{}})
	if _, err := conn.Exec(ctx, `SELECT set_config('search_path', $1, false)`, pgx.Identifier{schema}.Sanitize()); err != nil {
		return fmt.Errorf("set the search path: %w", err)
	}
	return nil
}
