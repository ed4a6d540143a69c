package postgis

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"muchan/parcels"
)

// The migrations in order are the whole schema. A migration that was released never changes.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock is the advisory lock that lets one process migrate at a time; the number is arbitrary.
const migrationLock = 7_243_901_552

// migrate brings the schema up to date, each migration in a transaction of its own.
func migrate(ctx context.Context, config *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("connect to the database: %w", classify(err))
	}
	defer conn.Close(context.WithoutCancel(ctx))
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLock)); err != nil {
		return fmt.Errorf("wait for another migration: %w", classify(err))
	}
	done, err := appliedMigrations(ctx, conn)
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", classify(err))
	}
	if done > len(files) {
		return fmt.Errorf("%w: its schema has number %d, this one knows %d; install the newer muchan", parcels.ErrNewer, done, len(files))
	}
	if done < len(files) {
		if err := checkServer(conn); err != nil {
			return err
		}
		if err := preparePostGIS(ctx, conn); err != nil {
			return err
		}
	}
	for number := done + 1; number <= len(files); number++ {
		if err := applyMigration(ctx, conn, number, files[number-1]); err != nil {
			return fmt.Errorf("migration %s: %w", files[number-1], classify(err))
		}
	}
	return offerRoles(ctx, conn, done < len(files))
}

// offerRoles creates the database roles where the connecting role may. Where it may not, the store is usable all the same, and
// CreateRoles says what to do.
func offerRoles(ctx context.Context, conn *pgx.Conn, migrated bool) error {
	ready, err := rolesReady(ctx, conn)
	if err != nil {
		return fmt.Errorf("look for the database roles: %w", classify(err))
	}
	if ready && !migrated {
		return nil
	}
	if err := createRoles(ctx, conn); err != nil && !errors.Is(err, ErrRoles) {
		return err
	}
	return nil
}

// appliedMigrations returns the number of the newest migration, 0 for an empty database.
func appliedMigrations(ctx context.Context, conn *pgx.Conn) (done int, err error) {
	var exists bool
	if err := conn.QueryRow(ctx, `SELECT to_regclass('muchan.migrations') IS NOT NULL`).Scan(&exists); err != nil || !exists {
		return 0, err
	}
	err = conn.QueryRow(ctx, `SELECT coalesce(max(number), 0) FROM muchan.migrations`).Scan(&done)
	return done, err
}

// oldestServer is the first PostgreSQL with SQL-standard function bodies, which the views need.
const oldestServer = 14

func checkServer(conn *pgx.Conn) error {
	text := conn.PgConn().ParameterStatus("server_version")
	major, _, _ := strings.Cut(text, ".")
	if n, err := strconv.Atoi(major); err == nil && n < oldestServer {
		return fmt.Errorf("the server is PostgreSQL %s: muchan needs %d or later", text, oldestServer)
	}
	return nil
}

// mostPreparing bounds how long PostGIS may take to be created.
const mostPreparing = 2 * time.Minute

// preparePostGIS creates PostGIS where it is not. Who gives up meanwhile waits for that: a server whose CREATE EXTENSION is cancelled may crash, and
// all its databases with it.
func preparePostGIS(ctx context.Context, conn *pgx.Conn) error {
	creating, done := context.WithTimeout(context.WithoutCancel(ctx), mostPreparing)
	defer done()
	_, err := conn.Exec(creating, `CREATE EXTENSION IF NOT EXISTS postgis`)
	var server *pgconn.PgError
	if errors.As(err, &server) && server.Code == "42501" {
		return errors.New("the database has no PostGIS and this role may not create it: let a superuser run CREATE EXTENSION postgis in it")
	}
	if err != nil {
		return fmt.Errorf("create PostGIS: %w", classify(err))
	}
	return prepareConn(ctx, conn)
}

func applyMigration(ctx context.Context, conn *pgx.Conn, number int, file string) error {
	script, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if number == 1 {
			if err := createSchema(ctx, tx); err != nil {
				return err
			}
		}
		for _, statement := range statements(string(script)) {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", firstLine(statement), err)
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO muchan.migrations (number, file) VALUES ($1, $2)`, number, strings.TrimPrefix(file, "migrations/"))
		return err
	})
}

func createSchema(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `CREATE SCHEMA muchan`); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		CREATE TABLE muchan.migrations (
			number     integer PRIMARY KEY,
			file       text NOT NULL,
			applied_at timestamptz NOT NULL DEFAULT now()
		)`)
	return err
}

// statements splits a script, since the extended protocol takes one statement at a time. A statement ends with a semicolon at the end
// of a line, outside of a $$ body.
func statements(script string) []string {
	var list []string
	var statement strings.Builder
	body := false
	for line := range strings.Lines(script) {
		if statement.Len() == 0 && (strings.HasPrefix(line, "--") || strings.TrimSpace(line) == "") {
			continue
		}
		statement.WriteString(line)
		body = body != (strings.Count(line, "$$")%2 == 1)
		if !body && strings.HasSuffix(strings.TrimSpace(withoutComment(line)), ";") {
			list = append(list, statement.String())
			statement.Reset()
		}
	}
	return list
}

func withoutComment(line string) string {
	code, _, _ := strings.Cut(line, " -- ")
	return code
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
