package scoring

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// chooser chooses the set of every kind for every place once and remembers which were used.
type chooser struct {
	in      Input
	byPlace [][]*RuleSet           // by position in Kinds, then in places
	byPark  map[[2]string]*RuleSet // kind and park, for land in no zone
	uses    map[*RuleSet][]string  // what each chosen set was used for
	warn    []string
	noPark  *RuleSet // evaluation set of firms without land, once asked for
	asked   bool
}

// optionalKinds may be absent without a warning: they bind some places only, or nobody needs them to score.
var optionalKinds = []string{KindStock, KindLowUse, KindControl, KindAdmission, KindZone}

func newChooser(in Input, places []Place) *chooser {
	c := &chooser{in: in, byPark: map[[2]string]*RuleSet{}, uses: map[*RuleSet][]string{}}
	for _, kind := range Kinds {
		sets := make([]*RuleSet, len(places))
		for i, place := range places {
			sets[i] = c.choose(kind, place)
			if _, ok := c.byPark[[2]string{kind, place.Park}]; !ok {
				c.byPark[[2]string{kind, place.Park}] = in.Rules.Choose(kind, place.Park, in.Year, in.AsOf).Set
			}
		}
		c.byPlace = append(c.byPlace, sets)
	}
	return c
}

// sets returns the sets of a kind by position in places.
func (c *chooser) sets(kind string) []*RuleSet { return c.byPlace[kindAt(kind)] }

// of returns the set of a kind for land of a park that lies in no zone, or nil. For a parcel ask ruleAt.
func (c *chooser) of(kind, park string) *RuleSet { return c.byPark[[2]string{kind, park}] }

// nowhere returns the evaluation set of a firm without land, which only a set for any park can be. It is asked for during survey only.
func (c *chooser) nowhere() *RuleSet {
	if !c.asked {
		c.asked, c.noPark = true, c.choose(KindEvaluation, Place{})
	}
	return c.noPark
}

// choose finds the set for a place and notes its use, or that there is none or more than one.
func (c *chooser) choose(kind string, place Place) *RuleSet {
	choice := c.in.Rules.ChooseAt(kind, place, c.in.Year, c.in.AsOf)
	switch {
	case choice.Set == nil && !slices.Contains(optionalKinds, kind):
		c.warn = append(c.warn, fmt.Sprintf("no rule set of kind %s applies to park %q, year %d, as of %s", kind, place, c.in.Year, c.in.AsOf))
	case choice.Set != nil:
		c.uses[choice.Set] = append(c.uses[choice.Set], place.String())
		for _, id := range choice.Overlaps {
			c.warn = append(c.warn, fmt.Sprintf("rule sets %s and %s overlap for park %q, year %d; %s was used", choice.Set.ID, id, place, c.in.Year, choice.Set.ID))
		}
	}
	return choice.Set
}

// used returns the sets that were used, with the places, and the warnings, each in order.
func (c *chooser) used() ([]RuleRef, []string) {
	var refs []RuleRef
	for set, places := range c.uses {
		ref := set.Ref()
		slices.Sort(places)
		ref.Places = strings.TrimPrefix(strings.Join(slices.Compact(places), ", "), ", ")
		refs = append(refs, ref)
	}
	slices.SortFunc(refs, func(a, b RuleRef) int {
		return cmp.Or(slices.Index(Kinds, a.Kind)-slices.Index(Kinds, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.Places, b.Places))
	})
	slices.Sort(c.warn)
	return refs, slices.Compact(c.warn)
}
