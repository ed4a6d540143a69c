package scoring

import "math"

func (c *checker) adviseEvaluation() {
	e := c.set.Evaluation
	if len(e.Tax) == 0 {
		c.say("evaluation.tax", Text{"没有计入任何税种：亩均税收将全部缺失", "no tax component is summed: every tax per mu would be missing"})
	}
	if len(e.Cohorts) == 0 {
		c.say("evaluation.cohorts", Text{"没有评价组：将没有企业被评级", "no cohort: no firm would be rated"})
	}
	for i := range e.Measures {
		c.sourced(item("evaluation.indicators", i), Text{"指标 " + e.Measures[i].ID + " ", "the indicator " + e.Measures[i].ID}, e.Measures[i].Source)
	}
	seen := map[string]bool{}
	for i := range e.Cohorts {
		h, path := &e.Cohorts[i], item("evaluation.cohorts", i)
		if seen[h.ID] {
			c.say(path, Text{"评价组 %s 出现两次", "the cohort %s stands twice"}, h.ID)
		}
		seen[h.ID] = true
		c.adviseWeights(path, h)
		c.adviseSources(path, h)
		c.adviseBounds(path, h)
	}
	seen = map[string]bool{}
	for i := range e.Overrides {
		o, path := &e.Overrides[i], item("evaluation.overrides", i)
		if o.ID == "" || seen[o.ID] {
			c.say(path+".id", Text{"%q 不是调整项中独有的标识", "%q is no ID of its own among the overrides"}, o.ID)
		}
		seen[o.ID] = true
		c.adviseOverride(path, o)
	}
}

var unknownIndicator = Text{"%q 不是 I1 至 I8，也不是方案自定的指标", "%q is not one of the indicators I1 to I8 or of those the set defines"}

func (c *checker) adviseWeights(path string, h *Cohort) {
	sum, seen := 0.0, map[string]bool{}
	for i := range h.Indicators {
		in, at := &h.Indicators[i], item(path+".indicators", i)
		sum += in.Weight
		if c.set.Evaluation.measure(in.ID) == nil {
			c.say(at+".id", unknownIndicator, in.ID)
		}
		if seen[in.ID] {
			c.say(at, Text{"指标 %s 出现两次", "the indicator %s stands twice"}, in.ID)
		}
		seen[in.ID] = true
		c.adviseBase(at+".base", &in.Base)
		c.adviseLimits(at, in)
	}
	if math.Abs(sum-100) > 1e-9 {
		c.say(path+".indicators", Text{"%s 的权重合计为 %v，不是 100", "the weights of %s add up to %v, not 100"}, h.ID, sum)
	}
}

// adviseBase looks for figures that the kind of base does not read.
func (c *checker) adviseBase(path string, b *Base) {
	if (b.Value != 0 || c.states(path, "value")) && b.Kind != BaseFixed && b.Kind != BaseMultiple {
		c.say(path+".value", Text{"%s 类基准不读取 value", "a base of kind %s does not read value"}, b.Kind)
	}
	if (b.Factor != 0 || c.states(path, "factor")) && b.Kind != BaseMultiple && b.Kind != BaseLastYear {
		c.say(path+".factor", Text{"%s 类基准不读取 factor", "a base of kind %s does not read factor"}, b.Kind)
	}
}

// adviseLimits looks for limits between which every firm gets the same points. An absent floor is 0.
func (c *checker) adviseLimits(path string, in *Indicator) {
	limit := in.CapFactor
	if !limit.Set || limit.None {
		return
	}
	if limit.Value == 0 {
		c.say(path+".cap_factor", Text{"上限倍数 cap_factor 为 0 则谁也得不到分；不设上限写 none", "a cap_factor of 0 leaves nobody points; write none for no cap"})
	} else if !in.Floor.None && in.Floor.Value > limit.Value {
		c.say(path+".floor", Text{"下限 %v 高于上限 %v", "the floor %v lies above the cap %v"}, in.Floor.Value, limit.Value)
	}
}

func (c *checker) adviseBounds(path string, h *Cohort) {
	if len(h.Bounds) == 0 {
		c.say(path, Text{"%s 没有分级界限：企业只有得分和名次，没有等级", "%s has no class bounds: its firms get points and ranks but no class"}, h.ID)
		return
	}
	for i := 1; i < len(h.Bounds); i++ {
		a, b := h.Bounds[i-1], h.Bounds[i]
		if a.Upto.Num*b.Upto.Den >= b.Upto.Num*a.Upto.Den {
			c.say(item(path+".bounds", i), Text{"分级界限重叠：%s 止于 %v，其前的 %s 止于 %v", "the bounds overlap: %s ends at %v, %s before it at %v"}, b.Class, b.Upto.Float(), a.Class, a.Upto.Float())
		}
		if a.Class >= b.Class {
			c.say(item(path+".bounds", i), Text{"等级次序有误：%s 排在 %s 之后", "the classes are out of order: %s after %s"}, b.Class, a.Class)
		}
	}
	if last := h.Bounds[len(h.Bounds)-1]; last.Upto.Num != last.Upto.Den {
		c.say(item(path+".bounds", len(h.Bounds)-1), Text{"有缺口：最后一级 %s 止于 %v，不是 1", "a gap: the last class %s ends at %v, not at 1"}, last.Class, last.Upto.Float())
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
			c.say(at, Text{"%[2]s 的 %[1]s 没有注明出处，评价组也没有", "%s of %s names no source, nor does its cohort"}, in.ID, h.ID)
		}
		if !c.states(at, "verified") && !c.states(path, "verified") {
			c.say(at, Text{"%[2]s 的 %[1]s 未说明是否已核实，评价组也没有", "%s of %s does not say whether it is verified, nor does its cohort"}, in.ID, h.ID)
		}
	}
}

// sourced wants a row to say where its figures were read and whether they were compared with the issuer's own text.
func (c *checker) sourced(path string, row Text, source string) {
	if source == "" {
		c.say(path, Text{"%s没有注明出处", "%s names no source"}, row)
	}
	if !c.states(path, "verified") {
		c.say(path, Text{"%s未说明是否已核实", "%s does not say whether it is verified"}, row)
	}
}

// states reports whether the text has a key at a path.
func (c *checker) states(path, key string) bool {
	_, ok := c.set.lines[path+"."+key]
	return ok
}
