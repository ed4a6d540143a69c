package postgis

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"muchan/parcels"
)

// oneView sees the same data from the first statement to the last, whatever is written meanwhile.
var oneView = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

// reads are the statements that let a reader wait for a table, and those that end its patience.
type reads struct{ patient, usual []string }

func readsOf(opt Options) reads {
	opt.defaults()
	return reads{
		patient: []string{`SET LOCAL statement_timeout = 0`, `SET LOCAL lock_timeout = ` + milliseconds(opt.ReadLockTimeout)},
		usual:   []string{`SET LOCAL statement_timeout = ` + milliseconds(opt.StatementTimeout)},
	}
}

// entities are all tables with rows of the zone.
var entities = []string{
	parcels.ParkTable.Name, parcels.ZoneTable.Name, parcels.ParcelTable.Name, parcels.BuildingTable.Name, parcels.FirmTable.Name,
	parcels.OccupancyTable.Name, parcels.FiguresTable.Name, parcels.EventTable.Name, parcels.TargetTable.Name, parcels.TargetValueTable.Name,
}

// read reads tables in one view of the data. It waits for them before the view is taken, which the first query does: so an import that
// was waited for is seen.
func (s *Store) read(ctx context.Context, tables []string, do func(tx pgx.Tx) error) error {
	err := pgx.BeginTxFunc(ctx, s.pool, oneView, func(tx pgx.Tx) error {
		if err := s.reads.wait(ctx, tx, tables); err != nil {
			return fmt.Errorf("wait for the tables: %w", err)
		}
		return do(tx)
	})
	return classifyRead(err)
}

// wait takes the locks that reading takes, in one round trip.
func (r *reads) wait(ctx context.Context, tx pgx.Tx, tables []string) error {
	names := make([]string, len(tables))
	for i, table := range tables {
		names[i] = pgx.Identifier{"muchan", table}.Sanitize()
	}
	var batch pgx.Batch
	for _, statement := range r.patient {
		batch.Queue(statement)
	}
	batch.Queue(`LOCK TABLE ` + strings.Join(names, ", ") + ` IN ACCESS SHARE MODE`)
	for _, statement := range r.usual {
		batch.Queue(statement)
	}
	return tx.SendBatch(ctx, &batch).Close()
}

// classifyRead is classify for a reader, whom no edit makes wait.
func classifyRead(err error) error {
	var server *pgconn.PgError
	if errors.As(err, &server) && server.Code == lockTimedOut {
		return fmt.Errorf("%w: %w", parcels.ErrFilling, err)
	}
	return classify(err)
}
