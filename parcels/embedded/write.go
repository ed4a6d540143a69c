package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"muchan/geo"
	"muchan/parcels"
)

// batchValues is how many values one INSERT carries: enough to make the cost of a statement vanish, which with triggers about is also that
// of keeping a copy of each page it changes. From 500 to 8000 a long import takes a tenth less processor time.
const batchValues = 8000

// writer writes the steps of one change.
type writer struct {
	tx       *sql.Tx
	change   int64
	fillings map[string]*filling // by table
}

// writeSteps writes the rows of one table, then their journal.
func writeSteps[T any](ctx context.Context, w *writer, t *parcels.Table[T], steps []parcels.Step[T]) error {
	if len(steps) == 0 {
		return nil
	}
	if w.fillings[t.Name] != nil && slices.ContainsFunc(steps, func(s parcels.Step[T]) bool { return s.Before != nil }) {
		if err := w.filled(ctx); err != nil { // the triggers on other events expect the index
			return err
		}
	}
	if err := deleteRows(ctx, w, t, steps); err != nil {
		return fmt.Errorf("delete from %s: %w", t.Name, err)
	}
	if err := updateRows(ctx, w, t, steps); err != nil {
		return fmt.Errorf("update %s: %w", t.Name, err)
	}
	if err := insertRows(ctx, w, t, steps); err != nil {
		return fmt.Errorf("insert %s: %w", t.Name, err)
	}
	if err := journalSteps(ctx, w, t, steps); err != nil {
		return fmt.Errorf("journal %s: %w", t.Name, err)
	}
	if err := noteExtent(ctx, w, t, steps); err != nil {
		return fmt.Errorf("note extent of %s: %w", t.Name, err)
	}
	return nil
}

// batch gathers rows of values and writes them with one INSERT for many.
type batch struct {
	tx     *sql.Tx
	insert string // "INSERT INTO t (a, b) VALUES "
	width  int
	full   *sql.Stmt // for a full batch
	rows   int
	values []any
}

func newBatch(tx *sql.Tx, table string, columns []string) *batch {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = quote(c)
	}
	return &batch{
		tx: tx, width: len(columns), rows: max(1, batchValues/len(columns)),
		insert: "INSERT INTO " + quote(table) + " (" + strings.Join(quoted, ", ") + ") VALUES ",
	}
}

