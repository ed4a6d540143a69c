package postgis

import (
	"context"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// The bounds of a journal query.
const usualEntries, mostEntries = 100, 10_000

// Journal returns entries, newest first.
func (s *Store) Journal(ctx context.Context, q parcels.JournalQuery) ([]parcels.JournalEntry, error) {
	limit := min(q.Limit, mostEntries)
	if limit <= 0 {
		limit = usualEntries
	}
	first, last, err := entriesOf(ctx, s.pool, q.Change)
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", classify(err))
	}
	rows, err := s.pool.Query(ctx, `
		SELECT j.change, j.at, j.who, j.why, coalesce(c.source_name, ''), coalesce(c.source_sha256, ''),
		       j.entity, j.key, j.action, coalesce(j.before::text, ''), coalesce(j.after::text, '')
		  FROM muchan.journal j
		  LEFT JOIN muchan.changes c ON c.number = j.change
		 WHERE ($1 = '' OR j.entity = $1) AND ($2 = '' OR j.key = $2) AND ($4 = 0 OR j.change = $4) AND j.number BETWEEN $5 AND $6
		 ORDER BY j.number DESC
		 LIMIT $3`, q.Entity, q.Key, limit, q.Change, first, last)
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", classify(err))
	}
	entries, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e parcels.JournalEntry, err error) {
		err = row.Scan(&e.Change, &e.At, &e.Who, &e.Why, &e.Source.Name, &e.Source.SHA256, &e.Entity, &e.Key, &e.Action, &e.Before, &e.After)
		e.At = e.At.UTC()
		return e, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", classify(err))
	}
	return entries, nil
}

// entriesOf tells between which numbers of the journal a change's entries lie, beside direct edits; 0 stands for all changes.
func entriesOf(ctx context.Context, q querier, change int64) (first, last int64, err error) {
	if change == 0 {
		return 0, math.MaxInt64, nil
	}
	err = q.QueryRow(ctx, `SELECT coalesce(max(first_entry), 0), coalesce(max(last_entry), -1) FROM muchan.changes WHERE number = $1`, change).Scan(&first, &last)
	return first, last, err
}
