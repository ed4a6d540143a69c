package layerfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"modernc.org/sqlite" // SQLite without cgo
	sqlite3 "modernc.org/sqlite/lib"
)

// gpkgReader streams a layer of a GeoPackage. The file is a stranger's: nothing of it but plain tables is asked for, nothing in it is
// run, and cells are measured before they are read.
type gpkgReader struct {
	file   *os.File
	db     *sql.DB
	conn   *sql.Conn // the only one
	rows   *sql.Rows
	wary   bool // cells are measured before they are read
	apart  bool // values are asked for one by one
	taken  taken
	info   Info
	layer  Layer
	shapes shapes
	limits Limits
	skip   bool
	table  gpkgTable
	raw    []any
	into   []any // the addresses of raw
	values []any
	count  int
	blobs  int
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
	r.db = sql.OpenDB(gpkgConnector{address.String()})
	r.taken.reader = lastTaker.Add(1)
	takers.Store(r.taken.reader, r)
	defer func() {
		if err != nil {
			takers.Delete(r.taken.reader)
			if r.conn != nil {
				r.conn.Close()
			}
			r.db.Close()
		}
	}()
	if r.conn, err = r.db.Conn(context.Background()); err != nil {
		return nil, gpkgError(err)
	}
	// From the first question on: even the file's own tables may hold what is long.
	if _, err := sqlite.Limit(r.conn, sqlite3.SQLITE_LIMIT_LENGTH, r.limits.CellBytes); err != nil {
		return nil, gpkgError(err)
	}
	for _, step := range []func() error{r.plain, func() error { return r.choose(opt.Sheet) }, r.describe, func() error { return r.useCRS(opt) }} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return r, r.query()
}

func gpkgError(err error) error {
	return &Error{Rule: RuleFormat, Message: "the GeoPackage cannot be read: " + clipLong(err.Error()), Remedy: "Close it in other programs, or export it again.", Fatal: true, Err: err}
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// query asks for the rows that were not read yet. SQLite itself refuses to read a text or blob beyond the limit, at no cost to the others, but
// gives up the whole query for it. A wary one goes on from there: the cell comes as NULL, with a mark in the last column.
func (r *gpkgReader) query() error {
	key := "rowid"
	if r.table.key != "" {
		key = quoted(r.table.key)
	}
	list, mark := []string{key}, "0"
	args := []any{r.count}
	for _, c := range r.table.columns {
		list = append(list, "+"+quoted(c.name)) // the plus takes away the declared type, by which the driver would turn days into times
	}
	if r.layer.HasShape {
		list = append(list, "+"+quoted(r.table.shape))
	}
	switch {
	case r.wary:
		mark = r.measured(list[1:])
	case r.takesAll():
		r.taken.rows = r.count
		list, mark = list[:1], takeFunction+"("+strings.Join(append([]string{"?"}, list[1:]...), ", ")+")"
		args = []any{r.taken.reader, r.count}
	}
	rows, err := r.conn.QueryContext(context.Background(),
		`SELECT `+strings.Join(list, ", ")+`, `+mark+` FROM `+quoted(r.table.name)+` ORDER BY `+key+` LIMIT -1 OFFSET ?`, args...)
	if r.tooLong(err) { // of the first row: the driver looks at it at once
		return r.beWary()
	}
	if err != nil {
		return gpkgError(err)
	}
	r.rows = rows
	r.raw, r.into = make([]any, len(list)+1), make([]any, len(list)+1)
	for i := range r.raw {
		r.into[i] = &r.raw[i]
	}
	return nil
}

// tooLong tells that SQLite gave up for a cell's length.
func (r *gpkgReader) tooLong(err error) bool {
	var failed *sqlite.Error
	return !r.wary && errors.As(err, &failed) && failed.Code() == sqlite3.SQLITE_TOOBIG
}

// longestMeasured is what SQLite's own limit is by default: a longer cell is no cell of a sound file.
const longestMeasured = 1_000_000_000

// beWary asks for what is left again, cells being measured.
func (r *gpkgReader) beWary() error {
	r.wary = true
	if _, err := sqlite.Limit(r.conn, sqlite3.SQLITE_LIMIT_LENGTH, longestMeasured); err != nil {
		return gpkgError(err)
	}
	return r.query()
}

// measured turns columns into expressions that are NULL for what is too long, and returns the one that tells whether any is.
func (r *gpkgReader) measured(columns []string) (mark string) {
	most := strconv.Itoa(r.limits.CellBytes)
	long := make([]string, len(columns))
	for i, column := range columns {
		// Every text and blob sorts behind every number, so the first half tells them without a call.
		long[i] = "(" + column + " >= '' AND octet_length(" + column[1:] + ") > " + most + ")"
		columns[i] = "CASE WHEN " + long[i] + " THEN NULL ELSE " + column + " END"
	}
	if len(long) == 0 {
		return "0"
	}
	return "CASE WHEN " + strings.Join(long, " OR ") + " THEN 1 ELSE 0 END" // as a condition SQLite stops at the first half that decides
}

// next steps to the next row, warily from the one on that has a cell too long.
func (r *gpkgReader) next() (more bool, err error) {
	more, err = r.rows.Next(), r.rows.Err()
	if r.tooLong(err) {
		if err := r.again(r.beWary); err != nil {
			return false, err
		}
		more, err = r.rows.Next(), r.rows.Err()
	}
	if err != nil {
		return false, gpkgError(err)
	}
	return more, nil
}

// again lets go of the query and asks for what is left in another way. Where that fails the old one stays, which has ended.
func (r *gpkgReader) again(ask func() error) error {
	if err := r.rows.Close(); err != nil {
		return gpkgError(err)
	}
	return ask()
}

// Next implements Reader. Row is the feature's identifier.
func (r *gpkgReader) Next() (Record, error) {
	more, err := r.next()
	if err != nil {
		return Record{}, err
	}
	if !more {
		r.end()
		return Record{}, io.EOF
	}
	if r.count++; r.count > r.limits.Rows {
		return Record{}, fatal(RuleRows, fmt.Sprintf("the layer has more than %d rows", r.limits.Rows), "Split it.")
	}
	if err := r.rows.Scan(r.into...); err != nil {
		return Record{}, gpkgError(err)
	}
	if r.takesAll() && r.taken.rows != r.count {
		r.count--
		r.apart = true
		r.blobs = 0 // of all rows: they come again
		if err := r.again(r.query); err != nil {
			return Record{}, err
		}
		return r.Next()
	}
	rec := Record{Row: r.count, Values: r.values}
	if id, ok := r.raw[0].(int64); ok && id > 0 && id < 1<<31 {
		rec.Row = int(id)
	}
	return rec, r.fill(&rec)
}

func (r *gpkgReader) fill(rec *Record) error {
	if r.takesAll() {
		return r.fillTaken(rec)
	}
	clear(r.values)
	if mark, _ := r.raw[len(r.raw)-1].(int64); mark != 0 {
		return &Error{Row: rec.Row, Rule: RuleCellSize, Message: fmt.Sprintf("a cell has more than %d bytes", r.limits.CellBytes), Remedy: "Shorten it."}
	}
	var failed error
	for i := range r.table.columns {
		v, err := r.valueOf(r.raw[i+1], r.table.columns[i].kind)
		if err != nil && failed == nil {
			failed = r.unreadable(rec, i, err)
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
	raw, err := decodeGPB(blob)
	return r.place(rec, raw, err)
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
	takers.Delete(r.taken.reader)
	var rows error
	if r.rows != nil {
		rows = r.rows.Close()
	}
	return errors.Join(rows, r.conn.Close(), r.db.Close(), r.file.Close())
}
