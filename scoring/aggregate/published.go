package aggregate

import (
	"cmp"
	"fmt"
	"slices"

	"muchan/parcels"
	"muchan/scoring"
)

// OfRuns audits the public sums of all final runs together. A year's sums are those of the first of its runs that kept its summands,
// and stay so: a second table of the same year would give away, by its difference from the first, what was corrected in between, and
// often of one firm. Years without such a run have no table.
func OfRuns(runs []parcels.Run, opt Options) ([]Table, error) {
	inOrder := make([]*parcels.Run, len(runs))
	for i := range runs {
		inOrder[i] = &runs[i]
	}
	slices.SortStableFunc(inOrder, func(a, b *parcels.Run) int {
		return cmp.Or(a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.Year, b.Year), cmp.Compare(a.ID, b.ID))
	})
	var years []Year
	seen := map[int]bool{}
	for _, r := range inOrder {
		if seen[r.Year] {
			continue
		}
		kept, ok, err := scoring.ReadSummands(r.Results)
		if err != nil {
			return nil, fmt.Errorf("published run %s: %w", r.ID, err)
		}
		if !ok {
			continue
		}
		classes, err := scoring.PublishedFirmClasses(r.Results)
		if err != nil {
			return nil, fmt.Errorf("published run %s: %w", r.ID, err)
		}
		y := Gather(r.Year, kept, classes, opt)
		y.Run, seen[r.Year] = r.ID, true
		years = append(years, y)
	}
	return Tables(years, opt), nil
}

// Of returns the table of a year. A year without one has a row for the zone and one for each park, which say that nothing is published.
func Of(tables []Table, year int, parks []parcels.Park) Table {
	if at := slices.IndexFunc(tables, func(t Table) bool { return t.Year == year }); at >= 0 {
		return tables[at]
	}
	t := Table{Year: year, Rows: []Row{{By: ByZone}}}
	for i := range parks {
		t.Rows = append(t.Rows, Row{By: ByPark, Park: parks[i].Code})
	}
	for i := range t.Rows {
		for m := range measures {
			t.Rows[i].sum(m).Suppressed = NotPublished
		}
	}
	return t
}
