package scoring

import (
	"testing"

	"muchan/parcels"
)

// Named reports whether the word table names an identifier of a kind in both languages.
func Named(kind, id string) bool {
	w, ok := words[kind][id]
	return ok && w.Zh != "" && w.En != ""
}

// StockMetrics are what the benefit of stock land may mean.
var StockMetrics = stockMetrics

// FormulaValue compiles a formula and evaluates it for a firm with so much land, floor area and rated tax.
func FormulaValue(text string, landMu, floorM2 parcels.Opt[float64], tax parcels.Opt[parcels.Wan], figures *parcels.Figures) (parcels.Opt[float64], error) {
	f, err := compileFormula(text)
	if err != nil {
		return parcels.Opt[float64]{}, err
	}
	return f.of(&indicatorInput{landMu: landMu, floorM2: floorM2, tax: tax, figures: figures}), nil
}

// FormulaAllocations returns how many allocations one evaluation of a formula makes.
func FormulaAllocations(text string, figures *parcels.Figures) float64 {
	f, err := compileFormula(text)
	if err != nil {
		panic(err)
	}
	in := indicatorInput{figures: figures}
	return testing.AllocsPerRun(100, func() { f.of(&in) })
}

// FailsEnough is what decides whether a parcel is looked at more closely.
func FailsEnough(s *Scores, p int) bool { return s.run.failsEnough(p) }

// JudgeLand fills idle land and findings of every parcel anew.
func JudgeLand(s *Scores) { inOrder(len(s.Parcels), task{due{all: len(s.Parcels)}, s.run.judgeLand}) }

// AtOnce does n pieces of work at the same time.
var AtOnce = atOnce
