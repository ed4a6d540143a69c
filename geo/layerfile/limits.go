package layerfile

// Limits bound what a stranger's file may cost.
type Limits struct {
	FileBytes     int64 // size of the file
	Rows          int
	Columns       int
	CellBytes     int   // one cell, property or geometry as text
	RecordBytes   int   // one row or feature as text
	Depth         int   // nesting of JSON and XML
	Entries       int   // XLSX: files inside the archive
	UnpackedBytes int64 // XLSX: sum of what the archive unpacks to
	Ratio         int64 // XLSX: unpacked to packed, judged beyond ratioFloor
	StringBytes   int   // XLSX: the table of shared texts, which must be held in memory
}

// DefaultLimits let through a whole province's parcels (10^6 rows) and no bomb. A boundary of 10^5 points is about 4 MB of text.
var DefaultLimits = Limits{
	FileBytes:     2 << 30,
	Rows:          2_000_000,
	Columns:       1000,
	CellBytes:     6 << 20,
	RecordBytes:   6 << 20, // parsers hold several times as much while their buffers grow
	Depth:         64,
	Entries:       1000,
	UnpackedBytes: 2 << 30,
	Ratio:         200,
	StringBytes:   256 << 20,
}

// ratioFloor is the unpacked size below which the ratio is not judged: small empty sheets compress very well.
const ratioFloor = 8 << 20

// orDefault fills in the limits that are not given.
func (l Limits) orDefault() Limits {
	d := DefaultLimits
	setIfZero(&l.FileBytes, d.FileBytes)
	setIfZero(&l.Rows, d.Rows)
	setIfZero(&l.Columns, d.Columns)
	setIfZero(&l.CellBytes, d.CellBytes)
	setIfZero(&l.RecordBytes, d.RecordBytes)
	setIfZero(&l.Depth, d.Depth)
	setIfZero(&l.Entries, d.Entries)
	setIfZero(&l.UnpackedBytes, d.UnpackedBytes)
	setIfZero(&l.Ratio, d.Ratio)
	setIfZero(&l.StringBytes, d.StringBytes)
	return l
}

func setIfZero[T int | int64](v *T, d T) {
	if *v == 0 {
		*v = d
	}
}
