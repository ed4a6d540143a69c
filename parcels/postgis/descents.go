package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"muchan/parcels"
)

// Descents lists which parcels were made from which, over all editions.
func (s *Store) Descents(ctx context.Context) (list []parcels.Descent, err error) {
	err = s.read(ctx, []string{parcels.ParcelTable.Name}, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT code, parents, valid_from FROM muchan.parcels WHERE cardinality(parents) > 0`)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (d parcels.Descent, err error) {
			var from pgtype.Date
			err = row.Scan(&d.Parcel, &d.Parents, &from)
			d.From = dateOf(from)
			return d, err
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the descents: %w", err)
	}
	parcels.SortDescents(list)
	return list, nil
}
