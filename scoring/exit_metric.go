package scoring

import (
	"math"

	"muchan/parcels"
)

// exitMetric is a value an exit test may compare. Rules state shares as fractions and comparisons are made in fractions, so that a
// value exactly at its threshold stays exactly there; whatever leaves the package is scaled to unit.
type exitMetric struct {
	id, unit string
	scale    float64 // 100 for shares, which are shown in per cent
	of       func(*ParcelScore) parcels.Opt[float64]
	partial  func(*Partial) bool                                        // nil for a value no firm's figure goes into
	agreed   func(*parcels.Contract, *ParcelScore) parcels.Opt[float64] // what the contract says of it; nil when contracts say nothing
}

var exitMetrics = []exitMetric{
	{
		id: "fai_per_mu", unit: "万元/亩", scale: 1, of: func(p *ParcelScore) parcels.Opt[float64] { return p.FAIPerMu },
		agreed: func(c *parcels.Contract, p *ParcelScore) parcels.Opt[float64] { return perMu(c.AgreedFAIWan, p.LandMu) },
	},
	{
		id: "tax_per_mu", unit: "万元/亩", scale: 1, of: func(p *ParcelScore) parcels.Opt[float64] { return p.TaxPerMu() },
		partial: func(p *Partial) bool { return p.Tax },
		agreed:  func(c *parcels.Contract, _ *ParcelScore) parcels.Opt[float64] { return c.AgreedTaxWanMu },
	},
	{
		id: "output_per_mu", unit: "万元/亩", scale: 1, of: func(p *ParcelScore) parcels.Opt[float64] { return p.OutputPerMu() },
		partial: func(p *Partial) bool { return p.Output },
		agreed:  func(c *parcels.Contract, _ *ParcelScore) parcels.Opt[float64] { return c.AgreedOutputWanMu },
	},
	{
		id: "revenue_per_mu", unit: "万元/亩", scale: 1, of: func(p *ParcelScore) parcels.Opt[float64] { return p.RevenuePerMu() },
		partial: func(p *Partial) bool { return p.Revenue },
	},
	{
		id: "value_added_per_mu", unit: "万元/亩", scale: 1, of: func(p *ParcelScore) parcels.Opt[float64] { return p.ValueAddedPerMu() },
		partial: func(p *Partial) bool { return p.ValueAdded },
	},
	{
		id: "benefit_per_mu", unit: "万元/亩", scale: 1, of: func(p *ParcelScore) parcels.Opt[float64] { return p.BenefitPerMu },
		partial: func(p *Partial) bool { return p.Benefit },
	},
	{
		id: "far", scale: 1, of: func(p *ParcelScore) parcels.Opt[float64] { return p.FAR },
		agreed: func(c *parcels.Contract, _ *ParcelScore) parcels.Opt[float64] { return c.MinFAR },
	},
	{id: "density", unit: "%", scale: 100, of: func(p *ParcelScore) parcels.Opt[float64] { return p.Density }},
	{id: "coefficient", unit: "%", scale: 100, of: func(p *ParcelScore) parcels.Opt[float64] { return p.Coefficient }},
}

// ExitMetrics lists the values an exit test may compare.
var ExitMetrics = func() []string {
	ids := make([]string, len(exitMetrics))
	for i, m := range exitMetrics {
		ids[i] = m.id
	}
	return ids
}()

// exitGroups lists the plan's three tests: 投资强度小, 亩产低, 建设密度强度不够.
var exitGroups = []string{"investment", "yield", "density"}

func exitMetricByID(id string) *exitMetric {
	for i := range exitMetrics {
		if exitMetrics[i].id == id {
			return &exitMetrics[i]
		}
	}
	panic("scoring: no exit metric " + id) // ParseRuleSet refuses others
}

// shown converts to the unit a reader sees. A share such as 0.29 becomes 29, not 28.999999999999996.
func (m *exitMetric) shown(v float64) float64 {
	if m.scale == 1 {
		return v
	}
	return math.Round(v*m.scale*1e9) / 1e9
}
