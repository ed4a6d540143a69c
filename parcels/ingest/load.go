package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"muchan/geo/layerfile"
	"muchan/parcels"
)

// reading is how files of a kind are read.
type reading struct {
	load func(context.Context, []string, Options, *Report, *parcels.Rows) error
	open func(Options) layerfile.ReadOptions
	drop func(rows *parcels.Rows, keys map[string]bool) int // takes rows out by key and counts them
}

// kinds maps a kind to how its files are read.
var kinds = map[string]reading{
	"parks":         kind(&parcels.ParkTable, func(r *parcels.Rows) *[]parcels.Park { return &r.Parks }),
	"zones":         kind(&parcels.ZoneTable, func(r *parcels.Rows) *[]parcels.Zone { return &r.Zones }),
	"parcels":       kind(&parcels.ParcelTable, func(r *parcels.Rows) *[]parcels.Parcel { return &r.Parcels }),
	"buildings":     kind(&parcels.BuildingTable, func(r *parcels.Rows) *[]parcels.Building { return &r.Buildings }),
	"firms":         kind(&parcels.FirmTable, func(r *parcels.Rows) *[]parcels.Firm { return &r.Firms }),
	"occupancies":   kind(&parcels.OccupancyTable, func(r *parcels.Rows) *[]parcels.Occupancy { return &r.Occupancies }),
	"figures":       kind(&parcels.FiguresTable, func(r *parcels.Rows) *[]parcels.Figures { return &r.Figures }),
	"events":        kind(&parcels.EventTable, func(r *parcels.Rows) *[]parcels.Event { return &r.Events }),
	"targets":       kind(&parcels.TargetTable, func(r *parcels.Rows) *[]parcels.Target { return &r.Targets }),
	"target_values": kind(&parcels.TargetValueTable, func(r *parcels.Rows) *[]parcels.TargetValue { return &r.TargetValues }),
}

// entity is a row that knows its rules.
type entity[T any] interface {
	*T
	Validate() []parcels.Problem
}

func kind[T any, P entity[T]](t *parcels.Table[T], rows func(*parcels.Rows) *[]T) reading {
	load := func(ctx context.Context, files []string, opt Options, report *Report, into *parcels.Rows) error {
		l := &loader[T, P]{ctx: ctx, table: t, opt: opt, of: rows, seen: map[string]place{}}
		for _, path := range files {
			if err := l.file(path, report); err != nil {
				return err
			}
		}
		report.seen = l.seen
		if opt.feed.begun() {
			return l.feed()
		}
		*rows(into) = l.rows
		return nil
	}
	drop := func(all *parcels.Rows, keys map[string]bool) int {
		list := rows(all)
		kept := slices.DeleteFunc(slices.Clone(*list), func(row T) bool { return keys[t.Key(&row)] })
		dropped := len(*list) - len(kept)
		*list = kept
		return dropped
	}
	return reading{load, func(opt Options) layerfile.ReadOptions { o, _ := readOptions(t, opt); return o }, drop}
}

// place is where a row stands. There is one for every row, so it is small.
type place struct{ file, row int32 } // file by its place in the report

// loader reads files of one kind, one after the other.
type loader[T any, P entity[T]] struct {
	ctx   context.Context
	table *parcels.Table[T]
	opt   Options
	of    func(*parcels.Rows) *[]T // the kind's rows among those of all kinds
	rows  []T
	seen  map[string]place // key -> its first row
	files []*FileReport
	out   *FileReport // the last of files
	plan  *plan
	tally tally
	where whereabouts
}

// progressEvery is how many rows lie between two calls of Options.Progress and two looks at the context.
const progressEvery = 1000

