package scoring

// baseKey names an indicator of a cohort by its position.
type baseKey struct {
	set    *RuleSet
	cohort *Cohort
	item   int
}

// baseOn is what an indicator is divided by, and what that rests on.
type baseOn struct {
	value    float64
	mean     float64 // Σ numerator / Σ denominator before any factor; 0 when the set states the base
	firms    int     // number of firms in the mean; 0 when the set states the base
	from, to int     // years of the mean
}

// sides are what a firm has of both sides of an indicator: whole is 0 where it lacks one.
type sides struct{ part, whole float64 }

// ofOneYear reports whether an indicator and its mean look at the evaluation year and at no other.
func (in *Indicator) ofOneYear() bool {
	return in.measure != nil && in.span() == 1 && in.Base.Kind != BaseLastYear
}

// baseOf returns what an indicator is divided by. A mean is the sum of numerators over the sum of denominators of the firms that have
// both. A base that is not positive gives nobody points. parts are those of the pool, nil where the indicator looks at other years too.
func baseOf(in *Indicator, pool []*rating, parts []sides, year int) baseOn {
	switch {
	case in.Base.Kind == BaseFixed:
		return baseOn{value: in.Base.Value}
	case in.Base.Kind == BaseMultiple && in.Base.Value > 0:
		return baseOn{value: in.Base.Factor * in.Base.Value}
	case in.Base.Kind == BaseLastYear:
		return meanOver(in, pool, year, 1, 1)
	case parts != nil:
		return meanOf(in, parts, year)
	}
	return meanOver(in, pool, year, 0, in.span()-1)
}

// meanOver is the mean of a pool over the years from first to last back, times the factor of the base.
func meanOver(in *Indicator, pool []*rating, year, first, last int) baseOn {
	on := baseOn{from: year - last, to: year - first}
	if in.measure == nil {
		return on
	}
	num, den := 0.0, 0.0
	for _, t := range pool {
		has := 0
		for k := first; k <= last; k++ {
			if n, d, ok := in.measure.parts(t.input(k)); ok {
				num, den, has = num+n, den+d, 1
			}
		}
		on.firms += has
	}
	return on.of(in, num, den)
}

// meanOf is meanOver of the evaluation year alone.
func meanOf(in *Indicator, parts []sides, year int) baseOn {
	on, num, den := baseOn{from: year, to: year}, 0.0, 0.0
	for _, p := range parts {
		if p.whole > 0 {
			num, den = num+p.part, den+p.whole
			on.firms++
		}
	}
	return on.of(in, num, den)
}

// of completes a base by the sums of both sides.
func (on baseOn) of(in *Indicator, num, den float64) baseOn {
	if den > 0 {
		on.mean = num / den
	}
	on.value = on.mean
	if in.Base.Kind != BaseCohortMean {
		on.value *= in.Base.factor()
	}
	return on
}
