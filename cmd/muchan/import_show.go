package main

import (
	"fmt"
	"strings"

	"muchan/geo"
	"muchan/geo/layerfile"
	"muchan/parcels/ingest"
)

// showStaged prints what taking a file over would do: its columns, where it lands, and the difference to what is stored.
func (p *program) showStaged(s *ingest.Staged, f importFlags) error {
	preview := s.Report.Files[0].Preview
	for _, c := range preview.Columns {
		p.showColumn(c)
	}
	if b := preview.BBox; b != nil {
		fmt.Fprintf(p.stdout, "  lands at %s\n", layerfile.Place(geo.Bound{Min: geo.Point{b[0], b[1]}, Max: geo.Point{b[2], b[3]}}))
	}
	if f.outline != "" {
		if err := writeOutline(f.outline, preview); err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "  %s: %d shapes, to look at on a map\n", f.outline, len(preview.Outline))
	}
	p.showPlan(s, f)
	writes := s.Change.Rows.Len()
	if s.Plan != nil {
		writes = s.Plan.Len()
	}
	_, err := fmt.Fprintf(p.stdout, "dry run: %d rows would be written\n", writes)
	return err
}

func (p *program) showColumn(c ingest.ColumnUse) {
	switch {
	case c.Column == "":
		fmt.Fprintf(p.stdout, "  %s (%s) = %s\n", c.Field, c.Title, c.Set)
	case c.Factor != 0:
		fmt.Fprintf(p.stdout, "  %s → %s (%s, %s) × %.6g\n", c.Column, c.Field, c.Title, c.Unit, c.Factor)
	default:
		fmt.Fprintf(p.stdout, "  %s → %s (%s)\n", c.Column, c.Field, c.Title)
	}
}

func (p *program) showPlan(s *ingest.Staged, f importFlags) {
	switch {
	case s.Plan == nil:
		fmt.Fprintln(p.stdout, "  there is nothing stored yet: all rows would be new")
		return
	case s.Plan.Repeated != 0:
		fmt.Fprintf(p.stdout, "  the same rows were brought in before (change %d) and are stored still; nothing would happen\n", s.Plan.Repeated)
		return
	}
	fmt.Fprintf(p.stdout, "  %d new, %d changed, %d unchanged, %d ended by a successor, %d stored ones not in the file\n",
		s.Plan.Inserted, s.Plan.Updated, s.Plan.Unchanged, s.Plan.Closed, s.Missing)
	if n := s.Plan.Emptied; n > 0 {
		fmt.Fprintf(p.stdout, "  stored values would be emptied (→ —): %d, for the file has their column and nothing in it; leave the column out by --map COLUMN=- to keep them\n", n)
	}
	list := s.Plan.Differences(f.show)
	for _, d := range list {
		fmt.Fprintf(p.stdout, "  %s\n", d)
	}
	if more := s.Plan.Len() - len(list); more > 0 {
		fmt.Fprintf(p.stdout, "  and %d more\n", more)
	}
	p.showAbsent(s, f.show)
}

// showAbsent names the stored rows that one would expect in the file, on one line: they stay as they are.
func (p *program) showAbsent(s *ingest.Staged, most int) {
	shown := s.Absent[:min(most, len(s.Absent))]
	if len(shown) == 0 {
		return
	}
	fmt.Fprintf(p.stdout, "  not in the file, and staying as they are: %s", strings.Join(shown, ", "))
	if more := s.Missing - len(shown); more > 0 {
		fmt.Fprintf(p.stdout, " and %d more", more)
	}
	fmt.Fprintln(p.stdout)
}

// writeOutline writes where the shapes of the first rows would land.
func writeOutline(path string, preview *ingest.Preview) error {
	layer := layerfile.Layer{
		Name: "outline", HasShape: true,
		Fields: []layerfile.Field{{Name: "row", Title: "行", Type: layerfile.Integer}, {Name: "bad", Title: "有错误", Type: layerfile.Bool}},
	}
	w, err := layerfile.Create(path, layer, layerfile.WriteOptions{})
	if err != nil {
		return err
	}
	for _, s := range preview.Outline {
		if err := w.Write([]any{s.Row, s.Bad}, s.Shape); err != nil {
			w.Close()
			return err
		}
	}
	return w.Close()
}
