package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"muchan/parcels"
)

// Apply writes a change and its journal in one transaction.
func (s *Store) Apply(ctx context.Context, c parcels.Change) (parcels.Receipt, error) {
	hash := c.ContentHash() // before the lock
	tx, err := s.begin(ctx, unjudged)
	if err != nil {
		return parcels.Receipt{}, wrap("begin change of "+s.path, err)
	}
	defer tx.Rollback()
	plan, err := c.Plan(func(need parcels.Need) (*parcels.Held, error) {
		held, err := loadHeld(ctx, tx, need)
		return held, wrap("read rows to change in "+s.path, err)
	})
	if err != nil {
		return parcels.Receipt{}, err
	}
	same, err := sameRows(ctx, tx, hash)
	if err != nil {
		return parcels.Receipt{}, wrap("look for the same change in "+s.path, err)
	}
	if change := same.Repeats(plan); change != 0 {
		receipt, err := repeated(ctx, tx, change)
		return receipt, wrap("read "+s.path, err)
	}
	receipt, err := writeChange(ctx, tx, &c, same.Hash, 0, plan)
	if err != nil {
		return parcels.Receipt{}, wrap("write change to "+s.path, err)
	}
	if err := tx.Commit(); err != nil {
		return parcels.Receipt{}, wrap("commit change to "+s.path, err)
	}
	return receipt, nil
}

// sameRows looks for changes with a content hash, which all but the first carry with a number behind it.
func sameRows(ctx context.Context, q querier, hash string) (parcels.SameRows, error) {
	var changes []int64
	err := each(ctx, q, func(scan func(...any) error) error {
		var change int64
		err := scan(&change)
		changes = append(changes, change)
		return err
	}, `SELECT id FROM changes WHERE content_hash = ?1 OR content_hash GLOB ?1 || '.*' ORDER BY id`, hash)
	if err != nil || len(changes) == 0 {
		return parcels.NewSameRows(hash, nil, nil), err
	}
	undoes, err := readUndoes(ctx, q)
	return parcels.NewSameRows(hash, changes, undoes), err
}

// repeated is the receipt of a change that repeats another.
func repeated(ctx context.Context, tx *sql.Tx, change int64) (parcels.Receipt, error) {
	r := parcels.Receipt{Change: change, Repeated: true}
	return r, tx.QueryRowContext(ctx, `SELECT version FROM state`).Scan(&r.Version)
}

// writeChange writes rows, journal and version. undoes is the change that it takes back, 0 for none.
func writeChange(ctx context.Context, tx *sql.Tx, c *parcels.Change, hash string, undoes int64, plan *parcels.Plan) (parcels.Receipt, error) {
	receipt := parcels.Receipt{Inserted: plan.Inserted, Updated: plan.Updated, Unchanged: plan.Unchanged, Closed: plan.Closed, Deleted: plan.Deleted, Emptied: plan.Emptied}
	if err := begin(ctx, tx, plan.Len() > 0, &receipt); err != nil {
		return receipt, err
	}
	if err := (&writer{tx: tx, change: receipt.Change}).writePlan(ctx, plan); err != nil {
		return receipt, err
	}
	return receipt, finish(ctx, tx, c, hash, undoes, &receipt)
}

// begin numbers the change and, when it writes rows, moves the version. While applying is set, the triggers for direct edits keep still.
func begin(ctx context.Context, tx *sql.Tx, writes bool, r *parcels.Receipt) error {
	moved := 0
	if writes {
		moved = 1
	}
	err := tx.QueryRowContext(ctx, `
		UPDATE state SET applying = 1, version = version + ?
		RETURNING version, (SELECT ifnull(max(id), 0) + 1 FROM changes)`, moved).Scan(&r.Version, &r.Change)
	if err != nil {
		return fmt.Errorf("number change: %w", err)
	}
	// The journal names the change before its record is there, which has the hash of all its rows.
	if _, err := tx.ExecContext(ctx, `PRAGMA defer_foreign_keys = ON`); err != nil {
		return fmt.Errorf("begin change: %w", err)
	}
	return nil
}

// finish records the change.
func finish(ctx context.Context, tx *sql.Tx, c *parcels.Change, hash string, undoes int64, r *parcels.Receipt) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO changes (id, content_hash, who, why, at, source_name, source_sha256, version, undoes, shapes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), 1)`,
		r.Change, hash, c.Who, c.Why, formatTime(c.When), c.Source.Name, c.Source.SHA256, r.Version, undoes)
	if err != nil {
		return fmt.Errorf("record change: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE state SET applying = 0`); err != nil {
		return fmt.Errorf("end change: %w", err)
	}
	return nil
}

func (w *writer) writePlan(ctx context.Context, p *parcels.Plan) error {
	writes := []func() error{
		func() error { return writeSteps(ctx, w, &parcels.ParkTable, p.Parks) },
		func() error { return writeSteps(ctx, w, &parcels.ZoneTable, p.Zones) },
		func() error { return writeSteps(ctx, w, &parcels.ParcelTable, p.Parcels) },
		func() error { return writeSteps(ctx, w, &parcels.BuildingTable, p.Buildings) },
		func() error { return writeSteps(ctx, w, &parcels.FirmTable, p.Firms) },
		func() error { return writeSteps(ctx, w, &parcels.OccupancyTable, p.Occupancies) },
		func() error { return writeSteps(ctx, w, &parcels.FiguresTable, p.Figures) },
		func() error { return writeSteps(ctx, w, &parcels.EventTable, p.Events) },
		func() error { return writeSteps(ctx, w, &parcels.TargetTable, p.Targets) },
		func() error { return writeSteps(ctx, w, &parcels.TargetValueTable, p.TargetValues) },
	}
	if p.Deleted > 0 {
		slices.Reverse(writes) // rows go before those they refer to
	}
	for _, write := range writes {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// formatTime keeps an instant to the nanosecond, in UTC, so that texts sort as times do.
func formatTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000000Z") }

func parseTime(s string) (time.Time, error) { return time.Parse(time.RFC3339Nano, s) }
