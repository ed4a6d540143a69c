package targets_test

import (
	"math"
	"testing"

	"muchan/parcels"
	"muchan/scoring/targets"
)

type opt = parcels.Opt[float64]

func some(v float64) opt { return parcels.Some(v) }

var none opt

func near(t *testing.T, name string, got opt, want, within float64) {
	t.Helper()
	if v, ok := got.Get(); !ok || math.Abs(v-want) > within {
		t.Errorf("%s: %v, want %v", name, got, want)
	}
}

// The plan's own arithmetic, worked out by hand: 1.085⁵ = 1.503657, 1.05⁵ = 1.276282, 1.07⁵ = 1.402552, 1.09⁵ = 1.538624,
// Σ 1.02ᵏ = 5.308121.
func TestGrowthOfThePlan(t *testing.T) {
	near(t, "183.77 × 1.085⁵", targets.Implied(some(183.77), some(8.5), 5), 276.3270, 5e-5)
	near(t, "6.2 × 1.05⁵", targets.Implied(some(6.2), some(5), 5), 7.9129, 5e-5)
	near(t, "67.12 × 1.07⁵", targets.Implied(some(67.12), some(7), 5), 94.1393, 5e-5)
	near(t, "0.0044 × 1.09⁵", targets.Implied(some(0.0044), some(9), 5), 0.00677, 5e-7)
	near(t, "53.34 × Σ 1.02ᵏ", targets.ImpliedTotal(some(53.34), some(2), 5), 283.1352, 5e-5)
	near(t, "growth of GDP", targets.Growth(some(183.77), some(276.33), 5), 8.5, 0.001)
	near(t, "growth of PM2.5", targets.Growth(some(26), some(21), 5), -4.1815, 5e-5) // (21/26)^0.2 = 0.958185
	near(t, "growth of exports", targets.GrowthOfTotal(some(53.34), some(283.15), 5), 2.0, 0.005)
	near(t, "five times the base in five years", targets.GrowthOfTotal(some(2.2), some(11), 5), 0, 1e-9)
	near(t, "ten times in one year", targets.GrowthOfTotal(some(1), some(10), 1), 900, 1e-9)
}

func TestProgress(t *testing.T) {
	for _, c := range []struct {
		name                 string
		base, target, actual opt
		want                 opt
	}{
		{"at the base", some(100), some(200), some(100), some(0)},
		{"half way", some(100), some(200), some(150), some(0.5)},
		{"there", some(100), some(200), some(200), some(1)},
		{"beyond", some(100), some(200), some(250), some(1.5)},
		{"backwards", some(100), some(200), some(90), some(-0.1)},
		{"falling, half way", some(26), some(21), some(23.5), some(0.5)},
		{"falling, the wrong way", some(26), some(21), some(27), some(-0.2)},
		{"nothing to do", some(100), some(100), some(100), none},
		{"no base", none, some(100), some(50), none},
		{"no actual", some(1), some(2), none, none},
	} {
		got := targets.Progress(c.base, c.target, c.actual)
		if w, ok := c.want.Get(); ok {
			near(t, c.name, got, w, 1e-12)
		} else if got.OK() {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestElapsedAndGrowthBoundaries(t *testing.T) {
	for year, want := range map[int]opt{2019: none, 2020: some(0), 2021: some(0.2), 2025: some(1), 2026: some(1.2)} {
		if got := targets.Elapsed(2020, 2025, year); got.OK() != want.OK() || math.Abs(got.Or(0)-want.Or(0)) > 1e-12 {
			t.Errorf("%d: %v, want %v", year, got, want)
		}
	}
	for name, got := range map[string]opt{
		"no years":            targets.Growth(some(1), some(2), 0),
		"negative base":       targets.Growth(some(-1), some(2), 5),
		"zero target":         targets.Growth(some(1), some(0), 5),
		"same year":           targets.Elapsed(2020, 2020, 2020),
		"no base year":        targets.Elapsed(0, 2025, 2021),
		"no years of a total": targets.GrowthOfTotal(some(1), some(2), 0),
	} {
		if got.OK() {
			t.Errorf("%s: %v", name, got)
		}
	}
	near(t, "due half way", targets.Due(some(100), some(400), some(0.5)), 200, 1e-9)
}
