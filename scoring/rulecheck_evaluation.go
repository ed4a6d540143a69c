package scoring

import (
	"regexp"

	"muchan/parcels"
)

func (c *checker) evaluation() {
	e := c.set.Evaluation
	for i, name := range e.Tax {
		c.oneOf(item("evaluation.tax", i), name, taxNames())
	}
	if e.EnergyBasis != "" {
		c.oneOf("evaluation.energy_basis", e.EnergyBasis, parcels.EnergyBases)
	}
	c.number("evaluation.small_below_mu", e.SmallBelowMu, 0)
	c.measures(e)
	for i := range e.Cohorts {
		c.cohort(item("evaluation.cohorts", i), &e.Cohorts[i])
	}
	for i := range e.Overrides {
		c.override(item("evaluation.overrides", i), &e.Overrides[i])
	}
}

// ownMeasure is what a set may call its own indicators; I1 to I8 are taken.
var ownMeasure = regexp.MustCompile(`^X[0-9]{1,3}$`)

// measures refuses formulas that cannot be read, and compiles the others.
func (c *checker) measures(e *Evaluation) {
	for i := range e.Measures {
		m, path := &e.Measures[i], item("evaluation.indicators", i)
		if !ownMeasure.MatchString(m.ID) {
			c.say(path+".id", Text{"%q 不能作自定指标的标识：用 X1 至 X999", "%q is not an ID for a set's own indicator: X1 to X999"}, m.ID)
		}
		if measureIn(e.Measures[:i], m.ID) != nil {
			c.say(path+".id", Text{"指标 %s 定义了两次", "the indicator %s is defined twice"}, m.ID)
		}
		if m.Title == "" {
			c.say(path, Text{"指标 %s 没有标题", "the indicator %s has no title"}, m.ID)
		}
		m.num = c.formula(path+".numerator", m.Numerator)
		m.den = c.formula(path+".denominator", m.Denominator)
	}
}

// formula compiles one, or says why it cannot and returns nil.
func (c *checker) formula(path, text string) *formula {
	f, err := compileFormula(text)
	if err != nil {
		c.say(path, Text{"%v", "%v"}, err)
		return nil
	}
	return f
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
	c.oneOf(path+".base.kind", in.Base.Kind, BaseKinds)
	c.number(path+".base.value", in.Base.Value, 0)
	c.number(path+".base.factor", in.Base.Factor, 0)
	if in.Base.Kind == BaseFixed && in.Base.Value <= 0 {
		c.say(path+".base", Text{"固定基准须有大于 0 的 value", "a fixed base needs a positive value"})
	}
	if in.Base.Kind == BaseMultiple && in.Base.Factor <= 0 {
		c.say(path+".base", Text{"倍数基准须有大于 0 的 factor", "a multiple needs a positive factor"})
	}
	if in.Years < 0 || in.Years > maxYears {
		c.say(path+".years", Text{"years 须在 1 至 %d 之间", "years must lie between 1 and %d"}, maxYears)
	}
	if in.Years > 1 || in.Aggregate != "" {
		c.oneOf(path+".aggregate", in.Aggregate, []string{"mean", "min", "each"})
	}
	if !in.CapFactor.None {
		c.number(path+".cap_factor", in.CapFactor.Value, 0)
	}
	if !in.Floor.None {
		c.number(path+".floor", in.Floor.Value, -1e6)
	}
}
