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
	if err := copyBinary(ctx, tx, pgx.Identifier{"muchan", "journal"}, journalColumns, len(steps), r.journalled(steps, e)); err != nil {
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
	if _, err := tx.Exec(ctx, r.empty); err != nil { // of what was moved before in this transaction
		return err
	}
	if err := r.copy(ctx, tx, r.stagePath(), rows); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, statement)
	return err
}

// copy copies rows into a table with the columns of the entity's.
func (r *relation[T]) copy(ctx context.Context, tx pgx.Tx, table pgx.Identifier, rows []*T) error {
	return copyBinary(ctx, tx, table, r.columns, len(rows), func(dst []byte, i int) []byte {
		for j := range r.Columns {
			dst = appendField(dst, r.Columns[j].Field(rows[i]), r.Columns[j].Key)
		}
		return dst
	})
}

// journalColumns are in the order of journalled.
var journalColumns = []string{"change", "at", "who", "why", "entity", "key", "action", "before", "after", "shape"}

func (r *relation[T]) journalled(steps []parcels.Step[T], e *entry) func([]byte, int) []byte {
	same := appendInt8(nil, e.change)
	same = appendInt8(same, e.at.UnixMicro()-postgresEpoch.Time().UnixMicro())
	same = appendText(appendText(appendText(same, e.who), e.why), r.Name)
	return func(dst []byte, i int) []byte {
		s := &steps[i]
		dst = append(dst, same...)
		dst = appendText(appendText(dst, s.Key), string(s.Action))
		dst = r.appendContent(r.appendContent(dst, s.Before), s.After)
		if lost := r.LostShape(s); lost != nil {
			return appendShape(dst, lost)
		}
		return appendNull(dst)
	}
}

// appendContent appends a row as the journal keeps it, NULL for none.
func (r *relation[T]) appendContent(dst []byte, row *T) []byte {
	if row == nil {
		return appendNull(dst)
	}
	return sized(dst, func(dst []byte) []byte { return r.AppendJSON(dst, row) })
}
