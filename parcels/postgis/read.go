package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"muchan/geo"
)

// rows reads the rows of an entity under a condition, in no order. It decodes straight from the connection's buffer, because a
// snapshot of a large zone has tens of millions of values.
func (r *relation[T]) rows(ctx context.Context, q querier, where string, args ...any) ([]T, error) {
	return r.rowsAbout(ctx, q, 0, where, args...)
}

// rowsAbout is rows where about so many are expected; 0 where nobody knows.
func (r *relation[T]) rowsAbout(ctx context.Context, q querier, expected int, where string, args ...any) ([]T, error) {
	binary := pgx.QueryResultFormats{pgx.BinaryFormatCode}
	result, err := q.Query(ctx, r.read+where, append([]any{binary}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", r.Name, err)
	}
	defer result.Close()
	list := blocksFor[T](expected)
	texts, shapes := newTexts(len(r.Columns)), geo.ShapeRoom{}
	for result.Next() {
		row := list.next()
		for i, raw := range result.RawValues() {
			field := r.Columns[i].Field(row)
			if text, ok := field.(*string); ok {
				texts.read(text, i, raw)
			} else if err := decode(field, raw, &shapes); err != nil {
				texts.settle()
				return nil, fmt.Errorf("read %s %s, column %s: %w", r.Name, r.Key(row), r.Columns[i].Name, err)
			}
		}
		texts.end()
	}
	texts.settle()
	if err := result.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", r.Name, err)
	}
	return list.joined(), nil
}
