package targets

import (
	"math"

	"muchan/parcels"
	"muchan/scoring"
	"muchan/scoring/aggregate"
)

// Input is what a report depends on.
type Input struct {
	Scores *scoring.Scores
	// Exact sums all firms on file; it is for analysts. Otherwise sums are those of Public, the year's audited table.
	Exact  bool
	Public aggregate.Table
	Areas  []Area // areas of the zone that the asker states, beside those on file
}

// Exact is the input for those who may see firms' figures.
func Exact(s *scoring.Scores) Input { return Input{Scores: s, Exact: true} }

// Published is the input for everybody else.
func Published(s *scoring.Scores, public aggregate.Table) Input {
	return Input{Scores: s, Public: public}
}

// Series says how an indicator runs over the years.
type Series string

// The series.
const (
	SeriesLevel Series = "level" // the value of the target year
	SeriesTotal Series = "total" // the sum over the years after the base year; the base is one year's value
	SeriesRate  Series = "rate"  // a yearly rate, whose "growth" is the indicator itself
)

// seriesOf are the indicators that are no level.
var seriesOf = map[string]Series{"exports": SeriesTotal, "foreign-capital": SeriesTotal, "rd-growth": SeriesRate}

// Direction says which way an indicator is to move: up, down, or hold where base and target are the same; "" where the plan gives no
// base.
type Direction string

// The directions.
const (
	Up   Direction = "up"
	Down Direction = "down"
	Hold Direction = "hold"
)

// Row is one indicator of the plan with what can be said of it.
type Row struct {
	Target    *parcels.Target
	Series    Series
	Direction Direction
	Actual    Actual
	Year      int // of the actual

	Progress opt // part of the way from base to target, 0..1
	Elapsed  opt // part of the time, 0..1
	Achieved opt // actual ÷ target
	Due      opt // the value on the path of even growth
	Met      parcels.Opt[bool]
	OnPath   parcels.Opt[bool] // not behind Due

	FromBasePct   opt // growth that leads from base to target, per cent a year
	FromActualPct opt // growth that leads from actual to target in the years left, per cent a year
	AheadPct      opt // the plan's growth less FromActualPct, percentage points: negative when more is needed than was planned

	Consistency *Consistency // nil when the plan gives no growth, base or target
}

// Consistency holds a target against its own base and growth.
type Consistency struct {
	Implied      float64
	Deviation    float64 // target − implied
	DeviationPct float64 // of the implied value
	Agrees       bool
	Formula      string
}

// Report is the plan held against a year.
type Report struct {
	Year           int
	Rows           []Row // as in the snapshot, by ID
	Denominators   []Denominator
	Areas          []AreaYield
	Contradictions []Contradiction
}

// Make holds the plan of a snapshot against the year of its scores.
func Make(in Input) *Report {
	list := in.Scores.Snapshot().Targets
	known, computed := byID(list), in.actuals()
	actuals := in.stated(computed, known)
	r := &Report{Year: in.Scores.Year, Rows: make([]Row, len(list))}
	for i := range list {
		r.Rows[i] = in.row(&list[i], actuals)
	}
	r.Denominators = denominators(known, actuals)
	r.Areas = in.yields(computed, r.Denominators)
	r.Contradictions = contradictions(known, r.Denominators)
	return r
}

func byID(list []parcels.Target) map[string]*parcels.Target {
	known := make(map[string]*parcels.Target, len(list))
	for i := range list {
		known[list[i].ID] = &list[i]
	}
	return known
}

func (in *Input) row(t *parcels.Target, actuals map[string]Actual) Row {
	row := Row{Target: t, Series: SeriesLevel, Year: in.Scores.Year, Direction: directionOf(t)}
	if s, ok := seriesOf[t.ID]; ok {
		row.Series = s
	}
	if a, ok := actuals[t.ID]; ok {
		row.Actual = a
	} else {
		row.Actual = Actual{Why: notComputed(t.ID)}
	}
	years := t.TargetYear - t.BaseYear
	switch row.Series {
	case SeriesTotal:
		row.FromBasePct = GrowthOfTotal(t.Base, t.Target, years)
		row.Consistency = consistency(t, ImpliedTotal(t.Base, t.GrowthPct, years), "× Σ(1+g)^k")
		return row // a total is not on the way from one year's value
	case SeriesLevel:
		row.FromBasePct = Growth(t.Base, t.Target, years)
		row.Consistency = consistency(t, Implied(t.Base, t.GrowthPct, years), "× (1+g)^n")
	}
	row.progress()
	return row
}

// progress fills what follows from the actual value.
func (r *Row) progress() {
	t := r.Target
	r.Elapsed = Elapsed(t.BaseYear, t.TargetYear, r.Year)
	r.Progress = Progress(t.Base, t.Target, r.Actual.Value)
	r.Due = Due(t.Base, t.Target, r.Elapsed)
	r.FromActualPct = Growth(r.Actual.Value, t.Target, t.TargetYear-r.Year)
	actual, target, ok := both(r.Actual.Value, t.Target)
	if !ok {
		return
	}
	if target != 0 {
		r.Achieved = finite(actual / target)
	}
	r.Met = parcels.Some(r.reaches(actual, target))
	if due, ok := r.Due.Get(); ok {
		r.OnPath = parcels.Some(r.reaches(actual, due))
	}
	if planned, needed, ok := both(t.GrowthPct, r.FromActualPct); ok {
		r.AheadPct = finite(planned - needed)
	}
}

// reaches reports whether a value is not short of another in the direction of the indicator. Without a base more is better.
func (r *Row) reaches(value, other float64) bool {
	slack := 1e-12 * math.Abs(other) // Due is a power: equal values may differ in the last place
	if r.Direction == Down {
		return value <= other+slack
	}
	return value >= other-slack
}

func directionOf(t *parcels.Target) Direction {
	base, target, ok := both(t.Base, t.Target)
	switch {
	case !ok:
		return ""
	case target > base:
		return Up
	case target < base:
		return Down
	}
	return Hold
}

func consistency(t *parcels.Target, implied opt, formula string) *Consistency {
	i, target, ok := both(implied, t.Target)
	if !ok || i == 0 {
		return nil
	}
	return &Consistency{Implied: i, Deviation: target - i, DeviationPct: 100 * (target - i) / i, Agrees: agrees(i, target), Formula: formula}
}

// notComputed says why an indicator has no actual value.
func notComputed(id string) scoring.Text {
	if why, ok := notHere[id]; ok {
		return why
	}
	return scoring.Text{Zh: "属统计、专利、环保等部门数据，本系统不掌握，未计算", En: "official statistics that this service does not hold; not computed here"}
}

var notHere = map[string]scoring.Text{
	"gdp": {
		Zh: "地区生产总值含服务业和库外单位，不能由企业工业增加值合计得出，未计算",
		En: "GDP includes services and who is not on file, and is no sum of firms' industrial value added; not computed here",
	},
	"budget": {
		Zh: "一般公共预算收入是地方留成口径，与企业缴纳税收不同，未计算",
		En: "budget revenue is the local share and not what firms pay in tax; not computed here",
	},
	"gdp-per-km2": {
		Zh: "地区生产总值不在库，面积口径未定；两种隐含面积及各口径面积见下",
		En: "GDP is not on file and the area has no definition; both implied areas and the areas on file stand below",
	},
	"budget-per-km2": {
		Zh: "一般公共预算收入不在库，面积口径未定；两种隐含面积及各口径面积见下",
		En: "budget revenue is not on file and the area has no definition; both implied areas and the areas on file stand below",
	},
}
