package api

import (
	"encoding/json"
	"time"

	"muchan/geo"
	"muchan/parcels"
	"muchan/parcels/ingest"
)

// The bounds of what one answer shows of a file.
const (
	shownRows        = 20
	shownProblems    = 500
	shownDifferences = 500
	shownShapes      = 500
)

// importOptions say what a file does not, as the flags of muchan import do.
type importOptions struct {
	CRS      string            `json:"crs"` // "EPSG:4549"; "detect" finds it out, "" takes the file's own
	Encoding string            `json:"encoding"`
	Sheet    string            `json:"sheet"`
	Map      map[string]string `json:"map"`
	Set      map[string]string `json:"set"`
	SkipBad  bool              `json:"skip_bad"`
	Relate   bool              `json:"relate"`
	Straddle string            `json:"straddle"`
	Doubles  string            `json:"doubles"`
}

// importDoc is a file that waits: how it was understood, what is wrong with it, and what taking it over would do.
type importDoc struct {
	ID         string        `json:"id"`
	Kind       string        `json:"kind"`
	File       string        `json:"file"`
	Bytes      int64         `json:"bytes"`
	By         string        `json:"by"`
	UploadedAt time.Time     `json:"uploaded_at"`
	State      string        `json:"state"` // ready, refused or applied
	Options    importOptions `json:"options"`

	Format     string              `json:"format"`
	Encoding   string              `json:"encoding"`
	CRS        string              `json:"crs"`
	CRSAssumed bool                `json:"crs_assumed"` // found out from magnitudes: look at the outline before applying
	Rows       int                 `json:"rows"`
	Accepted   int                 `json:"accepted"`
	Skipped    int                 `json:"skipped"`
	Doubled    int                 `json:"doubled"`
	Ledger     bool                `json:"ledger"` // it has no shapes: its rows are about stored ones
	Notes      []string            `json:"notes"`
	Header     []string            `json:"header"` // columns of the file, read or not
	Fields     []ingest.Field      `json:"fields"` // of ours that they can be mapped to
	Columns    []ingest.ColumnUse  `json:"columns"`
	Sample     []ingest.PreviewRow `json:"sample"` // cells parallel to columns
	BBox       []float64           `json:"bbox"`
	Outline    json.RawMessage     `json:"outline"` // GeoJSON of the first shapes, each with row and bad

	Errors   int               `json:"errors"`
	Warnings int               `json:"warnings"`
	Problems importProblems    `json:"problems"`
	Plan     *planDoc          `json:"plan"`    // null when it is refused
	Content  string            `json:"content"` // what would be written, to be named when it is applied; "" when refused
	Version  int64             `json:"version"` // of the store it was compared with
	Receipt  *changeReceiptDoc `json:"receipt"` // null until it is applied
	Refused  *refusedRowsDoc   `json:"refused"` // rows left out by what was applied, or all when none is good
}

// importProblems are by severity; each list is cut, the counts are whole.
type importProblems struct {
	Error   []importProblem `json:"error"`
	Warning []importProblem `json:"warning"`
}

// importProblem is a finding with what its rule says in Chinese; message and remedy, in English, have the particulars.
type importProblem struct {
	parcels.Problem
	MessageZh string `json:"message_zh"`
	RemedyZh  string `json:"remedy_zh"`
}

func inBothLanguages(p parcels.Problem) importProblem {
	w, ok := parcels.RuleWordOf(p.Rule)
	if !ok {
		w = parcels.RuleWord{What: p.Message, Remedy: p.Remedy}
	}
	return importProblem{p, w.What, w.Remedy}
}

type planDoc struct {
	New         int                  `json:"new"`
	Changed     int                  `json:"changed"`
	Unchanged   int                  `json:"unchanged"`
	Ended       int                  `json:"ended"`
	Missing     int                  `json:"missing"`  // stored rows one would expect in the file
	Emptied     int                  `json:"emptied"`  // stored values that would be missing, because the file has none
	Repeated    int64                `json:"repeated"` // the change that brought the same rows in; 0 for none
	Differences []parcels.Difference `json:"differences"`
	Absent      []string             `json:"absent"`
}

