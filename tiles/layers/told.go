package layers

import (
	"slices"
	"strings"

	"muchan/scoring"
)

// forViewers are the explanations whose number a viewer sees. Whatever is not listed, whatever comes later included, is for
// analysts.
var forViewers = []string{"land_mu", "far", "density", "coefficient", "office_share", "vacant_share", "idle", "idle_plant"}

// Told returns what of a parcel's explanations an audience may read. A viewer reads those of numbers he sees, without the operands that
// are a firm's own figures or an amount of money; the public reads none. The list that comes in stays as it is.
func Told(list []scoring.Explanation, audience Audience) []scoring.Explanation {
	switch {
	case audience >= Analyst:
		return list
	case audience < Viewer:
		return nil
	}
	var told []scoring.Explanation
	for _, e := range list {
		if slices.Contains(forViewers, e.ID) {
			e.Inputs = slices.DeleteFunc(slices.Clone(e.Inputs), confidential)
			told = append(told, e)
		}
	}
	return told
}

// confidential operands are a firm's own figures and every amount of money.
func confidential(o scoring.Operand) bool { return o.Firm != "" || strings.HasPrefix(o.Unit, "万元") }

// MayKnowWhy reports whether an audience may read which limb of its rule a suspicion meets, and what was compared. Two types rest on a
// firm's output or tax: their limb tells that a firm paid nothing, or less than it promised.
func MayKnowWhy(f *scoring.Finding, audience Audience) bool {
	ofFigures := f.Type == scoring.FindLowOutput || f.Type == scoring.FindLowBenefit
	return audience >= Analyst || audience >= Viewer && !ofFigures
}
