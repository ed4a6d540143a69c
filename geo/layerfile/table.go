package layerfile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"muchan/geo"
)

// tabular turns rows of cells into records: what CSV and XLSX have in common.
type tabular struct {
	layer     Layer
	info      Info
	limits    Limits
	shapes    shapes
	shapeCol  int    // cell that holds WKT; -1 for none
	system    string // the coordinate system that the shape's header names; "" for none
	fieldOf   []int  // cell -> field, -1 for the shape
	values    []any
	rows      int
	shortRows int // rows with fewer cells than the header
	firstGap  int
}

// shapeNames are the column names under which WKT is expected; ReadOptions may add to them.
var shapeNames = []string{"shape", "wkt", "geom", "geometry"}

// namedSystem is a coordinate system in brackets behind a name: shape (EPSG:4549).
var namedSystem = regexp.MustCompile(`(?i)^(.*?)\s*[(（\[]\s*((?:EPSG\s*[:：]|urn:ogc:def:crs:|OGC:)[^()（）\[\]]*?)\s*[)）\]]$`)

// splitSystem takes the coordinate system off the name of a shape's column; "" when it names none.
func splitSystem(name string) (base, system string) {
	if m := namedSystem.FindStringSubmatch(name); m != nil {
		return m[1], strings.NewReplacer("：", ":", " ", "").Replace(m[2])
	}
	return name, ""
}

// shapeHeader is the name of the shape's column. Metres mean nothing without their system, and a table has no other place for it.
func shapeHeader(crs geo.CRS) string {
	if crs.Geographic {
		return shapeNames[0]
	}
	return shapeNames[0] + " (" + CRSName(crs) + ")"
}

// newTabular reads the header. Trailing columns without a name are dropped; those in between get their number as a name, so that
// nothing in them gets lost unsaid.
func newTabular(header []string, row int, opt ReadOptions, format string) (*tabular, error) {
	for len(header) > 0 && strings.TrimSpace(header[len(header)-1]) == "" {
		header = header[:len(header)-1]
	}
	if len(header) == 0 {
		return nil, fatal(RuleEmpty, "there is no header", "Write the column names into the first row.")
	}
	if len(header) > opt.Limits.Columns {
		return nil, &Error{
			Row: row, Rule: RuleColumns, Message: fmt.Sprintf("the file has %d columns, the limit is %d", len(header), opt.Limits.Columns),
			Remedy: "Export the needed columns only.", Fatal: true,
		}
	}
	t := &tabular{shapeCol: -1, limits: opt.Limits, info: Info{Format: format}}
	wanted := append(slices.Clone(shapeNames), opt.ShapeColumns...)
	seen := map[string]bool{}
	for i, name := range header {
		name = strings.TrimSpace(name)
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		if seen[name] {
			return nil, &Error{Row: row, Column: clip(name), Rule: RuleHeader, Message: "two columns have this name", Remedy: "Rename or remove one.", Fatal: true}
		}
		seen[name] = true
		if base, system := splitSystem(name); t.shapeCol < 0 && !opt.SkipShapes && slices.ContainsFunc(wanted, func(w string) bool { return strings.EqualFold(w, base) }) {
			t.shapeCol, t.system = i, system
			t.fieldOf = append(t.fieldOf, -1)
			continue
		}
		t.fieldOf = append(t.fieldOf, len(t.layer.Fields))
		t.layer.Fields = append(t.layer.Fields, Field{Name: rearm(name)})
	}
	t.values = make([]any, len(t.layer.Fields))
	return t, t.useCRS(opt)
}

// useCRS takes the system from the shape's header or the option. A header that names one that is not spoken here is refused, never
// passed over.
func (t *tabular) useCRS(opt ReadOptions) error {
	var own *geo.CRS
	if t.system != "" {
		named, err := ParseCRS(t.system)
		if err != nil {
			return err
		}
		own = &named
	}
	crs, err := requested(opt, own)
	if err != nil {
		return err
	}
	t.layer.HasShape, t.layer.CRS = t.shapeCol >= 0, crs
	t.shapes = newShapes(crs, opt.CRS != "" || own != nil, opt)
	if t.layer.HasShape {
		t.info.CRS = CRSName(crs)
		if opt.CRS == "" && own == nil {
			t.info.Notes = append(t.info.Notes, "no coordinate system is named; coordinates are taken as longitude and latitude in degrees")
		}
	}
	return nil
}

// begin starts a record and counts it.
func (t *tabular) begin() error {
	if t.rows++; t.rows > t.limits.Rows {
		return fatal(RuleRows, fmt.Sprintf("the file has more than %d rows", t.limits.Rows), "Split it.")
	}
	clear(t.values)
	return nil
}

// record builds a record of n cells. cell returns nil, a string, a Number or a bool for cell i.
func (t *tabular) record(row, n int, cell func(i int) any) (Record, error) {
	if err := t.begin(); err != nil {
		return Record{}, err
	}
	rec := Record{Row: row, Values: t.values}
	var failed error
	for i := range n {
		v := cell(i)
		if v == nil {
			continue
		}
		if err := t.put(&rec, i, v); err != nil && failed == nil {
			failed = err
		}
	}
	if n < len(t.fieldOf) {
		if t.shortRows++; t.shortRows == 1 {
			t.firstGap = row
		}
	}
	return rec, failed
}

func (t *tabular) put(rec *Record, i int, v any) error {
	if i >= len(t.fieldOf) {
		return &Error{
			Row: rec.Row, Rule: RuleRowCells, Value: clip(fmt.Sprint(v)), Message: fmt.Sprintf("cell %d has no column: the header has %d", i+1, len(t.fieldOf)),
			Remedy: "Give the column a name, or put texts with the separator in them into quotation marks.",
		}
	}
	text, isText := v.(string)
	if isText && len(text) > t.limits.CellBytes {
		return &Error{
			Row: rec.Row, Column: t.columnName(i), Rule: RuleCellSize, Value: clip(text),
			Message: fmt.Sprintf("the cell has %d bytes, the limit is %d", len(text), t.limits.CellBytes), Remedy: "Shorten it.",
		}
	}
	if i == t.shapeCol {
		shape, err := t.shapes.fromWKT(fmt.Sprint(v), rec.Row, t.columnName(i))
		rec.Shape = shape
		return err
	}
	if isText {
		v = rearm(text)
	}
	t.values[t.fieldOf[i]] = v
	return nil
}

func (t *tabular) columnName(i int) string {
	if i == t.shapeCol {
		return "shape"
	}
	return t.layer.Fields[t.fieldOf[i]].Name
}

// end says what was filled up, once.
func (t *tabular) end() {
	if t.shortRows > 0 {
		t.info.Notes = append(t.info.Notes, fmt.Sprintf("%d rows have fewer cells than the header, the first is row %d; the rest was taken as missing", t.shortRows, t.firstGap))
		t.shortRows = 0
	}
}

func (t *tabular) Layer() Layer { return t.layer }

func (t *tabular) Info() Info { return t.info }
