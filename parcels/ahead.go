package parcels

import (
	"cmp"
	"context"
	"fmt"
	"maps"
)

// Ahead decides about a part of a load while the store still writes the one before. Stores make their Loading of it. One goroutine at a
// time may use it.
type Ahead struct {
	Parts
	store   Transaction
	fresh   map[string]bool // tables that parts have had rows of -> they were empty before
	parks   map[string]bool // codes that are known to be stored
	writing chan error      // nil when nothing is being written
	failed  error           // the first that writing met; the load cannot end well after it
}

// Transaction is what a load asks of the store's transaction. Only one of these is called at a time.
type Transaction interface {
	Empty(ctx context.Context, table string) (bool, error) // asked once of each table, before its first rows are written
	Held(ctx context.Context, need Need) (*Held, error)
	Write(ctx context.Context, plan *Plan) error
}

// NewAhead makes the Ahead of a change, without rows, that is written in a transaction.
func NewAhead(c Change, store Transaction) *Ahead {
	return &Ahead{Parts: Parts{Change: c}, store: store, fresh: map[string]bool{}, parks: map[string]bool{}}
}

// Add decides about a part and has it written, which goes on when Add returns. Its error may be that of the part before.
func (a *Ahead) Add(ctx context.Context, part *Rows) error {
	plan, err := a.Plan(part, func(need Need) (*Held, error) { return a.heldBefore(ctx, need) })
	if err == nil {
		err = a.Settle()
	}
	if err != nil {
		return err
	}
	a.writing = make(chan error, 1)
	go func(done chan<- error) { done <- a.write(ctx, plan) }(a.writing)
	return nil
}

// Last waits and writes the rows that waited for all others.
func (a *Ahead) Last(ctx context.Context) error {
	if err := a.Settle(); err != nil {
		return err
	}
	plan, err := a.Rest(func(need Need) (*Held, error) { return a.store.Held(ctx, need) })
	if err != nil {
		return err
	}
	return a.write(ctx, plan)
}

// Settle waits until what was handed over is written. Before that nobody else may use the transaction.
func (a *Ahead) Settle() error {
	if a.writing != nil {
		err := <-a.writing
		a.writing, a.failed = nil, cmp.Or(a.failed, err)
	}
	return a.failed
}

// write writes a plan, nil for nothing to write.
func (a *Ahead) write(ctx context.Context, plan *Plan) error {
	if plan == nil || plan.Len() == 0 {
		return nil
	}
	return a.store.Write(ctx, plan)
}

// heldBefore reads what was stored before. What this load wrote itself need not be looked for: parts that bear on each other are
// entangled. So a table that was empty is not asked, nor is a park twice, and then there is nothing to wait for.
func (a *Ahead) heldBefore(ctx context.Context, need Need) (*Held, error) {
	if err := a.lookInto(ctx, need); err != nil {
		return nil, err
	}
	maps.DeleteFunc(need.Rows, func(table string, _ []string) bool { return a.fresh[table] })
	if a.knows(need) {
		return &Held{Codes: map[string]map[string]bool{ParkTable.Name: a.parks}}, nil
	}
	if err := a.Settle(); err != nil {
		return nil, err
	}
	held, err := a.store.Held(ctx, need)
	if err == nil {
		maps.Copy(a.parks, held.Codes[ParkTable.Name])
	}
	return held, err
}

// lookInto finds once of each table whether it is empty.
func (a *Ahead) lookInto(ctx context.Context, need Need) error {
	for table, codes := range need.Rows {
		if _, known := a.fresh[table]; known || len(codes) == 0 {
			continue
		}
		if err := a.Settle(); err != nil {
			return err
		}
		empty, err := a.store.Empty(ctx, table)
		if err != nil {
			return fmt.Errorf("look into %s: %w", table, err)
		}
		a.fresh[table] = empty
	}
	return nil
}

// knows reports whether a need is for parks alone that are known. There are few of them, so they can be kept.
func (a *Ahead) knows(need Need) bool {
	for _, codes := range need.Rows {
		if len(codes) > 0 {
			return false
		}
	}
	for table, codes := range need.Codes {
		for _, code := range codes {
			if table != ParkTable.Name || !a.parks[code] {
				return false
			}
		}
	}
	return true
}
