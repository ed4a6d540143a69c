package layers

import (
	"strings"

	"muchan/geo"
	"muchan/parcels"
	"muchan/scoring"
)

// parcelRow is a parcel with what the year's scores and the published run say of it.
type parcelRow struct {
	parcel    *parcels.Parcel
	score     *scoring.ParcelScore
	published scoring.Class
	*source
}

func (r *parcelRow) shape() geo.Shape { return r.parcel.Shape }

func (s *source) parcelAt(i int) parcelRow {
	p := s.snap.Parcels.At(i)
	return parcelRow{p, &s.scores.Parcels[i], s.run.classes[p.Code], s}
}

func (s *source) parcelsAt(rows []int) []*parcelRow {
	made := make([]parcelRow, len(rows))
	for k, i := range rows {
		made[k] = s.parcelAt(i)
	}
	return pointers(made)
}

func (s *source) parcelRows() []parcelRow {
	rows := make([]parcelRow, s.snap.Parcels.Len())
	for i := range rows {
		rows[i] = s.parcelAt(i)
	}
	return rows
}

// gradedFields are those of parcels that follow from the firms' ranks (scoring.ParcelScore.OnlyGraded), and from nothing else.
var gradedFields = map[string]bool{"class": true, "score": true}

var parcelFields = getters[parcelRow]{
	"code":            func(r *parcelRow) cell { return text(r.parcel.Code) },
	"park":            func(r *parcelRow) cell { return text(r.parcel.Park) },
	"use_code":        func(r *parcelRow) cell { return text(r.parcel.UseCode) },
	"drawn_mu":        func(r *parcelRow) cell { return positive(float64(geo.M2(r.score.DrawnM2).Mu())) },
	"published_class": func(r *parcelRow) cell { return text(r.published) },
	"published_year": func(r *parcelRow) cell {
		return cell{number: float64(r.run.year), present: r.published != scoring.ClassNone}
	},

	"address":           func(r *parcelRow) cell { return text(r.parcel.Address) },
	"state":             func(r *parcelRow) cell { return text(r.parcel.State) },
	"land_mu":           func(r *parcelRow) cell { return optional(r.score.LandMu) },
	"title_area_m2":     func(r *parcelRow) cell { return optional(r.parcel.TitleAreaM2) },
	"class":             func(r *parcelRow) cell { return text(r.score.Class) },
	"far":               func(r *parcelRow) cell { return optional(r.score.FAR) },
	"density":           func(r *parcelRow) cell { return percent(r.score.Density) },
	"coefficient":       func(r *parcelRow) cell { return percent(r.score.Coefficient) },
	"vacant_share":      func(r *parcelRow) cell { return percent(r.score.VacantShare) },
	"idle_type":         func(r *parcelRow) cell { return text(r.score.Idle.Type) },
	"idle_stage":        func(r *parcelRow) cell { return text(r.score.Idle.Stage) },
	"idle_since":        func(r *parcelRow) cell { return day(r.score.Idle.Since) },
	"idle_plant":        func(r *parcelRow) cell { return flag(r.score.Idle.Plant) },
	"signed_on":         func(r *parcelRow) cell { return day(r.parcel.Contract.SignedOn) },
	"handed_over_on":    func(r *parcelRow) cell { return day(r.parcel.Contract.HandedOverOn) },
	"due_start_on":      func(r *parcelRow) cell { return day(r.parcel.Contract.DueStartOn) },
	"started_on":        func(r *parcelRow) cell { return day(r.parcel.Contract.StartedOn) },
	"due_completion_on": func(r *parcelRow) cell { return day(r.parcel.Contract.DueCompletionOn) },
	"completed_on":      func(r *parcelRow) cell { return day(r.parcel.Contract.CompletedOn) },
	"due_production_on": func(r *parcelRow) cell { return day(r.parcel.Contract.DueProductionOn) },
	"produced_on":       func(r *parcelRow) cell { return day(r.parcel.Contract.ProducedOn) },
	"tax_band":          func(r *parcelRow) cell { return band("tax_band", r.score.TaxPerMu()) },
	"output_band":       func(r *parcelRow) cell { return band("output_band", r.score.OutputPerMu()) },
	"value_added_band":  func(r *parcelRow) cell { return band("value_added_band", r.score.ValueAddedPerMu()) },

	"tax_wan_mu":         func(r *parcelRow) cell { return optional(r.score.TaxPerMu()) },
	"output_wan_mu":      func(r *parcelRow) cell { return optional(r.score.OutputPerMu()) },
	"value_added_wan_mu": func(r *parcelRow) cell { return optional(r.score.ValueAddedPerMu()) },
	"fai_wan_mu":         func(r *parcelRow) cell { return optional(r.score.FAIPerMu) },
	"score":              func(r *parcelRow) cell { return optional(r.score.Points) },
	"tax_wan":            func(r *parcelRow) cell { return money(r.score.TaxWan) },
	"output_wan":         func(r *parcelRow) cell { return money(r.score.OutputWan) },
	"value_added_wan":    func(r *parcelRow) cell { return money(r.score.ValueAddedWan) },
	"firm_count":         func(r *parcelRow) cell { return number(float64(len(r.score.Firms))) },
	"main_firm":          func(r *parcelRow) cell { return text(r.mainFirm().Name) },
	"main_uscc":          func(r *parcelRow) cell { return text(r.mainFirm().USCC) },
	"exit":               func(r *parcelRow) cell { return flag(r.candidate() != nil) },
	"exit_failed": func(r *parcelRow) cell {
		if c := r.candidate(); c != nil {
			return number(float64(c.Failed))
		}
		return cell{}
	},
	"partial": func(r *parcelRow) cell { return text(incomplete(r.score.Partial)) },
	"exit_severity": func(r *parcelRow) cell {
		if c := r.candidate(); c != nil {
			return number(c.Severity)
		}
		return cell{}
	},
}

// incomplete lists which of the published amounts are lower bounds because a firm lacks the figure, as "tax;output".
func incomplete(p scoring.Partial) string {
	var names []string
	for _, name := range p.Names() {
		if name == "tax" || name == "output" || name == "value_added" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ";")
}

// mainFirm is the firm with the largest share, or an empty firm.
func (r *parcelRow) mainFirm() parcels.Firm {
	if len(r.score.Firms) == 0 {
		return parcels.Firm{}
	}
	return r.snap.Firms[r.score.Firms[0].Firm]
}

// candidate is the parcel's place in the exit list, or nil.
func (r *parcelRow) candidate() *scoring.ExitCandidate {
	return r.candidateOf(r.score)
}

func (s *source) candidateOf(score *scoring.ParcelScore) *scoring.ExitCandidate {
	if score.Exit < 0 {
		return nil
	}
	return &s.scores.Exit[score.Exit]
}
