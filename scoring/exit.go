package scoring

import (
	"cmp"
	"slices"
)

// listExits lists the candidates among the failing parcels by severity, worst first, equal ones by parcel code.
func (r *run) listExits(d due, failing []bool) {
	if d.none() {
		return
	}
	var list []ExitCandidate
	if d.all < 0 { // an earlier run's, of which the parcels that are not due stay
		list = slices.DeleteFunc(slices.Clone(r.out.Exit), func(c ExitCandidate) bool { return d.has(c.Parcel) })
	}
	list = append(list, gather(d, func(p int) (c ExitCandidate, is bool) {
		if failing[p] {
			c, is = r.exitCandidate(p)
		}
		return c, is
	})...)
	slices.SortFunc(list, func(a, b ExitCandidate) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Parcel, b.Parcel))
	})
	r.out.Exit = list
	for i := range list {
		r.out.Parcels[list[i].Parcel].Exit = i
	}
}

// exitCandidate looks at a parcel whose failed tests suffice: it may not be tested at all, or be excused.
func (r *run) exitCandidate(p int) (ExitCandidate, bool) {
	rules := r.ruleAt(KindExit, p).Exit
	f := r.failuresOf(rules, p)
	candidate := outsideTests(rules, r.snap.Parcels.At(p)) == Text{} && r.excuse(rules, p) == Text{}
	return ExitCandidate{Parcel: p, Failed: f.tests, Severity: f.severity}, candidate
}

// failsEnough reports whether the failed tests of a parcel suffice. Most parcels end here, so it allocates nothing.
func (r *run) failsEnough(p int) bool {
	set := r.ruleAt(KindExit, p)
	if set == nil {
		return false
	}
	f := r.failuresOf(set.Exit, p)
	return f.suffices(set.Exit)
}

func (r *run) failuresOf(rules *ExitRules, p int) (f failure) {
	r.eachComparison(rules, p, func(row *ExitTest, c comparison) { f.add(row, &c) })
	return f
}

// ExitVerdict is what the exit tests say of one parcel, on the list or not.
type ExitVerdict struct {
	Candidate    bool     `json:"candidate"`
	Rule         *RuleRef `json:"rule"`          // nil when no rule set applies
	Tests        []Test   `json:"tests"`         // in the order of the rule set; none when the parcel is not tested
	Failed       int      `json:"failed"`        // tests
	GroupsFailed []string `json:"groups_failed"` // investment, yield, density
	GroupsNeeded int      `json:"groups_needed"` // how many groups must fail
	Required     []string `json:"required"`      // groups that must be among them
	Decisive     []string `json:"decisive"`      // failed tests that each suffice alone
	Severity     float64  `json:"severity"`      // what the failed tests add up to, whether they suffice or not
	Untested     Text     `json:"untested"`      // why the parcel is not tested at all
	Excused      Text     `json:"excused"`       // why it is no candidate in spite of its failures
	// Nearest is the least change that would put the parcel on the list or take it off, one step for each test that has to turn. It is
	// empty when the parcel is untested or excused, and when no change of the tests that were applied could do it.
	Nearest []ExitTurn `json:"nearest"`
	Paths   []Path     `json:"paths"` // of a candidate, those that fit and those that do not

	set *RuleSet
}

// ExitVerdict judges one parcel; p is a position in Parcels.
func (s *Scores) ExitVerdict(p int) ExitVerdict {
	v := s.run.tryExit(p)
	if v.set != nil && v.Untested == (Text{}) && v.Excused == (Text{}) {
		v.Nearest = nearestTurn(v.set.Exit, v.Tests, v.Candidate)
	}
	if v.Candidate {
		v.Paths = s.run.pathsOf(p, &v)
	}
	return v
}

// why says why a parcel is not tested or is excused; empty otherwise.
func (v *ExitVerdict) why() Text { return v.Untested.between("; ", "; ", v.Excused) }

// tryExit runs the tests on a parcel.
func (r *run) tryExit(p int) ExitVerdict {
	parcel := r.snap.Parcels.At(p)
	v := ExitVerdict{set: r.ruleAt(KindExit, p)}
	if v.set == nil {
		return v
	}
	rules, ref := v.set.Exit, v.set.Ref()
	v.Rule, v.GroupsNeeded, v.Required = &ref, rules.GroupsFailed, rules.RequiredGroups
	if v.Untested = outsideTests(rules, parcel); v.Untested != (Text{}) {
		return v
	}
	v.Tests = make([]Test, 0, len(rules.Tests))
	var f failure
	r.eachComparison(rules, p, func(row *ExitTest, c comparison) {
		v.Tests = append(v.Tests, dress(row, &c))
		f.add(row, &c)
		if c.failed && row.Decisive {
			v.Decisive = append(v.Decisive, row.ID)
		}
	})
	v.Failed, v.Severity = f.tests, f.severity
	for i, failed := range f.groups {
		if failed {
			v.GroupsFailed = append(v.GroupsFailed, exitGroups[i])
		}
	}
	if !f.suffices(rules) {
		return v
	}
	v.Excused = r.excuse(rules, p)
	v.Candidate = v.Excused == Text{}
	return v
}
