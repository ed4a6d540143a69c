package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// rows reads the rows of an entity under a condition, in no order. It decodes straight from the connection's buffer, because a
// snapshot of a large zone has tens of millions of values.
func (r *relation[T]) rows(ctx context.Context, q querier, where string, args ...any) ([]T, error) {
	binary := pgx.QueryResultFormats{pgx.BinaryFormatCode}
	result, err := q.Query(ctx, r.read+where, append([]any{binary}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", r.Name, err)
	}
	defer result.Close()
	var list []T
	for result.Next() {
		var row T
		for i, raw := range result.RawValues() {
			if err := decode(r.Columns[i].Field(&row), raw); err != nil {
				return nil, fmt.Errorf("read %s %s, column %s: %w", r.Name, r.Key(&row), r.Columns[i].Name, err)
			}
		}
		list = append(list, row)
	}
	if err := result.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", r.Name, err)
	}
	return list, nil
}
