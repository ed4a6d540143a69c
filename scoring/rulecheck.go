package scoring

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"muchan/parcels"
)

// RuleProblem is one finding about a rule set.
type RuleProblem struct {
	Line   int // 1-based; 0 when it concerns no line
	Reason string
}

// String is "line N: reason".
func (p RuleProblem) String() string {
	if p.Line == 0 {
		return p.Reason
	}
	return fmt.Sprintf("line %d: %s", p.Line, p.Reason)
}

// checker collects findings about one set.
type checker struct {
	set   *RuleSet
	found []RuleProblem
}

// say adds a finding once: what several places share by a YAML alias stands on one line and has one fault.
func (c *checker) say(path, format string, args ...any) {
	p := RuleProblem{c.set.lines.at(path), fmt.Sprintf(format, args...)}
	if !slices.Contains(c.found, p) {
		c.found = append(c.found, p)
	}
}

func (c *checker) oneOf(path, value string, words []string) {
	if !slices.Contains(words, value) {
		c.say(path, "%q is not one of %v", value, words)
	}
}

// number refuses what is not a finite number of at least least.
func (c *checker) number(path string, v, least float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) || v < least || v > 1e12 {
		c.say(path, "%v is out of range: at least %v", v, least)
	}
}

func item(path string, i int) string { return path + "." + strconv.Itoa(i) }

// refusals lists what makes a set unusable.
func (s *RuleSet) refusals() []RuleProblem {
	c := &checker{set: s}
	if s.ID == "" || len(s.ID) > 64 || !plainID(s.ID) {
		c.say("id", "%q is not an ID of letters, digits, dot, dash and underscore", s.ID)
	}
	if s.Title == "" {
		c.say("title", "title is missing")
	}
	if !s.ValidFrom.OK() {
		c.say("valid_from", "valid_from is missing")
	}
	if s.ValidTo.OK() && s.ValidTo <= s.ValidFrom {
		c.say("valid_to", "valid_to %s is not after valid_from %s", s.ValidTo, s.ValidFrom)
	}
	if len(s.AppliesTo) == 0 {
		c.say("applies_to", `applies_to is missing: name park codes, or "*" for any park`)
	}
	for i, z := range s.Zones {
		c.oneOf(item("zones", i)+".kind", z.Kind, parcels.ZoneKinds)
	}
	c.oneOf("kind", s.Kind, Kinds)
	c.bodies()
	return c.found
}

func plainID(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

func (c *checker) bodies() {
	s := c.set
	bodies := []struct {
		kind string
		is   bool
		look func()
	}{
		{KindEvaluation, s.Evaluation != nil, c.evaluation},
		{KindIdle, s.Idle != nil, c.idle},
		{KindIdlePlant, s.IdlePlant != nil, c.idlePlant},
		{KindExit, s.Exit != nil, c.exit},
		{KindStock, s.Stock != nil, c.stock},
		{KindLowUse, s.LowUse != nil, c.lowUse},
		{KindControl, s.Control != nil, c.control},
		{KindAdmission, s.Admission != nil, c.admission},
		{KindZone, s.Zone != nil, c.zone},
	}
	for _, b := range bodies {
		switch {
		case b.kind == s.Kind && !b.is:
			c.say(b.kind, "a set of kind %s needs the key %s", s.Kind, b.kind)
		case b.kind != s.Kind && b.is:
			c.say(b.kind, "the key %s does not belong into a set of kind %s", b.kind, s.Kind)
		case b.is:
			b.look()
		}
	}
}

// Check lists what a usable set should not be as of a day: weights that do not add up to 100, gaps and overlaps in class bounds,
// indicators nobody can compute, a validity that has ended, figures without a source.
func (s *RuleSet) Check(asOf parcels.Date) []RuleProblem {
	c := &checker{set: s}
	if s.ValidTo.OK() && asOf.OK() && asOf >= s.ValidTo {
		c.say("valid_to", "expired: valid until %s (exclusive), checked for %s", s.ValidTo, asOf)
	}
	for i, year := range s.Years {
		if year < 1990 || year > 2200 {
			c.say(item("evaluation_years", i), "%d is no evaluation year: 1990 to 2200", year)
		}
	}
	if !s.Verified && s.Notice == "" {
		c.say("verified", "an unverified set needs a notice for its readers")
	}
	if _, ok := s.lines["verified"]; !ok {
		c.say("verified", "the set does not say whether it is verified")
	}
	if s.Source == "" {
		c.say("source", "the set does not say where its figures were read")
	}
	if s.Evaluation != nil {
		c.adviseEvaluation()
	}
	if s.Exit != nil {
		c.adviseExit()
	}
	if s.Stock != nil {
		c.adviseStock()
	}
	if s.Control != nil {
		c.adviseControl()
	}
	if s.Admission != nil {
		c.adviseAdmission()
	}
	return c.found
}

// share refuses a ratio that is absent or outside 0..1.
func (c *checker) share(path string, r Ratio) {
	if r.Den == 0 || r.Num > r.Den {
		c.say(path, "%s must be a share between 0 and 1", path)
	}
}

// uses refuses schemes nobody keeps land under; a misspelt one would leave every parcel out.
func (c *checker) uses(path string, uses map[string][]string) {
	for _, scheme := range slices.Sorted(maps.Keys(uses)) {
		c.oneOf(path+"."+scheme, scheme, parcels.UseSchemes)
	}
}
