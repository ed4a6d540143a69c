package embedded

import (
	"context"
	"encoding/json"
	"fmt"

	"muchan/parcels"
)

// Parks reads the parks alone.
func (s *Store) Parks(ctx context.Context) ([]parcels.Park, error) {
	parks, err := readRows(ctx, s.read, &parcels.ParkTable, 0, `ORDER BY code`)
	return parks, wrap("read parks of "+s.path, err)
}

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
	snap, err := readWhole(ctx, tx, asOf, v)
	return snap, wrap("snapshot of "+s.path, err)
}

func readWhole(ctx context.Context, q querier, asOf parcels.Date, version int64) (*parcels.Snapshot, error) {
	journal, err := lastEntry(ctx, q)
	if err != nil {
		return nil, err
	}
	rows, err := readAsOf(ctx, q, asOf, nil)
	if err != nil {
		return nil, err
	}
	snap := parcels.NewSnapshot(version, asOf, rows)
	snap.Journal = journal
	return snap, nil
}

// What of a table belongs to a day ?1: what is valid on it, the day of its end excluded; what began, ended or was noted by then.
const (
	always = `?1 IS NOT NULL`
	valid  = `valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1)`
	begun  = `"from" <= ?1`
	noted  = `"on" <= ?1`
	ended  = `year <= CAST(substr(?1, 1, 4) AS INTEGER)`
)

// belongs is which of them holds for a table.
var belongs = map[string]string{
	parcels.ParkTable.Name: always, parcels.ZoneTable.Name: valid, parcels.ParcelTable.Name: valid, parcels.BuildingTable.Name: valid,
	parcels.FirmTable.Name: always, parcels.OccupancyTable.Name: begun, parcels.FiguresTable.Name: ended, parcels.EventTable.Name: noted,
	parcels.TargetTable.Name: always, parcels.TargetValueTable.Name: ended,
}

// view is what is read, and as of which day.
type view struct {
	q     querier
	day   string
	codes map[string][]string // by table: only rows with these codes; nil for all
}

// readAsOf reads what belongs to a day: rows with some codes, by table, or all for nil.
func readAsOf(ctx context.Context, q querier, asOf parcels.Date, codes map[string][]string) (r parcels.Rows, err error) {
	v := view{q, asOf.String(), codes}
	for _, read := range []func() error{
		func() (err error) { r.Parks, err = readFrom(ctx, v, &parcels.ParkTable); return },
		func() (err error) { r.Zones, err = readFrom(ctx, v, &parcels.ZoneTable); return },
		func() (err error) { r.Parcels, err = readFrom(ctx, v, &parcels.ParcelTable); return },
		func() (err error) { r.Buildings, err = readFrom(ctx, v, &parcels.BuildingTable); return },
		func() (err error) { r.Firms, err = readFrom(ctx, v, &parcels.FirmTable); return },
		func() (err error) { r.Occupancies, err = readFrom(ctx, v, &parcels.OccupancyTable); return },
		func() (err error) { r.Figures, err = readFrom(ctx, v, &parcels.FiguresTable); return },
		func() (err error) { r.Events, err = readFrom(ctx, v, &parcels.EventTable); return },
		func() (err error) { r.Targets, err = readFrom(ctx, v, &parcels.TargetTable); return },
		func() (err error) { r.TargetValues, err = readFrom(ctx, v, &parcels.TargetValueTable); return },
	} {
		if err := read(); err != nil {
			return r, err
		}
	}
	return r, nil
}

// readFrom reads the rows of a table that belong to the view.
func readFrom[T any](ctx context.Context, v view, t *parcels.Table[T]) ([]T, error) {
	if v.codes != nil {
		codes := v.codes[t.Name]
		if len(codes) == 0 {
			return nil, nil
		}
		list, err := json.Marshal(codes)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", t.Name, err)
		}
		of := ` AND ` + quote(t.CodeColumn()) + ` IN (SELECT value FROM json_each(?2))`
		return readRows(ctx, v.q, t, len(codes), `WHERE `+belongs[t.Name]+of, v.day, string(list))
	}
	var n int
	if err := v.q.QueryRowContext(ctx, `SELECT count(*) FROM `+quote(t.Name)).Scan(&n); err != nil {
		return nil, fmt.Errorf("count %s: %w", t.Name, err)
	}
	return readRows(ctx, v.q, t, n, `WHERE `+belongs[t.Name], v.day)
}
