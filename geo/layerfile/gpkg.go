package layerfile

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	_ "modernc.org/sqlite" // SQLite without cgo

	"muchan/geo"
)

// gpkgReader streams a layer of a GeoPackage. The file is a stranger's: nothing of it but plain tables is asked for, nothing in it is
// run, and cells are measured before they are read.
type gpkgReader struct {
	file   *os.File
	db     *sql.DB
	rows   *sql.Rows
	info   Info
	layer  Layer
	shapes shapes
	limits Limits
	skip   bool
	table  gpkgTable
	raw    []any
	values []any
	count  int
	blobs  int
}

// gpkgTable is what the contents say of a layer.
type gpkgTable struct {
	name, key, shape string // shape is "" for a table without geometry
	srs              int64
	columns          []gpkgColumn
}

type gpkgColumn struct {
	name, kind string
}

func openGPKG(f *os.File, opt ReadOptions) (_ Reader, err error) {
	if err := isGPKG(f); err != nil {
		return nil, err
	}
	r := &gpkgReader{file: f, limits: opt.Limits, skip: opt.SkipShapes, info: Info{Format: "GeoPackage", Encoding: encodingUTF8}}
	abs, err := filepath.Abs(f.Name())
	if err != nil {
		return nil, gpkgError(err)
	}
	settings := url.Values{"mode": {"ro"}, "_pragma": {"query_only(ON)", "trusted_schema(OFF)", "cell_size_check(ON)", "cache_size(-8192)", "busy_timeout(5000)"}}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: settings.Encode()}
	if r.db, err = sql.Open("sqlite", address.String()); err != nil {
		return nil, gpkgError(err)
	}
	r.db.SetMaxOpenConns(1)
	defer func() {
		if err != nil {
			r.db.Close()
		}
	}()
	if err := r.choose(opt.Sheet); err != nil {
		return nil, err
	}
	if err := r.describe(); err != nil {
		return nil, err
	}
	if err := r.useCRS(opt); err != nil {
		return nil, err
	}
	return r, r.query()
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

