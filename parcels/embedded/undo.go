package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"muchan/parcels"
)

// referrersShown bounds the rows named when an undo would leave references to nothing.
const referrersShown = 20

// Undo takes a change back in one transaction.
func (s *Store) Undo(ctx context.Context, u parcels.Undo) (parcels.Receipt, error) {
	tx, err := s.begin(ctx, unjudged)
	if err != nil {
		return parcels.Receipt{}, wrap("begin undo in "+s.path, err)
	}
	defer tx.Rollback()
	journalled, err := readJournalled(ctx, tx, u.Change)
	if err != nil {
		return parcels.Receipt{}, wrap("read change to undo in "+s.path, err)
	}
	plan, err := u.Plan(journalled,
		func(need parcels.Need) (*parcels.Held, error) {
			held, err := loadHeld(ctx, tx, need)
			return held, wrap("read rows to undo in "+s.path, err)
		},
		func(entity, column string, codes []string) ([]string, error) {
			keys, err := referrers(ctx, tx, entity, column, codes)
			return keys, wrap("read references in "+s.path, err)
		})
	if err != nil {
		return parcels.Receipt{}, err
	}
	c := parcels.Change{Who: u.Who, Why: u.Why, When: u.When}
	receipt, err := writeChange(ctx, tx, &c, u.Hash(len(journalled.Undoes[u.Change])+1), u.Change, plan)
	if err != nil {
		return parcels.Receipt{}, wrap("write undo to "+s.path, err)
	}
	return receipt, wrap("commit undo in "+s.path, tx.Commit())
}

func readJournalled(ctx context.Context, tx *sql.Tx, change int64) (*parcels.Journalled, error) {
	j := &parcels.Journalled{}
	err := tx.QueryRowContext(ctx, `SELECT count(*), ifnull(max(shapes), 0) FROM changes WHERE id = ?`, change).Scan(&j.Found, &j.Shapes)
	if err != nil || !j.Found {
		return j, err
	}
	if j.Undoes, err = readUndoes(ctx, tx); err != nil {
		return j, err
	}
	if j.Entries, err = readEntries(ctx, tx, change); err != nil {
		return j, err
	}
	j.Later, err = readLater(ctx, tx, change)
	return j, err
}

func readUndoes(ctx context.Context, q querier) (parcels.Undoes, error) {
	undoes := parcels.Undoes{}
	return undoes, each(ctx, q, func(scan func(...any) error) error {
		var change, undone int64
		err := scan(&change, &undone)
		undoes[undone] = append(undoes[undone], change)
		return err
	}, `SELECT id, undoes FROM changes WHERE undoes IS NOT NULL ORDER BY id`)
}

func readEntries(ctx context.Context, q querier, change int64) (entries []parcels.UndoEntry, err error) {
	return entries, each(ctx, q, func(scan func(...any) error) error {
		var e parcels.UndoEntry
		var shape []byte
		if err := scan(&e.Entity, &e.Key, &e.Action, &e.Before, &e.After, &shape); err != nil {
			return err
		}
		if shape != nil {
			if e.Shape, err = decodeGeometry(shape); err != nil {
				return fmt.Errorf("shape of %s %s: %w", e.Entity, e.Key, err)
			}
		}
		entries = append(entries, e)
		return nil
	}, `SELECT entity, "key", action, ifnull(before, ''), ifnull(after, ''), shape FROM journal WHERE change = ? ORDER BY id`, change)
}

func readLater(ctx context.Context, q querier, change int64) (later []parcels.LaterEntry, err error) {
	return later, each(ctx, q, func(scan func(...any) error) error {
		var l parcels.LaterEntry
		err := scan(&l.Change, &l.Entity, &l.Key)
		later = append(later, l)
		return err
	}, `
		SELECT ifnull(l.change, 0), l.entity, l."key"
		FROM journal AS j JOIN journal AS l ON l.entity = j.entity AND l."key" = j."key" AND l.id > j.id
		WHERE j.change = ?1 AND ifnull(l.change, 0) <> ?1
		ORDER BY l.id`, change)
}

// each calls read for every row of a query.
func each(ctx context.Context, q querier, read func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// referrers finds rows of a table that name one of the codes.
func referrers(ctx context.Context, q querier, entityName, column string, codes []string) (keys []string, err error) {
	list, err := json.Marshal(codes)
	if err != nil {
		return nil, err
	}
	condition := quote(column) + ` IN (SELECT value FROM json_each(?1))`
	if column == "parents" {
		condition = `parents <> '' AND EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(';' || parents || ';', ';' || value || ';') > 0)`
	}
	for _, e := range entities() {
		if e.name != entityName {
			continue
		}
		return keys, each(ctx, q, func(scan func(...any) error) error {
			var key string
			err := scan(&key)
			keys = append(keys, key)
			return err
		}, `SELECT `+keyExpression(e, "t")+` AS k FROM `+quote(entityName)+` AS t WHERE `+condition+` ORDER BY k LIMIT ?2`, string(list), referrersShown)
	}
	return nil, fmt.Errorf("no table %q", entityName)
}

// Changes returns the changes that were applied, newest first.
func (s *Store) Changes(ctx context.Context, limit int) ([]parcels.ChangeEntry, error) {
	undoes, err := readUndoes(ctx, s.read)
	if err != nil {
		return nil, wrap("read changes of "+s.path, err)
	}
	if limit = min(limit, maxEntries); limit <= 0 {
		limit = defaultEntries
	}
	var list []parcels.ChangeEntry
	err = each(ctx, s.read, func(scan func(...any) error) error {
		var e parcels.ChangeEntry
		var at string
		if err := scan(&e.Change, &e.Version, &at, &e.Who, &e.Why, &e.Source.Name, &e.Source.SHA256, &e.Undoes, &e.Inserted, &e.Updated, &e.Closed, &e.Deleted); err != nil {
			return err
		}
		e.UndoneBy = undoes.By(e.Change)
		var err error
		e.At, err = parseTime(at)
		list = append(list, e)
		return err
	}, `
		SELECT c.id, c.version, c.at, c.who, c.why, c.source_name, c.source_sha256, ifnull(c.undoes, 0),
		       ifnull(sum(j.action = 'insert'), 0), ifnull(sum(j.action = 'update'), 0), ifnull(sum(j.action = 'close'), 0), ifnull(sum(j.action = 'delete'), 0)
		FROM (SELECT * FROM changes ORDER BY id DESC LIMIT ?) AS c LEFT JOIN journal AS j ON j.change = c.id
		GROUP BY c.id
		ORDER BY c.id DESC`, limit)
	return list, wrap("read changes of "+s.path, err)
}

// Plan tells what Apply would do now.
func (s *Store) Plan(ctx context.Context, c parcels.Change) (*parcels.Plan, error) {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, wrap("begin reading "+s.path, err)
	}
	defer tx.Rollback()
	plan, err := c.Plan(func(need parcels.Need) (*parcels.Held, error) {
		held, err := loadHeld(ctx, tx, need)
		return held, wrap("read rows to change in "+s.path, err)
	})
	if err != nil {
		return nil, err
	}
	same, err := sameRows(ctx, tx, c.ContentHash())
	plan.Repeated = same.Repeats(plan)
	return plan, wrap("look for the same change in "+s.path, err)
}
