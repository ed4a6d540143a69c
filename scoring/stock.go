package scoring

import (
	"slices"
	"strings"

	"muchan/parcels"
)

// stockMetrics lists what the benefit (经济效益) of stock industrial land may mean; the part of 泉政办规〔2025〕13号 that could be read does
// not say.
var stockMetrics = []string{"tax_per_mu", "output_per_mu", "revenue_per_mu", "value_added_per_mu"}

// money is the kind of money that the benefit is taken of.
func (s *StockRules) money() int {
	switch s.Metric {
	case "output_per_mu":
		return moneyOutput
	case "revenue_per_mu":
		return moneyRevenue
	case "value_added_per_mu":
		return moneyValueAdded
	}
	return moneyTax
}

// readyStock makes room for the scopes of the stock-land sets and returns how many years of money they look at.
func (r *run) readyStock(d due) (years int) {
	for _, set := range r.rules.sets(KindStock) {
		if set != nil {
			years = max(years, set.Stock.Years)
		}
	}
	switch {
	case d.none():
	case years == 0:
		r.stock = nil
	case d.all < 0:
		r.stock = slices.Clone(r.stock) // the earlier run's
	default:
		r.stock = make([]stockScope, r.snap.Parcels.Len())
	}
	return years
}

// sortStock fills benefit and band of a parcel where a stock-land set applies.
func (r *run) sortStock(p int) {
	ps := &r.out.Parcels[p]
	ps.BenefitPerMu, ps.Partial.Benefit, ps.Band = parcels.Opt[float64]{}, false, ""
	if set := r.ruleAt(KindStock, p); set != nil {
		r.stock[p] = r.scopeOf(set.Stock, p)
		r.band(p, set.Stock)
	}
}

// moneyLookedAt is which kinds of money the sets look at in the years before, by bit.
func (c *chooser) moneyLookedAt() (kinds uint8) {
	for _, set := range c.sets(KindStock) {
		if set != nil {
			kinds |= 1 << set.Stock.money()
		}
	}
	for _, set := range c.sets(KindLowUse) {
		if set != nil {
			kinds |= 1 << moneyTax
		}
	}
	return kinds
}

// recall makes past hold at least so many years.
func (r *run) recall(years int) {
	if len(r.past) == 0 && years > 0 {
		r.past = append(r.past, r.carried)
	}
	for k := len(r.past); k < years; k++ {
		c, _ := r.carriedIn(r.in.Year-k, r.lookedAt)
		r.past = append(r.past, c)
	}
}

// stockScope says whether a stock-land set applies to a parcel, and if not, why.
type stockScope uint8

const (
	stockNoSet stockScope = iota
	stockApplies
	stockOtherUse
	stockUseUnknown
	stockNotDrawn
	stockOutsideLines
)

// stockReasons says in both languages why no set applies; nil when one does.
var stockReasons = [...]*Text{
	stockNoSet:        {"无适用的存量用地文件", "no stock-land document applies"},
	stockApplies:      nil,
	stockOtherUse:     {"用途不属该文件所指工业用地", "the use is not industrial land as the document means it"},
	stockUseUnknown:   {"用途未登记，无法判断是否属工业用地", "the use is not on file, so nobody can say whether the land is industrial"},
	stockNotDrawn:     {"宗地无图形，无法判断是否在工业产业区块线内", "the parcel is not drawn, so nobody can say whether it lies inside the industrial block lines"},
	stockOutsideLines: {"不在该文件适用的工业产业区块线控制线内", "outside the industrial block lines the document applies to"},
}

func (s stockScope) why() *Text { return stockReasons[s] }

// scopeOf decides whether a set applies to a parcel. Unlike the exit tests it leaves out land without a use on file: its consequence
// rests on a document that speaks of industrial land.
func (r *run) scopeOf(rules *StockRules, p int) stockScope {
	parcel := r.snap.Parcels.At(p)
	switch {
	case len(rules.Uses) > 0 && parcel.UseCode == "":
		return stockUseUnknown
	case len(rules.Uses) > 0 && !hasPrefix(parcel.UseCode, rules.Uses[parcel.UseScheme]):
		return stockOtherUse
	case len(rules.BlockLevels) == 0:
		return stockApplies
	case !r.ground.drawn[p]:
		return stockNotDrawn
	case !r.liesIn(p, ZoneScope{parcels.ZoneBlockLine, rules.BlockLevels}):
		return stockOutsideLines
	}
	return stockApplies
}

