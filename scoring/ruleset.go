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

// kindAt is the position of a kind in Kinds. It is asked for every parcel, and a switch over words is quicker than a search or a map.
func kindAt(kind string) int {
	switch kind {
	case KindEvaluation:
		return 0
	case KindIdle:
		return 1
	case KindIdlePlant:
		return 2
	case KindExit:
		return 3
	case KindStock:
		return 4
	case KindLowUse:
		return 5
	case KindControl:
		return 6
	case KindAdmission:
		return 7
	case KindZone:
		return 8
	}
	panic("scoring: no kind " + kind)
}

// RuleSet is one versioned set of parameters with its authority, document and validity. Exactly one of the bodies is present,
// that of its kind. A RuleSet is immutable after ParseRuleSet.
type RuleSet struct {
	ID         string
	Kind       string // see Kinds
	Title      string
	TitleEn    string
	Authority  string // who issued it
	Document   string // number of the document; "" for a proposal
	Source     string // where its figures were read, in Chinese
	SourceEn   string
	ValidFrom  parcels.Date
	ValidTo    parcels.Date // exclusive; missing while in force
	AppliesTo  []string     // park codes; "*" for any park
	Zones      []ZoneScope  // only for land inside zones of these kinds and levels; empty for land anywhere
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
	ref   *RuleRef // Ref, shared
}

// ZoneScope names zones of a kind, of some levels where the kind has levels.
type ZoneScope struct {
	Kind   string `yaml:"kind"`   // see parcels.ZoneKinds
	Levels []int  `yaml:"levels"` // empty for any
}

// Ref names the set in results.
func (s *RuleSet) Ref() RuleRef {
	return RuleRef{
		ID: s.ID, Kind: s.Kind, Title: s.Title, TitleEn: s.TitleEn, Document: s.Document, Hash: s.Hash, Verified: s.Verified,
		Notice: s.Notice, NoticeEn: s.NoticeEn,
	}
}

// refWith is Ref with the document that a row names instead of the set's, "" for none.
func (s *RuleSet) refWith(document string) *RuleRef {
	ref := s.Ref()
	ref.Document = orElse(document, ref.Document)
	return &ref
}

// IdleRules are the parameters of idle land (闲置土地).
type IdleRules struct {
	UnstartedYears    int   `yaml:"unstarted_years"`
	TakeBackYears     int   `yaml:"take_back_years"`
	Fee               Ratio `yaml:"fee"`             // share of the land price
	DevelopedBelow    Ratio `yaml:"developed_below"` // strict
	InvestedBelow     Ratio `yaml:"invested_below"`  // strict
	SuspendedYears    int   `yaml:"suspended_years"` // for both limbs
	HandoverPlusYears int   `yaml:"handover_plus_years"`
	WarningDays       int   `yaml:"warning_days"`
	// StartStates are the register's states that show a start whose day nobody filed; absent: every state from under construction on.
	StartStates []string `yaml:"start_states"`
	// StartFloor is the floor area, as a share of the land, from which a building other than plant, warehouse or laboratory shows a
	// start; a gatehouse does not. Absent: any.
	StartFloor            Ratio  `yaml:"start_floor"`
	ExtendYears           int    `yaml:"extend_years"`    // government cause: the start may be put off by at most this; 0 when not stated
	TemporaryYears        int    `yaml:"temporary_years"` // government cause: other use meanwhile for at most this; 0 when not stated
	ProcedureDays         int    `yaml:"procedure_days"`  // for each of inquiry, statement and payment; 0 when not stated
	ProcedureClause       string `yaml:"procedure_clause"`
	StatuteNote           string `yaml:"statute_note"` // what the statute says otherwise than the order
	StatuteNoteEn         string `yaml:"statute_note_en"`
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
	// Signals are how many signals raise the suspicion of built and unused land (建而未用), and Confirm how many confirm it; see
	// unusedSignals. Absent: one suffices.
	Signals     int `yaml:"signals"`
	Confirm     int `yaml:"confirm_signals"`
	CheckMonths int `yaml:"check_months"` // how long a check on site without a period of its own counts
}

// ExitRules are the tests of the plan's exit mechanism (退出机制).
type ExitRules struct {
	GroupsFailed   int                 `yaml:"groups_failed"`   // how many groups of tests must fail
	RequiredGroups []string            `yaml:"required_groups"` // groups that must be among them
	Uses           map[string][]string `yaml:"uses"`            // land-use scheme to code prefixes that are tested
	States         []string            `yaml:"states"`          // land states that are tested
	Excuses        []Excuse            `yaml:"excuses"`
	Tests          []ExitTest          `yaml:"tests"`
	Paths          []ExitPath          `yaml:"paths"`
}

