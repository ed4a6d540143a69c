package export

import (
	"slices"

	"muchan/parcels"
	"muchan/tiles/layers"
)

// InParks keeps the rows of some parks, of every layer; nil when no park is named, which keeps all.
func InParks(snap *parcels.Snapshot, parks []string) func(t *layers.Table, row int) bool {
	if len(parks) == 0 {
		return nil
	}
	return func(t *layers.Table, row int) bool { return slices.Contains(parks, parkOf(snap, t, row)) }
}

// parkOf is the park a feature belongs to: its own column, itself, or that of its parcel.
func parkOf(snap *parcels.Snapshot, t *layers.Table, row int) string {
	field := map[string]string{layers.Parks: "code", layers.Buildings: "parcel"}[t.Layer.Name]
	if field == "" {
		field = "park"
	}
	col, ok := t.FieldIndex(field)
	if !ok {
		return ""
	}
	v, _ := t.Value(row, col)
	code, _ := v.(string)
	if t.Layer.Name != layers.Buildings {
		return code
	}
	if p := snap.Parcel(code); p != nil {
		return p.Park
	}
	return ""
}
