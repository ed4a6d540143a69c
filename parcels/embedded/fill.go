package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"muchan/geo"
)

// filling is a table that was empty and is being filled. Its triggers on INSERT are put aside, where nobody else sees it: the change writes
// the journal itself, and a spatial index made of all rows at once takes a tenth of the time of one that takes them one by one.
type filling struct {
	table, shape string // shape is empty for a table without
	aside        []trigger
	fid          int64       // of the last row
	first        int64       // fid of boxes[0]
	boxes        []geo.Bound // of the rows from first on
}

type trigger struct{ name, sql string }

// fill begins to fill a table.
func (w *writer) fill(ctx context.Context, table string) error {
	f := &filling{table: table, shape: shapeColumnOf(table)}
	if err := w.tx.QueryRowContext(ctx, `SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = ?`, table).Scan(&f.fid); err != nil {
		return fmt.Errorf("number rows of %s: %w", table, err)
	}
	f.first = f.fid + 1
	if err := f.putAside(ctx, w.tx); err != nil {
		return fmt.Errorf("put triggers of %s aside: %w", table, err)
	}
	w.fillings[table] = f
	return nil
}

// putAside leaves triggers that others made.
func (f *filling) putAside(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN (?, ?)`,
		journalTrigger(f.table, "insert"), rtreeName(f.table, f.shape)+"_insert")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var t trigger
		if err := rows.Scan(&t.name, &t.sql); err != nil {
			return err
		}
		f.aside = append(f.aside, t)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, t := range f.aside {
		if _, err := tx.ExecContext(ctx, `DROP TRIGGER `+quote(t.name)); err != nil {
			return err
		}
	}
	return nil
}

// note takes the box of the next row.
func (f *filling) note(box geo.Bound) {
	f.fid++
	if f.shape != "" {
		f.boxes = append(f.boxes, box)
	}
}

// filled ends all fillings.
func (w *writer) filled(ctx context.Context) error {
	for table, f := range w.fillings {
		if err := f.end(ctx, w.tx); err != nil {
			return fmt.Errorf("end filling of %s: %w", table, err)
		}
		delete(w.fillings, table)
	}
	return nil
}

// end builds the index and puts the triggers back.
func (f *filling) end(ctx context.Context, tx *sql.Tx) error {
	var last int64
	if err := tx.QueryRowContext(ctx, `SELECT ifnull(max(fid), ?) FROM `+quote(f.table), f.fid).Scan(&last); err != nil {
		return err
	}
	if last != f.fid {
		return fmt.Errorf("the last row has number %d where %d was written: a trigger that is not ours adds rows or leaves some out; remove it and import again", last, f.fid)
	}
	if f.shape != "" {
		if err := writeIndex(ctx, tx, rtreeName(f.table, f.shape), f.first, f.boxes); err != nil {
			return fmt.Errorf("spatial index: %w", err)
		}
	}
	for _, t := range slices.Backward(f.aside) {
		if _, err := tx.ExecContext(ctx, t.sql); err != nil {
			return fmt.Errorf("put back trigger %s: %w", t.name, err)
		}
	}
	return nil
}
