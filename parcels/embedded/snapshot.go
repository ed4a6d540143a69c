package embedded

import (
	"context"
	"fmt"

	"muchan/parcels"
)

// Snapshot reads everything as of the end of a day in one read transaction.
func (s *Store) Snapshot(ctx context.Context, asOf parcels.Date) (*parcels.Snapshot, error) {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, wrap("begin snapshot of "+s.path, err)
	}
	defer tx.Rollback()
	v, err := version(ctx, tx) // the first read fixes what the transaction sees
	if err != nil {
		return nil, wrap("read version of "+s.path, err)
	}
	rows, err := readAsOf(ctx, tx, asOf)
	if err != nil {
		return nil, wrap("snapshot of "+s.path, err)
	}
	return parcels.NewSnapshot(v, asOf, rows), nil
}

func readAsOf(ctx context.Context, q querier, asOf parcels.Date) (r parcels.Rows, err error) {
	const (
		valid = `WHERE valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1)`
		begun = `WHERE "from" <= ?1`
		noted = `WHERE "on" <= ?1`
		ended = `WHERE year <= ?1`
	)
	day := asOf.String()
	if r.Parks, err = readAll(ctx, q, &parcels.ParkTable, ""); err != nil {
		return r, err
	}
	if r.Zones, err = readAll(ctx, q, &parcels.ZoneTable, valid, day); err != nil {
		return r, err
	}
	if r.Parcels, err = readAll(ctx, q, &parcels.ParcelTable, valid, day); err != nil {
		return r, err
	}
	if r.Buildings, err = readAll(ctx, q, &parcels.BuildingTable, valid, day); err != nil {
		return r, err
	}
	if r.Firms, err = readAll(ctx, q, &parcels.FirmTable, ""); err != nil {
		return r, err
	}
	if r.Occupancies, err = readAll(ctx, q, &parcels.OccupancyTable, begun, day); err != nil {
		return r, err
	}
	if r.Figures, err = readAll(ctx, q, &parcels.FiguresTable, ended, asOf.Year()); err != nil {
		return r, err
	}
	if r.Events, err = readAll(ctx, q, &parcels.EventTable, noted, day); err != nil {
		return r, err
	}
	if r.Targets, err = readAll(ctx, q, &parcels.TargetTable, ""); err != nil {
		return r, err
	}
	r.TargetValues, err = readAll(ctx, q, &parcels.TargetValueTable, ended, asOf.Year())
	return r, err
}

// readAll reads the rows that a condition selects from a whole table, most of which it does.
func readAll[T any](ctx context.Context, q querier, t *parcels.Table[T], condition string, args ...any) ([]T, error) {
	var n int
	if err := q.QueryRowContext(ctx, `SELECT count(*) FROM `+quote(t.Name)).Scan(&n); err != nil {
		return nil, fmt.Errorf("count %s: %w", t.Name, err)
	}
	return readRows(ctx, q, t, n, condition, args...)
}
