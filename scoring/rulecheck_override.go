package scoring

import (
	"slices"

	"muchan/parcels"
)

func (c *checker) override(path string, o *Override) {
	c.oneOf(path+".effect", o.Effect, Effects)
	for i, id := range o.Cohorts {
		c.oneOf(item(path+".cohorts", i), id, Cohorts)
	}
	for i, kind := range o.Unless {
		c.oneOf(item(path+".unless", i), kind, parcels.EventKinds)
	}
	switch o.Effect {
	case "cap_class", "floor_class":
		c.oneOf(path+".class", string(o.Class), classNames)
	case "set_class":
		c.oneOf(path+".class", string(o.Class), append(slices.Clone(classNames), string(ClassNotRated)))
	}
	c.number(path+".points", o.Points, -1000)
	c.number(path+".first", o.First, -1000)
	c.condition(path+".when", &o.When)
	if len(o.Cohorts) == 0 && !o.When.asks() {
		c.say(path, Text{"调整项既无条件也无评价组，会改变所有企业", "an override without a condition or cohort would change every firm"})
	}
}

// condition refuses parts that a run would not ask, as it asks no number of years below 1 and no bound of no indicator.
func (c *checker) condition(path string, w *Condition) {
	c.word(path+".event", w.Event, parcels.EventKinds)
	c.word(path+".tag", w.Tag, parcels.FirmTags)
	c.word(path+".unless_tag", w.UnlessTag, parcels.FirmTags)
	c.conditionYears(path, "registered_below_years", w.RegisteredYears)
	c.conditionYears(path, "producing_below_years", w.ProducingYears)
	c.conditionYears(path, "land_below_years", w.LandYears)
	c.number(path+".below", w.Below, -1e12)
	below := w.Below != 0 || c.states(path, "below")
	if below && w.Indicator == "" {
		c.say(path+".below", Text{"below 没有指明指标，无从比较", "below names no indicator, so nothing would be compared"})
	}
	if !below && w.Indicator != "" {
		c.say(path+".indicator", Text{"指标 %s 须有 below，否则无从比较", "the indicator %s needs below: its value is compared with nothing"}, w.Indicator)
	}
}

// word refuses a word that is there and not one of the known.
func (c *checker) word(path, value string, words []string) {
	if value != "" {
		c.oneOf(path, value, words)
	}
}

func (c *checker) conditionYears(path, key string, n int) {
	if (n != 0 || c.states(path, key)) && (n < 1 || n > 100) {
		c.say(path+"."+key, Text{"%s 须为 1 至 100 的年数", "%s must be a number of years from 1 to 100"}, key)
	}
}

// asks reports whether a run asks anything of a firm; meets asks these parts. UnlessTag alone only leaves some firms out.
func (c *Condition) asks() bool {
	return c.Event != "" || c.Tag != "" || c.RegisteredYears > 0 || c.ProducingYears > 0 || c.LandYears > 0 ||
		c.Letting || c.Indicator != "" || c.WithinContract
}

// adviseOverride looks for rows that never do anything.
func (c *checker) adviseOverride(path string, o *Override) {
	c.sourced(path, Text{"调整项 " + o.ID + " ", "the override " + o.ID}, o.Source)
	if id := o.When.Indicator; id != "" && c.set.Evaluation.measure(id) == nil {
		c.say(path+".when.indicator", unknownIndicator, id)
	}
	c.adviseValidity(path, Text{"调整项 " + o.ID + " ", "the override " + o.ID}, o.ValidFrom, o.ValidTo)
	if o.Effect == "add_points" && o.Points == 0 && (!o.When.Letting || o.First == 0) {
		c.say(path+".points", Text{"调整项 %s 加减 0 分", "the override %s adds 0 points"}, o.ID)
	}
}

// adviseValidity looks for a row that is never in force.
func (c *checker) adviseValidity(path string, row Text, from, to Day) {
	if from.OK() && to.OK() && to.Date <= from.Date {
		c.say(path+".valid_to", Text{"%s的失效日期 %s 不晚于生效日期 %s", "%s is valid to %s, which is not after %s"}, row, to, from)
	}
}
