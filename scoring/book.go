package scoring

import (
	"cmp"
	"fmt"
	"slices"

	"muchan/parcels"
)

// Book is the collection of rule sets a run may choose from. The order of Sets does not matter.
type Book struct {
	Sets []RuleSet
}

// Choice is the set chosen for a kind, park and year.
type Choice struct {
	Set      *RuleSet // nil when none applies
	Overlaps []string // IDs of sets that apply just as well; the chosen one is newer or first by ID
}

// Choose returns the set of a kind for a park, evaluation year and as-of date. A set that names the park goes before one for any
// park, one that names the year before one for any year, a verified one before an unverified one, then the later valid_from, then
// the first ID. Sets equal up to and including verified overlap and are reported.
func (b Book) Choose(kind, park string, year int, asOf parcels.Date) Choice {
	var fit []*RuleSet
	for i := range b.Sets {
		if s := &b.Sets[i]; s.Kind == kind && s.applies(park, year, asOf) {
			fit = append(fit, s)
		}
	}
	if len(fit) == 0 {
		return Choice{}
	}
	slices.SortFunc(fit, func(x, y *RuleSet) int {
		return cmp.Or(comparePreference(x, y, park, year), -cmp.Compare(x.ValidFrom, y.ValidFrom), cmp.Compare(x.ID, y.ID))
	})
	c := Choice{Set: fit[0]}
	for _, s := range fit[1:] {
		if comparePreference(fit[0], s, park, year) == 0 {
			c.Overlaps = append(c.Overlaps, s.ID)
		}
	}
	return c
}

func comparePreference(x, y *RuleSet, park string, year int) int {
	first := func(a, b bool) int { return cmp.Compare(truth(b), truth(a)) }
	return cmp.Or(
		first(slices.Contains(x.AppliesTo, park), slices.Contains(y.AppliesTo, park)),
		first(slices.Contains(x.Years, year), slices.Contains(y.Years, year)),
		first(x.Verified, y.Verified),
	)
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *RuleSet) applies(park string, year int, asOf parcels.Date) bool {
	return (slices.Contains(s.AppliesTo, park) || slices.Contains(s.AppliesTo, "*")) &&
		(len(s.Years) == 0 || slices.Contains(s.Years, year)) &&
		inForce(s.ValidFrom, s.ValidTo, asOf)
}

// inForce reports whether a day lies in [from, to); a missing end is open.
func inForce(from, to, day parcels.Date) bool {
	return (!from.OK() || day >= from) && (!to.OK() || day < to)
}

// Check lists what is wrong across the sets as of a day: each set's own problems, IDs used twice and sets that overlap.
func (b Book) Check(asOf parcels.Date) []RuleProblem {
	var out []RuleProblem
	for i := range b.Sets {
		for _, p := range b.Sets[i].Check(asOf) {
			p.Reason = b.Sets[i].ID + ": " + p.Reason
			out = append(out, p)
		}
		for j := range b.Sets[:i] {
			if why := clash(&b.Sets[j], &b.Sets[i]); why != "" {
				out = append(out, RuleProblem{Line: 1, Reason: why})
			}
		}
	}
	return out
}

// clash says why two sets cannot stand in one book, or "".
func clash(a, b *RuleSet) string {
	if a.ID == b.ID {
		return fmt.Sprintf("the ID %s is used twice", a.ID)
	}
	if a.Kind != b.Kind || a.Verified != b.Verified || !common(a.AppliesTo, b.AppliesTo) || !sameYears(a.Years, b.Years) {
		return ""
	}
	if (a.ValidTo.OK() && a.ValidTo <= b.ValidFrom) || (b.ValidTo.OK() && b.ValidTo <= a.ValidFrom) {
		return ""
	}
	return fmt.Sprintf("%s and %s are both in force for the same park and year: end one with valid_to", a.ID, b.ID)
}

func sameYears(a, b []int) bool {
	return (len(a) == 0 && len(b) == 0) || common(a, b)
}

func common[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}
