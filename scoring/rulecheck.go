package scoring

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"muchan/parcels"
)

// checker collects findings about one set.
type checker struct {
	set   *RuleSet
	found []RuleProblem
}

// say adds a finding once: what several places share by a YAML alias stands on one line and has one fault.
func (c *checker) say(path string, format Text, args ...any) {
	p := problemAt(c.set.lines.at(path), format, args...)
	if !slices.Contains(c.found, p) {
		c.found = append(c.found, p)
	}
}

func (c *checker) oneOf(path, value string, words []string) {
	if !slices.Contains(words, value) {
		c.say(path, Text{"%q 不是允许的取值：%v", "%q is not one of %v"}, value, words)
	}
}

// number refuses what is not a finite number of at least least.
func (c *checker) number(path string, v, least float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) || v < least || v > 1e12 {
		c.say(path, Text{"%v 超出范围：至少为 %v", "%v is out of range: at least %v"}, v, least)
	}
}

func item(path string, i int) string { return path + "." + strconv.Itoa(i) }

// refusals lists what makes a set unusable.
func (s *RuleSet) refusals() []RuleProblem {
	c := &checker{set: s}
	if s.ID == "" || len(s.ID) > 64 || !plainID(s.ID) {
		c.say("id", Text{"%q 不能作标识：只用字母、数字、点、横线和下划线", "%q is not an ID of letters, digits, dot, dash and underscore"}, s.ID)
	}
	if s.Title == "" {
		c.say("title", Text{"缺标题 title", "title is missing"})
	}
	if !s.ValidFrom.OK() {
		c.say("valid_from", Text{"缺生效日期 valid_from", "valid_from is missing"})
	}
	if s.ValidTo.OK() && s.ValidTo <= s.ValidFrom {
		c.say("valid_to", Text{"失效日期 valid_to %s 不晚于生效日期 valid_from %s", "valid_to %s is not after valid_from %s"}, s.ValidTo, s.ValidFrom)
	}
	if len(s.AppliesTo) == 0 {
		c.say("applies_to", Text{`缺适用园区 applies_to：写园区代码，或以 "*" 表示任何园区`, `applies_to is missing: name park codes, or "*" for any park`})
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
			c.say(b.kind, Text{"%s 类方案须有键 %s", "a set of kind %s needs the key %s"}, s.Kind, b.kind)
		case b.kind != s.Kind && b.is:
			c.say(b.kind, Text{"键 %s 不属于 %s 类方案", "the key %s does not belong into a set of kind %s"}, b.kind, s.Kind)
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
		c.say("valid_to", Text{"已失效：有效期至 %s（不含当日），检查日 %s", "expired: valid until %s (exclusive), checked for %s"}, s.ValidTo, asOf)
	}
	for i, year := range s.Years {
		if year < 1990 || year > 2200 {
			c.say(item("evaluation_years", i), Text{"%d 不是评价年度：应在 1990 至 2200 之间", "%d is no evaluation year: 1990 to 2200"}, year)
		}
	}
	if !s.Verified && s.Notice == "" {
		c.say("verified", Text{"未核实的方案须以 notice 向读者说明", "an unverified set needs a notice for its readers"})
	}
	if _, ok := s.lines["verified"]; !ok {
		c.say("verified", Text{"方案未说明是否已核实（verified）", "the set does not say whether it is verified"})
	}
	if s.Source == "" {
		c.say("source", Text{"方案未说明数值出处（source）", "the set does not say where its figures were read"})
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
		c.say(path, Text{"%s 须为 0 至 1 之间的比例", "%s must be a share between 0 and 1"}, path)
	}
}

// uses refuses schemes nobody keeps land under; a misspelt one would leave every parcel out.
func (c *checker) uses(path string, uses map[string][]string) {
	for _, scheme := range slices.Sorted(maps.Keys(uses)) {
		c.oneOf(path+"."+scheme, scheme, parcels.UseSchemes)
	}
}
