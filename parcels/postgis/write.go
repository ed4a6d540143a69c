package postgis

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/geo"
	"muchan/parcels"
)

// entry is what the journal says about every row of one change.
type entry struct {
	change   int64
	at       time.Time
	who, why string
}

// write stores the steps of one entity and COPYs their journal.
func (r *relation[T]) write(ctx context.Context, tx pgx.Tx, steps []parcels.Step[T], e *entry) error {
	if len(steps) == 0 {
		return nil
	}
	gone, kept := split(steps)
	var err error
	if allNew(steps) {
		err = r.copy(ctx, tx, pgx.Identifier{"muchan", r.Name}, kept)
	} else {
		err = r.replace(ctx, tx, gone, kept)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", r.Name, err)
	}
	columns := []string{"change", "at", "who", "why", "entity", "key", "action", "before", "after", "shape"}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"muchan", "journal"}, columns, pgx.CopyFromSlice(len(steps), r.journalled(steps, e))); err != nil {
		return fmt.Errorf("journal %s: %w", r.Name, err)
	}
	return nil
}

// allNew tells steps that meet no stored row, as in the first import of a file: they are copied straight into the table. Writers take
// turns, so what the plan found absent still is.
func allNew[T any](steps []parcels.Step[T]) bool {
	for i := range steps {
		if steps[i].Action != parcels.ActionInsert {
			return false
		}
	}
	return true
}

// replace writes rows over stored ones: COPY into a temporary table, one statement from there.
func (r *relation[T]) replace(ctx context.Context, tx pgx.Tx, gone, kept []*T) error {
	if _, err := tx.Exec(ctx, r.stage); err != nil {
		return fmt.Errorf("stage: %w", err)
	}
	if len(gone) > 0 {
		if err := r.move(ctx, tx, gone, r.remove); err != nil {
			return fmt.Errorf("delete: %w", err)
		}
		if _, err := tx.Exec(ctx, r.empty); err != nil {
			return fmt.Errorf("stage: %w", err)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return r.move(ctx, tx, kept, r.upsert)
}

// split parts the rows that an undo takes away from those that are written.
func split[T any](steps []parcels.Step[T]) (gone, kept []*T) {
	for i := range steps {
		if steps[i].After == nil {
			gone = append(gone, steps[i].Before)
		} else {
			kept = append(kept, steps[i].After)
		}
	}
	return gone, kept
}

// move copies rows into the temporary table and runs a statement from there.
func (r *relation[T]) move(ctx context.Context, tx pgx.Tx, rows []*T, statement string) error {
	if err := r.copy(ctx, tx, r.stagePath(), rows); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, statement)
	return err
}

// copy copies rows into a table with the columns of the entity's.
func (r *relation[T]) copy(ctx context.Context, tx pgx.Tx, table pgx.Identifier, rows []*T) error {
	if _, err := tx.CopyFrom(ctx, table, r.columns, pgx.CopyFromSlice(len(rows), r.values(rows))); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}

// values makes the values of one row at a time; pgx encodes them before it asks for the next, so one slice serves all.
func (r *relation[T]) values(rows []*T) func(int) ([]any, error) {
	values := make([]any, len(r.Columns))
	return func(i int) ([]any, error) {
		for j, c := range r.Columns {
			value, err := encode(c.Field(rows[i]), c.Key)
			if err != nil {
				return nil, fmt.Errorf("%s, column %s: %w", r.Key(rows[i]), c.Name, err)
			}
			values[j] = value
		}
		return values, nil
	}
}

func (r *relation[T]) journalled(steps []parcels.Step[T], e *entry) func(int) ([]any, error) {
	var before, after []byte
	return func(i int) ([]any, error) {
		s := &steps[i]
		var was, is, shape any
		if s.Before != nil {
			before = r.AppendJSON(before[:0], s.Before)
			was = before
		}
		if s.After != nil {
			after = r.AppendJSON(after[:0], s.After)
			is = after
		}
		if lost := r.LostShape(s); lost != nil {
			var err error
			if shape, err = geo.EncodeEWKB(lost); err != nil {
				return nil, fmt.Errorf("%s: %w", s.Key, err)
			}
		}
		return []any{e.change, e.at, e.who, e.why, r.Name, s.Key, string(s.Action), was, is, shape}, nil
	}
}
