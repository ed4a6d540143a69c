package embedded

import (
	"context"
	"database/sql"

	"muchan/parcels"
)

// The bounds of a journal query.
const (
	defaultEntries = 100
	maxEntries     = 10_000
)

// directWho names whoever edited the file past muchan: the file does not know.
const directWho = "sql"

// Journal returns entries, newest first.
func (s *Store) Journal(ctx context.Context, q parcels.JournalQuery) ([]parcels.JournalEntry, error) {
	limit := min(q.Limit, maxEntries)
	if limit <= 0 {
		limit = defaultEntries
	}
	rows, err := s.read.QueryContext(ctx, `
		SELECT ifnull(j.change, 0), ifnull(c.at, j.at), ifnull(c.who, ?1), ifnull(c.why, ''), ifnull(c.source_name, ''),
		       ifnull(c.source_sha256, ''), j.entity, j."key", j.action, ifnull(j.before, ''), ifnull(j.after, '')
		FROM journal AS j LEFT JOIN changes AS c ON c.id = j.change
		WHERE `+journalCondition(q)+`
		ORDER BY j.id DESC
		LIMIT ?2`, directWho, limit, q.Entity, q.Key, q.Change)
	if err != nil {
		return nil, wrap("read journal of "+s.path, err)
	}
	defer rows.Close()
	var entries []parcels.JournalEntry
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, wrap("read journal of "+s.path, err)
		}
		entries = append(entries, e)
	}
	return entries, wrap("read journal of "+s.path, rows.Err())
}

// journalCondition names no more than was asked for: a condition that is true for "" would keep SQLite from using the index. What is not
// asked for is named all the same where it costs nothing, since every value given has to be named.
func journalCondition(q parcels.JournalQuery) string {
	entity, key, change := `?3 = ''`, `?4 = ''`, `?5 = 0`
	if q.Entity != "" {
		entity = `j.entity = ?3`
	}
	if q.Key != "" {
		key = `j."key" = ?4`
	}
	if q.Change != 0 {
		change = `j.change = ?5`
	}
	return entity + ` AND ` + key + ` AND ` + change
}

func scanEntry(rows *sql.Rows) (e parcels.JournalEntry, err error) {
	var at string
	err = rows.Scan(&e.Change, &at, &e.Who, &e.Why, &e.Source.Name, &e.Source.SHA256, &e.Entity, &e.Key, &e.Action, &e.Before, &e.After)
	if err != nil {
		return e, err
	}
	e.At, err = parseTime(at)
	return e, err
}
