package scoring

import "muchan/parcels"

// Input is everything a run depends on.
type Input struct {
	Snapshot *parcels.Snapshot
	Year     int          // year of the figures
	AsOf     parcels.Date // drives every clock: idle land, cases, contract periods
	Rules    Book
	// Before may be scores of an earlier snapshot, of which Snapshot was made by After. What the rows that differ cannot reach is then
	// taken over from them; the result is the same, sooner.
	Before *Scores
}

// Scores are the results of one run. They are immutable; Parcels and Firms are parallel to the snapshot's.
type Scores struct {
	Year    int
	AsOf    parcels.Date
	Version int64     // of the snapshot
	Rules   []RuleRef // the sets that were used, by kind and park
	Parcels []ParcelScore
	Firms   []FirmScore
	Exit    []ExitCandidate // ordered by severity, worst first
	// Unassigned is what could not be put on a parcel in the snapshot, by firm, with the reason; together with the parcels it adds
	// up to the firms' figures to the fen.
	Unassigned []Unassigned
	// Warnings name parks without a rule set, overlapping sets and the like, in a fixed order.
	Warnings []string

	run *run
}

// RuleRef names a rule set and where it comes from.
type RuleRef struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Title    string `json:"title"`
	TitleEn  string `json:"title_en,omitempty"`
	Document string `json:"document,omitempty"` // issuing authority's number
	Hash     string `json:"hash"`               // SHA-256 of its text, lower-case hex
	Verified bool   `json:"verified"`
	Notice   string `json:"notice,omitempty"` // what a reader must be told, e.g. 示例参数，未经管委会发布
	NoticeEn string `json:"notice_en,omitempty"`
	// Places lists, in Scores.Rules, what the set was used for, comma-separated: park codes, with the zones a set asks for behind them.
	Places string `json:"places,omitempty"`
}

// Class is the grade of a firm or parcel in an evaluation.
type Class string

// The classes. Not rated is a class of its own, never a low one.
const (
	ClassA        Class = "A"
	ClassB        Class = "B"
	ClassC        Class = "C"
	ClassD        Class = "D"
	ClassNotRated Class = "T" // exempt or not enough data
	ClassNone     Class = ""  // no firm to rate
)

// ParcelScore is what a run says of one parcel. Money is the parcel's share of its firms' figures for the year.
type ParcelScore struct {
	Code string
	*Measured
	OutputWan     parcels.Opt[parcels.Wan]
	RevenueWan    parcels.Opt[parcels.Wan]
	ValueAddedWan parcels.Opt[parcels.Wan]
	TaxWan        parcels.Opt[parcels.Wan]
	Firms         []Share              // who uses it in the year, largest share first
	UnassignedMu  parcels.Opt[float64] // land that no firm on file held over the year
	BenefitPerMu  parcels.Opt[float64] // benefit over some years as the stock-land set defines it, 万元/亩; missing outside its scope
	Findings      []Finding            // suspicions about the land, in the order of FindingTypes; nil for most parcels
	Partial       Partial
	Band          string // its band of stock industrial land, "" outside the set's scope or when the benefit does not settle it
	Idle          *Idle  // never nil; parcels without a suspicion share an empty one
	Class         Class  // of the firm with the largest share
	Points        parcels.Opt[float64]
	Exit          int // position in Scores.Exit, -1 when it is no candidate
}

// Measured is what the land of a parcel and what stands on it come to, whatever the year, the firms and the rules. The runs of a snapshot
// share it.
type Measured struct {
	LandMu      parcels.Opt[float64] // title area, else drawn area; see LandIsTitle
	LandIsTitle bool
	DrawnM2     float64
	FloorM2     parcels.Opt[float64] // floor area, each storey once
	FARM2       parcels.Opt[float64] // floor area with storeys above 8 m counted twice
	FootprintM2 parcels.Opt[float64]
	FAR         parcels.Opt[float64] // 容积率
	Density     parcels.Opt[float64] // 建筑密度, 0..1: buildings only
	Coefficient parcels.Opt[float64] // 建筑系数, 0..1: buildings, structures and open yards
	OfficeShare parcels.Opt[float64] // 行政办公及生活服务设施用地所占比重, 0..1
	FAIPerMu    parcels.Opt[float64] // 投资强度, 万元/亩, land price included
	VacantShare parcels.Opt[float64] // empty share of the floor area, 0..1
}