func hasPrefix(code string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(code, prefix) })
}

// carriedIn puts the money of a year on the parcels, and lists what is on none.
func (r *run) carriedIn(year int, kinds uint8) (carried, []Unassigned) {
	return allocate(r.snap, r.use.ledgerOf(year), kinds, func(f int) money { return r.moneyOf(f, year) })
}

// band gives a parcel in scope its benefit and band. A benefit that is a lower bound settles the highest band only.
func (r *run) band(p int, rules *StockRules) {
	if r.stock[p] != stockApplies {
		return
	}
	ps := &r.out.Parcels[p]
	ps.BenefitPerMu, ps.Partial.Benefit = r.benefit(p, rules)
	small := r.smallLand(p, rules)
	band := rules.bandBy(ps.BenefitPerMu)
	if small {
		band = rules.SmallBand
	}
	if ps.Partial.Benefit && !small && band != rules.Bands[len(rules.Bands)-1].ID {
		band = ""
	}
	ps.Band = band
}

// benefit aggregates the years that have figures. Years without any are left out and named in the explanation. It is missing for a
// parcel whose firms have no figures in any of the years, and partial when in one of them some firms have and some have not.
func (r *run) benefit(p int, rules *StockRules) (value parcels.Opt[float64], partial bool) {
	values, kind := make([]float64, 0, maxYears), rules.money()
	for k := range rules.Years {
		if v, ok := r.benefitIn(p, kind, k).Get(); ok {
			values = append(values, v)
			partial = partial || r.past[k].partial(p, kind)
		}
	}
	return aggregate(values, rules.Aggregate), partial
}

// benefitIn is the benefit of a kind of money k years back.
func (r *run) benefitIn(p, kind, k int) parcels.Opt[float64] {
	return perMu(r.past[k].of(p, kind), r.out.Parcels[p].LandMu)
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
	if rules.isSmall(landMu) {
		return rules.SmallBand
	}
	return rules.bandBy(benefit)
}

func (s *StockRules) bandBy(benefit parcels.Opt[float64]) string {
	v, ok := benefit.Get()
	if !ok {
		return ""
	}
	band := ""
	for _, b := range s.Bands {
		if v >= b.From {
			band = b.ID
		}
	}
	return band
}

// isSmall reports whether land is so small that its band does not depend on the benefit.
func (s *StockRules) isSmall(landMu parcels.Opt[float64]) bool {
	mu, ok := landMu.Get()
	return ok && s.SmallBand != "" && mu < s.SmallMu
}

// smallLand reports whether the rule for little land decides: it speaks of general industrial projects, and a parcel whose main firm
// carries one of the set's tags is none. Without such a tag a project is taken as general.
func (r *run) smallLand(p int, rules *StockRules) bool {
	ps := &r.out.Parcels[p]
	if !rules.isSmall(ps.LandMu) {
		return false
	}
	return len(ps.Firms) == 0 || !slices.ContainsFunc(rules.NotGeneralTags, func(tag string) bool { return r.hasTag(ps.Firms[0].Firm, tag) })
}

// lowBand is the band of low benefit, the lowest one where the set names none.
func (s *StockRules) lowBand() string { return orElse(s.LowBand, s.Bands[0].ID) }

// lowBelow is the benefit at which the low band ends.
func (s *StockRules) lowBelow() parcels.Opt[float64] {
	for i := range s.Bands {
		if s.Bands[i].ID == s.LowBand && i+1 < len(s.Bands) {
			return parcels.Some(s.Bands[i+1].From)
		}
	}
	return parcels.Opt[float64]{}
}

// title is a band's name in both languages, its ID when the set names none.
func (s *StockRules) title(band string) Text {
	for _, b := range s.Bands {
		if b.ID == band {
			return Text{orElse(b.Title, b.ID), orElse(b.TitleEn, b.ID)}
		}
	}
	return Text{band, band}
}

// Provisos are what the document asks before a band's ratio may be used, and what it allows single parcels beyond it; empty for a band
// that raises no ratio.
func (s *StockRules) Provisos(band string) Text {
	i := slices.IndexFunc(s.Bands, func(b StockBand) bool { return b.ID == band })
	if i < 0 || s.Bands[i].MaxFAR == 0 {
		return Text{}
	}
	return Text{s.Conditions, s.ConditionsEn}.between("；", "; ", Text{s.Exceptional, s.ExceptionalEn})
}
