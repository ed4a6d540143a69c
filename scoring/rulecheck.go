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

func (c *checker) say(path, format string, args ...any) {
	c.found = append(c.found, RuleProblem{c.set.lines.at(path), fmt.Sprintf(format, args...)})
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

func (c *checker) evaluation() {
	e := c.set.Evaluation
	for i, name := range e.Tax {
		c.oneOf(item("evaluation.tax", i), name, taxNames())
	}
	if e.EnergyBasis != "" {
		c.oneOf("evaluation.energy_basis", e.EnergyBasis, parcels.EnergyBases)
	}
	c.number("evaluation.small_below_mu", e.SmallBelowMu, 0)
	for i := range e.Cohorts {
		c.cohort(item("evaluation.cohorts", i), &e.Cohorts[i])
	}
	for i := range e.Overrides {
		c.override(item("evaluation.overrides", i), &e.Overrides[i])
	}
}

func (c *checker) cohort(path string, h *Cohort) {
	c.oneOf(path+".id", h.ID, Cohorts)
	if h.Small.Policy != "" {
		c.oneOf(path+".small.policy", h.Small.Policy, []string{"as_is", "no_last", "not_rated"})
	}
	for i, b := range h.Bounds {
		c.oneOf(item(path+".bounds", i)+".class", string(b.Class), classNames)
	}
	for i := range h.Indicators {
		c.indicator(item(path+".indicators", i), &h.Indicators[i])
	}
}

var classNames = []string{"A", "B", "C", "D"}

func (c *checker) indicator(path string, in *Indicator) {
	c.number(path+".weight", in.Weight, 0)
	c.oneOf(path+".missing", in.Missing, []string{"zero", "cohort_mean_points", "not_rated"})
	if in.Direction != "" {
		c.oneOf(path+".direction", in.Direction, []string{"higher", "lower"})
	}
	c.oneOf(path+".base.kind", in.Base.Kind, []string{"fixed", "cohort_mean", "multiple"})
	c.number(path+".base.value", in.Base.Value, 0)
	c.number(path+".base.factor", in.Base.Factor, 0)
	if in.Base.Kind == "fixed" && in.Base.Value <= 0 {
		c.say(path+".base", "a fixed base needs a positive value")
	}
	if in.Base.Kind == "multiple" && in.Base.Factor <= 0 {
		c.say(path+".base", "a multiple needs a positive factor")
	}
	if !in.CapFactor.None {
		c.number(path+".cap_factor", in.CapFactor.Value, 0)
	}
	if !in.Floor.None {
		c.number(path+".floor", in.Floor.Value, -1e6)
	}
}

func (c *checker) override(path string, o *Override) {
	c.oneOf(path+".effect", o.Effect, Effects)
	for i, id := range o.Cohorts {
		c.oneOf(item(path+".cohorts", i), id, Cohorts)
	}
	for i, kind := range o.Unless {
		c.oneOf(item(path+".unless", i), kind, parcels.EventKinds)
	}
	if o.When.Event != "" {
		c.oneOf(path+".when.event", o.When.Event, parcels.EventKinds)
	}
	if o.When.Tag != "" {
		c.oneOf(path+".when.tag", o.When.Tag, parcels.FirmTags)
	}
	switch o.Effect {
	case "cap_class", "floor_class":
		c.oneOf(path+".class", string(o.Class), classNames)
	case "set_class":
		c.oneOf(path+".class", string(o.Class), append(slices.Clone(classNames), string(ClassNotRated)))
	}
	c.number(path+".points", o.Points, -1000)
	c.number(path+".first", o.First, -1000)
	if o.When.UnlessTag != "" {
		c.oneOf(path+".when.unless_tag", o.When.UnlessTag, parcels.FirmTags)
	}
	if asked := (Condition{UnlessTag: o.When.UnlessTag}); o.When == asked && len(o.Cohorts) == 0 {
		c.say(path, "an override without a condition or cohort would change every firm")
	}
}

func (c *checker) idle() {
	r := c.set.Idle
	years := []struct {
		key string
		n   int
	}{
		{"unstarted_years", r.UnstartedYears},
		{"take_back_years", r.TakeBackYears},
		{"suspended_years", r.SuspendedYears},
		{"handover_plus_years", r.HandoverPlusYears},
	}
	for _, y := range years {
		if y.n < 1 || y.n > 100 {
			c.say("idle."+y.key, "%s must be a number of years from 1 to 100", y.key)
		}
	}
	if r.TakeBackYears < r.UnstartedYears {
		c.say("idle.take_back_years", "take_back_years comes before unstarted_years")
	}
	if r.WarningDays < 0 || r.WarningDays > 3660 {
		c.say("idle.warning_days", "warning_days must lie between 0 and 3660")
	}
	c.share("idle.fee", r.Fee)
	c.share("idle.developed_below", r.DevelopedBelow)
	c.share("idle.invested_below", r.InvestedBelow)
}

// share refuses a ratio that is absent or outside 0..1.
func (c *checker) share(path string, r Ratio) {
	if r.Den == 0 || r.Num > r.Den {
		c.say(path, "%s must be a share between 0 and 1", path)
	}
}

func (c *checker) idlePlant() {
	r := c.set.IdlePlant
	c.share("idle_plant.vacant_share", r.VacantShare)
	if r.Months < 0 || r.Months > 1200 {
		c.say("idle_plant.months", "months must lie between 0 and 1200")
	}
	for i, use := range r.Uses {
		c.oneOf(item("idle_plant.uses", i), use, parcels.BuildingUses)
	}
}

func (c *checker) exit() {
	r := c.set.Exit
	if r.GroupsFailed < 1 {
		c.say("exit.groups_failed", "groups_failed must be at least 1")
	}
	for i, state := range r.States {
		c.oneOf(item("exit.states", i), state, parcels.ParcelStates)
	}
	for i, e := range r.Excuses {
		c.oneOf(item("exit.excuses", i)+".kind", e.Kind, []string{"new_firm", "within_contract", "government_cause", "exempted"})
	}
	c.uses("exit.uses", r.Uses)
	for i, t := range r.Tests {
		path := item("exit.tests", i)
		if t.InsteadOf != "" && !slices.ContainsFunc(r.Tests[:i], func(before ExitTest) bool { return before.ID == t.InsteadOf }) {
			c.say(path+".instead_of", "instead_of names %q, which is no earlier test", t.InsteadOf)
		}
		c.oneOf(path+".group", t.Group, exitGroups)
		c.oneOf(path+".metric", t.Metric, ExitMetrics)
		c.number(path+".factor", t.Factor, 0)
		c.number(path+".threshold", t.Threshold, 0)
		if t.Threshold == 0 {
			c.say(path+".threshold", "a threshold must be positive")
		}
	}
}

// uses refuses schemes nobody keeps land under; a misspelt one would leave every parcel out.
func (c *checker) uses(path string, uses map[string][]string) {
	for _, scheme := range slices.Sorted(maps.Keys(uses)) {
		c.oneOf(path+"."+scheme, scheme, parcels.UseSchemes)
	}
}

func (c *checker) stock() {
	r := c.set.Stock
	c.oneOf("stock.metric", r.Metric, stockMetrics)
	c.oneOf("stock.aggregate", r.Aggregate, []string{"mean", "min", "each"})
	if r.Years < 1 || r.Years > 10 {
		c.say("stock.years", "years must lie between 1 and 10")
	}
	c.number("stock.small_below_mu", r.SmallMu, 0)
	c.uses("stock.uses", r.Uses)
	if len(r.Bands) == 0 {
		c.say("stock.bands", "bands are missing")
	}
	for i, b := range r.Bands {
		c.number(item("stock.bands", i)+".from", b.From, -1e12)
		if i > 0 && b.From <= r.Bands[i-1].From {
			c.say(item("stock.bands", i), "bands must ascend")
		}
		c.number(item("stock.bands", i)+".max_far", b.MaxFAR, 0)
		if b.Open && b.MaxFAR == 0 {
			c.say(item("stock.bands", i), "a band that is open upward needs max_far to say from where")
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
	if !s.Verified && s.Notice == "" {
		c.say("verified", "an unverified set needs a notice for its readers")
	}
	if s.Evaluation != nil {
		c.adviseEvaluation()
	}
	if s.Exit != nil {
		c.adviseExit()
	}
	if s.Control != nil {
		c.adviseControl()
	}
	if s.Admission != nil {
		c.adviseAdmission()
	}
	return c.found
}

func (c *checker) adviseEvaluation() {
	e := c.set.Evaluation
	if len(e.Tax) == 0 {
		c.say("evaluation.tax", "no tax component is summed: every tax per mu would be missing")
	}
	if len(e.Cohorts) == 0 {
		c.say("evaluation.cohorts", "no cohort: no firm would be rated")
	}
	seen := map[string]bool{}
	for i := range e.Cohorts {
		h, path := &e.Cohorts[i], item("evaluation.cohorts", i)
		if seen[h.ID] {
			c.say(path, "the cohort %s stands twice", h.ID)
		}
		seen[h.ID] = true
		c.adviseWeights(path, h)
		c.adviseBounds(path, h)
	}
	for i := range e.Overrides {
		if id := e.Overrides[i].When.Indicator; id != "" && !knownIndicator(id) {
			c.say(item("evaluation.overrides", i), "%q is not one of the indicators I1 to I8", id)
		}
	}
}

func (c *checker) adviseWeights(path string, h *Cohort) {
	sum, seen := 0.0, map[string]bool{}
	for i := range h.Indicators {
		in, at := &h.Indicators[i], item(path+".indicators", i)
		sum += in.Weight
		if !knownIndicator(in.ID) {
			c.say(at, "%q is not one of the indicators I1 to I8", in.ID)
		}
		if seen[in.ID] {
			c.say(at, "the indicator %s stands twice", in.ID)
		}
		seen[in.ID] = true
	}
	if math.Abs(sum-100) > 1e-9 {
		c.say(path+".indicators", "the weights of %s add up to %v, not 100", h.ID, sum)
	}
}

func (c *checker) adviseBounds(path string, h *Cohort) {
	if len(h.Bounds) == 0 {
		c.say(path, "%s has no class bounds: its firms get points and ranks but no class", h.ID)
		return
	}
	for i := 1; i < len(h.Bounds); i++ {
		a, b := h.Bounds[i-1], h.Bounds[i]
		if a.Upto.Num*b.Upto.Den >= b.Upto.Num*a.Upto.Den {
			c.say(item(path+".bounds", i), "the bounds overlap: %s ends at %v, %s before it at %v", b.Class, b.Upto.Float(), a.Class, a.Upto.Float())
		}
		if a.Class >= b.Class {
			c.say(item(path+".bounds", i), "the classes are out of order: %s after %s", b.Class, a.Class)
		}
	}
	if last := h.Bounds[len(h.Bounds)-1]; last.Upto.Num != last.Upto.Den {
		c.say(item(path+".bounds", len(h.Bounds)-1), "a gap: the last class %s ends at %v, not at 1", last.Class, last.Upto.Float())
	}
}

func (c *checker) adviseExit() {
	groups := map[string]bool{}
	for i, t := range c.set.Exit.Tests {
		groups[t.Group] = true
		if t.Source == "" {
			c.say(item("exit.tests", i), "the test %s names no source for its threshold", t.ID)
		}
		if t.factor() != 1 && (t.FactorSource == "" || t.FactorSourceEn == "") {
			c.say(item("exit.tests", i), "the test %s names no source for its factor in both languages (factor_source, factor_source_en)", t.ID)
		}
	}
	if n := c.set.Exit.GroupsFailed; n > len(groups) {
		c.say("exit.groups_failed", "groups_failed is %d but there are only %d groups of tests: nothing could ever fail", n, len(groups))
	}
}
