package layerfile

import "muchan/geo"

// FieldType is the type of a field's values in a file that we write, and our guess about a file that we read.
type FieldType int

// The closed set of field types.
const (
	Text FieldType = iota
	Integer
	Real
	Bool
	Date // "YYYY-MM-DD"
)

// Field is one attribute of a layer.
type Field struct {
	Name  string // as in the file when reading
	Title string // Chinese, with its unit in brackets; "" when there is none
	Type  FieldType
	// Format is how a workbook shows the field's numbers, such as "0.00"; "" shows the digits they have. The value stays whole.
	Format string
	// Width is how many bytes the field's longest text has in UTF-8, which spares a shapefile a column of the greatest width; 0 is not known.
	Width int
}

// Layer describes a table of features.
type Layer struct {
	Name     string
	About    string // one sentence on what the rows are and as of when; GeoPackage contents keep it
	Fields   []Field
	HasShape bool
	CRS      geo.CRS // system of the coordinates inside the file; the zero CRS means CRS84 when writing
}

// Record is one feature as it stands in a file.
type Record struct {
	Row    int       // the number a person sees: CSV line, XLSX row, GeoJSON feature counted from 1
	Values []any     // parallel to Layer.Fields: nil when missing, string, Number or bool. Valid until the next call of Next
	Shape  geo.Shape // in EPSG:4490; nil when the file has none for this row. The caller's to keep
}

// Number is a number as written in the file. Its digits are kept, so that a code somebody typed as a number is not rounded. A
// workbook that we write keeps 15 significant digits, as Excel does; the text formats keep all.
type Number string

// Info tells how a file was understood.
type Info struct {
	Format   string   // "GeoJSON", "CSV", "XLSX"
	Encoding string   // "UTF-8", "UTF-8 with BOM", "GB18030"
	CRS      string   // "EPSG:4549", "OGC:CRS84"; "" without shapes
	Date1904 bool     // XLSX: days are counted from 1904-01-01, as old Macs did
	Assumed  bool     // the system was found out from magnitudes: a person has to confirm it
	Notes    []string // what a reader decided by itself
}

// Reader streams the records of a file.
type Reader interface {
	// Layer describes the file. Its fields are all that occur, in the order of the file.
	Layer() Layer

	// Info tells how the file was understood. It is complete once Next returned io.EOF.
	Info() Info

	// Next returns the next record, or io.EOF after the last one. It fails with an *Error; unless that is Fatal, the record
	// returned beside it holds the row number and what could be read, and Next may be called again.
	Next() (Record, error)

	Close() error
}

// Writer streams records into a file. The file appears under its name when Close succeeded, whole, and the same records give the
// same bytes.
type Writer interface {
	// Write appends a record. Values are parallel to Fields: nil, string, bool, an integer, a float64, Number, time.Time (a
	// day), []string (a list, joined by ";"), or a fmt.Stringer, whose text is a number when the field is one. The shape is in
	// EPSG:4490; nil is missing. Nothing is kept of the arguments.
	Write(values []any, shape geo.Shape) error

	// Begin ends the layer at hand and starts another one in the same file. It fails for a format that holds one layer alone; see
	// HoldsLayers. Nothing is kept of the arguments.
	Begin(l Layer, opt WriteOptions) error

	// Close finishes the file. After a failed Write it removes what was written and returns that failure.
	Close() error

	// Abandon removes what was written; no file appears. After Close it does nothing.
	Abandon()
}

// ReadOptions say what a file does not. The zero value lets the file speak.
type ReadOptions struct {
	CRS          string   // "EPSG:4549"; "" takes the file's own, or degrees; DetectCRS finds it out
	Encoding     string   // CSV: "utf-8" or "gb18030"; "" finds out
	Sheet        string   // XLSX: name of the sheet; "" takes the first
	ShapeColumns []string // CSV and XLSX: further names of a column that holds WKT, beside shape, wkt, geom and geometry
	// FindHeader, when given, chooses the header of a CSV or XLSX file among its first rows that are not blank; it is shown at
	// least one. Without it the first is the header.
	FindHeader func([]HeadRow) Head
	SkipShapes bool // leave geometries unread, of whatever kind they are
	// Home is where the shapes must lie, in degrees, for DetectCRS: what lies elsewhere speaks against a system.
	Home   geo.Bound
	Limits Limits // zero fields take DefaultLimits

	unplaced bool // leave coordinates as they are where the file names no system
	swapped  bool // north comes first
}

// WriteOptions shape a file. The zero value writes names in the header, without BOM.
type WriteOptions struct {
	Format   string // extension without dot that overrides the path's own; "" goes by the path
	Encoding string // Shapefile: "utf-8" or "gb18030"; "" is utf-8
	QML      string // GeoPackage: the layer's style for QGIS; "" writes none
	SLD      string // GeoPackage: the same style for GeoServer and others; written beside QML
	BOM      bool   // CSV: begin with a byte order mark, by which Excel knows UTF-8
	Titles   bool   // CSV and XLSX: write titles into the header where there are some
	Sheet    string // XLSX: name of the sheet; "" takes the layer's name
}
