package embedded

import (
	"context"
	"database/sql"

	"muchan/parcels"
)

// Load begins a change whose rows come in parts, in one transaction.
func (s *Store) Load(ctx context.Context, c parcels.Change) (parcels.Loading, error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, wrap("begin change of "+s.path, err)
	}
	return &loading{tx: tx, path: s.path, parts: parcels.Parts{Change: c}}, nil
}

// loading is a transaction that takes rows part by part.
type loading struct {
	tx     *sql.Tx
	path   string
	parts  parcels.Parts
	writes bool // the change has its number
}

// Add implements parcels.Loading.
func (l *loading) Add(ctx context.Context, part *parcels.Rows) error {
	plan, err := l.parts.Plan(part, l.held(ctx))
	if err != nil {
		return err
	}
	return l.write(ctx, plan)
}

func (l *loading) held(ctx context.Context) func(parcels.Need) (*parcels.Held, error) {
	return func(need parcels.Need) (*parcels.Held, error) {
		held, err := loadHeld(ctx, l.tx, need)
		return held, wrap("read rows to change in "+l.path, err)
	}
}

// write writes a plan, nil for nothing to write.
func (l *loading) write(ctx context.Context, plan *parcels.Plan) error {
	if plan == nil || plan.Len() == 0 {
		return nil
	}
	if !l.writes {
		if err := begin(ctx, l.tx, true, &l.parts.Receipt); err != nil {
			return wrap("write change to "+l.path, err)
		}
		l.writes = true
	}
	return wrap("write change to "+l.path, writePlan(ctx, l.tx, l.parts.Receipt.Change, plan))
}

// Finish implements parcels.Loading.
func (l *loading) Finish(ctx context.Context) (parcels.Receipt, error) {
	defer l.Abandon()
	plan, err := l.parts.Rest(l.held(ctx))
	if err == nil {
		err = l.write(ctx, plan)
	}
	if err != nil {
		return parcels.Receipt{}, err
	}
	hash, repeated, err := repeated(ctx, l.tx, l.parts.ContentHash())
	if repeated.Repeated && l.writes {
		repeated.Version-- // as it is once what was written is taken back
	}
	if err != nil || repeated.Repeated {
		return repeated, wrap("look for the same change in "+l.path, err)
	}
	if err := l.parts.Refused(); err != nil {
		return parcels.Receipt{}, err
	}
	r := &l.parts.Receipt
	if !l.writes {
		if err := begin(ctx, l.tx, false, r); err != nil {
			return parcels.Receipt{}, wrap("write change to "+l.path, err)
		}
	}
	if err := finish(ctx, l.tx, &l.parts.Change, hash, 0, r); err != nil {
		return parcels.Receipt{}, wrap("write change to "+l.path, err)
	}
	if err := l.tx.Commit(); err != nil {
		return parcels.Receipt{}, wrap("commit change to "+l.path, err)
	}
	return *r, nil
}

// Abandon implements parcels.Loading.
func (l *loading) Abandon() { _ = l.tx.Rollback() } // which does nothing once it was committed
