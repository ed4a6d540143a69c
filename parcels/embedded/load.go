package embedded

import (
	"context"
	"database/sql"
	"sync"

	"muchan/parcels"
)

// Load begins a change whose rows come in parts, in one transaction.
func (s *Store) Load(ctx context.Context, c parcels.Change) (parcels.Loading, error) {
	l := &loading{path: s.path, after: func() {}}
	left, err := s.leaveLog(ctx)
	if err != nil {
		return nil, wrap("begin change of "+s.path, err)
	}
	if left {
		l.after = sync.OnceFunc(s.returnToLog)
	}
	if l.tx, err = s.begin(ctx, judged); err != nil {
		l.after()
		return nil, wrap("begin change of "+s.path, err)
	}
	l.w = &writer{tx: l.tx, fillings: map[string]*filling{}}
	l.ahead = parcels.NewAhead(c, l)
	return l, nil
}

// loading is a transaction that takes rows part by part.
type loading struct {
	tx     *sql.Tx
	path   string
	ahead  *parcels.Ahead
	w      *writer
	writes bool   // the change has its number
	after  func() // the end of the transaction
}

// Add implements parcels.Loading. It returns before the part is written, and with the error of the part before.
func (l *loading) Add(ctx context.Context, part *parcels.Rows) error { return l.ahead.Add(ctx, part) }

// Empty implements parcels.Transaction. A table that is empty is filled from then on.
func (l *loading) Empty(ctx context.Context, table string) (bool, error) {
	var empty bool
	err := l.tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM `+quote(table)+`)`).Scan(&empty)
	if err == nil && empty {
		err = l.w.fill(ctx, table)
	}
	return empty, wrap("read "+l.path, err)
}

// Held implements parcels.Transaction.
func (l *loading) Held(ctx context.Context, need parcels.Need) (*parcels.Held, error) {
	held, err := loadHeld(ctx, l.tx, need)
	return held, wrap("read rows to change in "+l.path, err)
}

// Write implements parcels.Transaction.
func (l *loading) Write(ctx context.Context, plan *parcels.Plan) error {
	r := &l.ahead.Receipt
	if !l.writes {
		if err := begin(ctx, l.tx, true, r); err != nil {
			return wrap("write change to "+l.path, err)
		}
		l.writes, l.w.change = true, r.Change
	}
	return wrap("write change to "+l.path, l.w.writePlan(ctx, plan))
}

// Finish implements parcels.Loading.
func (l *loading) Finish(ctx context.Context) (parcels.Receipt, error) {
	defer l.Abandon()
	if err := l.ahead.Last(ctx); err != nil {
		return parcels.Receipt{}, err
	}
	if err := l.ahead.Refused(); err != nil {
		return parcels.Receipt{}, err
	}
	same, err := sameRows(ctx, l.tx, l.ahead.ContentHash())
	if err != nil {
		return parcels.Receipt{}, wrap("look for the same change in "+l.path, err)
	}
	if same.Standing != 0 && !l.writes {
		receipt, err := repeated(ctx, l.tx, same.Standing)
		return receipt, wrap("read "+l.path, err)
	}
	if err := l.commit(ctx, same.Hash); err != nil {
		return parcels.Receipt{}, wrap("write change to "+l.path, err)
	}
	return l.ahead.Receipt, nil
}

func (l *loading) commit(ctx context.Context, hash string) error {
	r := &l.ahead.Receipt
	if !l.writes {
		if err := begin(ctx, l.tx, false, r); err != nil {
			return err
		}
	}
	if err := l.w.filled(ctx); err != nil {
		return err
	}
	if err := finish(ctx, l.tx, &l.ahead.Change, hash, 0, r); err != nil {
		return err
	}
	return l.tx.Commit()
}

// Abandon implements parcels.Loading.
func (l *loading) Abandon() {
	_ = l.ahead.Settle() // what failed is told already, or does not count
	_ = l.tx.Rollback()  // which does nothing once it was committed
	l.after()
}
