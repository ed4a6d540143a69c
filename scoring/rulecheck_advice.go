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
