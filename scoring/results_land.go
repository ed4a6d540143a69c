package scoring

import (
	"fmt"

	"muchan/parcels"
)

// landResult is what format 2 says of a parcel's land beyond format 1.
type landResult struct {
	IdleOf         string          `json:"idle_of"`
	IdleGovernment bool            `json:"idle_government"`
	IdleDue        parcels.Date    `json:"idle_due"`
	IdleDaysLeft   int             `json:"idle_days_left"` // to the next stage; 0 when none follows
	IdleStages     []stageResult   `json:"idle_stages"`
	Findings       []findingResult `json:"findings"`
}

type stageResult struct {
	ID       string       `json:"id"`
	On       parcels.Date `json:"on"`
	DaysLeft int          `json:"days_left"`
}

type findingResult struct {
	Type     string               `json:"type"`
	Since    parcels.Date         `json:"since"`
	Rule     string               `json:"rule"`
	Document string               `json:"document"`
	Clause   string               `json:"clause"`
	Why      string               `json:"why"`
	WhyEn    string               `json:"why_en"`
	Value    parcels.Opt[float64] `json:"value"` // shares are fractions
	Limit    parcels.Opt[float64] `json:"limit"`
	Unit     string               `json:"unit"`
}

func (ps *ParcelScore) landResult(asOf parcels.Date) landResult {
	idle := ps.Idle
	r := landResult{IdleOf: idle.Of, IdleGovernment: idle.Government, IdleDue: idle.Due, IdleDaysLeft: idle.DaysLeft, IdleStages: []stageResult{}, Findings: []findingResult{}}
	for _, stage := range idle.Stages(asOf) {
		r.IdleStages = append(r.IdleStages, stageResult(stage))
	}
	for i := range ps.Findings {
		f := &ps.Findings[i]
		r.Findings = append(r.Findings, findingResult{f.Type, f.Since, f.Rule.ID, f.Rule.Document, f.Clause, f.Why.Zh, f.Why.En, f.Value, f.Limit, f.Unit})
	}
	return r
}

// readable refuses results of a form that this program does not know.
func readable(format int) error {
	if format < oldestResults || format > resultsFormat {
		return fmt.Errorf("format %d is not from %d to %d", format, oldestResults, resultsFormat)
	}
	return nil
}
