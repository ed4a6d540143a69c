package scoring

import (
	"encoding/json"
	"fmt"

	"muchan/parcels"
)

// Verdicts are what a run said of every firm and parcel. Class histories are made of those of final runs.
type Verdicts struct {
	Rules   []RuleRef
	Firms   map[string]FirmVerdict // by credit code
	Parcels map[string]Class       // by code
	Exit    int                    // exit candidates
}

// FirmVerdict is what a run said of one firm.
type FirmVerdict struct {
	RuleSet string               `json:"rule_set"`
	Cohort  string               `json:"cohort"`
	LandMu  parcels.Opt[float64] `json:"land_mu"`
	Points  parcels.Opt[float64] `json:"points"`
	Rank    int                  `json:"rank"` // 0 when not ranked
	Of      int                  `json:"of"`
	Class   Class                `json:"class"`
}

// ReadVerdicts reads the results of a run as EncodeResults wrote them.
func ReadVerdicts(results []byte) (*Verdicts, error) {
	var doc struct {
		Format  int       `json:"format"`
		Rules   []RuleRef `json:"rules"`
		Parcels []struct {
			Code  string `json:"code"`
			Class Class  `json:"class"`
		} `json:"parcels"`
		Firms []struct {
			USCC string `json:"uscc"`
			FirmVerdict
		} `json:"firms"`
		Exit []struct{} `json:"exit"`
	}
	if err := json.Unmarshal(results, &doc); err != nil {
		return nil, fmt.Errorf("read results: %w", err)
	}
	if err := readable(doc.Format); err != nil {
		return nil, fmt.Errorf("read results: %w", err)
	}
	v := &Verdicts{
		Rules: doc.Rules, Firms: make(map[string]FirmVerdict, len(doc.Firms)), Parcels: make(map[string]Class, len(doc.Parcels)), Exit: len(doc.Exit),
	}
	for _, p := range doc.Parcels {
		v.Parcels[p.Code] = p.Class
	}
	for _, f := range doc.Firms {
		v.Firms[f.USCC] = f.FirmVerdict
	}
	return v, nil
}
