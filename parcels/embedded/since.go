package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"muchan/parcels"
)

// Since reads what was written since a snapshot was read: the rows that the journal names behind the snapshot's last entry.
func (s *Store) Since(ctx context.Context, before *parcels.Snapshot, asOf parcels.Date) (*parcels.Snapshot, error) {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, wrap("begin snapshot of "+s.path, err)
	}
	defer tx.Rollback()
	v, err := version(ctx, tx) // the first read fixes what the transaction sees
	if err != nil {
		return nil, wrap("read version of "+s.path, err)
	}
	if before != nil && before.AsOf == asOf {
		snap, err := readSince(ctx, tx, before, v)
		if err != nil || snap != nil {
			return snap, wrap("snapshot of "+s.path, err)
		}
	}
	snap, err := readWhole(ctx, tx, asOf, v)
	return snap, wrap("snapshot of "+s.path, err)
}

// lastEntry is the journal's last entry.
func lastEntry(ctx context.Context, q querier) (parcels.LastEntry, error) {
	var number int64
	if err := q.QueryRowContext(ctx, `SELECT ifnull(max(id), 0) FROM journal`).Scan(&number); err != nil {
		return parcels.LastEntry{}, fmt.Errorf("read journal: %w", err)
	}
	return entryAt(ctx, q, number)
}

// entryAt is an entry of the journal by its number; zero where there is none. The time of one by a change stands with the change.
func entryAt(ctx context.Context, q querier, number int64) (e parcels.LastEntry, err error) {
	err = q.QueryRowContext(ctx, `
		SELECT j.id, coalesce(j.at, c.at, '') || '|' || j.entity || '|' || j."key" FROM journal j LEFT JOIN changes c ON c.id = j.change WHERE j.id = ?1`, number).Scan(&e.Number, &e.Of)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return e, err
}

// readSince returns nil where the journal names too many rows or does not have the snapshot's last entry, and where a table that was edited by SQL then does not have as many rows as the
// file: the triggers journal an edit that changed a key by the new one alone, and do not see what INSERT OR REPLACE takes away. To count a
// table takes longer than all the rest.
func readSince(ctx context.Context, q querier, before *parcels.Snapshot, version int64) (*parcels.Snapshot, error) {
	if e, err := entryAt(ctx, q, before.Journal.Number); err != nil || e.Number == 0 || e != before.Journal {
		return nil, err
	}
	journal, err := lastEntry(ctx, q)
	if err != nil {
		return nil, err
	}
	d := parcels.Delta{Version: version, Journal: journal}
	var bySQL map[string]bool
	if d.Codes, bySQL, err = codesSince(ctx, q, before.Journal.Number); err != nil || d.Codes == nil {
		return nil, err
	}
	if d.Rows, err = readAsOf(ctx, q, before.AsOf, d.Codes); err != nil {
		return nil, err
	}
	snap := before.After(d)
	whole, err := counts(ctx, view{q, before.AsOf.String(), d.Codes}, bySQL, snap)
	if err != nil || !whole {
		return nil, err
	}
	return snap, nil
}

// codesSince lists by table the codes of the rows that were written behind an entry of the journal, nil for too many, and the tables that were
// written by other means than a change.
func codesSince(ctx context.Context, q querier, entry int64) (codes map[string][]string, bySQL map[string]bool, err error) {
	rows, err := q.QueryContext(ctx, `
		SELECT DISTINCT entity, CASE instr("key", '|') WHEN 0 THEN "key" ELSE substr("key", 1, instr("key", '|') - 1) END, change IS NULL
		FROM journal WHERE id > ?1 LIMIT ?2`, entry, parcels.MaxTouched+1)
	if err != nil {
		return nil, nil, fmt.Errorf("read journal: %w", err)
	}
	defer rows.Close()
	codes, bySQL = map[string][]string{}, map[string]bool{}
	n := 0
	for ; rows.Next(); n++ {
		var entity, code string
		var direct bool
		if err := rows.Scan(&entity, &code, &direct); err != nil {
			return nil, nil, fmt.Errorf("read journal: %w", err)
		}
		codes[entity] = append(codes[entity], code)
		bySQL[entity] = bySQL[entity] || direct
	}
	if n > parcels.MaxTouched {
		return nil, nil, nil
	}
	return codes, bySQL, rows.Err()
}

// counts reports whether tables that were edited have as many rows as the file.
func counts(ctx context.Context, v view, edited map[string]bool, snap *parcels.Snapshot) (bool, error) {
	for table, is := range edited {
		if !is {
			continue
		}
		var stored int
		if err := v.q.QueryRowContext(ctx, `SELECT count(*) FROM `+quote(table)+` WHERE `+belongs[table], v.day).Scan(&stored); err != nil {
			return false, fmt.Errorf("count %s: %w", table, err)
		}
		if stored != snap.LenOf(table) {
			return false, nil
		}
	}
	return true, nil
}
