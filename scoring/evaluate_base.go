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

// baseOf returns what an indicator is divided by. A mean is the sum of numerators over the sum of denominators of the firms that have
// both. A base that is not positive gives nobody points.
func baseOf(in *Indicator, pool []*rating, year int) baseOn {
	switch {
	case in.Base.Kind == BaseFixed:
		return baseOn{value: in.Base.Value}
	case in.Base.Kind == BaseMultiple && in.Base.Value > 0:
		return baseOn{value: in.Base.Factor * in.Base.Value}
	case in.Base.Kind == BaseLastYear:
		return meanOver(in, pool, year, 1, 1)
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
	if den > 0 {
		on.mean = num / den
	}
	on.value = on.mean
	if in.Base.Kind != BaseCohortMean {
		on.value *= in.Base.factor()
	}
	return on
}
