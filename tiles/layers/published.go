package layers

import (
	"bytes"
	"fmt"

	"muchan/parcels"
	"muchan/scoring"
)

// published is what a run made public: a year, and classes by parcel code. Its zero value has published nothing.
type published struct {
	id      string // of the run
	results []byte // of the run
	year    int
	classes map[string]scoring.Class
}

// newest picks the run whose classes hold for a year: the latest year not after it, and of that year's runs the one published
// last. What an earlier table shows of the same run, nil for none, is not read again.
func newest(runs []parcels.Run, year int, earlier *published) (*published, error) {
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
	if earlier != nil && earlier.id == best.ID && bytes.Equal(earlier.results, best.Results) {
		return earlier, nil
	}
	classes, err := scoring.PublishedClasses(best.Results)
	if err != nil {
		return nil, fmt.Errorf("published run %s: %w", best.ID, err)
	}
	return &published{best.ID, best.Results, best.Year, classes}, nil
}
