package scoring

import (
	"fmt"
	"slices"

	"muchan/parcels"
)

// Edit changes a single input for a rerun.
type Edit = parcels.Edit

// Rerun scores the same year as of the same day again, by other rules and with other inputs. The result is what Run makes of the
// edited snapshot and the book. s stays as it is; nothing is stored.
func (s *Scores) Rerun(book Book, edits []Edit) (*Scores, error) {
	if s.run == nil {
		return nil, fmt.Errorf("scoring: these scores were not made by Run")
	}
	snapshot, err := s.run.snap.With(edits)
	if err != nil {
		return nil, fmt.Errorf("rerun: %w", err)
	}
	in := Input{Snapshot: snapshot, Year: s.Year, AsOf: s.AsOf, Rules: book}
	// Who used what land follows neither from rules nor from figures; how much money there is to share follows from figures.
	if slices.ContainsFunc(edits, func(e Edit) bool { return e.Table != parcels.FiguresTable.Name }) {
		return Run(in)
	}
	return runAfter(in, s.run, len(edits) == 0), nil
}
