package postgis

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"muchan/geo"
	"muchan/parcels"
)

// referrersShown bounds the rows named when an undo would leave references to nothing.
const referrersShown = 20

// Undo takes a change back in one transaction.
func (s *Store) Undo(ctx context.Context, u parcels.Undo) (parcels.Receipt, error) {
	var receipt parcels.Receipt
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		receipt, err = undo(ctx, tx, &u)
		return err
	})
	if err != nil {
		return parcels.Receipt{}, fmt.Errorf("undo change %d: %w", u.Change, classify(err))
	}
	return receipt, nil
}

func undo(ctx context.Context, tx pgx.Tx, u *parcels.Undo) (parcels.Receipt, error) {
	if err := waitForWriters(ctx, tx); err != nil {
		return parcels.Receipt{}, err
	}
	journalled, err := readJournalled(ctx, tx, u.Change)
	if err != nil {
		return parcels.Receipt{}, err
	}
	plan, err := u.Plan(journalled,
		func(need parcels.Need) (*parcels.Held, error) { return readHeld(ctx, tx, need) },
		func(entity, column string, codes []string) ([]string, error) {
			return referrers(ctx, tx, entity, column, codes)
		})
	if err != nil {
		return parcels.Receipt{}, err
	}
	c := parcels.Change{Who: u.Who, Why: u.Why, When: u.When}
	return writeChange(ctx, tx, &c, u.Hash(len(journalled.Undoes[u.Change])+1), u.Change, plan)
}

