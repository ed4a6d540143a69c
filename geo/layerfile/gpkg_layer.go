package layerfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"muchan/geo"
)

// gpkgTable is what the contents say of a layer.
type gpkgTable struct {
	name, key, shape string // shape is "" for a table without geometry
	srs              int64
	columns          []gpkgColumn
}

type gpkgColumn struct {
	name, kind string
}

// isGPKG looks at the header: SQLite's own, and the application's mark of a GeoPackage.
func isGPKG(f *os.File) error {
	head := make([]byte, 100)
	if _, err := f.ReadAt(head, 0); err != nil || string(head[:16]) != "SQLite format 3\x00" {
		return fatal(RuleFormat, "this is no GeoPackage", "Give it its true extension, or export it again.")
	}
	if mark := string(head[68:72]); mark != "GPKG" && mark != "GP10" && mark != "GP11" {
		return fatal(RuleFormat, "this is an SQLite database but no GeoPackage", "Export the layer as GeoPackage from QGIS or ArcGIS.")
	}
	return nil
}

// plain refuses a file whose own tables are something else, or compute a column: a view can be made never to end, and a column to fill the
// memory.
func (r *gpkgReader) plain() error {
	var name string
	err := r.conn.QueryRowContext(context.Background(), `
		SELECT name FROM sqlite_master AS m
		 WHERE lower(name) IN ('gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys')
		   AND (type <> 'table' OR upper(sql) LIKE 'CREATE VIRTUAL%' OR EXISTS (SELECT 1 FROM pragma_table_xinfo(m.name) WHERE hidden <> 0))`).Scan(&name)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return gpkgError(err)
	}
	return fatal(RuleFormat, "in this GeoPackage "+clip(name)+" is no plain table", "Export the layer again, as GeoPackage from QGIS or ArcGIS.")
}

// choose finds the only layer, or the one that is named. Views and virtual tables are not read: they can be made never to end.
func (r *gpkgReader) choose(name string) error {
	rows, err := r.conn.QueryContext(context.Background(), `
		SELECT c.table_name FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name
		 WHERE c.data_type IN ('features', 'attributes') AND c.table_name <> 'layer_styles' AND m.type = 'table' AND upper(m.sql) NOT LIKE 'CREATE VIRTUAL%'
		 ORDER BY c.data_type = 'attributes', c.table_name LIMIT 1000`)
	if err != nil {
		return gpkgError(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return gpkgError(err)
		}
		names = append(names, n)
	}
	if err := rows.Err(); err != nil {
		return gpkgError(err)
	}
	for _, n := range names {
		if n == name || (name == "" && len(names) == 1) {
			r.table.name = n
			return nil
		}
	}
	switch {
	case len(names) == 0:
		return fatal(RuleEmpty, "the GeoPackage holds no layer", "Export a layer into it.")
	case name != "":
		return fatal(RuleSheet, fmt.Sprintf("the GeoPackage holds no layer %q", clip(name)), "It holds "+clipLong(strings.Join(names, ", "))+".")
	}
	return fatal(RuleSheet, fmt.Sprintf("the GeoPackage holds %d layers", len(names)), "Name one by --sheet: "+clipLong(strings.Join(names, ", "))+".")
}

// describe lists the columns and finds key and geometry.
func (r *gpkgReader) describe() error {
	err := r.conn.QueryRowContext(context.Background(), `SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?`, r.table.name).Scan(&r.table.shape, &r.table.srs)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return gpkgError(err)
	}
	rows, err := r.conn.QueryContext(context.Background(), `PRAGMA table_xinfo(`+quoted(r.table.name)+`)`)
	if err != nil {
		return gpkgError(err)
	}
	defer rows.Close()
	var computed []string
	for rows.Next() {
		var id, notNull, key, hidden int
		var name, kind string
		var standard any
		if err := rows.Scan(&id, &name, &kind, &notNull, &standard, &key, &hidden); err != nil {
			return gpkgError(err)
		}
		kind = strings.ToUpper(kind)
		switch {
		case hidden != 0 && strings.EqualFold(name, r.table.shape):
			return fatal(RuleFormat, "the shapes of this GeoPackage are computed by it", "Export the layer again, as GeoPackage from QGIS or ArcGIS.")
		case hidden != 0: // it may be made to fill the memory
			computed = append(computed, clip(name))
		case key > 0 && kind == "INTEGER":
			r.table.key = name
		case strings.EqualFold(name, r.table.shape):
		default:
			if r.table.columns = append(r.table.columns, gpkgColumn{name, kind}); len(r.table.columns) > r.limits.Columns {
				return fatal(RuleColumns, fmt.Sprintf("the layer has more than %d columns", r.limits.Columns), "Export the needed columns only.")
			}
			r.layer.Fields = append(r.layer.Fields, Field{Name: name, Type: gpkgType(kind)})
		}
	}
	if len(computed) > 0 {
		r.info.Notes = append(r.info.Notes, "columns that the file computes were left out: "+clipLong(strings.Join(computed, ", ")))
	}
	r.layer.Name = r.table.name
	r.values = make([]any, len(r.layer.Fields))
	return gpkgRowsError(rows)
}

func gpkgRowsError(rows *sql.Rows) error {
	if err := rows.Err(); err != nil {
		return gpkgError(err)
	}
	return nil
}

func gpkgType(kind string) FieldType {
	switch {
	case kind == "BOOLEAN":
		return Bool
	case kind == "DATE":
		return Date
	case strings.Contains(kind, "INT"):
		return Integer
	case kind == "DOUBLE" || kind == "FLOAT" || kind == "REAL" || kind == "NUMERIC":
		return Real
	}
	return Text
}

func (r *gpkgReader) useCRS(opt ReadOptions) error {
	if r.skip || r.table.shape == "" {
		return nil
	}
	own, err := r.ownCRS()
	if err != nil {
		return err
	}
	if own == nil && opt.CRS == "" && !opt.unplaced {
		return fatal(RuleCRS, "the layer says that its coordinate system is not known", "Name it by --crs.")
	}
	if r.layer.CRS, err = requested(opt, own); err != nil {
		return err
	}
	r.layer.HasShape = true
	r.shapes, r.info.CRS = newShapes(r.layer.CRS, true, opt), CRSName(r.layer.CRS)
	return nil
}

// ownCRS reads the layer's system: by its EPSG code, else by its text. 0 and -1 stand for none.
func (r *gpkgReader) ownCRS() (*geo.CRS, error) {
	if r.table.srs <= 0 {
		return nil, nil
	}
	var organization, definition string
	var code int
	err := r.conn.QueryRowContext(context.Background(), `SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?`, r.table.srs).
		Scan(&organization, &code, &definition)
	if err != nil {
		return nil, gpkgError(err)
	}
	if strings.EqualFold(organization, "EPSG") {
		if crs, ok := geo.CRSByEPSG(code); ok {
			return &crs, nil
		}
	}
	crs, err := ParsePRJ(definition)
	if err != nil {
		return nil, err
	}
	return &crs, nil
}
