package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"muchan/geo"
)

// filling is a table that was empty and is being filled. Its triggers on INSERT are put aside, where nobody else sees it: the change writes
// the journal itself, and a spatial index made of all rows at once takes a tenth of the time of one that takes them one by one.
type filling struct {
	table string
	index string // the spatial index; empty for a table without, which is also one that somebody took it from
	aside []trigger
	fid   int64       // of the last row
	first int64       // fid of boxes[0]
	boxes []geo.Bound // of the rows from first on
}

type trigger struct{ name, sql string }

// fill begins to fill a table. Where others put triggers on it, which may change what is written, rows are written as ever.
func (w *writer) fill(ctx context.Context, table string) error {
	f := &filling{table: table}
	if err := w.tx.QueryRowContext(ctx, `SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = ?`, table).Scan(&f.fid); err != nil {
		return fmt.Errorf("number rows of %s: %w", table, err)
	}
	f.first = f.fid + 1
	strangers, err := f.look(ctx, w.tx)
	if err != nil {
		return fmt.Errorf("list triggers of %s: %w", table, err)
	}
	if strangers {
		return nil
	}
	for _, t := range f.aside {
		if _, err := w.tx.ExecContext(ctx, `DROP TRIGGER `+quote(t.name)); err != nil {
			return fmt.Errorf("put trigger %s aside: %w", t.name, err)
		}
	}
	w.fillings[table] = f
	return nil
}

// look finds the triggers to put aside, and whether strangers' stand there. GDAL names those of the index as we do, and has more of them.
func (f *filling) look(ctx context.Context, tx *sql.Tx) (strangers bool, err error) {
	index, journal := rtreeName(f.table, shapeColumnOf(f.table)), journalTrigger(f.table, "")
	rows, err := tx.QueryContext(ctx, `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?`, f.table)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		var t trigger
		if err := rows.Scan(&t.name, &t.sql); err != nil {
			return false, err
		}
		switch {
		case t.name == journal+"insert":
			f.aside = append(f.aside, t)
		case t.name == index+"_insert":
			f.aside, f.index = append(f.aside, t), index
		case !strings.HasPrefix(t.name, index+"_") && !strings.HasPrefix(t.name, journal):
			strangers = true
		}
	}
	return strangers, rows.Err()
}

// note takes the box of the next row.
func (f *filling) note(box geo.Bound) {
	f.fid++
	if f.index != "" {
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
	if last != f.fid { // the boxes would stand under wrong numbers
		return fmt.Errorf("the last row has number %d where %d was written", last, f.fid)
	}
	if f.index != "" {
		if err := writeIndex(ctx, tx, f.index, f.first, f.boxes); err != nil {
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
