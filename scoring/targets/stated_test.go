package targets_test

import (
	"strings"
	"testing"

	"muchan/parcels"
)

// A value that a bulletin gave goes before the sum over the firms on file, which is said beside it; other years' values do not count.
func TestStatedValues(t *testing.T) {
	list := []parcels.Target{target("gdp", some(100), some(200), none), target("gdp-per-km2", none, some(20), none), target("output-2020", some(3), some(6), none)}
	rows := zone(list, map[string][]float64{"1711": {10000, 15000, 20000}})
	rows.TargetValues = []parcels.TargetValue{
		{Target: "gdp", Year: 2021, Value: some(1)},
		{Target: "gdp", Year: 2022, Value: some(150), Source: "公报", Note: "初步核算"},
		{Target: "gdp", Year: 2023, Value: some(2)},
		{Target: "output-2020", Year: 2022, Value: some(4.8), Source: "公报"},
		{Target: "unknown", Year: 2022, Value: some(7)},
	}
	r := report(t, rows, 2022)
	gdp, output := rowOf(t, r, "gdp"), rowOf(t, r, "output-2020")
	near(t, "GDP", gdp.Actual.Value, 150, 0)
	near(t, "half the way", gdp.Progress, 0.5, 1e-12)
	if gdp.Actual.Source != "公报" || gdp.Actual.Note.Zh != "初步核算" || gdp.Actual.Why.Zh != "" {
		t.Errorf("%+v", gdp.Actual)
	}
	near(t, "output as reported", output.Actual.Value, 4.8, 0)
	if !strings.Contains(output.Actual.Note.Zh, "库内企业合计 4.50 亿元") {
		t.Errorf("note %q", output.Actual.Note.Zh)
	}
	// 200 ÷ 20 implies 10 km²; the park on file has 2.
	near(t, "over the implied area", r.Denominators[0].ActualPerKm2, 15, 1e-12)
	for i := range r.Areas {
		if r.Areas[i].Definition == "planned" {
			near(t, "over the planned area", r.Areas[i].Demands[0].ActualPerKm2, 75, 1e-12)
			near(t, "output is what the firms make", r.Areas[i].OutputYiKm2, 2.25, 1e-12)
		}
	}
	if seen := rowOf(t, report(t, rows, 2024), "gdp").Actual; seen.Value.OK() || seen.Why.Zh == "" {
		t.Errorf("2024: %+v", seen)
	}
}
