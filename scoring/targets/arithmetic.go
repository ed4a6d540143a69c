package targets

import (
	"math"
	"strconv"
	"strings"

	"muchan/parcels"
)

type opt = parcels.Opt[float64]

// finite makes a value of a number, missing when it is none.
func finite(v float64) opt {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return opt{}
	}
	return parcels.Some(v)
}

// both returns two values when both are present.
func both(a, b opt) (x, y float64, ok bool) {
	x, okX := a.Get()
	y, okY := b.Get()
	return x, y, okX && okY
}

// Progress is the part of the way from base to target that actual has come, 1 at the target; missing where target is base.
func Progress(base, target, actual opt) opt {
	b, t, ok := both(base, target)
	a, okA := actual.Get()
	if !ok || !okA || t == b {
		return opt{}
	}
	return finite((a - b) / (t - b))
}

// Elapsed is the part of the time from base year to target year that has gone at the end of a year. It is missing before the base year.
func Elapsed(baseYear, targetYear, year int) opt {
	if baseYear == 0 || targetYear <= baseYear || year < baseYear {
		return opt{}
	}
	return parcels.Some(float64(year-baseYear) / float64(targetYear-baseYear))
}

// Growth is the mean yearly growth from one value to another in some years, in per cent; missing without years left and where a value
// is not positive.
func Growth(from, to opt, years int) opt {
	a, b, ok := both(from, to)
	if !ok || years <= 0 || a <= 0 || b <= 0 {
		return opt{}
	}
	return finite(100 * (math.Pow(b/a, 1/float64(years)) - 1))
}

// Due is the value on the path of even growth from base to target when a part of the time has gone.
func Due(base, target, elapsed opt) opt {
	b, t, ok := both(base, target)
	e, okE := elapsed.Get()
	if !ok || !okE || b <= 0 || t <= 0 {
		return opt{}
	}
	return finite(b * math.Pow(t/b, e))
}

// Implied is what a base grows to in some years.
func Implied(base, growthPct opt, years int) opt {
	b, g, ok := both(base, growthPct)
	if !ok || years <= 0 {
		return opt{}
	}
	return finite(b * math.Pow(1+g/100, float64(years)))
}

// ImpliedTotal is what the years after the base add up to: base × Σ (1+g)^k for k from 1 to years.
func ImpliedTotal(base, growthPct opt, years int) opt {
	b, g, ok := both(base, growthPct)
	if !ok || years <= 0 {
		return opt{}
	}
	return finite(total(b, g/100, years))
}

func total(base, g float64, years int) float64 {
	sum, step := 0.0, base
	for range years {
		step *= 1 + g
		sum += step
	}
	return sum
}

// GrowthOfTotal is the yearly growth, in per cent, with which the years after the base add up to a total.
func GrowthOfTotal(base, target opt, years int) opt {
	b, t, ok := both(base, target)
	if !ok || years <= 0 || b <= 0 || t <= 0 {
		return opt{}
	}
	low, high := -1.0, 1.0
	for total(b, high, years) < t {
		high *= 2
	}
	for range 200 { // halving until nothing changes
		if mid := (low + high) / 2; total(b, mid, years) < t {
			low = mid
		} else {
			high = mid
		}
	}
	return finite(100 * high)
}

// closeEnough is the relative deviation up to which a growth rate agrees with a target that does not round to it: growth rates are
// written with one decimal.
const closeEnough = 0.001

// agrees reports whether a value rounds to the target as written, or is close enough.
func agrees(implied, target float64) bool {
	written := strconv.FormatFloat(target, 'f', -1, 64)
	places := 0
	if _, decimals, ok := strings.Cut(written, "."); ok {
		places = len(decimals)
	}
	half := 0.5 * math.Pow10(-places)
	d := math.Abs(implied - target)
	return d <= half*(1+1e-9) || d <= closeEnough*math.Abs(target)
}
