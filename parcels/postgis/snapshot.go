package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"muchan/parcels"
)

// valid selects what is valid on a day, the day of its end excluded.
const valid = ` WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)`

// Snapshot reads everything as of the end of a day in one read-only transaction with one view of the data, whatever is written
// meanwhile.
func (s *Store) Snapshot(ctx context.Context, asOf parcels.Date) (*parcels.Snapshot, error) {
	var version int64
	var rows parcels.Rows
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err := pgx.BeginTxFunc(ctx, s.pool, options, func(tx pgx.Tx) (err error) {
		if version, err = readVersion(ctx, tx); err != nil {
			return err
		}
		return readAll(ctx, tx, asOf, &rows)
	})
	if err != nil {
		return nil, fmt.Errorf("snapshot as of %s: %w", asOf, classify(err))
	}
	return parcels.NewSnapshot(version, asOf, rows), nil
}

func readAll(ctx context.Context, tx pgx.Tx, asOf parcels.Date, rows *parcels.Rows) error {
	day := pgtype.Date{Time: asOf.Time(), Valid: true}
	return firstError(
		func() (err error) { rows.Parks, err = parkRelation.rows(ctx, tx, ``); return },
		func() (err error) { rows.Zones, err = zoneRelation.rows(ctx, tx, valid, day); return },
		func() (err error) { rows.Parcels, err = parcelRelation.rows(ctx, tx, valid, day); return },
		func() (err error) { rows.Buildings, err = buildingRelation.rows(ctx, tx, valid, day); return },
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
		func() (err error) { rows.Targets, err = targetRelation.rows(ctx, tx, ``); return },
		func() (err error) {
			rows.TargetValues, err = targetValueRelation.rows(ctx, tx, ` WHERE year <= $1`, asOf.Year())
			return
		},
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
