package layers

import (
	"fmt"

	"muchan/parcels"
	"muchan/scoring"
)

// published is what a run made public: a year, and classes by parcel code. Its zero value has published nothing.
type published struct {
	year    int
	classes map[string]scoring.Class
}

// newest picks the run whose classes hold for a year: the latest year not after it, and of that year's runs the one published
// last.
func newest(runs []parcels.Run, year int) (*published, error) {
	var best *parcels.Run
	for i := range runs {
		r := &runs[i]
		if r.Year > year {
			continue
		}
		if best == nil || r.Year > best.Year || r.Year == best.Year && r.PublishedAt.After(best.PublishedAt) {
			best = r
		}
	}
	if best == nil {
		return &published{}, nil
	}
	classes, err := scoring.PublishedClasses(best.Results)
	if err != nil {
		return nil, fmt.Errorf("published run %s: %w", best.ID, err)
	}
	return &published{best.Year, classes}, nil
}
