package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// Load begins a change whose rows come in parts, in one transaction.
func (s *Store) Load(ctx context.Context, c parcels.Change) (parcels.Loading, error) {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin to load: %w", classify(err))
	}
	l := &loading{tx: tx, end: context.WithoutCancel(ctx)}
	l.ahead = parcels.NewAhead(c, l)
	if err := l.begin(ctx); err != nil {
		l.Abandon()
		return nil, fmt.Errorf("begin to load: %w", classify(err))
	}
	return l, nil
}

// loading is a transaction that takes rows part by part.
type loading struct {
	tx     pgx.Tx
	ahead  *parcels.Ahead
	writes bool            // the change has its number
	last   int64           // the journal's last entry before it
	aside  []index         // to be made at the end
	end    context.Context // for the end of the transaction, which has to come also when the caller's context is over
	ended  bool
}

// asksByIndex makes the questions that each part asks, and the triggers after it, look up the part's rows: nobody has counted the rows of
// a table that is being filled, and a plan that reads all of them for each part would take time by the square. Plans made before for a
// small table go.
var asksByIndex = []string{`SET LOCAL enable_seqscan = off`, `SET LOCAL enable_hashjoin = off`, `SET LOCAL enable_mergejoin = off`, `DISCARD PLANS`}

func (l *loading) begin(ctx context.Context) error {
	if err := waitForWriters(ctx, l.tx); err != nil {
		return err
	}
	for _, statement := range asksByIndex {
		if _, err := l.tx.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// Add implements parcels.Loading. It returns before the server has taken the part, and with the error of the part before.
func (l *loading) Add(ctx context.Context, part *parcels.Rows) error {
	if err := l.ahead.Add(ctx, part); err != nil {
		return fmt.Errorf("load rows: %w", classify(err))
	}
	return nil
}

// Empty implements parcels.Transaction. A table that is empty is filled from then on.
func (l *loading) Empty(ctx context.Context, table string) (empty bool, err error) {
	err = l.tx.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM `+pgx.Identifier{"muchan", table}.Sanitize()+`)`).Scan(&empty)
	if err != nil || !empty {
		return false, err
	}
	aside, err := putAside(ctx, l.tx, table)
	l.aside = append(l.aside, aside...)
	return true, err
}

// Held implements parcels.Transaction.
func (l *loading) Held(ctx context.Context, need parcels.Need) (*parcels.Held, error) {
	return readHeld(ctx, l.tx, need)
}

// Write implements parcels.Transaction.
func (l *loading) Write(ctx context.Context, plan *parcels.Plan) (err error) {
	r := &l.ahead.Receipt
	if !l.writes {
		if l.last, err = begin(ctx, l.tx, r, true, true); err != nil {
			return err
		}
		l.writes = true
	}
	c := &l.ahead.Change
	return write(ctx, l.tx, plan, &entry{change: r.Change, at: c.When, who: c.Who, why: c.Why})
}

// Finish implements parcels.Loading.
func (l *loading) Finish(ctx context.Context) (parcels.Receipt, error) {
	defer l.Abandon()
	receipt, err := l.finish(ctx)
	if err != nil {
		return parcels.Receipt{}, fmt.Errorf("load: %w", classify(err))
	}
	return receipt, nil
}

func (l *loading) finish(ctx context.Context) (parcels.Receipt, error) {
	if err := l.ahead.Last(ctx); err != nil {
		return parcels.Receipt{}, err
	}
	if err := l.ahead.Refused(); err != nil {
		return parcels.Receipt{}, err
	}
	same, err := sameRows(ctx, l.tx, l.ahead.ContentHash())
	if err != nil {
		return parcels.Receipt{}, err
	}
	if same.Standing != 0 && !l.writes {
		return repeated(ctx, l.tx, same.Standing)
	}
	r := &l.ahead.Receipt
	if !l.writes {
		if l.last, err = begin(ctx, l.tx, r, false, false); err != nil {
			return parcels.Receipt{}, err
		}
	}
	if err := makeIndexes(ctx, l.tx, l.aside); err != nil {
		return parcels.Receipt{}, err
	}
	if err := finish(ctx, l.tx, &l.ahead.Change, same.Hash, 0, l.last, r); err != nil {
		return parcels.Receipt{}, err
	}
	l.ended = true
	return *r, l.tx.Commit(ctx)
}

// Abandon implements parcels.Loading.
func (l *loading) Abandon() {
	if !l.ended {
		l.ended = true
		_ = l.ahead.Settle()     // what failed is told already, or does not count
		_ = l.tx.Rollback(l.end) // a lost connection has rolled it back
	}
}
