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
	if len(edits) > 0 {
		return Run(in) // which shares shapes with the run before, and land and use too when figures alone were edited
	}
	return runAfter(in, s.run), nil
}

// takesOver reports whether the scores of an earlier run can be begun with: the sets may differ, but land lies in the same places and the
// same taxes are summed, so every parcel and firm has the same money.
func (r *run) takesOver() bool {
	return r.before != nil && slices.Equal(r.taxOf, r.before.taxOf) && slices.Equal(r.placeOf, r.before.placeOf)
}

// takeOver begins with an earlier run's scores.
func (r *run) takeOver() {
	b := r.before
	r.carried, r.past, r.stock, r.ratings, r.bases, r.earlier = b.carried, slices.Clip(b.past), b.stock, b.ratings, b.bases, b.earlier
	r.out.Unassigned, r.out.Firms, r.out.Exit = b.out.Unassigned, b.out.Firms, b.out.Exit
	r.out.Parcels = make([]ParcelScore, len(b.out.Parcels))
	eachChunk(len(r.out.Parcels), func(from, to int) { copy(r.out.Parcels[from:to], b.out.Parcels[from:to]) })
}

// unlessSame does a step, unless the earlier run did it by the same sets at every place. kinds are all that the step asks for. A step
// begins by clearing what it fills, because the parcels may hold what an earlier run found.
func (r *run) unlessSame(step func(), kinds ...string) {
	if r.before == nil || slices.ContainsFunc(kinds, func(kind string) bool { return !r.sameSets(kind) }) {
		step()
	}
}

func (r *run) sameSets(kind string) bool {
	same := func(a, b *RuleSet) bool { return a == b || a != nil && b != nil && a.Hash == b.Hash && a.ID == b.ID }
	return slices.EqualFunc(r.rules.byPlace[kind], r.before.rules.byPlace[kind], same) &&
		(kind != KindEvaluation || slices.EqualFunc(r.ratedBy, r.before.ratedBy, same))
}
