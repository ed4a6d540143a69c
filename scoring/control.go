package scoring

import (
	"math"
	"strconv"

	"muchan/parcels"
)

// ControlFacts are the values of a parcel or a project that control and admission rows are compared with. Shares are fractions.
type ControlFacts struct {
	Industry    string // GB/T 4754-2017
	FAR         parcels.Opt[float64]
	Coefficient parcels.Opt[float64]
	OfficeLand  parcels.Opt[float64] // share of land, or of floor area where the land is not set apart
	OfficeFloor parcels.Opt[float64] // share of floor area
	Green       parcels.Opt[float64]
	FAIPerMu    parcels.Opt[float64] // 万元/亩, land price included
	OutputPerMu parcels.Opt[float64] // 万元/亩
	TaxPerMu    parcels.Opt[float64] // 万元/亩

	LowerBound map[string]bool      // indicators whose value is a lower bound only
	Inputs     map[string][]Operand // by indicator
	Notes      map[string]Text      // by indicator: how the value was come by, or why it is missing
}

// Outcomes of a comparison. Unknown is no failure: something is missing, and the note says what.
const (
	Passed  = "passed"
	Failed  = "failed"
	Unknown = "unknown"
)

// Judged is one comparison with all it rests on. Values with the unit "%" are in per cent here.
type Judged struct {
	Indicator string               `json:"indicator"`
	Title     Text                 `json:"title"`
	Unit      string               `json:"unit"`
	Value     parcels.Opt[float64] `json:"value"`
	Limit     parcels.Opt[float64] `json:"limit"`
	Upper     parcels.Opt[float64] `json:"upper"`   // greatest of several limits; missing where there is one
	AtMost    bool                 `json:"at_most"` // the value must not exceed Limit; else it must reach it
	Outcome   string               `json:"outcome"` // Passed, Failed or Unknown
	Margin    parcels.Opt[float64] `json:"margin"`  // room to Limit in the unit; negative when failed
	Force     string               `json:"force"`   // binding, recommended or "" for a requirement of admission
	Rule      RuleRef              `json:"rule"`
	Clause    string               `json:"clause"`
	Source    string               `json:"source"`
	SourceEn  string               `json:"source_en"`
	Verified  bool                 `json:"verified"`
	Edition   int                  `json:"edition"` // of the industry code the row was read with; 0 where the industry does not matter
	Codes     []string             `json:"codes"`   // that code; more than one when the edition spread the industry
	Note      Text                 `json:"note"`
	Inputs    []Operand            `json:"inputs"`
}

// ValueOf returns an indicator's value in its unit, per cent for shares.
func (f *ControlFacts) ValueOf(indicator string) parcels.Opt[float64] {
	for i := range controlIndicators {
		if c := &controlIndicators[i]; c.id == indicator {
			return inUnit(c.of(f), c.unit)
		}
	}
	return parcels.Opt[float64]{}
}

// limitSlack is how far rounding of a division may carry a value past a limit it meets exactly.
const limitSlack = 1e-9

// inUnit makes per cent of a share, without the dust of the multiplication.
func inUnit(o parcels.Opt[float64], unit string) parcels.Opt[float64] {
	v, ok := o.Get()
	if unit == "%" {
		v = undusted(100 * v)
	}
	return someIf(v, ok)
}

// undusted rounds away what a product or difference of floats carries beyond limitSlack.
func undusted(v float64) float64 { return math.Round(v/limitSlack) / (1 / limitSlack) }

// Decide compares the value with the limits and sets outcome and margin. Limits hold inclusively. A lower bound decides only what more
// would not change.
func (j *Judged) Decide(lowerBound bool) {
	v, hasValue := j.Value.Get()
	limit, hasLimit := j.Limit.Get()
	j.Outcome, j.Margin = Unknown, parcels.Opt[float64]{}
	if !hasValue || !hasLimit {
		return
	}
	room := v - limit
	if j.AtMost {
		room = limit - v
	}
	room = undusted(room)
	upper := j.Upper.Or(limit)
	switch {
	case lowerBound && j.AtMost == (room >= 0):
		j.AddNote(Text{"数据不完整，该值为下限，无法判断", "the figures are incomplete: the value is a lower bound and settles nothing"})
		return
	case !j.AtMost && room >= 0 && v < upper-limitSlack: // between the limits of several codes
	case room >= 0:
		j.Outcome = Passed
	default:
		j.Outcome = Failed
	}
	j.Margin = parcels.Some(room)
}

// AddNote appends a remark.
func (j *Judged) AddNote(w Text) { j.Note = j.Note.between("；", "; ", w) }

// Judge compares facts with every row of a set, in the set's order.
func (r *ControlRules) Judge(ref RuleRef, f *ControlFacts) []Judged {
	out := make([]Judged, 0, len(r.Rows))
	for i := range r.Rows {
		out = append(out, r.judge(ref, &r.Rows[i], f))
	}
	return out
}

