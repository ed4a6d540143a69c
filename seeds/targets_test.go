package seeds_test

import (
	"math"
	"strings"
	"testing"

	"muchan/parcels"
)

func demoTargets(t *testing.T) map[string]*parcels.Target {
	t.Helper()
	rows, _ := demoRows(t)
	byID := map[string]*parcels.Target{}
	for i := range rows.Targets {
		byID[rows.Targets[i].ID] = &rows.Targets[i]
	}
	return byID
}

// The rows of the plan that agree with their own growth rate.
func TestTargetsThatAgreeWithThemselves(t *testing.T) {
	targets := demoTargets(t)
	for _, c := range []struct {
		id     string
		within float64
	}{{"gdp", 0.005}, {"retail", 0.15}, {"budget", 0.015}} {
		row := targets[c.id]
		implied := row.Base.Or(0) * math.Pow(1+row.GrowthPct.Or(0)/100, 5)
		if math.Abs(implied-row.Target.Or(0)) > c.within {
			t.Errorf("%s: growth leads to %.4f, the plan says %v", c.id, implied, row.Target.Or(0))
		}
	}
	exports, sum := targets["exports"], 0.0
	for k := 1; k <= 5; k++ {
		sum += exports.Base.Or(0) * math.Pow(1.02, float64(k))
	}
	if math.Abs(sum-exports.Target.Or(0)) > 0.015 {
		t.Errorf("exports: five years add up to %.3f, the plan says %v", sum, exports.Target.Or(0))
	}
}

// The two targets per km² rest on two different areas.
func TestTargetsPerSquareKilometre(t *testing.T) {
	targets := demoTargets(t)
	for _, c := range []struct {
		total, perKm2 string
		wantKm2       float64
	}{{"gdp", "gdp-per-km2", 10.35}, {"budget", "budget-per-km2", 9.52}} {
		km2 := targets[c.total].Target.Or(0) / targets[c.perKm2].Target.Or(0)
		if math.Abs(km2-c.wantKm2) > 0.005 {
			t.Errorf("%s implies %.3f km², want %v", c.perKm2, km2, c.wantKm2)
		}
	}
	if muYield := targets["gdp-per-km2"].Target.Or(0) * 10000 / 1500; math.Abs(muYield-178) > 1e-9 {
		t.Errorf("26.7 亿元/km² is %v 万元/亩, want 178", muYield)
	}
}

// Contradictions stay in the table, each figure with its place and a note.
func TestContradictionsAreKept(t *testing.T) {
	targets := demoTargets(t)
	for id, want := range map[string]float64{"retail": 94, "retail-text": 88} {
		if got := targets[id].Target.Or(0); got != want {
			t.Errorf("%s is %v, the plan says %v there", id, got, want)
		}
	}
	for id, want := range map[string]float64{"high-tech-firms": 51, "high-tech-firms-box": 50, "high-tech-firms-text": 59, "budget-total-2020": 13.23, "budget": 6.2} {
		if got := targets[id].Base.Or(0); got != want {
			t.Errorf("%s has the base %v, the plan says %v there", id, got, want)
		}
	}
	for id, words := range map[string]string{
		"retail": "88", "high-tech-firms": "50", "patents-per-10k": "74.29", "budget": "总收入", "green-cover": "40.93",
		"gdp-per-head": "41766", "output-food-medicine": "生物医药", "output-textiles": "1.33", "gdp-per-km2": "9.52",
	} {
		if !strings.Contains(targets[id].Note, words) {
			t.Errorf("the note of %s does not say %q: %s", id, words, targets[id].Note)
		}
	}
	sum := 0.0
	for _, id := range []string{"output-textiles", "output-electronics", "output-machinery", "output-food-medicine"} {
		sum += targets[id].Target.Or(0)
	}
	if sum != 810 {
		t.Errorf("the four industries' targets add up to %v, want 810", sum)
	}
	for id, row := range targets {
		if !strings.HasPrefix(row.Source, "泉州经济技术开发区“十四五”规划纲要 ") || !row.Binding.OK() {
			t.Errorf("%s has no place in the plan: %q", id, row.Source)
		}
	}
}
