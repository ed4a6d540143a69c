package scoring

import "muchan/parcels"

// noFigures stands for a year in which a firm filed nothing. It is read only.
var noFigures = &parcels.Figures{}

// yearsBack is how many years before the evaluation year some evaluation set looks at.
func (c *chooser) yearsBack() (most int) {
	for _, set := range c.sets(KindEvaluation) {
		most = max(most, set.yearsBack())
	}
	return max(most, c.noPark.yearsBack())
}

// yearsBack is how many earlier years a set's evaluation looks at; 0 where there is no set.
func (s *RuleSet) yearsBack() int {
	if s == nil {
		return 0
	}
	return s.Evaluation.yearsBack
}

// findLands finds the land of every firm as each set that rates some firm counts it.
func (r *run) findLands() {
	r.lands = map[*RuleSet][][]firmLand{}
	for f, set := range r.ratedBy {
		if f > 0 && set == r.ratedBy[f-1] {
			continue
		}
		if _, done := r.lands[set]; done {
			continue
		}
		years := make([][]firmLand, 1+set.yearsBack())
		for k := range years {
			years[k] = r.use.landsIn(r.in.Year-k, set.exclusions())
		}
		r.lands[set] = years
	}
}

// pastInputs collects what the indicators of a firm are computed from in the years before: the figures, tax and land of each year. It
// puts them into the room, which must suffice.
func (r *run) pastInputs(f int, e *Evaluation, room []indicatorInput) []indicatorInput {
	past, lands := room[:e.yearsBack], r.lands[r.ratedBy[f]]
	for k := range past {
		year := r.in.Year - k - 1
		land := &lands[1+k][f]
		past[k] = indicatorInput{
			landMu: land.rated(), floorM2: land.floor(), tax: ratedTax(r.snap.FiguresAt(f, year), r.taxOf[f]), figures: noFigures, energyBasis: e.EnergyBasis,
		}
		if g := r.snap.FiguresAt(f, year); g != nil {
			past[k].figures = g
		}
	}
	return past
}

// input returns what the indicators are computed from so many years back.
func (t *rating) input(back int) *indicatorInput {
	if back == 0 {
		return &t.in
	}
	return &t.past[back-1]
}

// value returns an indicator of the firm over its years. Years in which it is missing are left out; it is missing when all are.
func (t *rating) value(in *Indicator) parcels.Opt[float64] {
	switch {
	case in.measure == nil:
		return parcels.Opt[float64]{}
	case in.span() == 1:
		return in.measure.of(&t.in)
	}
	values := make([]float64, 0, maxYears)
	for k := range in.Years {
		if v, ok := in.measure.of(t.input(k)).Get(); ok {
			values = append(values, v)
		}
	}
	return in.aggregate(values)
}

// maxYears bounds how many years an indicator takes together.
const maxYears = 10

// aggregate reduces yearly values to what is rated. "each" asks that every year reach a value, which is the same as that the worst
// does: the least, or the greatest where lower is better.
func (in *Indicator) aggregate(values []float64) parcels.Opt[float64] {
	how := in.Aggregate
	if how == "each" && in.Direction == "lower" && len(values) > 0 {
		worst := values[0]
		for _, v := range values[1:] {
			worst = max(worst, v)
		}
		return parcels.Some(worst)
	}
	return aggregate(values, how)
}
