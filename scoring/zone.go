package scoring

import (
	"math"

	"muchan/parcels"
)

// ZoneIndicator is one indicator of land use, of a park or of all parcels, summed over the parcels that have both parts.
type ZoneIndicator struct {
	ID          string               `json:"id"`
	Park        string               `json:"park"` // "" for all
	Title       Text                 `json:"title"`
	Formula     Text                 `json:"formula"`
	Money       bool                 `json:"money"` // an amount; the others are ratios
	Unit        string               `json:"unit"`  // of Value: "" for a ratio, 万元/公顷 for money
	Numerator   parcels.Opt[float64] `json:"numerator"`
	Denominator parcels.Opt[float64] `json:"denominator"` // m², or 公顷 for money
	Value       parcels.Opt[float64] `json:"value"`
	PerMu       parcels.Opt[float64] `json:"per_mu"`      // money only: 万元/亩
	Counted     int                  `json:"counted"`     // parcels with both parts
	Lacking     int                  `json:"lacking"`     // parcels that belong to it and lack data; they are in neither part
	LowerBound  bool                 `json:"lower_bound"` // some parcels' amounts lack a firm
	Ideal       parcels.Opt[float64] `json:"ideal"`       // as the rule set gives it
	Weight      parcels.Opt[float64] `json:"weight"`
	Score       parcels.Opt[float64] `json:"score"` // min(value ÷ ideal, 1) × 100; missing without an ideal value
	Benchmarks  []ZoneBenchmark      `json:"benchmarks"`
	Rule        *RuleRef             `json:"rule"` // nil where no rule set applies
}

// zoneParcel is one parcel as the indicators see it.
type zoneParcel struct {
	run        *run
	p          int
	ps         *ParcelScore
	landM2     float64
	state      string
	industrial bool
}

// supplied reports whether land was given to a user; built, whether something stands on it, as the register says.
func (z *zoneParcel) supplied() bool {
	return z.state != "" && z.state != parcels.StateApproved && z.state != parcels.StateReclaimed
}

func (z *zoneParcel) built() bool {
	switch z.state {
	case parcels.StateUnused, parcels.StatePartial, parcels.StateInUse, parcels.StateLow:
		return true
	}
	return false
}

func (z *zoneParcel) onFile() bool { return z.state != "" }

func (z *zoneParcel) factory() bool { return z.built() && z.industrial }

// landIf is the land where a condition holds and nothing elsewhere.
func (z *zoneParcel) landIf(is bool) parcels.Opt[float64] {
	return parcels.Some(z.landM2 * float64(truth(is)))
}

// highTech is the land of firms tagged high-tech.
func (z *zoneParcel) highTech() parcels.Opt[float64] {
	sum := 0.0
	for _, share := range z.ps.Firms {
		if z.run.hasTag(share.Firm, "high_tech") {
			sum += share.Weight * z.landM2
		}
	}
	return parcels.Some(sum)
}

func (z *zoneParcel) ground() parcels.Opt[float64] {
	share, ok := z.ps.Coefficient.Get()
	return someIf(share*z.landM2, ok)
}

func (z *zoneParcel) idle() bool {
	return z.ps.Idle.Type == IdleUnstarted || z.ps.Idle.Type == IdleStalled
}

// zoneRatio is an indicator: whose land is its denominator, and what of them its numerator.
type zoneRatio struct {
	id      string
	money   bool
	title   Text
	formula Text
	of      func(*zoneParcel) bool
	part    func(*zoneParcel) parcels.Opt[float64]
}