// Partial says which amounts of a parcel, and with them the ratios over its land, are lower bounds: some firm on it lacks the
// figure while another has it. Where all lack it the amount is missing and not partial.
type Partial struct {
	Output, Revenue, ValueAdded, Tax bool
	Benefit                          bool // in at least one of the years the benefit is taken over
}

// Names lists what is partial, of tax, output, value_added, revenue and benefit in this order; nil when all is complete.
func (p Partial) Names() []string {
	var names []string
	for _, part := range []struct {
		is   bool
		name string
	}{{p.Tax, "tax"}, {p.Output, "output"}, {p.ValueAdded, "value_added"}, {p.Revenue, "revenue"}, {p.Benefit, "benefit"}} {
		if part.is {
			names = append(names, part.name)
		}
	}
	return names
}

// Share is a firm's part of a parcel over the year.
type Share struct {
	Weight float64 // 0..1, of the parcel's floor area and the year's days
	LandMu float64 // land counted to the firm
	Firm   int     // position in Snapshot.Firms
	Owns   bool    // it holds the land, else it rents
}

// Tenure is how a firm holds its part: own or lease.
func (s *Share) Tenure() string {
	if s.Owns {
		return "own"
	}
	return "lease"
}

// Idle is the suspicion of idle land or an idle plant. It is never a determination: that is an act of the authority.
type Idle struct {
	Type       string                   // "", "unstarted" (order 53 art. 2 type 1), "stalled" (type 2), "warning" (due within 90 days)
	Stage      string                   // "", "warning", "fee", "take_back", "government"
	Of         string                   // the type, in a warning the one that will be reached
	Government bool                     // a cause of the government or force majeure is on file
	Due        parcels.Date             // start as agreed, or hand-over plus a year; missing for type 2
	WarnOn     parcels.Date             // first day of the early warning
	Since      parcels.Date             // first idle day, or the day it will become idle
	TakeBackOn parcels.Date             // first day of the stage take_back; missing where there is none
	Days       int                      // days idle; 0 in a warning
	DaysLeft   int                      // days to the next stage; 0 when none follows
	FeeWan     parcels.Opt[parcels.Wan] // 20 % of the land price, due after one year and still due in the stage take_back
	Plant      bool                     // vacant plant: share and time over the rule's parameters
	PlantSince parcels.Date
}

// FirmScore is the evaluation of one firm.
type FirmScore struct {
	USCC       string
	RuleSet    string                   // ID of the evaluation set that was used, "" for none
	Cohort     string                   // see Cohorts
	Group      string                   // industry group, "" when not grouped
	LandMu     parcels.Opt[float64]     // denominator of the per-mu indicators, see DESIGN.md
	TaxWan     parcels.Opt[parcels.Wan] // components as the rule set sums them
	Indicators []IndicatorScore
	Points     parcels.Opt[float64]
	Rank       int // 1 is best within cohort and group; 0 when not ranked
	Of         int // number ranked
	Class      Class
	Steps      []Step // overrides, exemptions and points, in the order they were applied
}

// IndicatorScore is one item of an evaluation.
type IndicatorScore struct {
	ID     string // I1..I8 or one of the set's own
	Value  parcels.Opt[float64]
	Base   float64
	Weight float64
	Points float64
	Filled bool // the value was missing and Points come from the rule for missing values
}

// Step is one override, with its evidence.
type Step struct {
	Effect   string // exempt, follow_owner, add_points, cap_class, floor_class, set_class
	Arg      string
	Evidence string // event and document
	From, To Class
}

// Cohorts a firm is ranked in: 规上; 规下 with at least 3 mu; 规下 below 3 mu; tenants without land of their own; and, where a set
// sorts by land whatever the scale, land from the set's limit up and land below it.
var Cohorts = []string{"above_scale", "below_scale", "below_scale_small", "tenant", "land", "land_small"}

