package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// readHeld reads what the plan of a change has to know.
func readHeld(ctx context.Context, tx pgx.Tx, need parcels.Need) (*parcels.Held, error) {
	held := &parcels.Held{Codes: map[string]map[string]bool{}}
	rows := &held.Rows
	err := firstError(
		func() (err error) { rows.Parks, err = parkRelation.held(ctx, tx, need); return },
		func() (err error) { rows.Zones, err = zoneRelation.held(ctx, tx, need); return },
		func() (err error) { rows.Parcels, err = parcelRelation.held(ctx, tx, need); return },
		func() (err error) { rows.Buildings, err = buildingRelation.held(ctx, tx, need); return },
		func() (err error) { rows.Firms, err = firmRelation.held(ctx, tx, need); return },
		func() (err error) { rows.Occupancies, err = occupancyRelation.held(ctx, tx, need); return },
		func() (err error) { rows.Figures, err = figuresRelation.held(ctx, tx, need); return },
		func() (err error) { rows.Events, err = eventRelation.held(ctx, tx, need); return },
		func() (err error) { rows.Targets, err = targetRelation.held(ctx, tx, need); return },
		func() (err error) { rows.TargetValues, err = targetValueRelation.held(ctx, tx, need); return },
		func() error { return parkRelation.known(ctx, tx, need, held) },
		func() error { return parcelRelation.known(ctx, tx, need, held) },
		func() error { return buildingRelation.known(ctx, tx, need, held) },
		func() error { return firmRelation.known(ctx, tx, need, held) },
		func() error { return targetRelation.known(ctx, tx, need, held) },
	)
	return held, err
}

// held reads the needed rows of a table whole.
func (r *relation[T]) held(ctx context.Context, tx pgx.Tx, need parcels.Need) ([]T, error) {
	codes := need.Rows[r.Name]
	if len(codes) == 0 {
		return nil, nil
	}
	return r.rows(ctx, tx, ` WHERE `+pgx.Identifier{r.CodeColumn()}.Sanitize()+` = ANY ($1)`, codes)
}

// known marks which of the needed codes of a table exist.
func (r *relation[T]) known(ctx context.Context, tx pgx.Tx, need parcels.Need, held *parcels.Held) error {
	codes := need.Codes[r.Name]
	if len(codes) == 0 {
		return nil
	}
	column := pgx.Identifier{r.CodeColumn()}.Sanitize()
	rows, err := tx.Query(ctx, `SELECT DISTINCT `+column+` FROM `+r.name()+` WHERE `+column+` = ANY ($1)`, codes)
	if err != nil {
		return fmt.Errorf("look up %s: %w", r.Name, err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("look up %s: %w", r.Name, err)
	}
	known := make(map[string]bool, len(found))
	for _, code := range found {
		known[code] = true
	}
	held.Codes[r.Name] = known
	return nil
}
