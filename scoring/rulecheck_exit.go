package scoring

import (
	"slices"

	"muchan/parcels"
)

// maxExitTests bounds the tests of a set; eachComparison keeps a bit for each.
const maxExitTests = 64

func (c *checker) exit() {
	r := c.set.Exit
	if r.GroupsFailed < 1 {
		c.say("exit.groups_failed", Text{"groups_failed 至少为 1", "groups_failed must be at least 1"})
	}
	for i, g := range r.RequiredGroups {
		c.oneOf(item("exit.required_groups", i), g, exitGroups)
	}
	for i, state := range r.States {
		c.oneOf(item("exit.states", i), state, parcels.ParcelStates)
	}
	for i, e := range r.Excuses {
		c.oneOf(item("exit.excuses", i)+".kind", e.Kind, []string{"new_firm", "within_contract", "government_cause", "exempted"})
	}
	c.uses("exit.uses", r.Uses)
	if len(r.Tests) > maxExitTests {
		c.say("exit.tests", Text{"检验有 %d 项，至多 %d 项", "%d tests; at most %d are made"}, len(r.Tests), maxExitTests)
	}
	for i := range r.Tests {
		c.exitTest(item("exit.tests", i), r.Tests[:i], &r.Tests[i])
	}
	for i := range r.Paths {
		path, p := item("exit.paths", i), &r.Paths[i]
		c.oneOf(path+".id", p.ID, ExitPathIDs)
		if slices.ContainsFunc(r.Paths[:i], func(before ExitPath) bool { return before.ID == p.ID }) {
			c.say(path+".id", Text{"处置路径 %s 出现两次", "the path %s stands twice"}, p.ID)
		}
	}
}

func (c *checker) exitTest(path string, before []ExitTest, t *ExitTest) {
	named := func(id string) bool { return slices.ContainsFunc(before, func(o ExitTest) bool { return o.ID == id }) }
	if t.ID == "" || named(t.ID) {
		c.say(path+".id", Text{"%q 不是各项检验中独有的标识", "%q is no ID of its own among the tests"}, t.ID)
	}
	if slices.Contains(ExitMetrics, t.ID) && t.ID != t.Metric {
		c.say(path+".id", Text{"检验 %s 比较的是 %s；读者会按标识理解", "the test %s compares %s; a reader would take it for what its ID says"}, t.ID, t.Metric)
	}
	if t.InsteadOf != "" && !named(t.InsteadOf) {
		c.say(path+".instead_of", Text{"instead_of 指向 %q，其前没有这项检验", "instead_of names %q, which is no earlier test"}, t.InsteadOf)
	}
	c.oneOf(path+".group", t.Group, exitGroups)
	c.oneOf(path+".metric", t.Metric, ExitMetrics)
	c.number(path+".factor", t.Factor, 0)
	c.number(path+".threshold", t.Threshold, 0)
	if t.ThresholdFrom != "" {
		c.agreedTest(path, t)
	} else if t.Threshold == 0 {
		c.say(path+".threshold", Text{"阈值须大于 0", "a threshold must be positive"})
	}
}

// agreedTest refuses a row whose threshold no contract states, or that states one beside the contract's.
func (c *checker) agreedTest(path string, t *ExitTest) {
	c.oneOf(path+".threshold_from", t.ThresholdFrom, []string{"contract"})
	if t.Threshold != 0 {
		c.say(path+".threshold", Text{"阈值取自合同，这里的数值不会被采用", "the contract states the threshold; a number here would be ignored"})
	}
	if slices.Contains(ExitMetrics, t.Metric) && exitMetricByID(t.Metric).agreed == nil {
		c.say(path+".metric", Text{"合同不约定 %s", "contracts state no %s"}, t.Metric)
	}
}

func (c *checker) adviseExit() {
	groups := map[string]bool{}
	for i, t := range c.set.Exit.Tests {
		groups[t.Group] = true
		c.sourced(item("exit.tests", i), Text{"检验 " + t.ID + " ", "the test " + t.ID}, t.Source)
		c.adviseTest(item("exit.tests", i), &t)
		if t.factor() != 1 && (t.FactorSource == "" || t.FactorSourceEn == "") {
			c.say(item("exit.tests", i), Text{"检验 %s 的系数没有用两种语言注明出处（factor_source、factor_source_en）", "the test %s names no source for its factor in both languages (factor_source, factor_source_en)"}, t.ID)
		}
	}
	for i, e := range c.set.Exit.Excuses {
		if e.Kind == "new_firm" && e.Years < 1 {
			c.say(item("exit.excuses", i), Text{"new_firm 的 years 至少为 1，否则谁也不适用", "new_firm needs years of at least 1: it would excuse nobody"})
		}
	}
	if len(c.set.Exit.Paths) == 0 {
		c.say("exit.paths", Text{"没有处置路径：候选宗地的档案无从说明可以怎么办", "no path: a candidate's file would say nothing of what may follow"})
	}
	for i, p := range c.set.Exit.Paths {
		if p.Document == "" || p.Title == "" || p.TitleEn == "" {
			c.say(item("exit.paths", i), Text{"处置路径 %s 没有两种语言的标题，或没有依据文件", "the path %s names no title in both languages, or no document it rests on"}, p.ID)
		}
	}
	if n := c.set.Exit.GroupsFailed; n > len(groups) {
		c.say("exit.groups_failed", Text{"groups_failed 为 %d，而检验只有 %d 组：不可能有宗地列入", "groups_failed is %d but there are only %d groups of tests: nothing could ever fail"}, n, len(groups))
	}
}

// adviseTest looks for thresholds that every or no parcel is below, and for a row that is never in force.
func (c *checker) adviseTest(path string, t *ExitTest) {
	if exitMetricByID(t.Metric).scale == 100 && t.Threshold > 1 {
		c.say(path+".threshold", Text{"%s 是比例：阈值 %v 即 %v %%", "%s is a fraction: a threshold of %v is %v %%"}, t.Metric, t.Threshold, t.Threshold*100)
	}
	c.adviseValidity(path, Text{"检验 " + t.ID + " ", "the test " + t.ID}, t.ValidFrom, t.ValidTo)
}
