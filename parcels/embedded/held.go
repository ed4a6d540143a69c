package embedded

import (
	"context"
	"encoding/json"
	"fmt"

	"muchan/parcels"
)

// loadHeld reads what decides about a change. Keys go in as one JSON list, so that the statement does not grow with the change.
func loadHeld(ctx context.Context, q querier, need parcels.Need) (*parcels.Held, error) {
	held := &parcels.Held{Codes: map[string]map[string]bool{}}
	r := &held.Rows
	loads := []func() error{
		func() error { return load(ctx, q, &parcels.ParkTable, need, &r.Parks) },
		func() error { return load(ctx, q, &parcels.ZoneTable, need, &r.Zones) },
		func() error { return load(ctx, q, &parcels.ParcelTable, need, &r.Parcels) },
		func() error { return load(ctx, q, &parcels.BuildingTable, need, &r.Buildings) },
		func() error { return load(ctx, q, &parcels.FirmTable, need, &r.Firms) },
		func() error { return load(ctx, q, &parcels.OccupancyTable, need, &r.Occupancies) },
		func() error { return load(ctx, q, &parcels.FiguresTable, need, &r.Figures) },
		func() error { return load(ctx, q, &parcels.EventTable, need, &r.Events) },
		func() error { return load(ctx, q, &parcels.TargetTable, need, &r.Targets) },
		func() error { return load(ctx, q, &parcels.TargetValueTable, need, &r.TargetValues) },
		func() error { return known(ctx, q, &parcels.ParkTable, need, held) },
		func() error { return known(ctx, q, &parcels.ParcelTable, need, held) },
		func() error { return known(ctx, q, &parcels.BuildingTable, need, held) },
		func() error { return known(ctx, q, &parcels.FirmTable, need, held) },
		func() error { return known(ctx, q, &parcels.TargetTable, need, held) },
	}
	for _, f := range loads {
		if err := f(); err != nil {
			return nil, err
		}
	}
	return held, nil
}

func load[T any](ctx context.Context, q querier, t *parcels.Table[T], need parcels.Need, into *[]T) error {
	codes := need.Rows[t.Name]
	if len(codes) == 0 {
		return nil
	}
	list, err := json.Marshal(codes)
	if err != nil {
		return fmt.Errorf("list keys of %s: %w", t.Name, err)
	}
	*into, err = readRows(ctx, q, t, len(codes), `WHERE `+quote(t.CodeColumn())+` IN (SELECT value FROM json_each(?))`, string(list))
	return err
}

func known[T any](ctx context.Context, q querier, t *parcels.Table[T], need parcels.Need, held *parcels.Held) error {
	codes := need.Codes[t.Name]
	if len(codes) == 0 {
		return nil
	}
	list, err := json.Marshal(codes)
	if err != nil {
		return fmt.Errorf("list references to %s: %w", t.Name, err)
	}
	column := quote(t.CodeColumn())
	rows, err := q.QueryContext(ctx, `
		SELECT DISTINCT `+column+`
		FROM `+quote(t.Name)+`
		WHERE `+column+` IN (SELECT value FROM json_each(?))`, string(list))
	if err != nil {
		return fmt.Errorf("find references to %s: %w", t.Name, err)
	}
	defer rows.Close()
	found := make(map[string]bool, len(codes))
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			return fmt.Errorf("find references to %s: %w", t.Name, err)
		}
		found[code] = true
	}
	held.Codes[t.Name] = found
	return rows.Err()
}
