package seeds

import (
	"cmp"
	"math"
	"slices"

	"muchan/parcels"
)

// The plan's figures of 2020 that the demonstration adds up to (泉州经济技术开发区“十四五”规划纲要, 一(一)1, 薄弱环节 1 and 专栏1).
const (
	outputYi2020    = 582.0 // 工业总产值, 亿元
	aboveScale2020  = 112   // 规上企业
	over1Yi2020     = 58    // 产值超亿元
	taxOver1Yi2020  = 2     // 税收超亿元
	taxOver10M2020  = 11    // 税收超千万, those over 1 亿 among them
	textileShare    = 0.84  // 纺织鞋服 of output
	wanPerYi        = 10000.0
	bigFloorWan     = 10600.0 // the smallest output over 1 亿
	electronicShare = 0.048
	machineryShare  = 0.045
	foodShare       = 0.042
)

// groupShares says how the groups share the output of 2020 and the firms over 1 亿 and below it. Electronics, machinery and food
// each stay below the plan's 5 %.
var groupShares = []struct {
	group    group
	output   float64
	big, mid int
}{
	{textiles, textileShare, 42, 44},
	{electronics, electronicShare, 5, 4},
	{machinery, machineryShare, 5, 3},
	{foodMedicine, foodShare, 4, 2},
	{otherIndustry, 1 - textileShare - electronicShare - machineryShare - foodShare, 2, 1},
}

// startFirms adds ordinary firms to those of the cases, so that the numbers of 2020 come out.
func (m *demo) startFirms() {
	big, mid := map[group]int{}, map[group]int{}
	for _, e := range m.firms {
		switch {
		case !e.aboveIn2020():
		case e.baseWan > wanPerYi:
			big[e.trade.group]++
		default:
			mid[e.trade.group]++
		}
	}
	for _, s := range groupShares {
		for range s.big - big[s.group] {
			m.established(s.group, bigFloorWan)
		}
		for range s.mid - mid[s.group] {
			m.established(s.group, m.dice.between(2300, 9300))
		}
	}
	for k := range newlyAbove {
		e := m.newFirm(textiles, m.dice.between(2400, 5200))
		e.RegisteredOn = parcels.DateOf(2021+k%3, 2, 11)
		e.ProducedOn = e.RegisteredOn + 260
	}
	for range serviceFirms {
		m.serviceFirm()
	}
	for len(m.firms) < firmCount {
		g := textiles
		if m.dice.chance(0.18) {
			g = pick(m.dice, []group{electronics, machinery, foodMedicine, otherIndustry})
		}
		m.newFirm(g, 420*math.Exp(0.7*math.Abs(m.dice.normal()))*m.dice.between(0.7, 1.4)).shrinkBelowScale()
	}
}

// established makes an above-scale firm that was there in 2018.
func (m *demo) established(g group, baseWan float64) *enterprise {
	e := m.newFirm(g, baseWan)
	e.RegisteredOn = parcels.DateOf(2001+e.dice.intn(14), 3, 1) + parcels.Date(e.dice.intn(300))
	e.ProducedOn = e.RegisteredOn + parcels.Date(150+e.dice.intn(300))
	if e.dice.chance(0.3) {
		e.Tags = append(e.Tags, "high_tech")
	}
	return e
}

// shrinkBelowScale keeps a firm below 2000 万元, and lets some begin after 2018.
func (e *enterprise) shrinkBelowScale() {
	e.baseWan = min(e.baseWan, e.dice.between(1100, 1500))
	e.AboveScale = parcels.Some(false)
	e.taxShare *= 2
	if e.dice.chance(0.35) {
		e.RegisteredOn = parcels.DateOf(2017+e.dice.intn(7), 1, 5) + parcels.Date(e.dice.intn(340))
		e.ProducedOn = e.RegisteredOn + parcels.Date(90+e.dice.intn(150))
	}
}

func (m *demo) serviceFirm() {
	e := m.newFirm(otherIndustry, m.dice.between(300, 3000))
	e.trade = trade{industry: "5920", group: services, name: "供应链"}
	e.Tags = []string{"logistics"}
	if m.dice.chance(0.3) {
		e.trade.industry, e.trade.name = "7320", "工程技术"
		e.Tags = []string{"research"}
	}
	e.Industry, e.AboveScale = e.trade.industry, parcels.Some(false)
	e.Name = firmName(e.serial, e.trade.name)
}

func (e *enterprise) aboveIn2020() bool { return e.AboveScale.Or(false) && e.active(baseYear) }

// calibrate sets the outputs of the firms over 1 亿 so that each group reaches its share of 2020, and the taxes of 2020.
func (m *demo) calibrate() {
	for _, s := range groupShares {
		m.calibrateGroup(s.group, math.Round(outputYi2020*wanPerYi*s.output*100)/100)
	}
	m.calibrateTax()
}

func (m *demo) calibrateGroup(g group, targetWan float64) {
	var big []*enterprise
	rest, weights := targetWan, 0.0
	for _, e := range m.firms {
		if e.trade.group != g || !e.active(baseYear) {
			continue
		}
		e.baseWan = round2(e.baseWan)
		rest -= e.baseWan
		if e.baseWan == bigFloorWan {
			big = append(big, e)
			weights += math.Pow(float64(len(big)), -0.78)
		}
	}
	for k, e := range big {
		more := round2(rest * math.Pow(float64(k+1), -0.78) / weights)
		e.baseWan = round2(e.baseWan + more)
	}
	sum := 0.0
	for _, e := range m.firms {
		if e.trade.group == g && e.active(baseYear) {
			sum += e.baseWan
		}
	}
	big[0].baseWan = round2(big[0].baseWan + targetWan - sum)
}

// topTaxes are the taxes of 2020 in 万元, without the export credit, of the firms with the largest output: two over 1 亿 and nine
// more over 1 000 万. All others stay below 850 万 with it, so that the counts do not depend on how the credit is treated.
var topTaxes = [taxOver10M2020]float64{16180, 12060, 7830, 6140, 4720, 3650, 2940, 2310, 1880, 1510, 1260}

// topExports are the shares of output that those firms export. The third one's credit leaves it below 1 亿.
var topExports = [taxOver10M2020]float64{0.15, 0.3, 0.2, 0, 0.6, 0.4, 0, 0.7, 0.5, 0, 0.4}

func (m *demo) calibrateTax() {
	ranked := slices.DeleteFunc(slices.Clone(m.firms), func(e *enterprise) bool {
		return !e.active(baseYear) || e.trade.group == services
	})
	slices.SortStableFunc(ranked, func(a, b *enterprise) int { return cmp.Compare(b.baseWan, a.baseWan) })
	for k, e := range ranked {
		switch {
		case k < len(topTaxes):
			e.exports = topExports[k]
			e.taxShare = topTaxes[k] / (1 - creditOfExports*e.exports) / e.baseWan
		case e.taxShare*e.baseWan > 560:
			e.taxShare = e.dice.between(560, 840) / e.baseWan
		}
	}
}
