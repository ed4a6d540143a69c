package embedded

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"muchan/parcels"
)

// applicationID is "GPKG" and userVersion is GeoPackage 1.3.
const (
	applicationID = 0x47504B47
	userVersion   = 10300
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered step forward. There is no way back: a backup is.
type migration struct {
	number int
	name   string
	sql    string
}

func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	var list []migration
	for i, path := range names {
		body, err := migrationFiles.ReadFile(path)
		if err != nil {
			return nil, err
		}
		name := strings.TrimPrefix(path, "migrations/")
		digits, _, _ := strings.Cut(name, "_")
		number, err := strconv.Atoi(digits)
		if err != nil || number != i+1 {
			return nil, fmt.Errorf("migration %s should have number %04d", name, i+1)
		}
		list = append(list, migration{number: number, name: name, sql: string(body)})
	}
	return list, nil
}

// migrate brings a file to the newest schema. Each step is one transaction; another process that opens the file at the same moment
// waits for the write lock and then finds the step done.
func migrate(ctx context.Context, db *sql.DB) error {
	list, err := migrations()
	if err != nil {
		return err
	}
	if err := refuseStranger(ctx, db); err != nil {
		return err
	}
	if err := prepareFile(ctx, db); err != nil {
		return err
	}
	for {
		done, err := step(ctx, db, list)
		if err != nil || done {
			return err
		}
	}
}

// prepareFile marks a new file as a GeoPackage and switches it to the write-ahead log. The marks come first: GDAL reads them from
// the file itself, where they would arrive only with the first checkpoint of the log.
func prepareFile(ctx context.Context, db *sql.DB) error {
	var marked int
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&marked); err != nil {
		return wrap("read file", err)
	}
	if marked != applicationID {
		marks := fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, applicationID, userVersion)
		if _, err := db.ExecContext(ctx, marks); err != nil {
			return wrap("mark file as GeoPackage", err)
		}
	}
	return wrap("switch to write-ahead log", switchToLog(ctx, db))
}

// switchToLog tries again while other processes open the same new file: two that both want to switch would wait for each other, so
// SQLite turns one away at once instead of letting it wait.
func switchToLog(ctx context.Context, db *sql.DB) error {
	const tries, pause = 400, 25 * time.Millisecond
	for try := 1; ; try++ {
		_, err := db.ExecContext(ctx, `PRAGMA journal_mode = WAL`)
		if !isBusy(err) || try == tries {
			return err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// step applies the next migration, if any.
func step(ctx context.Context, db *sql.DB, list []migration) (done bool, err error) {
	have, err := schemaNumber(ctx, db)
	if err != nil {
		return false, err
	}
	if have == len(list) {
		return true, nil // without a write, so that opening does not wait for a writer
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("begin migration: %w", err)
	}
	defer tx.Rollback()
	if have, err = schemaNumber(ctx, tx); err != nil {
		return false, err
	}
	if have > len(list) {
		return false, fmt.Errorf("schema %d, this program knows %d: %w: install the newer program, or restore a backup", have, len(list), parcels.ErrNewer)
	}
	if have == len(list) {
		return true, nil
	}
	if err := list[have].apply(ctx, tx); err != nil {
		return false, err
	}
	if have+1 == len(list) { // the lists of columns are those of the newest schema
		if err := rebuildDerived(ctx, tx); err != nil {
			return false, err
		}
	}
	return false, tx.Commit()
}

func (m migration) apply(ctx context.Context, tx *sql.Tx) error {
	if m.number == 1 {
		if _, err := tx.ExecContext(ctx, `CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL)`); err != nil {
			return fmt.Errorf("number migrations: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return fmt.Errorf("migration %s: %w", m.name, err)
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO migrations (number, name, at)
		VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`, m.number, m.name)
	if err != nil {
		return fmt.Errorf("migration %s: %w", m.name, err)
	}
	return nil
}

// schemaNumber returns the number of the newest migration in a file, 0 for an empty file.
func schemaNumber(ctx context.Context, q querier) (int, error) {
	var tables, number int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`).Scan(&tables)
	if err != nil || tables == 0 {
		return 0, wrap("read schema", err)
	}
	err = q.QueryRowContext(ctx, `SELECT ifnull(max(number), 0) FROM migrations`).Scan(&number)
	return number, wrap("read schema number", err)
}

// refuseStranger keeps us from writing our tables into somebody else's file.
func refuseStranger(ctx context.Context, db *sql.DB) error {
	var all, ours int
	err := db.QueryRowContext(ctx, `SELECT count(*), ifnull(sum(name = 'migrations'), 0) FROM sqlite_master`).Scan(&all, &ours)
	if err != nil {
		return wrap("read file", err)
	}
	if all > 0 && ours == 0 {
		return fmt.Errorf("the file holds tables that muchan did not make: give another path, and import this file instead")
	}
	return nil
}
