package scoring

import (
	"cmp"
	"slices"

	"muchan/parcels"
)

// Book is the collection of rule sets a run may choose from. The order of Sets does not matter.
type Book struct {
	Sets []RuleSet
}

// Choice is the set chosen for a kind, place and year.
type Choice struct {
	Set      *RuleSet // nil when none applies
	Overlaps []string // IDs of sets that apply just as well; the chosen one is newer or first by ID
}

// Choose returns the set of a kind for land of a park that lies in no zone; see ChooseAt.
func (b Book) Choose(kind, park string, year int, asOf parcels.Date) Choice {
	return b.ChooseAt(kind, Place{Park: park}, year, asOf)
}

// ChooseAt returns the set of a kind for a place, evaluation year and as-of date. A set that names the park goes before one for any
// park, one that names a zone the land lies in before one for land anywhere, one that names the year before one for any year, a
// verified one before an unverified one, then the later valid_from, then the first ID. Sets equal up to and including verified
// overlap and are reported.
func (b Book) ChooseAt(kind string, place Place, year int, asOf parcels.Date) Choice {
	var fit []*RuleSet
	for i := range b.Sets {
		if s := &b.Sets[i]; s.Kind == kind && s.applies(place, year, asOf) {
			fit = append(fit, s)
		}
	}
	if len(fit) == 0 {
		return Choice{}
	}
	slices.SortFunc(fit, func(x, y *RuleSet) int {
		return cmp.Or(comparePreference(x, y, place, year), -cmp.Compare(x.ValidFrom, y.ValidFrom), cmp.Compare(x.ID, y.ID))
	})
	c := Choice{Set: fit[0]}
	for _, s := range fit[1:] {
		if comparePreference(fit[0], s, place, year) == 0 {
			c.Overlaps = append(c.Overlaps, s.ID)
		}
	}
	return c
}

func comparePreference(x, y *RuleSet, place Place, year int) int {
	first := func(a, b bool) int { return cmp.Compare(truth(b), truth(a)) }
	return cmp.Or(
		first(slices.Contains(x.AppliesTo, place.Park), slices.Contains(y.AppliesTo, place.Park)),
		first(len(x.Zones) > 0, len(y.Zones) > 0),
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

func (s *RuleSet) applies(place Place, year int, asOf parcels.Date) bool {
	return (slices.Contains(s.AppliesTo, place.Park) || slices.Contains(s.AppliesTo, "*")) &&
		(len(s.Zones) == 0 || slices.ContainsFunc(s.Zones, func(z ZoneScope) bool { return z.holds(place.Zones) })) &&
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
			if b.Sets[i].ID == b.Sets[j].ID {
				out = append(out, problemAt(b.Sets[i].lines.at("id"), Text{"标识 %s 用了两次", "the ID %s is used twice"}, b.Sets[i].ID))
			} else if p := clash(&b.Sets[i], &b.Sets[j]); p != nil {
				out = append(out, *p)
			}
		}
	}
	return out
}

// CheckSet lists what is wrong with a set that is to come into the book: its own problems and those sets it would overlap with. A
// set of the same ID is the one it replaces, which it may only by its own kind: otherwise that kind would be left without its rules.
func (b Book) CheckSet(set *RuleSet, asOf parcels.Date) []RuleProblem {
	out := set.Check(asOf)
	for i := range b.Sets {
		if b.Sets[i].ID == set.ID {
			out = append(out, otherKind(set, &b.Sets[i])...)
			continue
		}
		if p := clash(set, &b.Sets[i]); p != nil {
			out = append(out, *p)
		}
	}
	return out
}

func otherKind(set, replaced *RuleSet) []RuleProblem {
	if set.Kind == replaced.Kind {
		return nil
	}
	return []RuleProblem{problemAt(set.lines.at("kind"), Text{
		"%s 已是 %s 类方案：请换一个标识，否则它会被 %s 类方案取代",
		"%s is a set of kind %s: choose another ID, or it would be replaced by one of kind %s",
	}, set.ID, replaced.Kind, set.Kind)}
}

// clash says that two sets are in force for the same land and year with nothing to prefer one, at the line of the first one's
// validity; nil when one gives way.
func clash(a, b *RuleSet) *RuleProblem {
	if a.Kind != b.Kind || a.Verified != b.Verified || !common(a.AppliesTo, b.AppliesTo) || !sameYears(a.Years, b.Years) || !sameZones(a.Zones, b.Zones) {
		return nil
	}
	if (a.ValidTo.OK() && a.ValidTo <= b.ValidFrom) || (b.ValidTo.OK() && b.ValidTo <= a.ValidFrom) {
		return nil
	}
	p := problemAt(a.lines.at("valid_from"), Text{
		"%s 与 %s 在同一园区、年度同时有效：以 valid_to 终止其一", "%s and %s are both in force for the same park and year: end one with valid_to",
	}, a.ID, b.ID)
	return &p
}

func sameYears(a, b []int) bool {
	return (len(a) == 0 && len(b) == 0) || common(a, b)
}

// sameZones reports whether land may lie in what both sets name. Two sets for zones of different kinds may meet as well, because a
// parcel lies in several.
func sameZones(a, b []ZoneScope) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	return slices.ContainsFunc(a, func(x ZoneScope) bool {
		return slices.ContainsFunc(b, func(y ZoneScope) bool {
			return x.Kind != y.Kind || len(x.Levels) == 0 || len(y.Levels) == 0 || common(x.Levels, y.Levels)
		})
	})
}

func common[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}
