package api

import (
	"fmt"

	"muchan/parcels"
	"muchan/scoring"
)

// pastYear is what one year says of every parcel, parallel to the snapshot's: little enough to keep all years.
type pastYear struct {
	year    int
	parcels []pastParcel
}

type pastParcel struct {
	tax, output, valueAdded parcels.Opt[float64] // per mu
	class                   scoring.Class
}

// gradeDoc is what a viewer sees of a year, figuresDoc what an analyst sees.
type gradeDoc struct {
	Year  int           `json:"year"`
	Class scoring.Class `json:"class"`
}

type figuresDoc struct {
	gradeDoc
	TaxPerMu        parcels.Opt[float64] `json:"tax_wan_mu"`
	OutputPerMu     parcels.Opt[float64] `json:"output_wan_mu"`
	ValueAddedPerMu parcels.Opt[float64] `json:"value_added_wan_mu"`
}

// years scores every year once per generation, at the first question or when live asks for it ahead of readers.
func (g *generation) years() ([]pastYear, error) {
	g.pastOnce.Do(func() {
		defer func() {
			if p := recover(); p != nil {
				g.pastErr = fmt.Errorf("history: panic: %v", p)
			}
		}()
		for _, year := range g.state.years {
			scores := g.image.Scores
			if year != scores.Year {
				if scores, g.pastErr = g.state.scores(year); g.pastErr != nil {
					return
				}
			}
			g.past = append(g.past, remember(scores))
		}
	})
	return g.past, g.pastErr
}

func remember(s *scoring.Scores) pastYear {
	y := pastYear{s.Year, make([]pastParcel, len(s.Parcels))}
	for i := range s.Parcels {
		p := &s.Parcels[i]
		y.parcels[i] = pastParcel{p.TaxPerMu, p.OutputPerMu, p.ValueAddedPerMu, p.Class}
	}
	return y
}

func grades(past []pastYear, at int) []gradeDoc {
	docs := []gradeDoc{}
	for _, y := range past {
		docs = append(docs, gradeDoc{y.year, y.parcels[at].class})
	}
	return docs
}

func figures(past []pastYear, at int) []figuresDoc {
	docs := []figuresDoc{}
	for _, y := range past {
		p := &y.parcels[at]
		docs = append(docs, figuresDoc{gradeDoc{y.year, p.class}, p.tax, p.output, p.valueAdded})
	}
	return docs
}
