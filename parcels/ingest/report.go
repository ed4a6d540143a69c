package ingest

import (
	"fmt"
	"slices"
	"strings"

	"muchan/parcels"
)

// maxProblems are kept for each file; all are counted.
const maxProblems = 1000

// Report says what came of each file.
type Report struct {
	Kind  string        `json:"kind"`
	Files []*FileReport `json:"files"`

	seen map[string]place // key -> its row
}

// refusing reports whether errors refuse the files.
func (r *Report) refusing() bool {
	for _, f := range r.Files {
		if f.Errors > 0 && f.Accepted == 0 {
			return true
		}
	}
	return false
}

// RowOf returns the row in its file of a row that was read, by its key, and 0 for a key that was not.
func (r *Report) RowOf(key string) int { return int(r.seen[key].row) }

// FileReport says how a file was understood and what is wrong in it.
type FileReport struct {
	Name     string            `json:"name"` // without its folder
	SHA256   string            `json:"sha256,omitempty"`
	Format   string            `json:"format,omitempty"`
	Encoding string            `json:"encoding,omitempty"`
	CRS      string            `json:"crs,omitempty"`
	Assumed  bool              `json:"crs_assumed,omitempty"` // CRS was found out from magnitudes
	Rows     int               `json:"rows"`                  // rows read, the header and empty rows not counted
	Accepted int               `json:"accepted"`              // all of them, or none; those without errors when bad ones are left out
	Skipped  int               `json:"skipped,omitempty"`     // rows with errors that were left out
	Doubled  int               `json:"doubled,omitempty"`     // buildings that were left out because they are there twice
	Ledger   bool              `json:"ledger,omitempty"`      // it has no shapes: its rows are about stored ones
	Errors   int               `json:"errors"`
	Warnings int               `json:"warnings"`
	Notes    []string          `json:"notes,omitempty"`    // what was decided, normalised or left out
	Problems []parcels.Problem `json:"problems,omitempty"` // at most 1000; errors before warnings, each in the order of rows

	Preview *Preview `json:"preview,omitempty"`
	Header  []string `json:"-"` // columns of the file, read or not; with Options.Preview
	Fields  []Field  `json:"-"` // columns of ours that they can be mapped to; with Options.Preview

	columns []string       // ours that the file has
	whole   bool           // its errors are about the file as a whole
	reasons map[int]string // row -> its errors; nil when nobody asked
}

// Errors counts the errors of all files.
func (r *Report) Errors() int {
	n := 0
	for _, f := range r.Files {
		n += f.Errors
	}
	return n
}

// refused is the error of a report with errors. It counts those that there was no room for.
func (r *Report) refused() *parcels.RefusedError {
	e := &parcels.RefusedError{}
	for _, f := range r.Files {
		for _, p := range f.Problems {
			if p.Severity == parcels.SeverityError {
				e.Problems = append(e.Problems, p)
			}
		}
	}
	e.More = r.Errors() - len(e.Problems)
	return e
}

// String is the report for a person, some lines for each file.
func (r *Report) String() string {
	var b strings.Builder
	for _, f := range r.Files {
		f.write(&b)
	}
	return b.String()
}

func (f *FileReport) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s: ", f.Name)
	var how []string
	for _, s := range []string{f.Format, f.Encoding, f.CRS} {
		if s != "" {
			how = append(how, s)
		}
	}
	if len(how) > 0 {
		fmt.Fprintf(b, "%s; ", strings.Join(how, ", "))
	}
	fmt.Fprintf(b, "%d rows read, %d accepted, %d errors, %d warnings", f.Rows, f.Accepted, f.Errors, f.Warnings)
	if f.Skipped > 0 {
		fmt.Fprintf(b, ", %d rows left out", f.Skipped)
	}
	if f.Doubled > 0 {
		fmt.Fprintf(b, ", %d left out because they are there twice", f.Doubled)
	}
	b.WriteByte('\n')
	for _, n := range f.Notes {
		fmt.Fprintf(b, "  note: %s\n", n)
	}
	for _, p := range f.Problems {
		fmt.Fprintf(b, "  %s: %s\n", p.Severity, p.String())
	}
	if more := f.Errors + f.Warnings - len(f.Problems); more > 0 {
		fmt.Fprintf(b, "  and %d more\n", more)
	}
}

// add counts a problem and keeps it while there is room; an error takes the place of a warning when there is none.
func (f *FileReport) add(p parcels.Problem) {
	if p.Severity == parcels.SeverityError {
		f.Errors++
		f.reason(p)
	} else {
		f.Warnings++
	}
	if len(f.Problems) < maxProblems {
		f.Problems = append(f.Problems, p)
		return
	}
	if p.Severity != parcels.SeverityError {
		return
	}
	for i := len(f.Problems) - 1; i >= 0; i-- {
		if f.Problems[i].Severity != parcels.SeverityError {
			f.Problems = append(slices.Delete(f.Problems, i, i+1), p)
			return
		}
	}
}

// close sorts the problems and settles what was accepted.
func (f *FileReport) close(skipBad bool) {
	slices.SortStableFunc(f.Problems, func(a, b parcels.Problem) int { return rank(a) - rank(b) })
	if f.Errors == 0 || skipBad && !f.whole {
		f.Accepted = f.Rows - f.Skipped
	}
}

// reason keeps every row's errors, also those that the list of problems has no room for.
func (f *FileReport) reason(p parcels.Problem) {
	if f.reasons == nil || p.Row == 0 {
		return
	}
	own := p
	own.Row, own.Key, own.Value = 0, "", "" // they stand in the row itself
	text := fmt.Sprintf("%s [%s] %s", own.Zh(), p.Rule, p.Message)
	if p.Remedy != "" {
		text += " — " + p.Remedy
	}
	if before := f.reasons[p.Row]; before != "" {
		text = before + "; " + text
	}
	f.reasons[p.Row] = text
}

func rank(p parcels.Problem) int {
	if p.Severity == parcels.SeverityError {
		return 0
	}
	return 1
}
