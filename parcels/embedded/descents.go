package embedded

import (
	"context"
	"fmt"

	"muchan/parcels"
)

// Descents lists which parcels were made from which, over all editions.
func (s *Store) Descents(ctx context.Context) ([]parcels.Descent, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT +code, +parents, +valid_from FROM parcels WHERE parents IS NOT NULL`)
	if err != nil {
		return nil, wrap("read descents of "+s.path, err)
	}
	defer rows.Close()
	var list []parcels.Descent
	for rows.Next() {
		var d parcels.Descent
		var values [3]any
		if err := rows.Scan(&values[0], &values[1], &values[2]); err != nil {
			return nil, wrap("read descents of "+s.path, err)
		}
		for i, field := range []any{&d.Parcel, &d.Parents, &d.From} {
			if err := fromSQL(field, values[i]); err != nil {
				return nil, fmt.Errorf("read descents of %s: parcel %v: %w", s.path, values[0], err)
			}
		}
		list = append(list, d)
	}
	parcels.SortDescents(list)
	return list, wrap("read descents of "+s.path, rows.Err())
}