// add takes over the values of one row, appended to b.values by the caller, and writes when the batch is full.
func (b *batch) add(ctx context.Context) (err error) {
	if len(b.values) < b.rows*b.width {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if b.full == nil {
		if b.full, err = b.tx.PrepareContext(ctx, b.statement(b.rows)); err != nil {
			return err
		}
	}
	// A context that can end costs the driver a goroutine for each statement; it was asked just now.
	_, err = b.full.ExecContext(context.WithoutCancel(ctx), b.values...)
	b.values = b.values[:0]
	return err
}

// end writes what is left and lets the prepared statement go.
func (b *batch) end(ctx context.Context) error {
	if b.full != nil {
		if err := b.full.Close(); err != nil {
			return err
		}
	}
	if len(b.values) == 0 {
		return nil
	}
	_, err := b.tx.ExecContext(ctx, b.statement(len(b.values)/b.width), b.values...)
	return err
}

func (b *batch) statement(rows int) string {
	row := "(" + strings.Repeat("?, ", b.width-1) + "?)"
	return b.insert + strings.Repeat(row+", ", rows-1) + row
}

func insertRows[T any](ctx context.Context, w *writer, t *parcels.Table[T], steps []parcels.Step[T]) error {
	columns := make([]string, len(t.Columns))
	for i := range t.Columns {
		columns[i] = t.Columns[i].Name
	}
	b, f, bound := newBatch(w.tx, t.Name, columns), w.fillings[t.Name], boundOf(t)
	for i := range steps {
		if steps[i].Before != nil {
			continue
		}
		if f != nil {
			f.note(bound(steps[i].After))
		}
		b.values = appendRow(b.values, t, steps[i].After)
		if err := b.add(ctx); err != nil {
			return err
		}
	}
	return b.end(ctx)
}

func appendRow[T any](values []any, t *parcels.Table[T], row *T) []any {
	for i := range t.Columns {
		values = append(values, toSQL(t.Columns[i].Field(row)))
	}
	return values
}

// updateRows rewrites rows in place, so that they keep their fid, which open QGIS sessions refer to.
func updateRows[T any](ctx context.Context, w *writer, t *parcels.Table[T], steps []parcels.Step[T]) error {
	var stmt *sql.Stmt
	var values []any
	for i := range steps {
		if steps[i].Before == nil || steps[i].After == nil {
			continue
		}
		err := ctx.Err()
		if err == nil && stmt == nil {
			if stmt, err = w.tx.PrepareContext(ctx, updateStatement(t)); err == nil {
				defer stmt.Close()
			}
		}
		if err != nil {
			return err
		}
		values = appendRow(values[:0], t, steps[i].After)
		if _, err := stmt.ExecContext(context.WithoutCancel(ctx), values...); err != nil {
			return fmt.Errorf("%s: %w", steps[i].Key, err)
		}
	}
	return nil
}

func updateStatement[T any](t *parcels.Table[T]) string {
	var set []string
	for i := range t.Columns {
		if c := &t.Columns[i]; !c.Key {
			set = append(set, fmt.Sprintf("%s = ?%d", quote(c.Name), i+1))
		}
	}
	return "UPDATE " + quote(t.Name) + " SET " + strings.Join(set, ", ") + whereKey(t)
}

// whereKey selects the row whose key columns have the values at their places among all columns.
func whereKey[T any](t *parcels.Table[T]) string {
	var where []string
	for i := range t.Columns {
		switch c := &t.Columns[i]; {
		case !c.Key:
		case c.Required:
			where = append(where, fmt.Sprintf("%s = ?%d", quote(c.Name), i+1))
		default:
			where = append(where, fmt.Sprintf("ifnull(%s, '') = ifnull(?%d, '')", quote(c.Name), i+1)) // as in the key's index
		}
	}
	return " WHERE " + strings.Join(where, " AND ")
}

// deleteRows takes away the rows that an undo had to.
func deleteRows[T any](ctx context.Context, w *writer, t *parcels.Table[T], steps []parcels.Step[T]) error {
	var values []any
	for i := range steps {
		if steps[i].After != nil {
			continue
		}
		values = appendRow(values[:0], t, steps[i].Before)
		if _, err := w.tx.ExecContext(ctx, "DELETE FROM "+quote(t.Name)+whereKey(t), values...); err != nil {
			return fmt.Errorf("%s: %w", steps[i].Key, err)
		}
	}
	return nil
}

func journalSteps[T any](ctx context.Context, w *writer, t *parcels.Table[T], steps []parcels.Step[T]) error {
	b := newBatch(w.tx, "journal", []string{"change", "entity", "key", "action", "before", "after", "shape"})
	var buf []byte
	for i := range steps {
		var before, after, shape any
		if steps[i].Before != nil {
			buf = t.AppendJSON(buf[:0], steps[i].Before)
			before = string(buf)
		}
		if steps[i].After != nil {
			buf = t.AppendJSON(buf[:0], steps[i].After)
			after = string(buf)
		}
		if lost := t.LostShape(&steps[i]); lost != nil {
			shape = geo.EncodeGPB(lost, srsID)
		}
		b.values = append(b.values, w.change, t.Name, steps[i].Key, string(steps[i].Action), before, after, shape)
		if err := b.add(ctx); err != nil {
			return err
		}
	}
	return b.end(ctx)
}

// noteExtent widens the layer's extent, which GIS clients zoom to, and dates its last change.
func noteExtent[T any](ctx context.Context, w *writer, t *parcels.Table[T], steps []parcels.Step[T]) error {
	const dated = `UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`
	if describe(t).shapeColumn() == "" {
		_, err := w.tx.ExecContext(ctx, dated+` WHERE table_name = ?`, t.Name)
		return err
	}
	bound := boundOf(t)
	box := bound(rowOf(&steps[0]))
	for i := range steps {
		box = box.Union(bound(rowOf(&steps[i])))
	}
	_, err := w.tx.ExecContext(ctx, dated+`,
			min_x = min(ifnull(min_x, ?1), ?1), min_y = min(ifnull(min_y, ?2), ?2),
			max_x = max(ifnull(max_x, ?3), ?3), max_y = max(ifnull(max_y, ?4), ?4)
		WHERE table_name = ?5`, box.Min[0], box.Min[1], box.Max[0], box.Max[1], t.Name)
	return err
}

// boundOf gives the box of a row's shape, an empty one for a row of a table without.
func boundOf[T any](t *parcels.Table[T]) func(*T) geo.Bound {
	for i := range t.Columns {
		if field := t.Columns[i].Field; t.Columns[i].Kind() == parcels.KindShape {
			return func(row *T) geo.Bound { return field(row).(*geo.Shape).Bound() }
		}
	}
	return func(*T) geo.Bound { return geo.Shape(nil).Bound() }
}

// rowOf is the row a step writes or takes away.
func rowOf[T any](s *parcels.Step[T]) *T {
	if s.After != nil {
		return s.After
	}
	return s.Before
}