type changeReceiptDoc struct {
	Change    int64 `json:"change"`
	Version   int64 `json:"version"`
	Repeated  bool  `json:"repeated"`
	New       int   `json:"new"`
	Changed   int   `json:"changed"`
	Unchanged int   `json:"unchanged"`
	Ended     int   `json:"ended"`
	Deleted   int   `json:"deleted"`
	Emptied   int   `json:"emptied"` // stored values that are missing now
}

type refusedRowsDoc struct {
	Rows int    `json:"rows"`
	HRef string `json:"href"` // the rows as a file of the same format, with reasons
}

func receiptDoc(r parcels.Receipt) *changeReceiptDoc {
	return &changeReceiptDoc{r.Change, r.Version, r.Repeated, r.Inserted, r.Updated, r.Unchanged, r.Closed, r.Deleted, r.Emptied}
}

// headOf is what is known of a file without reading it.
func headOf(f *staged) *importDoc {
	return &importDoc{
		ID: f.ID, Kind: f.Kind, File: f.Name, Bytes: f.Size, By: f.By, UploadedAt: f.At, State: "refused", Options: f.options,
		Notes: []string{}, Header: []string{}, Fields: []ingest.Field{}, Columns: []ingest.ColumnUse{}, Sample: []ingest.PreviewRow{},
		Problems: importProblems{Error: []importProblem{}, Warning: []importProblem{}},
	}
}

// describe fills in what preparing found.
func (d *importDoc) describe(s *ingest.Staged) {
	f := s.Report.Files[0]
	d.Format, d.Encoding, d.CRS, d.CRSAssumed = f.Format, f.Encoding, f.CRS, f.Assumed
	d.Rows, d.Accepted, d.Skipped, d.Doubled, d.Errors, d.Warnings = f.Rows, f.Accepted, f.Skipped, f.Doubled, f.Errors, f.Warnings
	d.Ledger = f.Ledger
	d.Notes = append(d.Notes, f.Notes...)
	for _, p := range f.Problems {
		list := &d.Problems.Warning
		if p.Severity == parcels.SeverityError {
			list = &d.Problems.Error
		}
		if len(*list) < shownProblems {
			*list = append(*list, inBothLanguages(p))
		}
	}
	if f.Fields != nil {
		d.Header, d.Fields = f.Header, f.Fields
	}
	if v := f.Preview; v != nil {
		d.Columns, d.Sample, d.BBox, d.Outline = v.Columns, v.Rows, v.BBox, outlineOf(v.Outline)
	}
}

// compare fills in what taking the file over would do.
func (d *importDoc) compare(s *ingest.Staged) {
	p := &planDoc{
		New: s.Plan.Inserted, Changed: s.Plan.Updated, Unchanged: s.Plan.Unchanged, Ended: s.Plan.Closed, Missing: s.Missing, Emptied: s.Plan.Emptied, Repeated: s.Plan.Repeated,
		Differences: s.Plan.Differences(shownDifferences), Absent: s.Absent,
	}
	if p.Absent == nil {
		p.Absent = []string{}
	}
	d.State, d.Plan, d.Content = "ready", p, s.Change.ContentHash()
}

// outlineOf is a GeoJSON FeatureCollection of shapes, null for none.
func outlineOf(shapes []ingest.PreviewShape) json.RawMessage {
	if len(shapes) == 0 {
		return nil
	}
	dst := []byte(`{"type":"FeatureCollection","features":[`)
	for i, s := range shapes[:min(len(shapes), shownShapes)] {
		if i > 0 {
			dst = append(dst, ',')
		}
		properties, err := json.Marshal(s)
		if err != nil {
			panic(err) // two plain members always marshal
		}
		dst = append(append(append(dst, `{"type":"Feature","properties":`...), properties...), `,"geometry":`...)
		dst = append(geo.AppendGeoJSON(dst, s.Shape), '}')
	}
	return append(dst, "]}"...)
}
