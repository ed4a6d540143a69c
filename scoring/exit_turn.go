package scoring

import (
	"math"
	"slices"
)

// ExitTurn is a test that would have to turn.
type ExitTurn struct {
	Test  string `json:"test"`
	Group string `json:"group"`
	Unit  string `json:"unit"`
	// By is the change of the value: for a failed test up to exactly the threshold, which passes; for a passed one down to it, and the
	// test fails just below.
	By    float64 `json:"by"`
	Share float64 `json:"share"` // |By| as a share of the threshold
}

// nearestTurn finds the least change that turns a verdict round: of all choices of groups, and of decisive tests, the one whose
// largest share is smallest, then the one with fewer tests.
func nearestTurn(rules *ExitRules, tests []Test, candidate bool) []ExitTurn {
	var best []ExitTurn
	least := math.Inf(1)
	try := func(turns []ExitTurn, ok bool) {
		if !ok || len(turns) == 0 {
			return
		}
		most := 0.0
		for _, t := range turns {
			most = max(most, t.Share)
		}
		if most < least || most == least && len(turns) < len(best) {
			best, least = turns, most
		}
	}
	for choice := range 1 << len(exitGroups) {
		if candidate {
			try(offTheList(rules, tests, choice))
		} else {
			try(ontoTheList(rules, tests, choice))
		}
	}
	if !candidate {
		for i := range tests {
			if t := &tests[i]; t.Decisive && t.Value.OK() {
				try([]ExitTurn{t.turn()}, true)
			}
		}
	}
	return best
}

// offTheList repairs every decisive failure and all failures of the chosen groups.
func offTheList(rules *ExitRules, tests []Test, choice int) ([]ExitTurn, bool) {
	var turns []ExitTurn
	var left failure
	for i := range tests {
		t := &tests[i]
		if !t.Failed {
			continue
		}
		if g := groupAt(t.Group); t.Decisive || choice&(1<<g) != 0 {
			turns = append(turns, t.turn())
		} else {
			left.groups[g] = true
		}
	}
	return turns, !left.suffices(rules)
}

// ontoTheList lets the nearest test of each chosen group fail.
func ontoTheList(rules *ExitRules, tests []Test, choice int) ([]ExitTurn, bool) {
	var turns []ExitTurn
	var after failure
	for g, group := range exitGroups {
		nearest := -1
		for i := range tests {
			t := &tests[i]
			if t.Group != group || !t.Value.OK() {
				continue
			}
			after.groups[g] = after.groups[g] || t.Failed
			if nearest < 0 || -t.Margin < -tests[nearest].Margin {
				nearest = i
			}
		}
		if nearest >= 0 && choice&(1<<g) != 0 && !after.groups[g] {
			turns = append(turns, tests[nearest].turn())
			after.groups[g] = true
		}
	}
	return turns, after.suffices(rules)
}

func (t *Test) turn() ExitTurn {
	by := t.Threshold - t.Value.Or(0)
	return ExitTurn{Test: t.ID, Group: t.Group, Unit: t.Unit, By: by, Share: math.Abs(by) / t.Threshold}
}

// rowAt is the position of a test by its ID, 0 when there is none; ParseRuleSet sees to it that there is one.
func (r *ExitRules) rowAt(id string) int {
	return max(0, slices.IndexFunc(r.Tests, func(t ExitTest) bool { return t.ID == id }))
}
