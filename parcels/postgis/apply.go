package postgis

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// attempts bounds how often a change is tried again after the server gave it up for others. Writers take turns, so only somebody who
// locks rows by hand can make this happen.
const attempts = 4

// Apply writes a change and its journal in one transaction, or nothing.
func (s *Store) Apply(ctx context.Context, c parcels.Change) (parcels.Receipt, error) {
	var receipt parcels.Receipt
	hash := c.ContentHash()
	for attempt := 1; ; attempt++ {
		err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
			receipt, err = apply(ctx, tx, &c, hash)
			return err
		})
		if err == nil {
			return receipt, nil
		}
		if !retryable(err) || attempt == attempts {
			return parcels.Receipt{}, fmt.Errorf("apply the change: %w", classify(err))
		}
	}
}

func apply(ctx context.Context, tx pgx.Tx, c *parcels.Change, hash string) (parcels.Receipt, error) {
	// Under READ COMMITTED each later statement sees what was committed before this lock was given, and the lock keeps other
	// writers out until the end: the result is that of changes one after another.
	if _, err := tx.Exec(ctx, `SELECT FROM muchan.state FOR UPDATE`); err != nil {
		return parcels.Receipt{}, fmt.Errorf("wait for other writers: %w", err)
	}
	if receipt, err := repeated(ctx, tx, hash); err != nil || receipt.Repeated {
		return receipt, err
	}
	plan, err := c.Plan(func(need parcels.Need) (*parcels.Held, error) { return readHeld(ctx, tx, need) })
	if err != nil {
		return parcels.Receipt{}, err
	}
	receipt := parcels.Receipt{Inserted: plan.Inserted, Updated: plan.Updated, Unchanged: plan.Unchanged, Closed: plan.Closed}
	if receipt.Change, receipt.Version, err = begin(ctx, tx, plan.Len() > 0); err != nil {
		return parcels.Receipt{}, err
	}
	if err := write(ctx, tx, plan, &entry{change: receipt.Change, at: c.When, who: c.Who, why: c.Why}); err != nil {
		return parcels.Receipt{}, err
	}
	return receipt, finish(ctx, tx, c, hash, &receipt)
}

// repeated looks for a change with the same rows.
func repeated(ctx context.Context, tx pgx.Tx, hash string) (parcels.Receipt, error) {
	var r parcels.Receipt
	err := tx.QueryRow(ctx, `
		SELECT c.number, s.version
		  FROM muchan.changes c, muchan.state s
		 WHERE c.hash = $1`, hash).Scan(&r.Change, &r.Version)
	if errors.Is(err, pgx.ErrNoRows) {
		return parcels.Receipt{}, nil
	}
	if err != nil {
		return parcels.Receipt{}, fmt.Errorf("look for the same change: %w", err)
	}
	r.Repeated = true
	return r, nil
}

// begin numbers the change and, when it writes rows, moves the version.
func begin(ctx context.Context, tx pgx.Tx, writes bool) (change, version int64, err error) {
	if writes {
		if _, err := tx.Exec(ctx, `SELECT muchan.move()`); err != nil {
			return 0, 0, fmt.Errorf("move the version: %w", err)
		}
	}
	err = tx.QueryRow(ctx, `
		UPDATE muchan.state
		   SET change = (SELECT coalesce(max(number), 0) + 1 FROM muchan.changes)
		RETURNING change, version`).Scan(&change, &version)
	if err != nil {
		return 0, 0, fmt.Errorf("number the change: %w", err)
	}
	return change, version, nil
}

func finish(ctx context.Context, tx pgx.Tx, c *parcels.Change, hash string, r *parcels.Receipt) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO muchan.changes
		       (number, version, hash, at, who, why, source_name, source_sha256, inserted, updated, unchanged, closed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		r.Change, r.Version, hash, c.When, c.Who, c.Why, c.Source.Name, c.Source.SHA256, r.Inserted, r.Updated, r.Unchanged, r.Closed)
	if err != nil {
		return fmt.Errorf("record the change: %w", err)
	}
	if _, err := tx.Exec(ctx, `UPDATE muchan.state SET change = NULL`); err != nil {
		return fmt.Errorf("finish the change: %w", err)
	}
	return nil
}

// write stores the plan's rows in the order in which references allow it.
func write(ctx context.Context, tx pgx.Tx, p *parcels.Plan, e *entry) error {
	return firstError(
		func() error { return parkRelation.write(ctx, tx, p.Parks, e) },
		func() error { return zoneRelation.write(ctx, tx, p.Zones, e) },
		func() error { return parcelRelation.write(ctx, tx, p.Parcels, e) },
		func() error { return buildingRelation.write(ctx, tx, p.Buildings, e) },
		func() error { return firmRelation.write(ctx, tx, p.Firms, e) },
		func() error { return occupancyRelation.write(ctx, tx, p.Occupancies, e) },
		func() error { return figuresRelation.write(ctx, tx, p.Figures, e) },
		func() error { return eventRelation.write(ctx, tx, p.Events, e) },
		func() error { return targetRelation.write(ctx, tx, p.Targets, e) },
	)
}
