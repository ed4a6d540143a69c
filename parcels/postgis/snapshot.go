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

// What of a table belongs to a day: what is valid on it, the day of its end excluded; what began, ended or was noted by then.
const (
	always = `$1::date IS NOT NULL`
	valid  = `valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)`
	begun  = `"from" <= $1`
	noted  = `"on" <= $1`
	ended  = `year <= extract(year FROM $1::date)`
)

// belongs is which of them holds for a table.
var belongs = map[string]string{
	parcels.ParkTable.Name: always, parcels.ZoneTable.Name: valid, parcels.ParcelTable.Name: valid, parcels.BuildingTable.Name: valid,
	parcels.FirmTable.Name: always, parcels.OccupancyTable.Name: begun, parcels.FiguresTable.Name: ended, parcels.EventTable.Name: noted,
	parcels.TargetTable.Name: always, parcels.TargetValueTable.Name: ended,
}

// view is what is read, and as of which day.
type view struct {
	tx    pgx.Tx
	day   pgtype.Date
	codes map[string][]string // by table: only rows with these codes; nil for all
	about map[string]int      // by table: how many rows the server believes it has, where it knows
}

func viewOf(tx pgx.Tx, asOf parcels.Date) view {
	return view{tx: tx, day: pgtype.Date{Time: asOf.Time(), Valid: true}}
}

// readFrom reads the rows of a relation that belong to the view.
func readFrom[T any](ctx context.Context, v view, r *relation[T]) ([]T, error) {
	if v.codes == nil {
		return r.rowsAbout(ctx, v.tx, v.about[r.Name], ` WHERE `+belongs[r.Name], v.day)
	}
	if len(v.codes[r.Name]) == 0 {
		return nil, nil
	}
	return r.rows(ctx, v.tx, ` WHERE `+belongs[r.Name]+` AND `+pgx.Identifier{r.CodeColumn()}.Sanitize()+` = ANY($2)`, v.day, v.codes[r.Name])
}

// Parks reads the parks alone.
func (s *Store) Parks(ctx context.Context) (parks []parcels.Park, err error) {
	err = s.read(ctx, []string{parcels.ParkTable.Name}, func(tx pgx.Tx) (err error) {
		parks, err = parkRelation.rows(ctx, tx, ` ORDER BY code`)
		return err
	})
	return parks, err
}

// Snapshot reads everything as of the end of a day in one view of the data.
func (s *Store) Snapshot(ctx context.Context, asOf parcels.Date) (snap *parcels.Snapshot, err error) {
	err = s.read(ctx, entities, func(tx pgx.Tx) error {
		version, journal, err := readState(ctx, tx)
		if err != nil {
			return err
		}
		snap, err = s.readWhole(ctx, tx, asOf, version, journal)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("snapshot as of %s: %w", asOf, err)
	}
	return snap, nil
}

func (s *Store) readWhole(ctx context.Context, tx pgx.Tx, asOf parcels.Date, version int64, journal parcels.LastEntry) (*parcels.Snapshot, error) {
	var rows parcels.Rows
	if err := s.readAll(ctx, tx, asOf, &rows); err != nil {
		return nil, err
	}
	snap := parcels.NewSnapshot(version, asOf, rows)
	snap.Journal = journal
	return snap, nil
}

// patience is how long a snapshot waits for a second connection before it reads everything by its own.
const patience = 100 * time.Millisecond

// readAll reads land by one connection and firms by another, which take about as long: decoding takes most of it, and so has two
// processors.
func (s *Store) readAll(ctx context.Context, tx pgx.Tx, asOf parcels.Date, rows *parcels.Rows) error {
	v := viewOf(tx, asOf)
	var err error
	if v.about, err = countsOf(ctx, tx); err != nil {
		return err
	}
	second, err := s.sameView(ctx, tx)
	if err != nil {
		return err
	}
	if second == nil {
		return v.read(ctx, rows)
	}
	defer func() { _ = second.Rollback(context.WithoutCancel(ctx)) }() // it has read only
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		defer parcels.OrPanic(&err, "read land")
		return readLand(ctx, v, rows)
	})
	group.Go(func() (err error) {
		defer parcels.OrPanic(&err, "read firms")
		of := v
		of.tx = second
		return readFirms(ctx, of, rows)
	})
	return group.Wait()
}

// countsOf are how many rows the tables have, as the server found when it last looked, by table; none of one that it has not looked at.
func countsOf(ctx context.Context, tx pgx.Tx) (map[string]int, error) {
	rows, err := tx.Query(ctx, `
		SELECT c.relname, c.reltuples::bigint
		FROM   pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE  n.nspname = 'muchan' AND c.relkind = 'r' AND c.reltuples > 0`)
	if err != nil {
		return nil, fmt.Errorf("look up the tables' sizes: %w", err)
	}
	counts, table, n := map[string]int{}, "", 0
	if _, err = pgx.ForEachRow(rows, []any{&table, &n}, func() error { counts[table] = n; return nil }); err != nil {
		return nil, fmt.Errorf("look up the tables' sizes: %w", err)
	}
	return counts, nil
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

func readLand(ctx context.Context, v view, rows *parcels.Rows) error {
	return firstError(
		func() (err error) { rows.Parks, err = readFrom(ctx, v, parkRelation); return },
		func() (err error) { rows.Zones, err = readFrom(ctx, v, zoneRelation); return },
		func() (err error) { rows.Parcels, err = readFrom(ctx, v, parcelRelation); return },
		func() (err error) { rows.Targets, err = readFrom(ctx, v, targetRelation); return },
		func() (err error) { rows.TargetValues, err = readFrom(ctx, v, targetValueRelation); return },
		func() (err error) { rows.Buildings, err = readFrom(ctx, v, buildingRelation); return },
	)
}

func readFirms(ctx context.Context, v view, rows *parcels.Rows) error {
	return firstError(
		func() (err error) { rows.Firms, err = readFrom(ctx, v, firmRelation); return },
		func() (err error) { rows.Occupancies, err = readFrom(ctx, v, occupancyRelation); return },
		func() (err error) { rows.Figures, err = readFrom(ctx, v, figuresRelation); return },
		func() (err error) { rows.Events, err = readFrom(ctx, v, eventRelation); return },
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
