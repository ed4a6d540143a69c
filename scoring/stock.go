package scoring

import (
	"slices"

	"muchan/geo"
	"muchan/parcels"
)

// stockMetrics lists what the benefit (经济效益) of stock industrial land may mean; the part of 泉政办规〔2025〕13号 that could be read does
// not say.
var stockMetrics = []string{"tax_per_mu", "output_per_mu", "revenue_per_mu", "value_added_per_mu"}

var stockMoney = map[string]int{
	"tax_per_mu": moneyTax, "output_per_mu": moneyOutput, "revenue_per_mu": moneyRevenue, "value_added_per_mu": moneyValueAdded,
}

// sortStock fills benefit and band of every parcel whose park has a stock-land set.
func (r *run) sortStock() {
	longest := 0
	for i := range r.snap.Parcels {
		if set := r.rules.of(KindStock, r.snap.Parcels[i].Park); set != nil {
			longest = max(longest, set.Stock.Years)
		}
	}
	if longest == 0 {
		return
	}
	r.past = make([]carried, longest)
	r.past[0] = r.carried
	for k := 1; k < longest; k++ {
		r.past[k] = r.carriedIn(r.in.Year - k)
	}
	lines := newBlockLines(r.snap)
	for p := range r.out.Parcels {
		if set := r.rules.of(KindStock, r.snap.Parcels[p].Park); set != nil {
			r.band(p, set.Stock, lines)
		}
	}
}

func (r *run) carriedIn(year int) carried {
	l := newLedger(r.snap, r.sites, r.heirs, year)
	c, _ := allocate(r.snap, l, func(f int) money { return r.moneyOf(f, year) })
	return c
}

func (r *run) band(p int, rules *StockRules, lines *blockLines) {
	ps := &r.out.Parcels[p]
	if len(rules.BlockLevels) > 0 && !lines.hold(r.snap.Parcels[p].Shape, rules.BlockLevels) {
		return
	}
	ps.BenefitPerMu = r.benefit(p, rules)
	ps.Band = StockBandOf(rules, ps.LandMu, ps.BenefitPerMu)
}

// benefit aggregates the years that have figures. Years without any are left out and named in the explanation. It is missing for a
// parcel whose firms have no figures in any of the years.
func (r *run) benefit(p int, rules *StockRules) parcels.Opt[float64] {
	var values []float64
	for k := range rules.Years {
		if v, ok := r.benefitIn(p, rules, k).Get(); ok {
			values = append(values, v)
		}
	}
	return aggregate(values, rules.Aggregate)
}

// benefitIn is the benefit k years back.
func (r *run) benefitIn(p int, rules *StockRules, k int) parcels.Opt[float64] {
	return perMu(r.past[k].sum[p][stockMoney[rules.Metric]], r.out.Parcels[p].LandMu)
}

// aggregate reduces yearly values: "mean", or the least of them for "min" and "each" — that every year must reach a bound is the
// same as that the worst does.
func aggregate(values []float64, how string) parcels.Opt[float64] {
	if len(values) == 0 {
		return parcels.Opt[float64]{}
	}
	if how != "mean" {
		return parcels.Some(slices.Min(values))
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return someIf(sum/float64(len(values)), true)
}

// StockBandOf returns the band of a parcel by land and benefit: the small band for land below the limit, whatever its benefit, else
// the last band whose From is not above the benefit. It is "" when the benefit is missing and the land is not small.
func StockBandOf(rules *StockRules, landMu, benefit parcels.Opt[float64]) string {
	if mu, ok := landMu.Get(); ok && rules.SmallBand != "" && mu < rules.SmallMu {
		return rules.SmallBand
	}
	v, ok := benefit.Get()
	if !ok {
		return ""
	}
	band := ""
	for _, b := range rules.Bands {
		if v >= b.From {
			band = b.ID
		}
	}
	return band
}

// blockLines are the industrial block lines (工业产业区块线).
type blockLines struct {
	zones []parcels.Zone
	index *geo.Index
}

func newBlockLines(snap *parcels.Snapshot) *blockLines {
	b := &blockLines{}
	var bounds []geo.Bound
	for i := range snap.Zones {
		if z := &snap.Zones[i]; z.Kind == parcels.ZoneBlockLine && len(z.Shape) > 0 {
			b.zones = append(b.zones, *z)
			bounds = append(bounds, z.Shape.Bound())
		}
	}
	b.index = geo.NewIndex(bounds)
	return b
}

// hold reports whether a point inside the shape lies within a line of one of the levels.
func (b *blockLines) hold(s geo.Shape, levels []int) bool {
	if len(b.zones) == 0 {
		return false
	}
	at, ok := geo.PointOnSurface(s)
	if !ok {
		return false
	}
	found := false
	b.index.Search(geo.Bound{Min: at, Max: at}, func(i int) bool {
		found = slices.Contains(levels, b.zones[i].Level) && geo.Contains(b.zones[i].Shape, at)
		return !found
	})
	return found
}
