package admission

import (
	"errors"

	"muchan/scoring"
)

// Result is all that is said of a project. It is a computation: nothing is stored, and letting in is the authority's act.
type Result struct {
	Tests   []Test            `json:"tests"`
	Ranks   []Rank            `json:"ranks"`
	Passed  int               `json:"passed"`
	Failed  int               `json:"failed"`
	Unknown int               `json:"unknown"`
	Tier    scoring.Text      `json:"tier"` // tier of the admission set that was used, empty for none
	Rules   []scoring.RuleRef `json:"rules"`
}

// Test is one comparison. Kind says where its limit is from.
type Test struct {
	Kind string `json:"kind"` // control, admission, planning or place
	scoring.Judged
}

// The kinds of test.
const (
	ByControl   = "control"
	ByAdmission = "admission"
	ByPlanning  = "planning"
	ByPlace     = "place"
)

// ErrUnknownTier, ErrUnknownPark and ErrUnknownParcel are what a project may name wrongly.
var (
	ErrUnknownTier   = errors.New("no such tier")
	ErrUnknownPark   = errors.New("no such park, or none with a parcel")
	ErrUnknownParcel = errors.New("no such parcel in the park")
)

// Try tests a project that Check found nothing wrong with. It fails on a park, parcel or tier that does not exist, and with a *Problem
// where the land that is named contradicts the rest.
func Try(s *scoring.Scores, p *Project) (*Result, error) {
	w, err := whereOf(s, p)
	if err != nil {
		return nil, err
	}
	out, facts := &Result{}, p.facts()
	if set := w.set(scoring.KindControl); set != nil {
		out.add(ByControl, set.Control.Judge(set.Ref(), facts)...)
		out.Rules = append(out.Rules, set.Ref())
	}
	admission := w.set(scoring.KindAdmission)
	if admission != nil {
		tier := admission.Admission.TierByID(p.Tier)
		if tier == nil {
			return nil, ErrUnknownTier
		}
		out.Tier = scoring.Text{Zh: tier.Title, En: tier.TitleEn}
		out.add(ByAdmission, admission.Admission.JudgeAdmission(admission.Ref(), tier, facts)...)
		out.Rules = append(out.Rules, admission.Ref())
	}
	tests, raise := w.planning(facts)
	out.add(ByPlanning, tests...)
	if raise != nil {
		out.Rules = append(out.Rules, raise.Ref())
	}
	if admission != nil {
		out.add(ByPlace, w.place(admission)...)
	}
	out.rank(w)
	return out, nil
}

func (r *Result) add(kind string, tests ...scoring.Judged) {
	for _, j := range tests {
		r.Tests = append(r.Tests, Test{kind, j})
		switch j.Outcome {
		case scoring.Passed:
			r.Passed++
		case scoring.Failed:
			r.Failed++
		default:
			r.Unknown++
		}
	}
}