// file reads one file. It fails only when the context ends; what is wrong with the file goes into its report.
func (l *loader[T, P]) file(path string, report *Report) error {
	l.out = &FileReport{Name: nameOf(path, l.opt), SHA256: fileHash(path), whole: true}
	if l.opt.SkipBad {
		l.out.reasons = map[int]string{}
	}
	l.tally, l.plan = tally{}, nil
	report.Files = append(report.Files, l.out)
	l.files = report.Files
	defer func() {
		l.out.Notes = append(l.out.Notes, l.tally.notes()...)
		l.out.close(l.opt.SkipBad)
	}()
	if err := l.ctx.Err(); err != nil {
		return err
	}
	opt, units := readOptions(l.table, l.opt)
	r, err := layerfile.Open(path, opt)
	if err != nil {
		l.addError(err, map[string]bool{})
		return nil
	}
	r = layerfile.Ahead(r)
	defer r.Close()
	return l.read(r, *units)
}

func (l *loader[T, P]) read(r layerfile.Reader, units declared) error {
	l.describe(r.Info())
	l.plan = newPlan(l.table, r, units, l.opt)
	l.out.Notes = append(l.out.Notes, l.plan.notes...)
	l.out.columns, l.out.Ledger = l.plan.carried, l.plan.lent != nil
	if l.opt.Preview > 0 {
		l.out.Header, l.out.Fields, l.out.Preview = headerOf(r), fieldsOf(l.table), newPreview(l.plan, l.table.Columns)
	}
	for _, p := range l.plan.problems {
		l.out.add(p)
	}
	if l.out.Errors > 0 {
		return nil
	}
	l.out.whole = false
	l.where = whereabouts{home: l.opt.Home, known: l.opt.parksKnown && l.table.Name != parcels.ParkTable.Name}
	sheet := isSheet(r.Info().Format)
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			l.describe(r.Info())
			l.end()
			return nil
		}
		if sheet {
			if why := noRecord(rec.Values); why != "" {
				l.tally.left(rec.Row, why)
				continue
			}
		}
		blamed := map[string]bool{}
		errorsBefore := l.out.Errors
		if err != nil && l.addError(err, blamed) {
			l.out.whole = true
			return nil
		}
		if err != nil && l.plan.shape >= 0 && len(rec.Shape) == 0 {
			blamed[l.table.Columns[l.plan.shape].Name] = true // it may be there: nobody came to read it
		}
		if err := l.record(rec, blamed, errorsBefore); err != nil {
			return err
		}
		if l.tooMany() {
			l.out.whole = true
			return nil
		}
		if l.out.Rows%progressEvery == 0 {
			if err := l.ctx.Err(); err != nil {
				return err
			}
			if l.opt.Progress != nil {
				l.opt.Progress(l.out.Name, l.out.Rows)
			}
		}
	}
}

func isSheet(format string) bool { return format == "CSV" || format == "XLSX" }

// end says what can be said of the file only when all of it was read.
func (l *loader[T, P]) end() {
	if l.opt.Progress != nil {
		l.opt.Progress(l.out.Name, l.out.Rows)
	}
	if l.out.Rows == 0 {
		l.out.add(parcels.Problem{Entity: l.table.Name, Rule: layerfile.RuleEmpty, Message: "the file has a header but no rows", Remedy: "Export it again.", Severity: parcels.SeverityError})
	}
	l.where.settle(l.table.Name, l.out)
}

// describe copies what the reader decided; notes that it repeats are left out.
func (l *loader[T, P]) describe(info layerfile.Info) {
	l.out.Format, l.out.Encoding, l.out.CRS, l.out.Assumed = info.Format, info.Encoding, info.CRS, info.Assumed
	for _, n := range info.Notes {
		if !slices.Contains(l.out.Notes, n) {
			l.out.Notes = append(l.out.Notes, n)
		}
	}
}

// addError puts a reader's error into the report, blames its column, and tells whether reading has to end.
func (l *loader[T, P]) addError(err error, blamed map[string]bool) (fatal bool) {
	p := parcels.Problem{Entity: l.table.Name, Rule: layerfile.RuleOpen, Message: err.Error(), Severity: parcels.SeverityError}
	var e *layerfile.Error
	if errors.As(err, &e) {
		p.Row, p.Column, p.Value, p.Rule, p.Message, p.Remedy = e.Row, e.Column, e.Value, e.Rule, e.Message, e.Remedy
	}
	if l.plan != nil && l.plan.named[p.Column] != "" {
		p.Column = l.plan.named[p.Column]
	}
	blamed[p.Column] = true
	l.out.add(p)
	return e == nil || e.Fatal
}

