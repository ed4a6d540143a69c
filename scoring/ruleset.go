package scoring

import "muchan/parcels"

// The kinds of rule set.
const (
	KindEvaluation = "evaluation" // classes of firms
	KindIdle       = "idle"       // idle land
	KindIdlePlant  = "idle_plant" // vacant plants
	KindExit       = "exit"       // exit tests
	KindStock      = "stock"      // bands of stock industrial land by its benefit per mu
	KindLowUse     = "low_use"    // types of low-efficiency land
	KindControl    = "control"    // control indicators of industrial projects
	KindAdmission  = "admission"  // what a project must promise to be let in
	KindZone       = "zone"       // indicators of the whole zone's land use
)

// Kinds lists the kinds a rule set may have.
var Kinds = []string{KindEvaluation, KindIdle, KindIdlePlant, KindExit, KindStock, KindLowUse, KindControl, KindAdmission, KindZone}

// RuleSet is one versioned set of parameters with its authority, document and validity. Exactly one of the bodies is present,
// that of its kind. A RuleSet is immutable after ParseRuleSet.
type RuleSet struct {
	ID         string
	Kind       string // see Kinds
	Title      string
	TitleEn    string
	Authority  string // who issued it
	Document   string // number of the document; "" for a proposal
	Source     string // where its figures were read
	ValidFrom  parcels.Date
	ValidTo    parcels.Date // exclusive; missing while in force
	AppliesTo  []string     // park codes; "*" for any park
	Years      []int        // evaluation years; empty for any
	Verified   bool         // the figures were compared with the issuer's own text
	Notice     string       // what a reader must be told
	NoticeEn   string
	Evaluation *Evaluation
	Idle       *IdleRules
	IdlePlant  *IdlePlantRules
	Exit       *ExitRules
	Stock      *StockRules
	LowUse     *LowUseRules
	Control    *ControlRules
	Admission  *AdmissionRules
	Zone       *ZoneRules
	Text       []byte // as read; do not write into it
	Hash       string // SHA-256 of Text, lower-case hex

	lines lineIndex
}

// Ref names the set in results.
func (s *RuleSet) Ref() RuleRef {
	return RuleRef{
		ID: s.ID, Kind: s.Kind, Title: s.Title, Document: s.Document, Hash: s.Hash, Verified: s.Verified, Notice: s.Notice,
		NoticeEn: s.NoticeEn,
	}
}

// Evaluation is the body of a 亩均 comprehensive evaluation.
type Evaluation struct {
	Tax                   []string   `yaml:"tax"`                     // columns of figures that are summed to the rated tax (评价税收)
	EnergyBasis           string     `yaml:"energy_basis"`            // how electricity must be counted for I3; "" accepts either
	SmallBelowMu          float64    `yaml:"small_below_mu"`          // 规下 firms below this land are a cohort of their own
	ExcludeBuildingPeriod bool       `yaml:"exclude_building_period"` // leave out land still inside its contractual building period
	Groups                []Group    `yaml:"groups"`                  // industry groups, for cohorts ranked in groups
	Cohorts               []Cohort   `yaml:"cohorts"`
	Overrides             []Override `yaml:"overrides"`
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
}

// Indicator is one item of a cohort's score.
type Indicator struct {
	ID        string  `yaml:"id"` // I1..I8
	Weight    float64 `yaml:"weight"`
	Base      Base    `yaml:"base"`
	CapFactor Limit   `yaml:"cap_factor"` // points are at most this times the weight; absent or none: no cap
	Floor     Limit   `yaml:"floor"`      // points are at least this times the weight; absent: 0; none: no floor
	Direction string  `yaml:"direction"`  // higher (default) or lower: (2 − x/base) × weight
	Missing   string  `yaml:"missing"`    // zero, cohort_mean_points or not_rated
	Source    string  `yaml:"source"`
	Verified  bool    `yaml:"verified"`
}

// Base is what an indicator's value is divided by.
type Base struct {
	Kind   string  `yaml:"kind"`   // fixed, cohort_mean or multiple
	Value  float64 `yaml:"value"`  // fixed: the base; multiple: what is multiplied, or 0 for the cohort's mean
	Factor float64 `yaml:"factor"` // multiple
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
}

// Effects lists what an override can do, in the order the effects are applied.
var Effects = []string{"exempt", "follow_owner", "add_points", "cap_class", "floor_class", "set_class"}

