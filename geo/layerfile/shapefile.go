package layerfile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// shapefileReader joins the shapes of a .shp with the rows of its .dbf, one to one.
type shapefileReader struct {
	info     Info
	layer    Layer
	shapes   shapes
	skip     bool
	limits   Limits
	shp      *shpScanner
	dbf      *dbfTable // nil when there is none
	encoding string
	used     []int // columns of the .dbf that are read
	files    []*os.File
	dir      string // unpacked into, removed by Close
	values   []any
	deleted  int
}

func openShapefile(f *os.File, opt ReadOptions) (Reader, error) {
	return newShapefile(f, "", opt)
}

// newShapefile opens the .shp with what lies beside it. dir, when not "", is removed in the end.
func newShapefile(f *os.File, dir string, opt ReadOptions) (_ *shapefileReader, err error) {
	r := &shapefileReader{files: []*os.File{f}, dir: dir, skip: opt.SkipShapes, limits: opt.Limits, info: Info{Format: "Shapefile"}}
	defer func() {
		if err != nil {
			r.files = r.files[1:] // the first is the caller's
			r.Close()
		}
	}()
	if r.shp, err = newSHP(f, opt.Limits); err != nil {
		return nil, err
	}
	stem := strings.TrimSuffix(f.Name(), filepath.Ext(f.Name()))
	r.layer.Name = filepath.Base(stem)
	if err = r.useCRS(stem, opt); err != nil {
		return nil, err
	}
	return r, r.useTable(stem, opt)
}

// beside opens the file with the same stem and another extension, whatever its case; nil when there is none.
func beside(stem, ext string) (*os.File, error) {
	for _, e := range []string{ext, strings.ToUpper(ext)} {
		f, err := os.Open(stem + e)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return nil, &Error{Rule: RuleOpen, Message: "the file " + ext + " cannot be opened: " + cause(err), Fatal: true, Err: err}
		}
	}
	return nil, nil
}

// textBeside reads a small text file beside; "" when there is none.
func textBeside(stem, ext string) (string, error) {
	f, err := beside(stem, ext)
	if err != nil || f == nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPRJ+1))
	if err != nil {
		return "", &Error{Rule: RuleOpen, Message: "the file " + ext + " cannot be read: " + cause(err), Fatal: true, Err: err}
	}
	return strings.TrimSpace(string(b)), nil
}

func (r *shapefileReader) useCRS(stem string, opt ReadOptions) error {
	r.layer.HasShape = !opt.SkipShapes
	if opt.SkipShapes {
		return nil
	}
	text, err := textBeside(stem, ".prj")
	if err != nil {
		return err
	}
	if text != "" {
		own, err := ParsePRJ(text)
		if err != nil {
			return err
		}
		if r.layer.CRS, err = requested(opt, &own); err != nil {
			return err
		}
	} else if r.layer.CRS, err = requested(opt, nil); err != nil {
		return err
	}
	if text == "" && opt.CRS == "" {
		r.info.Notes = append(r.info.Notes, "there is no .prj; coordinates are taken as longitude and latitude in degrees")
	}
	r.shapes = newShapes(r.layer.CRS, text != "" || opt.CRS != "", opt)
	r.info.CRS = CRSName(r.layer.CRS)
	return nil
}

func (r *shapefileReader) useTable(stem string, opt ReadOptions) error {
	f, err := beside(stem, ".dbf")
	if err != nil {
		return err
	}
	if f == nil {
		r.info.Notes = append(r.info.Notes, "there is no .dbf: the shapes have no attributes")
		return nil
	}
	r.files = append(r.files, f)
	if r.dbf, err = openDBF(f, opt.Limits); err != nil {
		return err
	}
	cpg, err := textBeside(stem, ".cpg")
	if err != nil {
		return err
	}
	var why string
	if r.encoding, why, err = r.dbf.encodingOf(cpg, opt.Encoding); err != nil {
		return err
	}
	r.info.Encoding = r.encoding
	r.info.Notes = append(r.info.Notes, "texts are read as "+r.encoding+" ("+why+")")
	return r.useColumns()
}

