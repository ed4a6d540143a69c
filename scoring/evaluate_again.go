package scoring

import "slices"

// entrance lets firms into an evaluation as they went into that of an earlier run. Most of an evaluation after an edit is to find again what
// every firm is rated by, and it is the same for all but the firms that the edit reaches.
type entrance struct {
	*run
	open    bool           // there is such a run
	refiled map[int32]bool // firms of which some figures stand in another place than in it
}

func (r *run) entrance() entrance {
	e := entrance{run: r, open: r.sameScales() && len(r.before.ratings) == len(r.snap.Firms)}
	if e.open {
		e.refiled = map[int32]bool{}
		for row := range r.snap.Figures.Apart(&r.before.snap.Figures) {
			if f, ok := r.snap.FirmIndex(row.USCC); ok {
				e.refiled[int32(f)] = true
			}
		}
	}
	return e
}

// enter does what run.enter does, and is false where it cannot: for firms that edits reach, and for those that follow an owner, as that
// changes what they went in with. What it takes over points nowhere into the earlier run's rows, which go with it.
func (e *entrance) enter(f int, t *rating, room []indicatorInput) bool {
	if !e.open || e.before.ratings[f].follow {
		return false
	}
	if _, moved := slices.BinarySearch(e.moved.firms, int32(f)); moved {
		return false
	}
	was := &e.before.ratings[f]
	*t = *was
	if t.set = e.ratedBy[f]; t.set != was.set && was.cohort != nil {
		t.cohort = t.set.Evaluation.cohort(was.cohort.ID)
	}
	t.past = append(room[:0], was.past...)
	if e.refiled[int32(f)] {
		e.refile(t)
	}
	fs, before := &e.out.Firms[f], &e.before.out.Firms[f]
	if *fs = *before; !t.out {
		*fs = FirmScore{
			USCC: before.USCC, RuleSet: before.RuleSet, Cohort: before.Cohort, Group: before.Group, LandMu: before.LandMu, TaxWan: before.TaxWan,
			Class: ClassNotRated,
		}
	}
	return true
}

// refile finds the figures that a firm is rated by among this run's.
func (e *entrance) refile(t *rating) {
	if t.in.figures != nil && t.in.figures != noFigures {
		t.in.figures = e.snap.FiguresAt(t.firm, e.in.Year)
	}
	for k := range t.past {
		if t.past[k].figures != noFigures {
			t.past[k].figures = e.snap.FiguresAt(t.firm, e.in.Year-k-1)
		}
	}
}