// record reads one row. A row the reader could not read whole is still checked, so that all its faults are told at once; blamed
// are the columns that have been told already. It fails only when the store does.
func (l *loader[T, P]) record(rec layerfile.Record, blamed map[string]bool, errorsBefore int) error {
	l.out.Rows++
	var row T
	cells := l.plan.fill(&cellReader{tally: &l.tally, row: rec.Row}, rec.Values, func(i int) any { return l.table.Columns[i].Field(&row) })
	if l.plan.shape >= 0 && len(rec.Shape) > 0 {
		setShape(l.table.Columns[l.plan.shape].Field(&row), rec.Shape)
		if p, away := l.where.look(rec.Shape, rec.Row); away {
			p.Entity = l.table.Name
			l.out.add(p)
		}
	}
	for i := range cells {
		cells[i].Entity, cells[i].Row, cells[i].Severity = l.table.Name, rec.Row, parcels.SeverityError
		blamed[cells[i].Column] = true
		l.out.add(cells[i])
	}
	lender := ""
	if l.plan.lent != nil {
		lender = l.lend(&row, rec.Row, blamed)
	}
	found := parcels.Normalise(l.table, &row)
	l.sameEdition(&row, lender, rec.Row, blamed)
	found = append(found, P(&row).Validate()...)
	found = append(found, future(l.table, &row, l.opt.When)...)
	for _, p := range found {
		if blamed[p.Column] && p.Severity == parcels.SeverityError {
			continue // a value that could not be read is not missing as well
		}
		if l.opt.unassigned && l.plan.lent == nil && p.Rule == "column.required" && p.Column == "parcel" {
			continue
		}
		if p.Row = rec.Row; p.Severity == parcels.SeverityNote {
			l.tally.add(p.Rule, p.Column, rec.Row, p.Message)
			continue
		}
		l.out.add(p)
	}
	if !blamedKey(l.table, blamed) {
		l.unique(&row, rec.Row)
	}
	bad := l.out.Errors > errorsBefore
	if l.out.Preview != nil {
		l.out.Preview.add(rec, bad, l.opt.Preview)
	}
	if bad && l.opt.SkipBad {
		l.out.Skipped++
		return nil
	}
	return l.keep(row)
}

// blamedKey tells whether a row's key cannot be trusted.
func blamedKey[T any](t *parcels.Table[T], blamed map[string]bool) bool {
	return len(blamed) > 0 && slices.ContainsFunc(t.Columns, func(c parcels.Column[T]) bool { return c.Key && blamed[c.Name] })
}

// keep gathers rows, and hands them on by the part where the store takes them while the file is read. Nobody needs the rows of a file that
// is refused.
func (l *loader[T, P]) keep(row T) error {
	if l.out.Errors > 0 && !l.opt.SkipBad {
		l.rows = nil
		return nil
	}
	l.rows = append(l.rows, row)
	if l.opt.feed == nil || len(l.rows) < l.opt.part {
		return nil
	}
	return l.feed()
}

func (l *loader[T, P]) feed() error {
	var part parcels.Rows
	*l.of(&part), l.rows = l.rows, make([]T, 0, l.opt.part)
	return l.opt.feed.add(l.ctx, &part)
}

// unique refuses a key that a row of this change has already.
func (l *loader[T, P]) unique(row *T, at int) {
	key := l.table.Key(row)
	first, known := l.seen[key]
	if !known {
		l.seen[key] = place{int32(len(l.files) - 1), int32(at)}
		return
	}
	where := fmt.Sprintf("row %d", first.row)
	if file := l.files[first.file].Name; file != l.out.Name {
		where += " of " + file
	}
	l.out.add(parcels.Problem{
		Entity: l.table.Name, Key: key, Row: at, Rule: "key.duplicate", Message: fmt.Sprintf("row %d has the same key as %s", at, where),
		Remedy: "Remove one of the two rows, or correct its key.", Severity: parcels.SeverityError,
	})
}