func gpkgError(err error) error {
	return &Error{Rule: RuleFormat, Message: "the GeoPackage cannot be read: " + clipLong(err.Error()), Remedy: "Close it in other programs, or export it again.", Fatal: true, Err: err}
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// choose finds the only layer, or the one that is named. Views and virtual tables are not read: they can be made never to end.
func (r *gpkgReader) choose(name string) error {
	rows, err := r.db.Query(`
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
	err := r.db.QueryRow(`SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?`, r.table.name).Scan(&r.table.shape, &r.table.srs)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return gpkgError(err)
	}
	rows, err := r.db.Query(`PRAGMA table_info(` + quoted(r.table.name) + `)`)
	if err != nil {
		return gpkgError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, notNull, key int
		var name, kind string
		var standard any
		if err := rows.Scan(&id, &name, &kind, &notNull, &standard, &key); err != nil {
			return gpkgError(err)
		}
		kind = strings.ToUpper(kind)
		switch {
		case key > 0 && kind == "INTEGER":
			r.table.key = name
		case name == r.table.shape:
		default:
			if r.table.columns = append(r.table.columns, gpkgColumn{name, kind}); len(r.table.columns) > r.limits.Columns {
				return fatal(RuleColumns, fmt.Sprintf("the layer has more than %d columns", r.limits.Columns), "Export the needed columns only.")
			}
			r.layer.Fields = append(r.layer.Fields, Field{Name: name, Type: gpkgType(kind)})
		}
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
	if own == nil && opt.CRS == "" {
		return fatal(RuleCRS, "the layer says that its coordinate system is not known", "Name it by --crs.")
	}
	if r.layer.CRS, err = requested(opt, own); err != nil {
		return err
	}
	r.layer.HasShape = true
	r.shapes, r.info.CRS = shapes{crs: r.layer.CRS, given: true}, CRSName(r.layer.CRS)
	return nil
}

// ownCRS reads the layer's system: by its EPSG code, else by its text. 0 and -1 stand for none.
func (r *gpkgReader) ownCRS() (*geo.CRS, error) {
	if r.table.srs <= 0 {
		return nil, nil
	}
	var organization, definition string
	var code int
	err := r.db.QueryRow(`SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?`, r.table.srs).
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

// query asks for every row. A text or blob beyond the limit comes as NULL, with a mark in the last column.
func (r *gpkgReader) query() error {
	most := strconv.Itoa(r.limits.CellBytes)
	var list, long []string
	ask := func(name string) {
		column := quoted(name)
		tooLong := "(typeof(" + column + ") IN ('text', 'blob') AND octet_length(" + column + ") > " + most + ")"
		list = append(list, "CASE WHEN "+tooLong+" THEN NULL ELSE "+column+" END")
		long = append(long, tooLong)
	}
	key := "rowid"
	if r.table.key != "" {
		key = quoted(r.table.key)
	}
	list = append(list, key)
	for _, c := range r.table.columns {
		ask(c.name)
	}
	if r.layer.HasShape {
		ask(r.table.shape)
	}
	mark := "0"
	if len(long) > 0 {
		mark = strings.Join(long, " OR ")
	}
	var err error
	if r.rows, err = r.db.Query(`SELECT ` + strings.Join(list, ", ") + `, ` + mark + ` FROM ` + quoted(r.table.name) + ` ORDER BY ` + key); err != nil {
		return gpkgError(err)
	}
	r.raw = make([]any, len(list)+1)
	return nil
}

// Next implements Reader. Row is the feature's identifier.
func (r *gpkgReader) Next() (Record, error) {
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return Record{}, gpkgError(err)
		}
		r.end()
		return Record{}, io.EOF
	}
	if r.count++; r.count > r.limits.Rows {
		return Record{}, fatal(RuleRows, fmt.Sprintf("the layer has more than %d rows", r.limits.Rows), "Split it.")
	}
	into := make([]any, len(r.raw))
	for i := range r.raw {
		into[i] = &r.raw[i]
	}
	if err := r.rows.Scan(into...); err != nil {
		return Record{}, gpkgError(err)
	}
	rec := Record{Row: r.count, Values: r.values}
	if id, ok := r.raw[0].(int64); ok && id > 0 && id < 1<<31 {
		rec.Row = int(id)
	}
	return rec, r.fill(&rec)
}

func (r *gpkgReader) fill(rec *Record) error {
	clear(r.values)
	if mark, _ := r.raw[len(r.raw)-1].(int64); mark != 0 {
		return &Error{Row: rec.Row, Rule: RuleCellSize, Message: fmt.Sprintf("a cell has more than %d bytes", r.limits.CellBytes), Remedy: "Shorten it."}
	}
	var failed error
	for i := range r.table.columns {
		v, err := r.valueOf(r.raw[i+1], r.table.columns[i].kind)
		if err != nil && failed == nil {
			failed = &Error{Row: rec.Row, Column: r.table.columns[i].name, Rule: RuleEncoding, Message: err.Error(), Remedy: "Write it as UTF-8."}
		}
		r.values[i] = v
	}
	if !r.layer.HasShape || failed != nil {
		return failed
	}
	blob, ok := r.raw[len(r.raw)-2].([]byte)
	if !ok {
		return nil
	}
	return r.place(rec, blob)
}

func (r *gpkgReader) place(rec *Record, blob []byte) error {
	var raw geo.Shape
	g, err := geo.ReadGPB(blob)
	if err == nil {
		raw, err = geo.DecodeWKB(g.WKB)
	}
	if err != nil {
		return &Error{
			Row: rec.Row, Column: r.table.shape, Rule: RuleShape, Message: "the shape cannot be read: " + clipLong(err.Error()), Err: err,
			Remedy: "Export areas as polygons.",
		}
	}
	rec.Shape, err = r.shapes.place(raw, rec.Row, r.table.shape)
	return err
}

// valueOf makes a value of what SQLite holds; a blob that is no geometry is left out and counted.
func (r *gpkgReader) valueOf(v any, kind string) (any, error) {
	switch v := v.(type) {
	case int64:
		if kind == "BOOLEAN" {
			return v != 0, nil
		}
		return Number(strconv.FormatInt(v, 10)), nil
	case float64:
		c, err := realCell(v)
		if err != nil {
			return nil, nil // not a number, which is how some programs write none
		}
		return Number(c.text), nil
	case bool:
		return v, nil
	case time.Time:
		if v.Equal(v.Truncate(24 * time.Hour)) {
			return v.Format(time.DateOnly), nil
		}
		return v.Format(time.RFC3339), nil
	case string:
		if !utf8.ValidString(v) {
			return nil, errors.New("the text is not UTF-8")
		}
		if v == "" {
			return nil, nil
		}
		return v, nil
	case []byte:
		r.blobs++
	}
	return nil, nil
}

func (r *gpkgReader) end() {
	if r.blobs > 0 {
		r.info.Notes = append(r.info.Notes, fmt.Sprintf("%d cells hold pictures or other bytes and were left out", r.blobs))
		r.blobs = 0
	}
}

func (r *gpkgReader) Layer() Layer { return r.layer }

func (r *gpkgReader) Info() Info { return r.info }

// Close implements Reader.
func (r *gpkgReader) Close() error {
	return errors.Join(r.rows.Close(), r.db.Close(), r.file.Close())
}
