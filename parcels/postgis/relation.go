package postgis

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"muchan/parcels"
)

// relation is an entity's table with the SQL made from its column list once. Every name in it comes from that list.
type relation[T any] struct {
	*parcels.Table[T]
	columns []string
	read    string // SELECT of all columns; the caller adds the conditions
	stage   string // creates the temporary table that takes a COPY
	upsert  string // moves the staged rows into the table
	remove  string // deletes the rows with the keys of the staged ones
	empty   string // empties the temporary table
}

var (
	parkRelation        = newRelation(&parcels.ParkTable)
	zoneRelation        = newRelation(&parcels.ZoneTable)
	parcelRelation      = newRelation(&parcels.ParcelTable)
	buildingRelation    = newRelation(&parcels.BuildingTable)
	firmRelation        = newRelation(&parcels.FirmTable)
	occupancyRelation   = newRelation(&parcels.OccupancyTable)
	figuresRelation     = newRelation(&parcels.FiguresTable)
	eventRelation       = newRelation(&parcels.EventTable)
	targetRelation      = newRelation(&parcels.TargetTable)
	targetValueRelation = newRelation(&parcels.TargetValueTable)
)

func newRelation[T any](t *parcels.Table[T]) *relation[T] {
	r := &relation[T]{Table: t}
	var expressions, keys, names, set []string
	for _, c := range t.Columns {
		name := pgx.Identifier{c.Name}.Sanitize()
		r.columns = append(r.columns, c.Name)
		names = append(names, name)
		expressions = append(expressions, readExpression(name, c.Kind()))
		if c.Key {
			keys = append(keys, name)
		} else {
			set = append(set, name+" = excluded."+name)
		}
	}
	list := strings.Join(names, ", ")
	r.read = fmt.Sprintf(`SELECT %s FROM %s`, strings.Join(expressions, ", "), r.name())
	r.stage = fmt.Sprintf(`CREATE TEMPORARY TABLE IF NOT EXISTS %s (LIKE %s) ON COMMIT DROP`, pgx.Identifier(r.stagePath()).Sanitize(), r.name())
	r.upsert = fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM %s ON CONFLICT (%s) DO UPDATE SET %s`,
		r.name(), list, list, pgx.Identifier(r.stagePath()).Sanitize(), strings.Join(keys, ", "), strings.Join(set, ", "))
	for i, key := range keys {
		keys[i] = "t." + key + " = s." + key
	}
	r.remove = fmt.Sprintf(`DELETE FROM %s t USING %s s WHERE %s`, r.name(), pgx.Identifier(r.stagePath()).Sanitize(), strings.Join(keys, " AND "))
	r.empty = fmt.Sprintf(`TRUNCATE %s`, pgx.Identifier(r.stagePath()).Sanitize())
	return r
}

func (r *relation[T]) name() string { return pgx.Identifier{"muchan", r.Name}.Sanitize() }

func (r *relation[T]) stagePath() pgx.Identifier { return pgx.Identifier{"pg_temp", "stage_" + r.Name} }

// readExpression turns a column into one of the few binary forms that decode reads.
func readExpression(name string, kind parcels.Kind) string {
	if kind == parcels.KindList {
		return fmt.Sprintf("array_to_string(%s, ';')", name)
	}
	return name
}
