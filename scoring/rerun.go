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
	if m, ok := s.run.moves(snapshot, edits, false); ok {
		return runAfter(in, s.run, m), nil
	}
	return Run(in)
}

// moves finds what edits reach. It is false when that is too much to be worth telling apart from the rest. What lasts is held by others when r
// is long gone, and so may not look back at it.
func (r *run) moves(snap *parcels.Snapshot, edits []Edit, lasts bool) (*moved, bool) {
	e, ok := editedBy(snap, edits)
	if !ok {
		return nil, false
	}
	next := r.use
	if !e.onlyFigures {
		next = snap.DeriveUse(useKey{}, func() any {
			next := r.use.after(snap, r.ground.after(snap, &e), &e)
			if lasts {
				next.letGo(r.use)
			}
			return next
		}).(*use)
	}
	years := make([]int, max(len(r.past), 1+r.rules.yearsBack()))
	for k := range years {
		years[k] = r.in.Year - k
	}
	m := e.reach(r.use, next, years)
	return &m, len(m.parcels) <= snap.Parcels.Len()/4
}

// takesOver reports whether the scores of an earlier run can be begun with: the sets may differ, but land lies in the same places, the
// same taxes are summed and the same money of earlier years is looked at, so every parcel and firm that edits do not reach has the same money.
func (r *run) takesOver() bool {
	return r.before != nil && r.lookedAt == r.before.lookedAt && slices.Equal(r.taxOf, r.before.taxOf) && slices.Equal(r.placeOf, r.before.placeOf)
}

// takeOver begins with what an earlier run found, with the money of the moved parcels shared out anew.
func (r *run) takeOver() {
	b := r.before
	r.carried, r.past, r.stock, r.ratings, r.bases, r.lands = b.carried, slices.Clip(b.past), b.stock, b.ratings, b.bases, b.lands
	r.out.Unassigned, r.out.Firms, r.out.Exit = b.out.Unassigned, b.out.Firms, b.out.Exit
	r.out.Parcels = make([]ParcelScore, len(b.out.Parcels))
	if len(r.moved.parcels)+len(r.moved.firms) > 0 {
		r.share()
	}
}

// share shares out the money on the moved parcels again, in every year that the earlier run knew.
func (r *run) share() {
	r.carried = r.carriedAfter(r.carried, r.in.Year)
	r.past = slices.Clone(r.past)
	for k := range r.past {
		if k == 0 {
			r.past[k] = r.carried
		} else {
			r.past[k] = r.carriedAfter(r.past[k], r.in.Year-k)
		}
	}
	r.out.Unassigned = r.unassignedAfter(r.out.Unassigned, r.moved)
}

func (r *run) carriedAfter(c carried, year int) carried {
	return c.after(r.use.ledgerOf(year), r.moved, func(f int) money { return r.moneyOf(f, year) })
}

// due are the parcels for which a step must be done.
type due struct {
	all     int // how many there are, when it must be done for all; else -1
	parcels []int32
}

// dueFor returns the moved parcels where the earlier run did a step by the same sets at every place, else all. kinds are all that the step
// asks for. A step begins by clearing what it fills, because the parcels may hold what an earlier run found.
func (r *run) dueFor(kinds ...string) due {
	if r.before == nil || slices.ContainsFunc(kinds, func(kind string) bool { return !r.sameSets(kind) }) {
		return due{all: r.snap.Parcels.Len()}
	}
	return due{all: -1, parcels: r.moved.parcels}
}

// none reports whether there is nothing to do.
func (d due) none() bool { return d.all <= 0 && len(d.parcels) == 0 }

// has reports whether a parcel is among those that are due.
func (d due) has(p int) bool {
	_, found := slices.BinarySearch(d.parcels, int32(p))
	return d.all >= 0 || found
}

// within does work for the parcels that are due among consecutive ones.
func (d due) within(from, to int, work func(p int)) {
	if d.all < 0 {
		at, _ := slices.BinarySearch(d.parcels, int32(from))
		for ; at < len(d.parcels) && int(d.parcels[at]) < to; at++ {
			work(int(d.parcels[at]))
		}
		return
	}
	for p := from; p < to; p++ {
		work(p)
	}
}

// evaluationDue reports whether firms must be rated: a single other figure may move everybody's rank.
func (r *run) evaluationDue() bool {
	return r.before == nil || !r.sameSets(KindEvaluation) || len(r.moved.firms) > 0 && !r.ratesAsBefore()
}

// ratesAsBefore reports whether what was edited leaves all that firms are rated by as it was: who used what, the land of each as every set
// counts it, and since when they have it. The shape of a parcel with a title area is such an edit, and most others of land are.
func (r *run) ratesAsBefore() bool {
	b := r.before
	if !r.moved.onLand || !r.ledger.stakesAre(b.ledger) {
		return false
	}
	for _, p := range r.moved.parcels {
		if r.snap.Parcels.At(int(p)).Contract.HandedOverOn != b.snap.Parcels.At(int(p)).Contract.HandedOverOn {
			return false
		}
	}
	for set, years := range b.lands {
		for k := range years {
			lands := r.use.landsIn(r.in.Year-k, set.exclusions())
			if slices.ContainsFunc(r.moved.firms, func(f int32) bool { return lands[f] != years[k][f] }) {
				return false
			}
		}
	}
	return true
}

func (r *run) sameSets(kind string) bool {
	same := func(a, b *RuleSet) bool { return a == b || a != nil && b != nil && a.Hash == b.Hash && a.ID == b.ID }
	return slices.EqualFunc(r.rules.sets(kind), r.before.rules.sets(kind), same) &&
		(kind != KindEvaluation || slices.EqualFunc(r.ratedBy, r.before.ratedBy, same))
}

// gather is each for work that makes things: what was made, in the order of the parcels.
func gather[T any](d due, work func(p int) (T, bool)) (list []T) {
	if d.all < 0 {
		for _, p := range d.parcels {
			if v, ok := work(int(p)); ok {
				list = append(list, v)
			}
		}
		return list
	}
	return slices.Concat(inParts(d.all, func(from, to int) (list []T) {
		for p := from; p < to; p++ {
			if v, ok := work(p); ok {
				list = append(list, v)
			}
		}
		return list
	})...)
}
