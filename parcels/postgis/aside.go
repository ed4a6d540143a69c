package postgis

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// index is a spatial index that is put aside while its table, which was empty, is filled: the server makes one of all rows by sorting them, in
// a third of the time that it takes to find a place for each.
type index struct{ name, definition string }

// putAside drops the spatial indexes of a table, within the transaction: others see them still, and wait when they read the table by SQL until the
// load has ended. It does nothing where somebody has the table open, who would be waited for, and where the role does not own it.
func putAside(ctx context.Context, tx pgx.Tx, table string) ([]index, error) {
	rows, err := tx.Query(ctx, `
		SELECT c.oid::regclass::text, pg_get_indexdef(c.oid)
		  FROM pg_index i
		  JOIN pg_class c ON c.oid = i.indexrelid
		  JOIN pg_am a ON a.oid = c.relam
		 WHERE i.indrelid = $1::text::regclass AND a.amname = 'gist' AND i.indisvalid AND NOT i.indisunique AND NOT i.indisexclusion`, "muchan."+table)
	if err != nil {
		return nil, fmt.Errorf("look for the spatial index: %w", err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (x index, err error) {
		err = row.Scan(&x.name, &x.definition)
		return x, err
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	err = pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { // a savepoint
		if _, err := tx.Exec(ctx, `LOCK TABLE `+pgx.Identifier{"muchan", table}.Sanitize()+` IN ACCESS EXCLUSIVE MODE NOWAIT`); err != nil {
			return err
		}
		for _, x := range found {
			if _, err := tx.Exec(ctx, `DROP INDEX `+x.name); err != nil { // the server quoted the name
				return err
			}
		}
		return nil
	})
	if hindered(err) {
		return nil, nil
	}
	return found, err
}

// hindered tells that the server did not do what can be left: another has a lock, or the role has not the right.
func hindered(err error) bool {
	var server *pgconn.PgError
	return errors.As(err, &server) && (server.Code == lockTimedOut || server.Code == "42501")
}

// makeIndexes makes what was put aside.
func makeIndexes(ctx context.Context, tx pgx.Tx, aside []index) error {
	for _, x := range aside {
		if _, err := tx.Exec(ctx, x.definition); err != nil {
			return fmt.Errorf("make the index %s: %w", x.name, err)
		}
	}
	return nil
}
