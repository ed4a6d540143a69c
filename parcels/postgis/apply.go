package postgis

import (
	"context"
	"fmt"
	"slices"

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
	if err := waitForWriters(ctx, tx); err != nil {
		return parcels.Receipt{}, err
	}
	plan, err := c.Plan(func(need parcels.Need) (*parcels.Held, error) { return readHeld(ctx, tx, need) })
	if err != nil {
		return parcels.Receipt{}, err
	}
	same, err := sameRows(ctx, tx, hash)
	if err != nil {
		return parcels.Receipt{}, err
	}
	if change := same.Repeats(plan); change != 0 {
		return repeated(ctx, tx, change)
	}
	return writeChange(ctx, tx, c, same.Hash, 0, plan)
}

// waitForWriters takes the writers' turn. Under READ COMMITTED each later statement sees what was committed before this lock was given,
// and the lock keeps other writers out until the end: the result is that of changes one after another.
func waitForWriters(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `SELECT FROM muchan.state FOR UPDATE`); err != nil {
		return fmt.Errorf("wait for other writers: %w", err)
	}
	return nil
}

// writeChange writes rows, journal and version. undoes is the change that it takes back, 0 for none.
func writeChange(ctx context.Context, tx pgx.Tx, c *parcels.Change, hash string, undoes int64, plan *parcels.Plan) (parcels.Receipt, error) {
	receipt := parcels.Receipt{Inserted: plan.Inserted, Updated: plan.Updated, Unchanged: plan.Unchanged, Closed: plan.Closed, Deleted: plan.Deleted, Emptied: plan.Emptied}
	last, err := begin(ctx, tx, &receipt, plan.Len() > 0, false)
	if err != nil {
		return parcels.Receipt{}, err
	}
	if err := write(ctx, tx, plan, &entry{change: receipt.Change, at: c.When, who: c.Who, why: c.Why}); err != nil {
		return parcels.Receipt{}, err
	}
	return receipt, finish(ctx, tx, c, hash, undoes, last, &receipt)
}

// sameRows looks for changes with a content hash, which all but the first carry with a number behind it.
func sameRows(ctx context.Context, tx pgx.Tx, hash string) (parcels.SameRows, error) {
	rows, err := tx.Query(ctx, `SELECT number FROM muchan.changes WHERE hash = $1 OR starts_with(hash, $1 || '.') ORDER BY number`, hash)
	if err != nil {
		return parcels.SameRows{}, fmt.Errorf("look for the same change: %w", err)
	}
	changes, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return parcels.SameRows{}, fmt.Errorf("look for the same change: %w", err)
	}
	if len(changes) == 0 {
		return parcels.NewSameRows(hash, nil, nil), nil
	}
	undoes, err := readUndoes(ctx, tx)
	return parcels.NewSameRows(hash, changes, undoes), err
}

// repeated is the receipt of a change that repeats another.
func repeated(ctx context.Context, tx pgx.Tx, change int64) (parcels.Receipt, error) {
	r := parcels.Receipt{Change: change, Repeated: true}
	if err := tx.QueryRow(ctx, `SELECT version FROM muchan.state`).Scan(&r.Version); err != nil {
		return parcels.Receipt{}, fmt.Errorf("read the version: %w", err)
	}
	return r, nil
}

// begin numbers the change and, when it writes rows, moves the version; it returns the number of the journal's last entry. Shapes and codes of
// rows that passed Validate are not judged again.
func begin(ctx context.Context, tx pgx.Tx, r *parcels.Receipt, writes, validated bool) (last int64, err error) {
	if writes {
		if _, err := tx.Exec(ctx, `SELECT muchan.move()`); err != nil {
			return 0, fmt.Errorf("move the version: %w", err)
		}
	}
	err = tx.QueryRow(ctx, `
		UPDATE muchan.state
		   SET change = (SELECT coalesce(max(number), 0) + 1 FROM muchan.changes), validated = $1
		RETURNING change, version, (SELECT coalesce(max(number), 0) FROM muchan.journal)`, validated).Scan(&r.Change, &r.Version, &last)
	if err != nil {
		return 0, fmt.Errorf("number the change: %w", err)
	}
	return last, nil
}

// finish records the change, whose entries in the journal are those behind last.
func finish(ctx context.Context, tx pgx.Tx, c *parcels.Change, hash string, undoes, last int64, r *parcels.Receipt) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO muchan.changes
		       (number, version, hash, at, who, why, source_name, source_sha256, inserted, updated, unchanged, closed, deleted, undoes, shapes,
		        first_entry, last_entry)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, nullif($14::bigint, 0), true,
		        (SELECT min(number) FROM muchan.journal WHERE number > $15), (SELECT max(number) FROM muchan.journal WHERE number > $15))`,
		r.Change, r.Version, hash, c.When, c.Who, c.Why, c.Source.Name, c.Source.SHA256, r.Inserted, r.Updated, r.Unchanged, r.Closed, r.Deleted, undoes, last)
	if err != nil {
		return fmt.Errorf("record the change: %w", err)
	}
	if _, err := tx.Exec(ctx, `UPDATE muchan.state SET change = NULL, validated = false`); err != nil {
		return fmt.Errorf("finish the change: %w", err)
	}
	return nil
}

// write stores the plan's rows in the order in which references allow it.
func write(ctx context.Context, tx pgx.Tx, p *parcels.Plan, e *entry) error {
	writes := []func() error{
		func() error { return parkRelation.write(ctx, tx, p.Parks, e) },
		func() error { return zoneRelation.write(ctx, tx, p.Zones, e) },
		func() error { return parcelRelation.write(ctx, tx, p.Parcels, e) },
		func() error { return buildingRelation.write(ctx, tx, p.Buildings, e) },
		func() error { return firmRelation.write(ctx, tx, p.Firms, e) },
		func() error { return occupancyRelation.write(ctx, tx, p.Occupancies, e) },
		func() error { return figuresRelation.write(ctx, tx, p.Figures, e) },
		func() error { return eventRelation.write(ctx, tx, p.Events, e) },
		func() error { return targetRelation.write(ctx, tx, p.Targets, e) },
		func() error { return targetValueRelation.write(ctx, tx, p.TargetValues, e) },
	}
	if p.Deleted > 0 {
		slices.Reverse(writes) // rows go before those they refer to
	}
	return firstError(writes...)
}
