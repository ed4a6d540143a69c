package embedded

import (
	"context"

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
	if r.Parks, err = readRows(ctx, q, &parcels.ParkTable, ""); err != nil {
		return r, err
	}
	if r.Zones, err = readRows(ctx, q, &parcels.ZoneTable, valid, day); err != nil {
		return r, err
	}
	if r.Parcels, err = readRows(ctx, q, &parcels.ParcelTable, valid, day); err != nil {
		return r, err
	}
	if r.Buildings, err = readRows(ctx, q, &parcels.BuildingTable, valid, day); err != nil {
		return r, err
	}
	if r.Firms, err = readRows(ctx, q, &parcels.FirmTable, ""); err != nil {
		return r, err
	}
	if r.Occupancies, err = readRows(ctx, q, &parcels.OccupancyTable, begun, day); err != nil {
		return r, err
	}
	if r.Figures, err = readRows(ctx, q, &parcels.FiguresTable, ended, asOf.Year()); err != nil {
		return r, err
	}
	if r.Events, err = readRows(ctx, q, &parcels.EventTable, noted, day); err != nil {
		return r, err
	}
	r.Targets, err = readRows(ctx, q, &parcels.TargetTable, "")
	return r, err
}
