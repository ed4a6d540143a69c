package embedded

import (
	"strings"

	"muchan/parcels"
)

// entity is what SQL has to know of a parcels.Table.
type entity struct {
	name    string
	title   string
	columns []column
}

// column is a parcels.Column without its row type.
type column struct {
	name, title, titleEn, unit string
	kind                       parcels.Kind
	key, required              bool
	enum                       []string
}

// entities lists all tables in the order in which references allow to write them.
func entities() []entity {
	return []entity{
		describe(&parcels.ParkTable), describe(&parcels.ZoneTable), describe(&parcels.ParcelTable), describe(&parcels.BuildingTable),
		describe(&parcels.FirmTable), describe(&parcels.OccupancyTable), describe(&parcels.FiguresTable), describe(&parcels.EventTable),
		describe(&parcels.TargetTable), describe(&parcels.TargetValueTable),
	}
}

func describe[T any](t *parcels.Table[T]) entity {
	e := entity{name: t.Name, title: t.Title}
	for _, c := range t.Columns {
		e.columns = append(e.columns, column{
			name: c.Name, title: c.Title, titleEn: c.TitleEn, unit: c.Unit, kind: c.Kind(), key: c.Key, required: c.Required, enum: c.Enum,
		})
	}
	return e
}

// quote makes an SQL name. Some columns are SQL words: "from", "to", "on", "use".
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// text makes an SQL text literal.
func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// shapeColumnOf is as entity.shapeColumn.
func shapeColumnOf(table string) string {
	for _, e := range entities() {
		if e.name == table {
			return e.shapeColumn()
		}
	}
	return ""
}

// shapeColumn returns the name of the geometry column, or "" for a table without one.
func (e entity) shapeColumn() string {
	for _, c := range e.columns {
		if c.kind == parcels.KindShape {
			return c.name
		}
	}
	return ""
}