func (r *ControlRules) judge(ref RuleRef, row *ControlRow, f *ControlFacts) Judged {
	j := f.start(row.Indicator, ref)
	j.AtMost, j.Force, j.Clause, j.Source, j.SourceEn, j.Verified = row.AtMost != nil, row.Force, row.Clause, row.Source, row.SourceEn, row.Verified
	switch {
	case row.AtMost != nil:
		j.Limit = inUnit(parcels.Some(*row.AtMost), j.Unit)
	case row.AtLeast != nil:
		j.Limit = inUnit(parcels.Some(*row.AtLeast), j.Unit)
	case len(row.Industries) > 0:
		l := r.limitOf(row, f.Industry)
		j.Edition, j.Codes = r.IndustryEdition, l.codes
		j.Limit = inUnit(l.least, j.Unit)
		if l.least != l.greatest {
			j.Upper = inUnit(l.greatest, j.Unit)
		}
		j.AddNote(l.note)
	}
	j.AddNote(Text{row.Note, row.NoteEn})
	j.Decide(f.LowerBound[row.Indicator])
	return j
}

// start begins a comparison with what is known of the value.
func (f *ControlFacts) start(indicator string, ref RuleRef) Judged {
	title, unit := IndicatorName(indicator)
	j := Judged{Indicator: indicator, Title: title, Unit: unit, Value: f.ValueOf(indicator), Rule: ref, Inputs: f.Inputs[indicator], Note: f.Notes[indicator]}
	if !j.Value.OK() && j.Note == (Text{}) {
		j.Note = Text{"缺少数据", "the value is missing"}
	}
	return j
}

// Control compares a parcel with a set of control indicators, nil for the one in force at its park. p is a position in Parcels. The
// result is nil where no set applies; a suspicion at most, never a finding of the authority.
func (s *Scores) Control(p int, set *RuleSet) []Judged {
	if set == nil {
		set = s.RuleSet(KindControl, p)
	}
	if set == nil || set.Control == nil {
		return nil
	}
	return set.Control.Judge(set.Ref(), s.ControlFacts(p))
}

// ControlFacts gathers a parcel's values; its industry is that of the firm with the largest share.
func (s *Scores) ControlFacts(p int) *ControlFacts {
	x := &explainer{run: s.run, p: p, parcel: s.run.snap.Parcels.At(p), ps: &s.Parcels[p], site: &s.run.sites[p]}
	ps := x.ps
	f := &ControlFacts{
		FAR: ps.FAR, Coefficient: ps.Coefficient, OfficeLand: ps.OfficeShare, OfficeFloor: over(someIf(x.site.officeM2, x.site.withStoreys > 0), ps.FloorM2),
		Green: over(x.parcel.GreenAreaM2, x.site.land()), FAIPerMu: ps.FAIPerMu, OutputPerMu: ps.OutputPerMu(), TaxPerMu: ps.TaxPerMu(),
		LowerBound: map[string]bool{
			"far":           x.site.withStoreys < x.site.buildings || x.site.lowConfidence > 0,
			"output_per_mu": ps.Partial.Output, "tax_per_mu": ps.Partial.Tax,
		},
		Inputs: map[string][]Operand{}, Notes: map[string]Text{},
	}
	if firm := s.run.mainFirm(p); firm != nil {
		f.Industry = firm.Industry
	}
	for _, e := range append(x.buildMetrics(), x.moneyMetrics()...) {
		x.lend(f, &e)
	}
	f.Inputs["green"] = []Operand{x.column("green_area_m2", realText(x.parcel.GreenAreaM2, "m²")), x.landM2()}
	return f
}

// lend gives an explanation's operands and notes to the indicators that rest on them.
func (x *explainer) lend(f *ControlFacts, e *Explanation) {
	id := e.ID
	switch id {
	case "office_share":
		f.Inputs["office_floor"] = []Operand{
			{Name: "办公、宿舍、配套建筑面积", NameEn: "Floor area of offices, dormitories, services", Value: realText(someIf(x.site.officeM2, x.site.withStoreys > 0), "m²"), Unit: "m²"},
			{Name: "建筑面积", NameEn: "Floor area", Value: realText(x.ps.FloorM2, "m²"), Unit: "m²"},
		}
		id = "office_land"
	case "far":
		if n := x.site.lowConfidence; n > 0 {
			f.Notes[id] = Text{strconv.Itoa(n) + " 层层高未知", strconv.Itoa(n) + " storeys of unknown height"}
		}
	}
	f.Inputs[id] = e.Inputs
	if e.Note != "" {
		f.Notes[id] = Text{e.Note, e.NoteEn}
	}
}
