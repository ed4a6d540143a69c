package layerfile

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"muchan/geo"
)

// gpkgSchema is what every GeoPackage has (OGC 12-128r18, table definitions of annex C). The time is fixed so that the same records
// give the same bytes.
const gpkgSchema = `
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
`

// gpkgStyles is the table in which QGIS keeps the styles of layers.
const gpkgStyles = `
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT,
  styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME);
INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) VALUES ('layer_styles', 'attributes', 'layer_styles', ?, 0);
`

// gpkgTime stands where a time must.
const gpkgTime = "2000-01-01T00:00:00.000Z"

// gpkgEncoder writes layers of a GeoPackage, one after the other.
type gpkgEncoder struct {
	db     *sql.DB
	tx     *sql.Tx
	styled bool      // the table of styles exists
	insert *sql.Stmt // into the layer at hand
	layer  Layer
	srs    int
	box    geo.Bound
	any    bool
	args   []any
}

func createGPKG(f *os.File, l Layer, opt WriteOptions) (_ encoder, err error) {
	abs, err := filepath.Abs(f.Name())
	if err != nil {
		return nil, err
	}
	settings := url.Values{"_pragma": {"journal_mode(OFF)", "synchronous(OFF)", "page_size(4096)", "application_id(1196444487)", "user_version(10300)"}}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: settings.Encode()}
	e := &gpkgEncoder{}
	if e.db, err = sql.Open("sqlite", address.String()); err != nil {
		return nil, err
	}
	e.db.SetMaxOpenConns(1)
	if err = e.start(l, opt); err != nil {
		e.db.Close()
		return nil, err
	}
	return e, nil
}

func (e *gpkgEncoder) start(l Layer, opt WriteOptions) (err error) {
	if e.tx, err = e.db.Begin(); err != nil {
		return err
	}
	if _, err = e.tx.Exec(gpkgSchema); err != nil {
		return err
	}
	return e.begin(l, opt)
}

// begin implements layered, and starts the first layer too.
func (e *gpkgEncoder) begin(l Layer, opt WriteOptions) error {
	if err := e.end(); err != nil {
		return err
	}
	e.layer, e.srs, e.any = l, l.CRS.EPSG, false
	if e.layer.Name == "" {
		e.layer.Name = "layer"
	}
	if e.srs == 0 {
		e.srs = 4326 // CRS84 in a GeoPackage: the header of a geometry says x first
	}
	crs, ok := geo.CRSByEPSG(e.srs)
	if !ok {
		return fmt.Errorf("EPSG:%d cannot be written", e.srs)
	}
	if _, err := e.tx.Exec(`INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, NULL)`, crs.Name, e.srs, e.srs, crs.ESRI()); err != nil {
		return err
	}
	if err := e.createTable(); err != nil {
		return err
	}
	return e.style(opt)
}

// style keeps the layer's style where QGIS looks for it.
func (e *gpkgEncoder) style(opt WriteOptions) error {
	if opt.QML == "" {
		return nil
	}
	if !e.styled {
		if _, err := e.tx.Exec(gpkgStyles, gpkgTime); err != nil {
			return err
		}
		e.styled = true
	}
	_, err := e.tx.Exec(`INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
		useAsDefault, description, owner, ui, update_time) VALUES ('', '', ?, 'geom', ?, ?, ?, 1, ?, '', NULL, ?)`,
		e.layer.Name, e.layer.Name, opt.QML, opt.SLD, e.layer.About, gpkgTime)
	return err
}

func (e *gpkgEncoder) createTable() error {
	columns, marks := []string{"fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"}, []string{}
	var names []string
	if e.layer.HasShape {
		columns, names, marks = append(columns, "geom MULTIPOLYGON"), append(names, "geom"), append(marks, "?")
	}
	for _, f := range e.layer.Fields {
		columns = append(columns, quoted(f.Name)+" "+gpkgKind(f.Type))
		names, marks = append(names, quoted(f.Name)), append(marks, "?")
	}
	table := quoted(e.layer.Name)
	if _, err := e.tx.Exec(`CREATE TABLE ` + table + ` (` + strings.Join(columns, ", ") + `)`); err != nil {
		return err
	}
	kind := "attributes"
	if e.layer.HasShape {
		kind = "features"
	}
	if _, err := e.tx.Exec(`INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES (?, ?, ?, ?, ?, ?)`,
		e.layer.Name, kind, e.layer.Name, e.layer.About, gpkgTime, e.srs); err != nil {
		return err
	}
	if e.layer.HasShape {
		if _, err := e.tx.Exec(`INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)`, e.layer.Name, e.srs); err != nil {
			return err
		}
	}
	var err error
	e.insert, err = e.tx.Prepare(`INSERT INTO ` + table + ` (` + strings.Join(names, ", ") + `) VALUES (` + strings.Join(marks, ", ") + `)`)
	e.args = make([]any, len(names))
	return err
}

func gpkgKind(t FieldType) string {
	switch t {
	case Integer:
		return "INTEGER"
	case Real:
		return "DOUBLE"
	case Bool:
		return "BOOLEAN"
	case Date:
		return "DATE"
	}
	return "TEXT"
}

func (e *gpkgEncoder) encode(cells []cell, shape geo.Shape) error {
	args := e.args[:0]
	if e.layer.HasShape {
		var blob any
		if len(shape) > 0 {
			blob = geo.EncodeGPB(shape, int32(e.srs))
			e.widen(shape.Bound())
		}
		args = append(args, blob)
	}
	for i, c := range cells {
		v, err := gpkgValue(c, e.layer.Fields[i].Type)
		if err != nil {
			return fmt.Errorf("%s: %w", e.layer.Fields[i].Name, err)
		}
		args = append(args, v)
	}
	_, err := e.insert.Exec(args...)
	return err
}

func (e *gpkgEncoder) widen(b geo.Bound) {
	if e.any {
		b = e.box.Union(b)
	}
	e.box, e.any = b, true
}

func gpkgValue(c cell, t FieldType) (any, error) {
	switch {
	case c.kind == missing:
		return nil, nil
	case c.kind == truth:
		return c.text == "true", nil
	case c.kind == number && t == Integer:
		if v, err := strconv.ParseInt(c.text, 10, 64); err == nil {
			return v, nil
		}
		return strconv.ParseFloat(c.text, 64)
	case c.kind == number && t == Real:
		return strconv.ParseFloat(c.text, 64)
	}
	return c.text, nil
}

// end finishes the layer at hand, if any.
func (e *gpkgEncoder) end() error {
	if e.insert == nil {
		return nil
	}
	if e.any {
		if _, err := e.tx.Exec(`UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?`,
			e.box.Min[0], e.box.Min[1], e.box.Max[0], e.box.Max[1], e.layer.Name); err != nil {
			return err
		}
	}
	err := e.insert.Close()
	e.insert = nil
	return err
}

// abandon implements abandoner.
func (e *gpkgEncoder) abandon() { e.db.Close() }

func (e *gpkgEncoder) finish() (err error) {
	defer func() { err = errors.Join(err, e.db.Close()) }()
	if err := e.end(); err != nil {
		return err
	}
	return e.tx.Commit()
}
