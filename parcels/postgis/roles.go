package postgis

import (
	"context"
	_ "embed" // for roles.sql
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

//go:embed roles.sql
var rolesScript string

// ErrRoles says that the connecting role may not create the database roles. The store works without them; only people who connect
// with QGIS or SQL need them.
var ErrRoles = errors.New("this role may not create the database roles muchan_viewer, muchan_analyst, muchan_editor and muchan_service: " +
	"run `muchan migrate` once as a superuser, or let one create the four roles and run it again as the owner of the schema muchan")

// CreateRoles makes the database roles for people who connect with QGIS or SQL and gives them their rights. It may run any number of
// times, from several processes and databases at once. It fails with ErrRoles when the connecting role lacks the right.
func (s *Store) CreateRoles(ctx context.Context) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("create the database roles: %w", classify(err))
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLock)); err != nil {
		return fmt.Errorf("wait for a migration: %w", classify(err))
	}
	defer conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrationLock))
	return createRoles(ctx, conn.Conn())
}

// createRoles runs under the migration lock, because rights on one object cannot be granted twice at the same moment.
func createRoles(ctx context.Context, conn *pgx.Conn) error {
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, statement := range statements(rolesScript) {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", firstLine(statement), err)
			}
		}
		return nil
	})
	var server *pgconn.PgError
	if errors.As(err, &server) && server.Code == "42501" {
		return fmt.Errorf("%w: %w", ErrRoles, err)
	}
	if err != nil {
		return fmt.Errorf("create the database roles: %w", classify(err))
	}
	return nil
}

// rolesReady reports whether every role exists and may enter its schema.
func rolesReady(ctx context.Context, q querier) (ready bool, err error) {
	err = q.QueryRow(ctx, `
		SELECT count(*) = 4
		  FROM pg_roles r
		  JOIN (VALUES ('muchan_viewer', 'muchan_viewer'), ('muchan_analyst', 'muchan_analyst'),
		               ('muchan_editor', 'muchan'), ('muchan_service', 'muchan')) AS w (role, schema) ON w.role = r.rolname
		 WHERE has_schema_privilege(r.oid, w.schema, 'USAGE')`).Scan(&ready)
	return ready, err
}
