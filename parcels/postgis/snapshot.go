package postgis

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"golang.org/x/sync/errgroup"

	"muchan/parcels"
)

// valid selects what is valid on a day, the day of its end excluded.
const valid = ` WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)`

// oneView sees the same data from the first statement to the last, whatever is written meanwhile.
var oneView = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

// Snapshot reads everything as of the end of a day in one view of the data.
func (s *Store) Snapshot(ctx context.Context, asOf parcels.Date) (*parcels.Snapshot, error) {
	var version int64
	var rows parcels.Rows
	err := pgx.BeginTxFunc(ctx, s.pool, oneView, func(tx pgx.Tx) (err error) {
		if version, err = readVersion(ctx, tx); err != nil {
			return err
		}
		return s.readAll(ctx, tx, asOf, &rows)
	})
	if err != nil {
		return nil, fmt.Errorf("snapshot as of %s: %w", asOf, classify(err))
	}
	return parcels.NewSnapshot(version, asOf, rows), nil
}

// patience is how long a snapshot waits for a second connection before it reads everything by its own.
const patience = 100 * time.Millisecond

// readAll reads land by one connection and firms by another, which take about as long: decoding takes most of it, and so has two
// processors.
func (s *Store) readAll(ctx context.Context, tx pgx.Tx, asOf parcels.Date, rows *parcels.Rows) error {
	second, err := s.sameView(ctx, tx)
	if err != nil {
		return err
	}
	if second == nil {
		return firstError(
			func() error { return readLand(ctx, tx, asOf, rows) },
			func() error { return readFirms(ctx, tx, asOf, rows) },
		)
	}
	defer func() { _ = second.Rollback(context.WithoutCancel(ctx)) }() // it has read only
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return readLand(ctx, tx, asOf, rows) })
	group.Go(func() error { return readFirms(ctx, second, asOf, rows) })
	return group.Wait()
}

// sameView begins a transaction by another connection with the same view of the data. It is nil where the pool has none to spare soon, for
// two snapshots that wait for each other's second would wait for ever, and where the connection led to another server.
func (s *Store) sameView(ctx context.Context, tx pgx.Tx) (pgx.Tx, error) {
	soon, stop := context.WithTimeout(ctx, patience)
	defer stop()
	second, err := s.pool.BeginTx(soon, oneView)
	if err != nil {
		return nil, ctx.Err()
	}
	var view string
	if err := tx.QueryRow(ctx, `SELECT quote_literal(pg_export_snapshot())`).Scan(&view); err != nil {
		return nil, errors.Join(fmt.Errorf("share the view: %w", err), second.Rollback(ctx))
	}
	if _, err := second.Exec(ctx, `SET TRANSACTION SNAPSHOT `+view); err != nil {
		_ = second.Rollback(ctx) // its connection may be broken, which the pool finds out
		return nil, ctx.Err()
	}
	return second, nil
}

func readLand(ctx context.Context, tx pgx.Tx, asOf parcels.Date, rows *parcels.Rows) error {
	day := pgtype.Date{Time: asOf.Time(), Valid: true}
	return firstError(
		func() (err error) { rows.Parks, err = parkRelation.rows(ctx, tx, ``); return },
		func() (err error) { rows.Zones, err = zoneRelation.rows(ctx, tx, valid, day); return },
		func() (err error) { rows.Parcels, err = parcelRelation.rows(ctx, tx, valid, day); return },
		func() (err error) { rows.Targets, err = targetRelation.rows(ctx, tx, ``); return },
		func() (err error) {
			rows.TargetValues, err = targetValueRelation.rows(ctx, tx, ` WHERE year <= $1`, asOf.Year())
			return
		},
		func() (err error) { rows.Buildings, err = buildingRelation.rows(ctx, tx, valid, day); return },
	)
}

func readFirms(ctx context.Context, tx pgx.Tx, asOf parcels.Date, rows *parcels.Rows) error {
	day := pgtype.Date{Time: asOf.Time(), Valid: true}
	return firstError(
		func() (err error) { rows.Firms, err = firmRelation.rows(ctx, tx, ``); return },
		func() (err error) {
			rows.Occupancies, err = occupancyRelation.rows(ctx, tx, ` WHERE "from" <= $1`, day)
			return
		},
		func() (err error) {
			rows.Figures, err = figuresRelation.rows(ctx, tx, ` WHERE year <= $1`, asOf.Year())
			return
		},
		func() (err error) { rows.Events, err = eventRelation.rows(ctx, tx, ` WHERE "on" <= $1`, day); return },
	)
}

// firstError runs steps until one fails.
func firstError(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
