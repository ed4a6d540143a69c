package postgis

import (
	"context"
	"fmt"

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
	rows, err := s.pool.Query(ctx, `
		SELECT j.change, j.at, j.who, j.why, coalesce(c.source_name, ''), coalesce(c.source_sha256, ''),
		       j.entity, j.key, j.action, coalesce(j.before::text, ''), coalesce(j.after::text, '')
		  FROM muchan.journal j
		  LEFT JOIN muchan.changes c ON c.number = j.change
		 WHERE ($1 = '' OR j.entity = $1) AND ($2 = '' OR j.key = $2) AND ($4 = 0 OR j.change = $4)
		 ORDER BY j.number DESC
		 LIMIT $3`, q.Entity, q.Key, limit, q.Change)
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