// IdleRules are the parameters of idle land (闲置土地).
type IdleRules struct {
	UnstartedYears        int    `yaml:"unstarted_years"`
	TakeBackYears         int    `yaml:"take_back_years"`
	Fee                   Ratio  `yaml:"fee"`             // share of the land price
	DevelopedBelow        Ratio  `yaml:"developed_below"` // strict
	InvestedBelow         Ratio  `yaml:"invested_below"`  // strict
	SuspendedYears        int    `yaml:"suspended_years"` // for both limbs
	HandoverPlusYears     int    `yaml:"handover_plus_years"`
	WarningDays           int    `yaml:"warning_days"`
	UnstartedClause       string `yaml:"unstarted_clause"`
	StalledClause         string `yaml:"stalled_clause"`
	FeeClause             string `yaml:"fee_clause"`
	GovernmentCauseClause string `yaml:"government_cause_clause"`
}

// IdlePlantRules are the parameters of idle plants (闲置厂房).
type IdlePlantRules struct {
	VacantShare Ratio    `yaml:"vacant_share"` // at least
	Months      int      `yaml:"months"`       // at least
	Uses        []string `yaml:"uses"`         // building uses that count
}

// ExitRules are the tests of the plan's exit mechanism (退出机制).
type ExitRules struct {
	GroupsFailed int                 `yaml:"groups_failed"` // how many groups of tests must fail
	Uses         map[string][]string `yaml:"uses"`          // land-use scheme to code prefixes that are tested
	States       []string            `yaml:"states"`        // land states that are tested
	Excuses      []Excuse            `yaml:"excuses"`
	Tests        []ExitTest          `yaml:"tests"`
}

// Excuse keeps a parcel off the list.
type Excuse struct {
	Kind   string `yaml:"kind"`  // new_firm, within_contract, government_cause, exempted
	Years  int    `yaml:"years"` // new_firm
	Clause string `yaml:"clause"`
	Source string `yaml:"source"`
}

// ExitTest is one comparison; it fails when the value is strictly below Threshold × Factor.
type ExitTest struct {
	ID        string  `yaml:"id"`
	Group     string  `yaml:"group"`  // investment, yield or density
	Metric    string  `yaml:"metric"` // see ExitMetrics
	Threshold float64 `yaml:"threshold"`
	Factor    float64 `yaml:"factor"` // of the threshold; 0 means 1
	// FactorSource says, in Chinese, where the factor comes from, which is not the row's Document.
	FactorSource   string `yaml:"factor_source"`
	FactorSourceEn string `yaml:"factor_source_en"`
	// InsteadOf names an earlier test; this one is made where that one's document does not apply, by place, use or date.
	InsteadOf string `yaml:"instead_of"`
	Title     string `yaml:"title"`
	TitleEn   string `yaml:"title_en"`
	Document  string `yaml:"document"`
	Clause    string `yaml:"clause"`
	Source    string `yaml:"source"`
	Verified  bool   `yaml:"verified"`
	Note      string `yaml:"note"`
	NoteEn    string `yaml:"note_en"`
	ValidFrom Day    `yaml:"valid_from"`
	ValidTo   Day    `yaml:"valid_to"`
}

// factor returns Factor, 1 when there is none.
func (t *ExitTest) factor() float64 {
	if t.Factor == 0 {
		return 1
	}
	return t.Factor
}

// limit returns the threshold a value is compared with.
func (t *ExitTest) limit() float64 { return t.Threshold * t.factor() }

// StockRules sort stock industrial land by its benefit per mu over some years (泉政办规〔2025〕13号).
type StockRules struct {
	Metric      string  `yaml:"metric"` // tax_per_mu, output_per_mu, revenue_per_mu or value_added_per_mu
	Years       int     `yaml:"years"`
	Aggregate   string  `yaml:"aggregate"` // mean, min or each
	SmallMu     float64 `yaml:"small_below_mu"`
	SmallBand   string  `yaml:"small_band"`
	BlockLevels []int   `yaml:"block_line_levels"` // only inside industrial block lines of these levels; empty: anywhere
	// Uses limits the set to land of these uses: land-use scheme to code prefixes. Empty: any use.
	Uses   map[string][]string `yaml:"uses"`
	Bands  []StockBand         `yaml:"bands"` // ascending
	Clause string              `yaml:"clause"`
}

// StockBand reaches from its From, inclusive, to the next band's.
type StockBand struct {
	ID      string  `yaml:"id"`
	From    float64 `yaml:"from"`
	Title   string  `yaml:"title"`
	TitleEn string  `yaml:"title_en"`
	MaxFAR  float64 `yaml:"max_far"` // to which the floor-area ratio may be raised; 0: the band raises none
	Open    bool    `yaml:"open"`    // MaxFAR is only where the range begins: the unit plan decides how far above it
}
