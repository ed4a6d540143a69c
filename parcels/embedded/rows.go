package embedded

import (
	"context"
	"fmt"
	"strings"

	"muchan/parcels"
)

// readRows reads the rows of a table that a condition selects. A value that cannot be understood, which only a direct edit leaves
// behind, fails the whole read with its table, key and column: a snapshot with a hole in it would be scored as if it were whole.
// About as many rows as expected make the list grow once.
func readRows[T any](ctx context.Context, q querier, t *parcels.Table[T], expected int, condition string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, selectList(t)+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.Name, err)
	}
	defer rows.Close()
	values := make([]any, len(t.Columns))
	targets := make([]any, len(t.Columns))
	for i := range values {
		targets[i] = &values[i]
	}
	list := make([]T, 0, expected)
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, fmt.Errorf("read %s: %w", t.Name, err)
		}
		list = append(list, *new(T))
		if err := setRow(t, &list[len(list)-1], values); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", t.Name, err)
	}
	return list, nil
}

// selectList begins a SELECT of all columns. The plus takes a column's declared type away from the driver, which would otherwise
// guess at times in DATE columns.
func selectList[T any](t *parcels.Table[T]) string {
	names := make([]string, len(t.Columns))
	for i := range t.Columns {
		names[i] = "+" + quote(t.Columns[i].Name)
	}
	return "SELECT " + strings.Join(names, ", ") + " FROM " + quote(t.Name) + " "
}

func setRow[T any](t *parcels.Table[T], row *T, values []any) error {
	for i := range t.Columns {
		if err := fromSQL(t.Columns[i].Field(row), values[i]); err != nil {
			return fmt.Errorf("read %s %s column %s: %w: correct it in QGIS or import the row again",
				t.Name, keyOf(t, values), t.Columns[i].Name, err)
		}
	}
	return nil
}

// keyOf joins the raw key values of a row that cannot be read.
func keyOf[T any](t *parcels.Table[T], values []any) string {
	var parts []string
	for i := range t.Columns {
		if t.Columns[i].Key {
			part := ""
			if values[i] != nil {
				part = fmt.Sprint(values[i])
			}
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "|")
}
