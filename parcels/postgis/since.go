package postgis

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// Since reads what was written since a snapshot was read. Writers take turns, so the journal's numbers are the order of their commits,
// and every entry behind the snapshot's last is new.
func (s *Store) Since(ctx context.Context, before *parcels.Snapshot, asOf parcels.Date) (snap *parcels.Snapshot, err error) {
	err = s.read(ctx, entities, func(tx pgx.Tx) error {
		version, journal, err := readState(ctx, tx)
		if err != nil {
			return err
		}
		if before != nil && before.AsOf == asOf {
			if snap, err = readSince(ctx, tx, before, version, journal); err != nil || snap != nil {
				return err
			}
		}
		snap, err = s.readWhole(ctx, tx, asOf, version, journal)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("snapshot as of %s: %w", asOf, err)
	}
	return snap, nil
}

// readState reads the store's version and the journal's last entry.
func readState(ctx context.Context, tx pgx.Tx) (version int64, journal parcels.LastEntry, err error) {
	if err = tx.QueryRow(ctx, `SELECT version, (SELECT coalesce(max(number), 0) FROM muchan.journal) FROM muchan.state`).Scan(&version, &journal.Number); err == nil {
		journal, err = readEntry(ctx, tx, journal.Number)
	}
	return version, journal, err
}

// readEntry reads an entry of the journal by its number; zero where there is none.
func readEntry(ctx context.Context, tx pgx.Tx, number int64) (e parcels.LastEntry, err error) {
	err = tx.QueryRow(ctx, `SELECT number, concat_ws('|', extract(epoch FROM at), entity, key) FROM muchan.journal WHERE number = $1`, number).Scan(&e.Number, &e.Of)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return e, err
}

// mostNews is how many entries of the journal are looked at: rows with one code are few.
const mostNews = 10 * parcels.MaxTouched

// sinceEntries lists what the journal names behind a number, the first so many. Their order, and that there is an end, has the server go along the
// primary key: until it has counted a journal of millions it takes a third of it to lie behind any number, and would read all of it.
const sinceEntries = `
	SELECT entity, split_part(key, '|', 1), count(*)
	FROM  (SELECT entity, key FROM muchan.journal WHERE number > $1 ORDER BY number LIMIT $2) AS since
	GROUP  BY 1, 2`

// readSince reads the rows that the journal names behind a snapshot's last entry; nil where it names too many, or has no such entry. It names every row that was
// written, and one whose key was changed by both keys: its triggers see what each statement took away and what it added.
func readSince(ctx context.Context, tx pgx.Tx, before *parcels.Snapshot, version int64, journal parcels.LastEntry) (*parcels.Snapshot, error) {
	if e, err := readEntry(ctx, tx, before.Journal.Number); err != nil || e.Number == 0 || e != before.Journal {
		return nil, err
	}
	d := parcels.Delta{Version: version, Journal: journal, Codes: map[string][]string{}}
	rows, err := tx.Query(ctx, sinceEntries, before.Journal.Number, mostNews+1)
	if err != nil {
		return nil, err
	}
	touched, entries := 0, 0
	var entity, code string
	var times int
	if _, err := pgx.ForEachRow(rows, []any{&entity, &code, &times}, func() error {
		touched, entries = touched+1, entries+times
		d.Codes[entity] = append(d.Codes[entity], code)
		return nil
	}); err != nil || touched > parcels.MaxTouched || entries > mostNews {
		return nil, err
	}
	v := viewOf(tx, before.AsOf)
	v.codes = d.Codes
	if err := v.read(ctx, &d.Rows); err != nil {
		return nil, err
	}
	return before.After(d), nil
}

// read reads all tables.
func (v view) read(ctx context.Context, rows *parcels.Rows) error {
	return firstError(
		func() error { return readLand(ctx, v, rows) },
		func() error { return readFirms(ctx, v, rows) },
	)
}