func readJournalled(ctx context.Context, tx pgx.Tx, change int64) (*parcels.Journalled, error) {
	j := &parcels.Journalled{Found: true}
	err := tx.QueryRow(ctx, `SELECT shapes FROM muchan.changes WHERE number = $1`, change).Scan(&j.Shapes)
	if errors.Is(err, pgx.ErrNoRows) {
		return &parcels.Journalled{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the change: %w", err)
	}
	if j.Undoes, err = readUndoes(ctx, tx); err != nil {
		return nil, err
	}
	if j.Entries, err = readEntries(ctx, tx, change); err != nil {
		return nil, err
	}
	j.Later, err = readLater(ctx, tx, change)
	return j, err
}

func readUndoes(ctx context.Context, q querier) (parcels.Undoes, error) {
	undoes := parcels.Undoes{}
	rows, err := q.Query(ctx, `SELECT number, undoes FROM muchan.changes WHERE undoes IS NOT NULL ORDER BY number`)
	if err != nil {
		return nil, fmt.Errorf("read undone changes: %w", err)
	}
	var change, undone int64
	_, err = pgx.ForEachRow(rows, []any{&change, &undone}, func() error {
		undoes[undone] = append(undoes[undone], change)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read undone changes: %w", err)
	}
	return undoes, nil
}

func readEntries(ctx context.Context, tx pgx.Tx, change int64) ([]parcels.UndoEntry, error) {
	first, last, err := entriesOf(ctx, tx, change)
	if err != nil {
		return nil, fmt.Errorf("find the change's journal: %w", err)
	}
	rows, err := tx.Query(ctx, `
		SELECT entity, key, action, coalesce(before::text, ''), coalesce(after::text, ''), shape
		  FROM muchan.journal
		 WHERE change = $1 AND number BETWEEN $2 AND $3
		 ORDER BY number`, change, first, last)
	if err != nil {
		return nil, fmt.Errorf("read the change's journal: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (e parcels.UndoEntry, err error) {
		var shape []byte
		if err := row.Scan(&e.Entity, &e.Key, &e.Action, &e.Before, &e.After, &shape); err != nil || shape == nil {
			return e, err
		}
		e.Shape, err = geo.DecodeEWKB(shape)
		return e, err
	})
}

func readLater(ctx context.Context, tx pgx.Tx, change int64) ([]parcels.LaterEntry, error) {
	first, last, err := entriesOf(ctx, tx, change)
	if err != nil {
		return nil, fmt.Errorf("find the change's journal: %w", err)
	}
	rows, err := tx.Query(ctx, `
		SELECT l.change, l.entity, l.key
		  FROM muchan.journal j
		  JOIN muchan.journal l ON l.entity = j.entity AND l.key = j.key AND l.number > j.number
		 WHERE j.change = $1 AND j.number BETWEEN $2 AND $3 AND l.change <> $1
		 ORDER BY l.number`, change, first, last)
	if err != nil {
		return nil, fmt.Errorf("read later changes: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[parcels.LaterEntry])
}

// referrers finds rows of a table that name one of the codes.
func referrers(ctx context.Context, tx pgx.Tx, entity, column string, codes []string) ([]string, error) {
	keys, ok := keyColumns[entity]
	if !ok {
		return nil, fmt.Errorf("no table %q", entity)
	}
	condition := pgx.Identifier{column}.Sanitize() + ` = ANY ($1)`
	if column == "parents" {
		condition = `parents && $1`
	}
	rows, err := tx.Query(ctx, `
		SELECT muchan.row_key(to_jsonb(t), $2)
		  FROM `+pgx.Identifier{"muchan", entity}.Sanitize()+` t
		 WHERE `+condition+`
		 ORDER BY 1
		 LIMIT $3`, codes, keys, referrersShown)
	if err != nil {
		return nil, fmt.Errorf("look for rows that refer to %s: %w", column, err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// keyColumns are the key columns of every table.
var keyColumns = map[string][]string{
	parcels.ParkTable.Name: keysOf(&parcels.ParkTable), parcels.ZoneTable.Name: keysOf(&parcels.ZoneTable),
	parcels.ParcelTable.Name: keysOf(&parcels.ParcelTable), parcels.BuildingTable.Name: keysOf(&parcels.BuildingTable),
	parcels.FirmTable.Name: keysOf(&parcels.FirmTable), parcels.OccupancyTable.Name: keysOf(&parcels.OccupancyTable),
	parcels.FiguresTable.Name: keysOf(&parcels.FiguresTable), parcels.EventTable.Name: keysOf(&parcels.EventTable),
	parcels.TargetTable.Name: keysOf(&parcels.TargetTable), parcels.TargetValueTable.Name: keysOf(&parcels.TargetValueTable),
}

func keysOf[T any](t *parcels.Table[T]) (names []string) {
	for _, c := range t.Columns {
		if c.Key {
			names = append(names, c.Name)
		}
	}
	return names
}

// Changes returns the changes that were applied, newest first.
func (s *Store) Changes(ctx context.Context, limit int) ([]parcels.ChangeEntry, error) {
	undoes, err := readUndoes(ctx, s.pool)
	if err != nil {
		return nil, classify(err)
	}
	if limit = min(limit, mostEntries); limit <= 0 {
		limit = usualEntries
	}
	rows, err := s.pool.Query(ctx, `
		SELECT number, version, at, who, why, source_name, source_sha256, coalesce(undoes, 0), inserted, updated, closed, deleted
		  FROM muchan.changes
		 ORDER BY number DESC
		 LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("read the changes: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e parcels.ChangeEntry, err error) {
		err = row.Scan(&e.Change, &e.Version, &e.At, &e.Who, &e.Why, &e.Source.Name, &e.Source.SHA256, &e.Undoes, &e.Inserted, &e.Updated, &e.Closed, &e.Deleted)
		e.At, e.UndoneBy = e.At.UTC(), undoes.By(e.Change)
		return e, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the changes: %w", classify(err))
	}
	return list, nil
}

// Plan tells what Apply would do now, in one view of the data.
func (s *Store) Plan(ctx context.Context, c parcels.Change) (*parcels.Plan, error) {
	var plan *parcels.Plan
	err := s.read(ctx, entities, func(tx pgx.Tx) error {
		var err error
		if plan, err = c.Plan(func(need parcels.Need) (*parcels.Held, error) { return readHeld(ctx, tx, need) }); err != nil {
			return err
		}
		same, err := sameRows(ctx, tx, c.ContentHash())
		plan.Repeated = same.Repeats(plan)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("plan the change: %w", err)
	}
	return plan, nil
}
