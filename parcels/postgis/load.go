package postgis

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// Load begins a change whose rows come in parts, in one transaction.
func (s *Store) Load(ctx context.Context, c parcels.Change) (parcels.Loading, error) {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin to load: %w", classify(err))
	}
	l := &loading{tx: tx, parts: parcels.Parts{Change: c}, end: context.WithoutCancel(ctx)}
	if err := l.begin(ctx); err != nil {
		l.Abandon()
		return nil, fmt.Errorf("begin to load: %w", classify(err))
	}
	return l, nil
}

// loading is a transaction that takes rows part by part. It decides about a part while the server still takes the one before.
type loading struct {
	tx      pgx.Tx // the writing goroutine's while there is one
	parts   parcels.Parts
	fresh   map[string]bool // tables -> they were empty before; nil until the first part
	parks   map[string]bool // codes that are known to be stored
	writing chan error      // nil when nothing is being written
	writes  bool            // the change has its number
	end     context.Context // for the end of the transaction, which has to come also when the caller's context is over
	ended   bool
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
	plan, err := l.parts.Plan(part, func(need parcels.Need) (*parcels.Held, error) { return l.heldBefore(ctx, need) })
	if err == nil {
		err = l.settle()
	}
	if err != nil {
		return fmt.Errorf("load rows: %w", classify(err))
	}
	l.writing = make(chan error, 1)
	go func(done chan<- error) { done <- l.write(ctx, plan) }(l.writing)
	return nil
}

// settle waits until what was handed over is written. Before that nobody else may use the transaction.
func (l *loading) settle() error {
	if l.writing == nil {
		return nil
	}
	err := <-l.writing
	l.writing = nil
	return err
}

// heldBefore reads what was stored before. What this load wrote itself need not be looked for: parts that bear on each other are
// entangled. So a table that was empty is not asked, nor is a park twice, and then there is nothing to wait for.
func (l *loading) heldBefore(ctx context.Context, need parcels.Need) (*parcels.Held, error) {
	if err := l.lookInto(ctx, need); err != nil {
		return nil, err
	}
	maps.DeleteFunc(need.Rows, func(table string, _ []string) bool { return l.fresh[table] })
	if l.knows(need) {
		return &parcels.Held{Codes: map[string]map[string]bool{parkRelation.Name: l.parks}}, nil
	}
	if err := l.settle(); err != nil {
		return nil, err
	}
	held, err := readHeld(ctx, l.tx, need)
	if err == nil {
		maps.Copy(l.parks, held.Codes[parkRelation.Name])
	}
	return held, err
}

// lookInto finds once which tables are empty.
func (l *loading) lookInto(ctx context.Context, need parcels.Need) error {
	if l.fresh != nil {
		return nil
	}
	l.fresh, l.parks = map[string]bool{}, map[string]bool{}
	for table, codes := range need.Rows {
		if len(codes) == 0 {
			continue
		}
		var empty bool
		if err := l.tx.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM `+pgx.Identifier{"muchan", table}.Sanitize()+`)`).Scan(&empty); err != nil {
			return fmt.Errorf("look into %s: %w", table, err)
		}
		l.fresh[table] = empty
	}
	return nil
}

// knows reports whether a need is for parks alone that are known. There are few of them, so they can be kept.
func (l *loading) knows(need parcels.Need) bool {
	for _, codes := range need.Rows {
		if len(codes) > 0 {
			return false
		}
	}
	for table, codes := range need.Codes {
		if len(codes) > 0 && (table != parkRelation.Name || slices.ContainsFunc(codes, func(code string) bool { return !l.parks[code] })) {
			return false
		}
	}
	return true
}

// write writes a plan, nil for nothing to write.
func (l *loading) write(ctx context.Context, plan *parcels.Plan) (err error) {
	if plan == nil || plan.Len() == 0 {
		return nil
	}
	r := &l.parts.Receipt
	if !l.writes {
		if r.Change, r.Version, err = begin(ctx, l.tx, true); err != nil {
			return err
		}
		l.writes = true
	}
	c := &l.parts.Change
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
	if err := l.settle(); err != nil {
		return parcels.Receipt{}, err
	}
	plan, err := l.parts.Rest(func(need parcels.Need) (*parcels.Held, error) { return readHeld(ctx, l.tx, need) })
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
		return repeated, err
	}
	if err := l.parts.Refused(); err != nil {
		return parcels.Receipt{}, err
	}
	r := &l.parts.Receipt
	if !l.writes {
		if r.Change, r.Version, err = begin(ctx, l.tx, false); err != nil {
			return parcels.Receipt{}, err
		}
	}
	if err := finish(ctx, l.tx, &l.parts.Change, hash, 0, r); err != nil {
		return parcels.Receipt{}, err
	}
	l.ended = true
	return *r, l.tx.Commit(ctx)
}

// Abandon implements parcels.Loading.
func (l *loading) Abandon() {
	if !l.ended {
		l.ended = true
		_ = l.settle()           // what failed is told already, or does not count
		_ = l.tx.Rollback(l.end) // a lost connection has rolled it back
	}
}
