package scoring

import "math"

func (c *checker) adviseEvaluation() {
	e := c.set.Evaluation
	if len(e.Tax) == 0 {
		c.say("evaluation.tax", "no tax component is summed: every tax per mu would be missing")
	}
	if len(e.Cohorts) == 0 {
		c.say("evaluation.cohorts", "no cohort: no firm would be rated")
	}
	for i := range e.Measures {
		c.sourced(item("evaluation.indicators", i), "the indicator "+e.Measures[i].ID, e.Measures[i].Source)
	}
	seen := map[string]bool{}
	for i := range e.Cohorts {
		h, path := &e.Cohorts[i], item("evaluation.cohorts", i)
		if seen[h.ID] {
			c.say(path, "the cohort %s stands twice", h.ID)
		}
		seen[h.ID] = true
		c.adviseWeights(path, h)
		c.adviseSources(path, h)
		c.adviseBounds(path, h)
	}
	for i := range e.Overrides {
		c.sourced(item("evaluation.overrides", i), "the override "+e.Overrides[i].ID, e.Overrides[i].Source)
		if id := e.Overrides[i].When.Indicator; id != "" && e.measure(id) == nil {
			c.say(item("evaluation.overrides", i)+".when.indicator", unknownIndicator, id)
		}
	}
}

const unknownIndicator = "%q is not one of the indicators I1 to I8 or of those the set defines"

func (c *checker) adviseWeights(path string, h *Cohort) {
	sum, seen := 0.0, map[string]bool{}
	for i := range h.Indicators {
		in, at := &h.Indicators[i], item(path+".indicators", i)
		sum += in.Weight
		if c.set.Evaluation.measure(in.ID) == nil {
			c.say(at+".id", unknownIndicator, in.ID)
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

// adviseSources wants a source for every row of a cohort. What the cohort says holds for all its rows.
func (c *checker) adviseSources(path string, h *Cohort) {
	if h.Source != "" && c.states(path, "verified") {
		return
	}
	for i := range h.Indicators {
		in, at := &h.Indicators[i], item(path+".indicators", i)
		if in.Source == "" && h.Source == "" {
			c.say(at, "%s of %s names no source, nor does its cohort", in.ID, h.ID)
		}
		if !c.states(at, "verified") && !c.states(path, "verified") {
			c.say(at, "%s of %s does not say whether it is verified, nor does its cohort", in.ID, h.ID)
		}
	}
}

// sourced wants a row to say where its figures were read and whether they were compared with the issuer's own text.
func (c *checker) sourced(path, row, source string) {
	if source == "" {
		c.say(path, "%s names no source", row)
	}
	if !c.states(path, "verified") {
		c.say(path, "%s does not say whether it is verified", row)
	}
}

// states reports whether the text has a key at a path.
func (c *checker) states(path, key string) bool {
	_, ok := c.set.lines[path+"."+key]
	return ok
}