// ExitCandidate is a parcel that fails enough of the plan's tests. Scores.ExitTests makes the tests again, with their texts.
type ExitCandidate struct {
	Parcel   int     // position in Snapshot.Parcels
	Failed   int     // tests
	Severity float64 // orders the list; the sum of the failed tests' margins, each between 0 and 1
}

// Test is one comparison of a value with a threshold.
type Test struct {
	ID         string `json:"id"`          // as the rule set calls it: fai_per_mu, tax_per_mu, benefit_per_mu, output_per_mu, coefficient, far
	Metric     string `json:"metric"`      // see ExitMetrics
	Group      string `json:"group"`       // investment, yield, density
	Decisive   bool   `json:"decisive"`    // fails a parcel alone
	OfContract bool   `json:"of_contract"` // Standard is what the parcel's contract states
	// Value, Threshold and Standard are in Unit: 万元/亩, % for density and coefficient, "" for the floor-area ratio.
	Value     parcels.Opt[float64] `json:"value"`     // what was compared; missing when the test was not applied, and Note says why
	Threshold float64              `json:"threshold"` // Standard × Factor
	Standard  float64              `json:"standard"`  // as the rule's document states it
	Factor    float64              `json:"factor"`    // 1 when the document's own number is the threshold
	// FactorSource says where a factor other than 1 comes from: not from the rule's document.
	FactorSource   string   `json:"factor_source"`
	FactorSourceEn string   `json:"factor_source_en"`
	Unit           string   `json:"unit"`
	Failed         bool     `json:"failed"`
	Margin         float64  `json:"margin"` // (threshold − value) / threshold, at most 1; positive when failed, and then its share of the severity
	Rule           *RuleRef `json:"rule"`   // with the row's own document and verification; shared by all that was tested by it
	Clause         string   `json:"clause"`
	Note           string   `json:"note"` // how the threshold follows, what the row remarks, why the test was not applied
	NoteEn         string   `json:"note_en"`

	remark     Text // Note without what it says of the factor
	factorNote Text
}

// Unassigned is money of a firm that no parcel in the snapshot carries.
type Unassigned struct {
	Firm                                         int
	Reason                                       string // no_occupancy, unknown_parcel, not_occupied_all_year
	OutputWan, RevenueWan, ValueAddedWan, TaxWan parcels.Opt[parcels.Wan]
}

// Explanation says where one number comes from, in both languages.
type Explanation struct {
	ID        string               `json:"id"` // metric or flag: tax_per_mu, far, idle, class, ...
	Title     string               `json:"title"`
	TitleEn   string               `json:"title_en"`
	Unit      string               `json:"unit"`
	Value     parcels.Opt[float64] `json:"value"`
	Text      string               `json:"text"`    // for values that are not numbers: a class, a date, in words
	TextEn    string               `json:"text_en"` // the same in English
	Formula   string               `json:"formula"`
	FormulaEn string               `json:"formula_en"`
	Inputs    []Operand            `json:"inputs"`
	Rule      *RuleRef             `json:"rule"`
	Clause    string               `json:"clause"`
	Note      string               `json:"note"`
	NoteEn    string               `json:"note_en"`
}

// Operand is one input of an explanation. Firm is set when it is a firm's own figure, which a reader below analyst may not see.
type Operand struct {
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
	Value  string `json:"value"` // as text, rounded by unit; money has all its digits
	Unit   string `json:"unit"`
	// ValueEn is the value in English where it is a word; "" where Value reads the same in both languages.
	ValueEn string `json:"value_en"`
	Source  string `json:"source"` // table, key and column: "figures 9135…|2024 vat_wan"
	Firm    string `json:"firm"`   // credit code, or ""
}

// RuleSet returns the set of a kind that the run chose for a parcel's place, year and date, or nil. p is a position in Parcels.
func (s *Scores) RuleSet(kind string, p int) *RuleSet {
	return s.run.ruleAt(kind, p)
}

// Snapshot returns what was scored.
func (s *Scores) Snapshot() *parcels.Snapshot { return s.run.snap }

// Book returns the rule sets the run chose from.
func (s *Scores) Book() Book { return s.run.in.Rules }
