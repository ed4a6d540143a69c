package scoring

import (
	"encoding/json"
	"fmt"

	"muchan/parcels"
)

// Summand is a firm's part in the public sums of a year. A run keeps those of all firms with land, so that public sums are made of what
// was frozen: a figure that is corrected or filed later changes none.
type Summand struct {
	USCC          string                   `json:"uscc"`
	Park          string                   `json:"park"` // of the parcel where it holds most land
	Industry      string                   `json:"industry"`
	Lon           parcels.Opt[float64]     `json:"lon"` // middle of that parcel's bounding box, degrees; missing without a shape
	Lat           parcels.Opt[float64]     `json:"lat"`
	LandMu        float64                  `json:"land_mu"` // on all parcels
	OutputWan     parcels.Opt[parcels.Wan] `json:"output_wan"`
	RevenueWan    parcels.Opt[parcels.Wan] `json:"revenue_wan"`
	ValueAddedWan parcels.Opt[parcels.Wan] `json:"value_added_wan"`
	TaxWan        parcels.Opt[parcels.Wan] `json:"tax_wan"`
}

// Summands takes every firm with land in the zone out of scores, by credit code.
func Summands(s *Scores) []Summand {
	snap := s.Snapshot()
	main, held := mainParcels(s)
	list := []Summand{}
	for f, at := range main {
		if at < 0 {
			continue
		}
		firm, p := &snap.Firms[f], snap.Parcels.At(at)
		m := Summand{USCC: firm.USCC, Park: p.Park, Industry: firm.Industry, LandMu: held[f], TaxWan: s.Firms[f].TaxWan}
		if len(p.Shape) > 0 {
			c := p.Shape.Bound().Center()
			m.Lon, m.Lat = parcels.Some(c[0]), parcels.Some(c[1])
		}
		if g := snap.FiguresOf(firm.USCC, s.Year); g != nil {
			m.OutputWan, m.RevenueWan, m.ValueAddedWan = g.OutputWan, g.RevenueWan, g.ValueAddedWan
		}
		list = append(list, m)
	}
	return list
}

// mainParcels returns for each firm the parcel where it holds most land, -1 for none, and all the land it holds in mu. Equal parcels
// go to the first by code.
func mainParcels(s *Scores) (main []int, held []float64) {
	main, held = make([]int, len(s.Firms)), make([]float64, len(s.Firms))
	best := make([]float64, len(s.Firms))
	for f := range main {
		main[f] = -1
	}
	for p := range s.Parcels {
		for _, share := range s.Parcels[p].Firms {
			held[share.Firm] += share.LandMu
			if main[share.Firm] < 0 || share.LandMu > best[share.Firm] {
				main[share.Firm], best[share.Firm] = p, share.LandMu
			}
		}
	}
	return main, held
}

// ReadSummands reads the summands of a run's results. Runs that were published before runs kept them have none: kept is false.
func ReadSummands(results []byte) (list []Summand, kept bool, err error) {
	var doc struct {
		Format   int        `json:"format"`
		Summands *[]Summand `json:"summands"`
	}
	if err := json.Unmarshal(results, &doc); err != nil {
		return nil, false, fmt.Errorf("read summands: %w", err)
	}
	if doc.Format < 1 || doc.Format > resultsFormat {
		return nil, false, fmt.Errorf("read summands: format %d is unknown", doc.Format)
	}
	if doc.Summands == nil {
		return nil, false, nil
	}
	return *doc.Summands, true, nil
}
