package postgis

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// entry is what the journal says about every row of one change.
type entry struct {
	change   int64
	at       time.Time
	who, why string
}

// write stores the steps of one entity and their journal: COPY into a temporary table, one statement from there, COPY into the
// journal.
func (r *relation[T]) write(ctx context.Context, tx pgx.Tx, steps []parcels.Step[T], e *entry) error {
	if len(steps) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, r.stage); err != nil {
		return fmt.Errorf("stage %s: %w", r.Name, err)
	}
	if _, err := tx.CopyFrom(ctx, r.stagePath(), r.columns, pgx.CopyFromSlice(len(steps), r.staged(steps))); err != nil {
		return fmt.Errorf("copy %s: %w", r.Name, err)
	}
	if _, err := tx.Exec(ctx, r.upsert); err != nil {
		return fmt.Errorf("write %s: %w", r.Name, err)
	}
	columns := []string{"change", "at", "who", "why", "entity", "key", "action", "before", "after"}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"muchan", "journal"}, columns, pgx.CopyFromSlice(len(steps), r.journalled(steps, e))); err != nil {
		return fmt.Errorf("journal %s: %w", r.Name, err)
	}
	return nil
}

// staged makes the values of one row at a time; pgx encodes them before it asks for the next, so one slice serves all.
func (r *relation[T]) staged(steps []parcels.Step[T]) func(int) ([]any, error) {
	values := make([]any, len(r.Columns))
	return func(i int) ([]any, error) {
		for j, c := range r.Columns {
			value, err := encode(c.Field(steps[i].After), c.Key)
			if err != nil {
				return nil, fmt.Errorf("%s, column %s: %w", steps[i].Key, c.Name, err)
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
		before = before[:0]
		var was any
		if s.Before != nil {
			before = r.AppendJSON(before, s.Before)
			was = before
		}
		after = r.AppendJSON(after[:0], s.After)
		return []any{e.change, e.at, e.who, e.why, r.Name, s.Key, string(s.Action), was, after}, nil
	}
}
