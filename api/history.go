package api

import (
	"context"
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

// years scores every year once per generation: at the first question, or when live asks ahead of readers. Who gives up leaves
// what is done to the next.
func (g *generation) years(ctx context.Context) (past []pastYear, err error) {
	g.pastMu.Lock()
	defer g.pastMu.Unlock()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("history: panic: %v", p)
		}
	}()
	for _, year := range g.state.years[len(g.past):] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		scores := g.image.Scores
		if year != scores.Year {
			if scores, err = g.state.scores(year); err != nil {
				return nil, fmt.Errorf("history of %d: %w", year, err)
			}
		}
		g.past = append(g.past, remember(scores))
	}
	return g.past, nil
}

func remember(s *scoring.Scores) pastYear {
	y := pastYear{s.Year, make([]pastParcel, len(s.Parcels))}
	for i := range s.Parcels {
		p := &s.Parcels[i]
		y.parcels[i] = pastParcel{p.TaxPerMu(), p.OutputPerMu(), p.ValueAddedPerMu(), p.Class}
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
