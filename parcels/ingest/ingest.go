package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"muchan/geo"
	"muchan/parcels"
)

// Options say what the files do not.
type Options struct {
	CRS      string            // "EPSG:4549"; "" takes a file's own, or degrees
	Encoding string            // "utf-8" or "gb18030"; "" finds out
	Sheet    string            // XLSX: name of the sheet; "" takes the first
	Map      map[string]string // column of the file -> our column; "-" leaves a column out
	Set      map[string]string // our column -> its value in every row, for columns that the file does not have
	// Home is where the shapes must lie for CRS layerfile.DetectCRS, in degrees; the zero box takes DefaultHome. Shapes elsewhere are warned
	// of, but not for the zero box.
	Home     geo.Bound
	SkipBad  bool   // leave out the rows with errors instead of refusing their file
	Preview  int    // so many rows are shown in the report, with the columns' mapping
	Name     string // of the file, where it is kept under another one
	Who, Why string

	// What Prepare does beside reading.
	Relate   bool   // relate buildings and parcels to stored ones by place
	Straddle string // StraddleSplit, or else StraddleFlag
	Doubles  string // DoublesKeep, or else DoublesLeave

	parksKnown bool          // Home is where stored parks lie: a file that lies elsewhere as a whole is refused
	unassigned bool          // a building may lack its parcel: it will be found by place
	stored     *parcels.Rows // what the rows of a file without shapes are about; nil where it must have them
	feed       *feed         // takes the rows of a long file while it is read; nil for none
	held       int           // how many rows may be held together; 0 for maxHeld
	part       int           // how many rows the feed takes at a time; 0 for partRows
	When       time.Time     // also the day after which a date of something done is doubtful; zero for no such check

	// Progress, when given, is called now and then with the rows read of a file, from the goroutine of Read.
	Progress func(file string, rows int)
}

// DefaultHome is a box around both parks, 清濛 and 官桥.
var DefaultHome = geo.Bound{Min: geo.Point{117.9, 24.3}, Max: geo.Point{119.2, 25.4}}

// HomeOf is the box around parks with 0.2 degrees, some twenty kilometres, to each side; DefaultHome when none is drawn.
func HomeOf(parks []parcels.Park) (home geo.Bound, drawn bool) {
	const margin = 0.2
	for i := range parks {
		switch {
		case len(parks[i].Shape) == 0:
		case !drawn:
			home, drawn = parks[i].Shape.Bound(), true
		default:
			home = home.Union(parks[i].Shape.Bound())
		}
	}
	if !drawn {
		return DefaultHome, false
	}
	return home.Pad(margin), true
}

// Kinds lists the kinds of rows that can be read: the names of the entities' tables.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }

// Read reads files of one kind into one change. Any error in any file refuses them all, unless Options.SkipBad leaves the rows with
// errors out: the change is then empty and the error is a *parcels.RefusedError with the errors that the report keeps. The report is nil only when the kind is unknown, and complete
// unless ctx ended first. An unknown kind, files with different columns or a cancelled context give a plain error.
func Read(ctx context.Context, kind string, files []string, opt Options) (parcels.Change, *Report, error) {
	how, ok := kinds[kind]
	if !ok {
		return parcels.Change{}, nil, fmt.Errorf("read %q: no such kind; use one of %s", kind, strings.Join(Kinds(), " "))
	}
	report := &Report{Kind: kind}
	change := parcels.Change{Who: opt.Who, Why: opt.Why, When: opt.When}
	opt.feed.knows(func() (parcels.Change, error) { return head(change, kind, report, opt) })
	if err := how.load(ctx, files, opt, report, &change.Rows); err != nil {
		return parcels.Change{}, report, fmt.Errorf("read %s: %w", kind, err)
	}
	if report.refusing() {
		return parcels.Change{}, report, report.refused()
	}
	change, err := head(change, kind, report, opt)
	return change, report, err
}

// head fills in what is known of a change once the headers of its files are read.
func head(c parcels.Change, kind string, report *Report, opt Options) (parcels.Change, error) {
	var err error
	if c.Columns, err = report.columns(); err != nil {
		return parcels.Change{}, fmt.Errorf("read %s: %w", kind, err)
	}
	c.OnlyStored = slices.ContainsFunc(report.Files, func(f *FileReport) bool { return f.Ledger })
	c.Source = source(kind, report, opt)
	return c, nil
}

// columns names the columns that the files carry. One change has one list, so files that differ come in one by one.
func (r *Report) columns() ([]string, error) {
	var first []string
	for i, f := range r.Files {
		if i > 0 && !slices.Equal(first, f.columns) {
			return nil, fmt.Errorf("%s and %s have different columns: bring them in one by one", r.Files[0].Name, f.Name)
		}
		first = f.columns
	}
	return first, nil
}

// source names the files and sums up their bytes and the options that shaped the rows.
func source(kind string, report *Report, opt Options) parcels.Source {
	h := sha256.New()
	fmt.Fprintf(h, "muchan %q %q %q %q\n", kind, opt.CRS, opt.Encoding, opt.Sheet)
	for _, from := range slices.Sorted(maps.Keys(opt.Map)) {
		fmt.Fprintf(h, "%q=%q\n", from, opt.Map[from])
	}
	for _, column := range slices.Sorted(maps.Keys(opt.Set)) {
		fmt.Fprintf(h, "set %q=%q\n", column, opt.Set[column])
	}
	if opt.Relate {
		fmt.Fprintf(h, "relate %q %q\n", opt.Straddle, opt.Doubles)
	}
	if opt.SkipBad {
		fmt.Fprintln(h, "skip bad")
	}
	names := make([]string, len(report.Files))
	for i, f := range report.Files {
		names[i] = f.Name
		fmt.Fprintln(h, f.SHA256)
	}
	return parcels.Source{Name: strings.Join(names, ", "), SHA256: hex.EncodeToString(h.Sum(nil))}
}

// Extension is what of a file's name tells its format, in lower case: ".xlsx", ".gdb.zip"; "" for none that is plain.
func Extension(name string) string {
	name = strings.ToLower(filepath.Base(name))
	ext := filepath.Ext(name)
	if rest := strings.TrimSuffix(name, ext); ext == ".zip" && filepath.Ext(rest) == ".gdb" {
		ext = ".gdb.zip"
	}
	for _, r := range strings.ReplaceAll(ext, ".", "") {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return ""
		}
	}
	return ext
}

// fileHash sums up a file's bytes. What cannot be read has none; opening it says why.
func fileHash(path string) string {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

func nameOf(path string, opt Options) string {
	if opt.Name != "" {
		return opt.Name
	}
	return baseName(path)
}

func baseName(path string) string { return filepath.Base(path) }