// zoneRatios are the indicators of TD/T 1029. Land is known by the register's state: all of it stands for land ready to be supplied
// (已达到供地条件), because whether roads and pipes are there is not on file.
var zoneRatios = []zoneRatio{
	{"supply_rate", false, Text{"土地供应率", "Land supplied"}, Text{"已供应国有建设用地 ÷ 已达到供地条件的土地（以库内宗地代）", "supplied land ÷ land ready for supply (all parcels on file stand in)"}, (*zoneParcel).onFile, func(z *zoneParcel) parcels.Opt[float64] { return z.landIf(z.supplied()) }},
	{"built_rate", false, Text{"土地建成率", "Land built"}, Text{"已建成城镇建设用地 ÷ 已供应国有建设用地", "built land ÷ supplied land"}, (*zoneParcel).supplied, func(z *zoneParcel) parcels.Opt[float64] { return z.landIf(z.built()) }},
	{"industrial_rate", false, Text{"工业用地率", "Industrial land"}, Text{"已建成工矿仓储用地 ÷ 已建成城镇建设用地", "built industrial and storage land ÷ built land"}, (*zoneParcel).built, func(z *zoneParcel) parcels.Opt[float64] { return z.landIf(z.industrial) }},
	{"high_tech_rate", false, Text{"高新技术产业用地率", "High-tech land"}, Text{"高新技术企业用地 ÷ 已建成城镇建设用地", "land of high-tech firms ÷ built land"}, (*zoneParcel).built, (*zoneParcel).highTech},
	{"far", false, Text{"综合容积率", "Floor-area ratio"}, Text{"总建筑面积 ÷ 已建成城镇建设用地", "floor area ÷ built land"}, (*zoneParcel).built, func(z *zoneParcel) parcels.Opt[float64] { return z.ps.FloorM2 }},
	{"density", false, Text{"建筑密度", "Building density"}, Text{"建筑基底总面积 ÷ 已建成城镇建设用地", "footprints ÷ built land"}, (*zoneParcel).built, func(z *zoneParcel) parcels.Opt[float64] { return z.ps.FootprintM2 }},
	{"industrial_far", false, Text{"工业用地综合容积率", "Floor-area ratio of industrial land"}, Text{"工矿仓储用地上总建筑面积 ÷ 已建成工矿仓储用地", "floor area on it ÷ built industrial and storage land"}, (*zoneParcel).factory, func(z *zoneParcel) parcels.Opt[float64] { return z.ps.FloorM2 }},
	{"industrial_coefficient", false, Text{"工业用地建筑系数", "Building coefficient of industrial land"}, Text{"(基底 + 构筑物 + 露天堆场) ÷ 已建成工矿仓储用地", "(footprints + structures + open yards) ÷ built industrial and storage land"}, (*zoneParcel).factory, (*zoneParcel).ground},
	{"industrial_fai", true, Text{"工业用地固定资产投入强度", "Investment on industrial land"}, Text{"累计固定资产投资 ÷ 已建成工矿仓储用地", "investment to date ÷ built industrial and storage land"}, (*zoneParcel).factory, func(z *zoneParcel) parcels.Opt[float64] {
		return wanFloat(z.run.snap.Parcels.At(z.p).Contract.FAIWan)
	}},
	{"industrial_tax", true, Text{"工业用地地均税收", "Tax on industrial land"}, Text{"工业（物流）企业当年税收 ÷ 已建成工矿仓储用地", "the year's tax ÷ built industrial and storage land"}, (*zoneParcel).factory, func(z *zoneParcel) parcels.Opt[float64] { return wanFloat(z.ps.TaxWan) }},
	{"tax", true, Text{"综合地均税收", "Tax"}, Text{"二、三产业当年税收 ÷ 已建成城镇建设用地", "the year's tax ÷ built land"}, (*zoneParcel).built, func(z *zoneParcel) parcels.Opt[float64] { return wanFloat(z.ps.TaxWan) }},
	{"idle_rate", false, Text{"土地闲置率", "Idle land"}, Text{"疑似闲置土地 ÷ 已供应国有建设用地", "suspected idle land ÷ supplied land"}, (*zoneParcel).supplied, func(z *zoneParcel) parcels.Opt[float64] { return z.landIf(z.idle()) }},
}

// ZoneIndicators returns the indicators of a park, or of all parcels for "", in a fixed order. Rules are those of the park; for all
// parcels those of the first parcel's. It is nil for scores not made by Run.
func ZoneIndicators(s *Scores, park string) []ZoneIndicator {
	if s.run == nil {
		return nil
	}
	out := make([]ZoneIndicator, len(zoneRatios))
	var set *RuleSet
	for k, z := range zoneRatios {
		out[k] = ZoneIndicator{ID: z.id, Park: park, Title: z.title, Formula: z.formula, Money: z.money}
	}
	sums := make([][2]float64, len(zoneRatios))
	for p := range s.Parcels {
		parcel := s.run.snap.Parcels.At(p)
		if park != "" && parcel.Park != park {
			continue
		}
		rules := s.run.rules.of(KindZone, parcel.Park)
		if set == nil {
			set = rules
		}
		z := zoneParcel{run: s.run, p: p, ps: &s.Parcels[p], landM2: s.run.sites[p].landM2, state: parcel.State}
		z.industrial = rules != nil && hasPrefix(parcel.UseCode, rules.Zone.IndustrialUses[parcel.UseScheme])
		for k := range zoneRatios {
			out[k].count(&zoneRatios[k], &z, &sums[k])
		}
	}
	for k := range out {
		out[k].finish(sums[k], set)
	}
	return out
}

// count adds a parcel to an indicator's parts.
func (i *ZoneIndicator) count(r *zoneRatio, z *zoneParcel, sum *[2]float64) {
	if !r.of(z) {
		return
	}
	part, ok := r.part(z).Get()
	if !ok || !(z.landM2 > 0) {
		i.Lacking++
		return
	}
	i.Counted++
	i.LowerBound = i.LowerBound || r.money && r.id != "industrial_fai" && z.ps.Partial.Tax
	sum[0] += part
	sum[1] += z.landM2
}

// squareMetresPerHectare and muPerHectare convert land.
const (
	squareMetresPerHectare = 10_000
	muPerHectare           = 15
)

func (i *ZoneIndicator) finish(sum [2]float64, set *RuleSet) {
	land := sum[1]
	if i.Money {
		i.Unit = "万元/公顷"
		land /= squareMetresPerHectare
	}
	i.Numerator, i.Denominator = someIf(sum[0], i.Counted > 0), someIf(land, i.Counted > 0)
	i.Value = over(i.Numerator, i.Denominator)
	if v, ok := i.Value.Get(); ok && i.Money {
		i.PerMu = parcels.Some(v / muPerHectare)
	}
	if set == nil {
		return
	}
	ref := set.Ref()
	i.Rule = &ref
	for _, b := range set.Zone.Benchmarks {
		if b.Indicator == i.ID {
			i.Benchmarks = append(i.Benchmarks, b)
		}
	}
	for _, ideal := range set.Zone.Ideals {
		if ideal.Indicator == i.ID {
			i.Ideal, i.Weight = parcels.Some(ideal.Ideal), parcels.Some(ideal.Weight)
			if v, ok := i.Value.Get(); ok {
				i.Score = parcels.Some(100 * math.Min(v/ideal.Ideal, 1))
			}
		}
	}
}
