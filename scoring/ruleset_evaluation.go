package scoring

// Evaluation is the body of a 亩均 comprehensive evaluation.
type Evaluation struct {
	Tax                   []string   `yaml:"tax"`                     // columns of figures that are summed to the rated tax (评价税收)
	EnergyBasis           string     `yaml:"energy_basis"`            // how electricity must be counted for I3; "" accepts either
	SmallBelowMu          float64    `yaml:"small_below_mu"`          // firms below this land are a cohort of their own
	ExcludeBuildingPeriod bool       `yaml:"exclude_building_period"` // leave out land still inside its contractual building period
	ExcludeUndelivered    bool       `yaml:"exclude_undelivered"`     // leave out land that the government has not delivered
	ExcludePublic         bool       `yaml:"exclude_public"`          // leave out public roads and public green on the certificate
	Groups                []Group    `yaml:"groups"`                  // industry groups, for cohorts ranked in groups
	Measures              []Measure  `yaml:"indicators"`              // the set's own indicators, beside I1 to I8
	Cohorts               []Cohort   `yaml:"cohorts"`
	Overrides             []Override `yaml:"overrides"`

	yearsBack int // how many years before the evaluation year are looked at

	// The overrides by when they are applied, by effect in the order of Effects and then in the order of the table.
	leaving, bonuses, reclassing []*Override
}

// Group is a group of industries ranked together.
type Group struct {
	ID         string   `yaml:"id"`
	Title      string   `yaml:"title"`
	TitleEn    string   `yaml:"title_en"`
	Industries []string `yaml:"industries"` // GB/T 4754-2017 prefixes
}

// Cohort is a set of firms rated by the same indicators and ranked among themselves.
type Cohort struct {
	ID         string       `yaml:"id"` // see Cohorts
	Grouped    bool         `yaml:"grouped"`
	Indicators []Indicator  `yaml:"indicators"`
	Bounds     []ClassBound `yaml:"bounds"` // inclusive upper bounds of rank/N; empty when the text that was found has none
	Small      SmallCohort  `yaml:"small"`
	Source     string       `yaml:"source"`
	SourceEn   string       `yaml:"source_en"`
	Verified   bool         `yaml:"verified"`
}

// Indicator is one item of a cohort's score.
type Indicator struct {
	ID        string  `yaml:"id"` // I1..I8 or one of the set's own
	Weight    float64 `yaml:"weight"`
	Base      Base    `yaml:"base"`
	CapFactor Limit   `yaml:"cap_factor"` // points are at most this times the weight; absent or none: no cap
	Floor     Limit   `yaml:"floor"`      // points are at least this times the weight; absent: 0; none: no floor
	Direction string  `yaml:"direction"`  // higher (default) or lower: (2 − x/base) × weight
	Missing   string  `yaml:"missing"`    // zero, cohort_mean_points or not_rated
	Years     int     `yaml:"years"`      // how many years up to the evaluation year are taken together; 0 means 1
	Aggregate string  `yaml:"aggregate"`  // with years: mean, min, or each (every year must reach: the worst one counts)
	Source    string  `yaml:"source"`
	SourceEn  string  `yaml:"source_en"`
	Verified  bool    `yaml:"verified"`

	measure *Measure // nil for an unknown one, whose value is always missing
}

// span returns the number of years that are taken together.
func (in *Indicator) span() int { return max(in.Years, 1) }

// Base is what an indicator's value is divided by.
type Base struct {
	Kind   string  `yaml:"kind"`   // see the Base constants
	Value  float64 `yaml:"value"`  // fixed: the base; multiple: what is multiplied, or 0 for the cohort's mean
	Factor float64 `yaml:"factor"` // multiple; of last year's mean too, where 0 means 1
}

// The kinds of base.
const (
	BaseFixed      = "fixed"
	BaseCohortMean = "cohort_mean"    // Σ numerator / Σ denominator over the cohort and the indicator's years
	BaseMultiple   = "multiple"       // of a stated value, or of the cohort's mean
	BaseLastYear   = "last_year_mean" // of the same firms' figures of the year before, times the factor
)

// BaseKinds lists them.
var BaseKinds = []string{BaseFixed, BaseCohortMean, BaseMultiple, BaseLastYear}

// factor is what a mean is multiplied by.
func (b *Base) factor() float64 {
	if b.Factor == 0 {
		return 1
	}
	return b.Factor
}

// ClassBound is the inclusive upper bound of rank/N for a class.
type ClassBound struct {
	Class Class `yaml:"class"`
	Upto  Ratio `yaml:"upto"`
}

// SmallCohort says what happens in a cohort with fewer firms than Below.
type SmallCohort struct {
	Below  int    `yaml:"below"`
	Policy string `yaml:"policy"` // as_is (default), no_last (the last class is not given) or not_rated
}

// Override changes a firm's evaluation when its condition holds.
type Override struct {
	ID        string    `yaml:"id"`
	Title     string    `yaml:"title"`
	TitleEn   string    `yaml:"title_en"`
	When      Condition `yaml:"when"`
	Cohorts   []string  `yaml:"cohorts"` // empty for all
	Unless    []string  `yaml:"unless"`  // event kinds that switch the row off
	Effect    string    `yaml:"effect"`  // see Effects
	Class     Class     `yaml:"class"`   // cap_class, floor_class, set_class
	Points    float64   `yaml:"points"`  // add_points; for letting: per further tenant
	First     float64   `yaml:"first"`   // add_points with letting: for the first tenant
	Document  string    `yaml:"document"`
	Clause    string    `yaml:"clause"`
	Source    string    `yaml:"source"`
	SourceEn  string    `yaml:"source_en"`
	Verified  bool      `yaml:"verified"`
	ValidFrom Day       `yaml:"valid_from"`
	ValidTo   Day       `yaml:"valid_to"`
}

// Condition is what an override asks of a firm. Every part that is present must hold. Ages count to the last day of the
// evaluation year.
type Condition struct {
	Event           string  `yaml:"event"` // an event of this kind falls into the year or its effect lasts into it
	Tag             string  `yaml:"tag"`
	RegisteredYears int     `yaml:"registered_below_years"`
	ProducingYears  int     `yaml:"producing_below_years"`
	LandYears       int     `yaml:"land_below_years"` // the firm's own land was handed over less than this ago
	Letting         bool    `yaml:"letting"`          // tenants below scale on the firm's own parcels
	Indicator       string  `yaml:"indicator"`        // with Below: an indicator's value
	Below           float64 `yaml:"below"`            //
	WithinContract  bool    `yaml:"within_contract"`  // all its land is inside the contractual building period
	UnlessTag       string  `yaml:"unless_tag"`       // firms with this tag are left out

	measure *Measure
}

// Effects lists what an override can do, in the order the effects are applied.
var Effects = []string{"exempt", "follow_owner", "add_points", "cap_class", "floor_class", "set_class"}