func (r *shapefileReader) useColumns() error {
	for i := range r.dbf.columns {
		c := &r.dbf.columns[i]
		name, ok := decode(c.name, r.encoding)
		if !ok || name == "" {
			return fatal(RuleEncoding, fmt.Sprintf("the name of column %d is not %s", i+1, r.encoding), "Name the encoding by --encoding, utf-8 or gb18030.")
		}
		if !strings.ContainsRune(dbfKinds, rune(c.kind)) {
			r.info.Notes = append(r.info.Notes, fmt.Sprintf("column %s is of type %q and was left out", clip(name), c.kind))
			continue
		}
		if slices.ContainsFunc(r.layer.Fields, func(f Field) bool { return f.Name == name }) {
			return &Error{Column: clip(name), Rule: RuleHeader, Message: "two columns have this name", Remedy: "Rename or remove one.", Fatal: true}
		}
		r.used = append(r.used, i)
		r.layer.Fields = append(r.layer.Fields, Field{Name: name, Type: c.fieldType()})
	}
	r.values = make([]any, len(r.used))
	return nil
}

func (c *dbfColumn) fieldType() FieldType {
	switch c.kind {
	case 'N', 'F':
		if c.decimals == 0 && c.kind == 'N' {
			return Integer
		}
		return Real
	case 'I':
		return Integer
	case 'O', 'B':
		return Real
	case 'D':
		return Date
	case 'L':
		return Bool
	}
	return Text
}

// Next implements Reader. Deleted rows are passed over with their shapes.
func (r *shapefileReader) Next() (Record, error) {
	for {
		raw, shapeErr := r.shp.next()
		if errors.Is(shapeErr, io.EOF) {
			return Record{}, r.end()
		}
		if r.shp.records > r.limits.Rows {
			return Record{}, fatal(RuleRows, fmt.Sprintf("the file has more than %d rows", r.limits.Rows), "Split it.")
		}
		rec := Record{Row: r.shp.records, Values: r.values}
		deleted, err := r.fill(&rec)
		if deleted {
			r.deleted++
			continue
		}
		if err = worse(shapeErr, err); err == nil && !r.skip && raw != nil {
			rec.Shape, err = r.shapes.place(raw, rec.Row, "shape")
		}
		return rec, err
	}
}

// worse prefers the error after which nothing can be read.
func worse(a, b error) error {
	var e *Error
	if a == nil || errors.As(b, &e) && e.Fatal {
		return b
	}
	return a
}

// fill reads the row of the .dbf that belongs to a shape.
func (r *shapefileReader) fill(rec *Record) (deleted bool, failed error) {
	clear(r.values)
	if r.dbf == nil {
		return false, nil
	}
	row, deleted, err := r.dbf.next()
	if errors.Is(err, io.EOF) {
		return false, &Error{
			Row: rec.Row, Rule: RuleSyntax, Fatal: true, Message: fmt.Sprintf("the .dbf has %d rows, the .shp has more shapes", r.dbf.rows),
			Remedy: "The two files do not belong together: copy or export them again.",
		}
	}
	if err != nil || deleted {
		return deleted, err
	}
	for k, i := range r.used {
		v, err := r.dbf.columns[i].value(row, r.encoding)
		if err != nil && failed == nil {
			failed = &Error{Row: rec.Row, Column: r.layer.Fields[k].Name, Rule: RuleSyntax, Message: err.Error(), Remedy: "Correct the value, or name the encoding by --encoding."}
		}
		r.values[k] = v
	}
	return false, failed
}

// end checks that both files ended together and says what was passed over.
func (r *shapefileReader) end() error {
	if r.dbf != nil && r.dbf.read < r.dbf.rows {
		return &Error{
			Rule: RuleSyntax, Fatal: true, Message: fmt.Sprintf("the .shp has %d shapes, the .dbf has %d rows", r.shp.records, r.dbf.rows),
			Remedy: "The two files do not belong together: copy or export them again.",
		}
	}
	note := func(n int, text string) {
		if n > 0 {
			r.info.Notes = append(r.info.Notes, fmt.Sprintf(text, n))
		}
	}
	note(r.deleted, "%d rows are marked as deleted and were passed over")
	note(r.shp.turned, "the rings of %d shapes ran the wrong way and were turned")
	if r.shp.flat {
		r.info.Notes = append(r.info.Notes, "heights or measures were dropped")
	}
	r.deleted, r.shp.turned, r.shp.flat = 0, 0, false
	return io.EOF
}

func (r *shapefileReader) Layer() Layer { return r.layer }

func (r *shapefileReader) Info() Info { return r.info }

// Close implements Reader.
func (r *shapefileReader) Close() error {
	var errs []error
	for _, f := range r.files {
		errs = append(errs, f.Close())
	}
	if r.dir != "" {
		errs = append(errs, os.RemoveAll(r.dir))
	}
	return errors.Join(errs...)
}