// ExitPath is a way a candidate may or may not go. What is asked of the facts is fixed by the ID; see ExitPathIDs.
type ExitPath struct {
	ID       string `yaml:"id"`
	Title    string `yaml:"title"`
	TitleEn  string `yaml:"title_en"`
	Document string `yaml:"document"`
	Clause   string `yaml:"clause"`
	Source   string `yaml:"source"`
	SourceEn string `yaml:"source_en"`
	Verified bool   `yaml:"verified"`
	Note     string `yaml:"note"`
	NoteEn   string `yaml:"note_en"`
}

// Excuse keeps a parcel off the list.
type Excuse struct {
	Kind     string `yaml:"kind"`  // new_firm, within_contract, government_cause, exempted
	Years    int    `yaml:"years"` // new_firm: less than this ago; government_cause: how long after production began it still excuses
	Clause   string `yaml:"clause"`
	Source   string `yaml:"source"`
	SourceEn string `yaml:"source_en"`
}

// ExitTest is one comparison; it fails when the value is strictly below Threshold × Factor.
type ExitTest struct {
	ID        string  `yaml:"id"`        // its metric's name; one that tests another metric may not bear it
	Group     string  `yaml:"group"`     // investment, yield or density
	Metric    string  `yaml:"metric"`    // see ExitMetrics
	Threshold float64 `yaml:"threshold"` // shares as fractions
	// ThresholdFrom is "contract" when the parcel's own contract states the threshold; a parcel whose contract does not is not tested.
	ThresholdFrom string  `yaml:"threshold_from"`
	Factor        float64 `yaml:"factor"`   // of the threshold; 0 means 1
	Decisive      bool    `yaml:"decisive"` // fails a parcel alone, whatever the groups say
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
	SourceEn  string `yaml:"source_en"`
	Verified  bool   `yaml:"verified"`
	Note      string `yaml:"note"`
	NoteEn    string `yaml:"note_en"`
	ValidFrom Day    `yaml:"valid_from"`
	ValidTo   Day    `yaml:"valid_to"`

	metric  *exitMetric // of Metric
	group   int         // position of Group in exitGroups
	instead int         // position of InsteadOf among the tests
	ref     RuleRef     // the set's, with the row's own title, document and verification
	how     Text        // how its threshold follows from Threshold; see factorNote
}

// bindExit gives every exit test of a set what all its comparisons share.
func (s *RuleSet) bindExit() {
	for i := range s.Exit.Tests {
		t := &s.Exit.Tests[i]
		t.metric, t.group, t.instead, t.ref = exitMetricByID(t.Metric), groupAt(t.Group), s.Exit.rowAt(t.InsteadOf), s.Ref()
		t.ref.Title, t.ref.Document, t.ref.Verified = t.Title, t.Document, t.Verified
		t.how = t.factorNote(t.Threshold)
	}
}

// factor returns Factor, 1 when there is none.
func (t *ExitTest) factor() float64 {
	if t.Factor == 0 {
		return 1
	}
	return t.Factor
}

// ofContract reports whether the parcel's contract states the threshold.
func (t *ExitTest) ofContract() bool { return t.ThresholdFrom == "contract" }

// StockRules sort stock industrial land by its benefit per mu over some years (泉政办规〔2025〕13号).
type StockRules struct {
	Metric    string  `yaml:"metric"` // tax_per_mu, output_per_mu, revenue_per_mu or value_added_per_mu
	Years     int     `yaml:"years"`
	Aggregate string  `yaml:"aggregate"` // mean, min or each
	SmallMu   float64 `yaml:"small_below_mu"`
	SmallBand string  `yaml:"small_band"`
	LowBand   string  `yaml:"low_band"` // the band that stands for low-efficiency land; "" for none
	// NotGeneralTags are tags of firms whose project is no general industrial one (一般工业项目); SmallBand leaves them out.
	NotGeneralTags []string `yaml:"not_general_tags"`
	BlockLevels    []int    `yaml:"block_line_levels"` // only inside industrial block lines of these levels; empty: anywhere
	// Uses limits the set to land of these uses: land-use scheme to code prefixes. Empty: any use.
	Uses   map[string][]string `yaml:"uses"`
	Bands  []StockBand         `yaml:"bands"` // ascending
	Clause string              `yaml:"clause"`
	// Conditions are what the document asks before a ratio is raised, and Exceptional what it allows single parcels beyond the bands.
	// Neither is decided here: both are told with every band that raises the ratio.
	Conditions    string `yaml:"conditions"`
	ConditionsEn  string `yaml:"conditions_en"`
	Exceptional   string `yaml:"exceptional"`
	ExceptionalEn string `yaml:"exceptional_en"`
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
