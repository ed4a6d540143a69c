package match

import (
	"errors"
	"fmt"
	"math"

	"muchan/scoring"
)

// Part names one part of a score.
type Part string

// The parts of a score, in the order in which they are shown.
const (
	PartDistance  Part = "distance"
	PartAdjoining Part = "adjoining"
	PartArea      Part = "area"
	PartForm      Part = "form"
	PartUse       Part = "use"
	PartOverlay   Part = "overlay"
	PartPath      Part = "path"
	PartHolder    Part = "holder"
)

// Parts lists the parts in their order.
var Parts = []Part{PartDistance, PartAdjoining, PartArea, PartForm, PartUse, PartOverlay, PartPath, PartHolder}

// Params are the numbers a ranking depends on. None of them is from a document.
type Params struct {
	Weights       map[Part]float64 // not negative, at least one positive; they need not add up to 100
	HalfDistanceM float64          // distance at which the value of the distance is one half
	TouchM        float64          // gap up to which two parcels adjoin: boundaries of one survey differ by centimetres
	SlimBelow     float64          // short by long side below which a parcel counts as slim, 0..1
	RedLineM2     float64          // overlap with the ecological red line up to which it is taken for a drawing error

	// Industrial and Storage are prefixes of land-use codes by scheme.
	Industrial, Storage map[string][]string

	Use    UseValues
	Line   LineValues
	Path   map[Kind]float64 // 1 is the shortest way
	Holder HolderValues
}

// UseValues are the values of the part "use".
type UseValues struct{ Industrial, Storage, Other, Unknown float64 }

// LineValues are the values of the part "overlay".
type LineValues struct{ Level1, Level2, Outside float64 }

// HolderValues are the values of the part "holder": nobody, firms by the class of the one with the largest share, and firms without a
// class.
type HolderValues struct {
	Nobody, Unrated float64
	Class           map[scoring.Class]float64
}

// Defaults are this program's proposal, not issued by any authority. Distance and area weigh most, because they are what a firm that
// grows cannot change; the weights add up to 100.
func Defaults() Params {
	return Params{
		Weights: map[Part]float64{
			PartDistance: 25, PartAdjoining: 10, PartArea: 20, PartForm: 10, PartUse: 10, PartOverlay: 10, PartPath: 10, PartHolder: 5,
		},
		HalfDistanceM: 1000, TouchM: 1, SlimBelow: 1.0 / 3, RedLineM2: scoring.RedLineSlackM2,
		Industrial: map[string][]string{"ydyh2023": {"1001"}, "gb50137": {"M"}, "gbt21010": {"0601"}},
		Storage:    map[string][]string{"ydyh2023": {"11"}, "gb50137": {"W"}, "gbt21010": {"0604"}},
		Use:        UseValues{Industrial: 1, Storage: 0.5, Other: 0.2, Unknown: 0.5},
		Line:       LineValues{Level1: 1, Level2: 0.8, Outside: 0.4},
		// Land in reserve goes to public sale, where the firm may lose; an owner can let an empty plant tomorrow.
		Path: map[Kind]float64{
			KindVacantPlant: 1, KindReserve: 0.6, KindSigned: 0.7, KindPartly: 0.6, KindUnstarted: 0.5, KindStalled: 0.5, KindUnfinished: 0.5, KindExit: 0.4,
		},
		Holder: HolderValues{Nobody: 1, Unrated: 0.5, Class: map[scoring.Class]float64{
			scoring.ClassA: 0.1, scoring.ClassB: 0.3, scoring.ClassC: 0.6, scoring.ClassD: 0.8,
		}},
	}
}

// errParams is what every refused parameter wraps.
var errParams = errors.New("match: parameters cannot be used")

// check refuses parameters that give no order.
func (p *Params) check() error {
	sum := 0.0
	for _, part := range Parts {
		w := p.Weights[part]
		if !(w >= 0) || math.IsInf(w, 0) {
			return fmt.Errorf("%w: the weight of %s is %v", errParams, part, w)
		}
		sum += w
	}
	if !(sum > 0) {
		return fmt.Errorf("%w: no weight is above 0", errParams)
	}
	if !(p.HalfDistanceM > 0) || !(p.TouchM >= 0) || !(p.SlimBelow > 0) || !(p.RedLineM2 >= 0) {
		return fmt.Errorf("%w: half distance %v, touch %v, slim %v, red line %v", errParams, p.HalfDistanceM, p.TouchM, p.SlimBelow, p.RedLineM2)
	}
	return nil
}
