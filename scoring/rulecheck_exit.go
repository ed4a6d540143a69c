package scoring

import (
	"slices"

	"muchan/parcels"
)

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

func (c *checker) adviseExit() {
	groups := map[string]bool{}
	for i, t := range c.set.Exit.Tests {
		groups[t.Group] = true
		c.sourced(item("exit.tests", i), "the test "+t.ID, t.Source)
		if t.factor() != 1 && (t.FactorSource == "" || t.FactorSourceEn == "") {
			c.say(item("exit.tests", i), "the test %s names no source for its factor in both languages (factor_source, factor_source_en)", t.ID)
		}
	}
	if n := c.set.Exit.GroupsFailed; n > len(groups) {
		c.say("exit.groups_failed", "groups_failed is %d but there are only %d groups of tests: nothing could ever fail", n, len(groups))
	}
}
