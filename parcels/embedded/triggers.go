package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"muchan/parcels"
)

// The triggers, and the titles that QGIS shows, follow from the column lists. They are made anew after the newest migration instead of
// standing in one, so that a column added to a table is journalled without a thought.

// rebuildDerived drops and makes all triggers on entity tables and all column titles.
func rebuildDerived(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM gpkg_data_columns; DELETE FROM gpkg_data_column_constraints`); err != nil {
		return fmt.Errorf("drop column titles: %w", err)
	}
	for _, e := range entities() {
		if err := dropTriggers(ctx, tx, e.name); err != nil {
			return err
		}
		for _, statement := range append(journalTriggers(e), rtreeTriggers(e)...) {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("make trigger on %s: %w", e.name, err)
			}
		}
		if err := describeColumns(ctx, tx, e); err != nil {
			return fmt.Errorf("title columns of %s: %w", e.name, err)
		}
	}
	return nil
}

func dropTriggers(ctx context.Context, tx *sql.Tx, table string) error {
	rows, err := tx.QueryContext(ctx, `SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?`, table)
	if err != nil {
		return fmt.Errorf("list triggers of %s: %w", table, err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return fmt.Errorf("list triggers of %s: %w", table, err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("list triggers of %s: %w", table, err)
	}
	for _, name := range names {
		if _, err := tx.ExecContext(ctx, `DROP TRIGGER `+quote(name)); err != nil {
			return fmt.Errorf("drop trigger %s: %w", name, err)
		}
	}
	return nil
}

// journalTriggers number and journal direct edits. They use nothing but what every SQLite with JSON has, because they run inside
// QGIS, GDAL or the sqlite3 shell.
func journalTriggers(e entity) []string {
	trigger := func(event, action, key, before, after string) string {
		return fmt.Sprintf(`
CREATE TRIGGER %s AFTER %s ON %s WHEN (SELECT applying FROM state) = 0
BEGIN
    UPDATE state SET version = version + 1;
    INSERT INTO journal (at, entity, "key", action, before, after)
    VALUES (strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 'now'), %s, %s, '%s', %s, %s);
END`, quote(journalTrigger(e.name, action)), event, quote(e.name), text(e.name), key, action, before, after)
	}
	return []string{
		trigger("INSERT", "insert", keyExpression(e, "NEW"), "NULL", jsonExpression(e, "NEW")),
		trigger("UPDATE", "update", keyExpression(e, "NEW"), jsonExpression(e, "OLD"), jsonExpression(e, "NEW")),
		trigger("DELETE", "delete", keyExpression(e, "OLD"), jsonExpression(e, "OLD"), "NULL"),
	}
}

func journalTrigger(table, action string) string { return table + "_journal_" + action }

// rtreeName is the spatial index of a layer, as GeoPackage names it.
func rtreeName(table, shape string) string { return "rtree_" + table + "_" + shape }

// keyExpression is parcels.Table.Key in SQL.
func keyExpression(e entity, row string) string {
	var parts []string
	for _, c := range e.columns {
		if c.key {
			parts = append(parts, fmt.Sprintf("ifnull(%s.%s, '')", row, quote(c.name)))
		}
	}
	return strings.Join(parts, " || '|' || ")
}

// jsonExpression is parcels.Table.AppendJSON in SQL, but for the last digits of long fractions. Merging into an empty object drops
// the members that are null.
func jsonExpression(e entity, row string) string {
	var members []string
	for _, c := range e.columns {
		value := row + "." + quote(c.name)
		switch c.kind {
		case parcels.KindShape:
			continue
		case parcels.KindFlag:
			value = fmt.Sprintf("json(CASE %s WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)", value)
		case parcels.KindText, parcels.KindList, parcels.KindStoreys:
			value = fmt.Sprintf("nullif(%s, '')", value)
		}
		members = append(members, text(c.name)+", "+value)
	}
	return "json_patch('{}', json_object(" + strings.Join(members, ", ") + "))"
}

// rtreeTriggers keep the spatial index, as the R-tree extension of GeoPackage wants (OGC 12-128r18, annex F.3), with one liberty:
// the triggers on any UPDATE name no ST_ function. SQLite looks up functions when it prepares a statement, so with the text of the
// standard the sqlite3 shell could not even correct an address.
func rtreeTriggers(e entity) []string {
	shape := e.shapeColumn()
	if shape == "" {
		return nil
	}
	table, col, index := quote(e.name), quote(shape), rtreeName(e.name, shape)
	box := fmt.Sprintf("NEW.fid, ST_MinX(NEW.%[1]s), ST_MaxX(NEW.%[1]s), ST_MinY(NEW.%[1]s), ST_MaxY(NEW.%[1]s)", col)
	drawn := fmt.Sprintf("NEW.%[1]s NOT NULL AND NOT ST_IsEmpty(NEW.%[1]s)", col)
	empty := fmt.Sprintf("NEW.%[1]s ISNULL OR ST_IsEmpty(NEW.%[1]s)", col)
	trigger := func(name, event, when, body string) string {
		return fmt.Sprintf("CREATE TRIGGER %s AFTER %s ON %s WHEN %s BEGIN %s; END", quote(index+"_"+name), event, table, when, body)
	}
	put := fmt.Sprintf("INSERT OR REPLACE INTO %s VALUES (%s)", quote(index), box)
	return []string{
		trigger("insert", "INSERT", drawn, put),
		trigger("update1", "UPDATE OF "+col, drawn, put),
		trigger("update2", "UPDATE OF "+col, empty, fmt.Sprintf("DELETE FROM %s WHERE id = NEW.fid", quote(index))),
		trigger("update3", "UPDATE", "OLD.fid != NEW.fid", fmt.Sprintf("DELETE FROM %[1]s WHERE id = NEW.fid; UPDATE %[1]s SET id = NEW.fid WHERE id = OLD.fid", quote(index))),
		trigger("delete", "DELETE", "OLD.fid NOT NULL", fmt.Sprintf("DELETE FROM %s WHERE id = OLD.fid", quote(index))),
	}
}

// describeColumns writes titles and allowed texts for QGIS and GDAL (GeoPackage schema extension).
func describeColumns(ctx context.Context, tx *sql.Tx, e entity) error {
	for _, c := range e.columns {
		if c.kind == parcels.KindShape {
			continue
		}
		title := c.title
		if c.unit != "" {
			title += " (" + c.unit + ")"
		}
		var constraint sql.NullString
		if len(c.enum) > 0 && c.kind == parcels.KindText {
			constraint = sql.NullString{String: e.name + "_" + c.name, Valid: true}
			if err := describeEnum(ctx, tx, constraint.String, c.enum); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description, constraint_name)
			VALUES (?, ?, ?, ?, ?, ?)`, e.name, c.name, title, title, c.titleEn, constraint)
		if err != nil {
			return err
		}
	}
	return nil
}

func describeEnum(ctx context.Context, tx *sql.Tx, name string, values []string) error {
	for _, v := range values {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value)
			VALUES (?, 'enum', ?)`, name, v)
		if err != nil {
			return err
		}
	}
	return nil
}
