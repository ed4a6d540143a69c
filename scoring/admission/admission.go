package admission

import (
	"errors"
	"math"
	"strconv"

	"muchan/parcels"
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

// Try tests a project that Check found nothing wrong with. It fails on a park, parcel or tier that does not exist.
func Try(s *scoring.Scores, p *Project) (*Result, error) {
	land, err := landOf(s, p)
	if err != nil {
		return nil, err
	}
	out, facts := &Result{}, p.facts()
	if set := s.SetOf(scoring.KindControl, p.Park); set != nil {
		out.add(ByControl, set.Control.Judge(set.Ref(), facts)...)
		out.Rules = append(out.Rules, set.Ref())
	}
	admission := s.SetOf(scoring.KindAdmission, p.Park)
	if admission != nil {
		tier := admission.Admission.TierByID(p.Tier)
		if tier == nil {
			return nil, ErrUnknownTier
		}
		out.Tier = scoring.Text{Zh: tier.Title, En: tier.TitleEn}
		out.add(ByAdmission, admission.Admission.JudgeAdmission(admission.Ref(), tier, facts)...)
		out.Rules = append(out.Rules, admission.Ref())
	}
	out.add(ByPlanning, planning(s, land, facts)...)
	if admission != nil {
		out.add(ByPlace, place(s, p, land, admission)...)
	}
	out.rank(s, p)
	return out, nil
}

// landOf returns the position of the parcel a project names, -1 for none.
func landOf(s *scoring.Scores, p *Project) (int, error) {
	snap := s.Snapshot()
	if p.Parcel == "" {
		for i := range snap.Parcels {
			if snap.Parcels[i].Park == p.Park {
				return -1, nil
			}
		}
		return -1, ErrUnknownPark
	}
	i, ok := snap.ParcelIndex(p.Parcel)
	if !ok || snap.Parcels[i].Park != p.Park {
		return -1, ErrUnknownParcel
	}
	return i, nil
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

// planning tests the floor-area ratio against the conditions of the land: its contract's, and the range that the document on stock
// industrial land opens for the band the parcel is in.
func planning(s *scoring.Scores, land int, f *scoring.ControlFacts) []scoring.Judged {
	title, _ := scoring.IndicatorName("far")
	least := scoring.Judged{Indicator: "far", Title: scoring.Text{Zh: title.Zh + "下限", En: title.En + ", least"}}
	most := scoring.Judged{Indicator: "far", Title: scoring.Text{Zh: title.Zh + "上限", En: title.En + ", greatest"}, AtMost: true}
	open := false
	if land < 0 {
		least.AddNote(scoring.Text{Zh: "未指明宗地，规划条件不明", En: "no parcel is named, so its planning conditions are not known"})
		most.AddNote(least.Note)
	} else {
		c := &s.Snapshot().Parcels[land].Contract
		least.Limit, most.Limit = c.MinFAR, c.MaxFAR
		least.Clause, most.Clause = "国有建设用地使用权出让合同：容积率下限", "国有建设用地使用权出让合同：容积率上限"
		open = raiseLimit(s, land, &most)
	}
	for _, j := range []*scoring.Judged{&least, &most} {
		j.Value, j.Inputs = f.FAR, f.Inputs["far"]
		j.AddNote(f.Notes["far"])
		switch {
		case !j.Value.OK():
			j.AddNote(scoring.Text{Zh: "缺少数据", En: "the value is missing"})
		case land >= 0 && !j.Limit.OK():
			j.AddNote(scoring.Text{Zh: "合同未约定", En: "the contract names none"})
		}
		j.Decide(f.LowerBound["far"])
	}
	if open && most.Outcome == scoring.Failed {
		most.Outcome = scoring.Unknown
	}
	return []scoring.Judged{least, most}
}

// raiseLimit lets the stock document's range stand where it is greater than the contract's maximum, and reports whether it is open
// upward: above such a range nothing fails, because the unit plan decides.
func raiseLimit(s *scoring.Scores, land int, j *scoring.Judged) (open bool) {
	set, band := s.RuleSet(scoring.KindStock, land), s.Parcels[land].Band
	if set == nil || band == "" {
		return false
	}
	for _, b := range set.Stock.Bands {
		if b.ID != band || b.MaxFAR <= j.Limit.Or(0) {
			continue
		}
		j.Limit, j.Rule, j.Clause = parcels.Some(b.MaxFAR), set.Ref(), b.Title
		j.AddNote(scoring.Text{Zh: "须按该文件办理提容", En: "needs the procedure of that document"})
		if b.Open {
			open = true
			j.AddNote(scoring.Text{Zh: "该档为“以上”，超出部分由单元控规确定", En: "the band is open upward; above it the unit plan decides"})
		}
	}
	return open
}

func operand(name, nameEn string, v parcels.Opt[float64], unit string, places int) scoring.Operand {
	o := scoring.Operand{Name: name, NameEn: nameEn, Unit: unit}
	if f, ok := v.Get(); ok {
		scale := math.Pow10(places)
		o.Value = strconv.FormatFloat(math.Round(f*scale)/scale, 'f', -1, 64)
	}
	return o
}
