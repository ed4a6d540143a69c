package scoring

import (
	"fmt"
	"strings"

	"muchan/parcels"
)

// moneyMetric is one per-mu metric.
type moneyMetric struct {
	kind               int
	id, title, titleEn string
	of                 func(*ParcelScore) parcels.Opt[float64]
	sum, sumEn         string
	column             string // of figures; "" for tax, which is a sum
	whole, wholeEn     string // the firm's own figure
}

var moneyMetrics = []moneyMetric{
	{moneyTax, "tax_per_mu", "亩均税收", "Tax per mu", func(p *ParcelScore) parcels.Opt[float64] { return p.TaxPerMu() }, "分摊评价税收", "tax on the parcel", "", "评价税收", "rated tax"},
	{moneyOutput, "output_per_mu", "亩均产值", "Output per mu", func(p *ParcelScore) parcels.Opt[float64] { return p.OutputPerMu() }, "分摊产值", "output on the parcel", "output_wan", "产值", "output"},
	{moneyValueAdded, "value_added_per_mu", "亩均增加值", "Value added per mu", func(p *ParcelScore) parcels.Opt[float64] { return p.ValueAddedPerMu() }, "分摊增加值", "value added on the parcel", "value_added_wan", "增加值", "value added"},
	{moneyRevenue, "revenue_per_mu", "亩均营业收入", "Revenue per mu", func(p *ParcelScore) parcels.Opt[float64] { return p.RevenuePerMu() }, "分摊营业收入", "revenue on the parcel", "revenue_wan", "营业收入", "revenue"},
}

func (x *explainer) moneyMetrics() []Explanation {
	out := make([]Explanation, 0, len(moneyMetrics))
	for i := range moneyMetrics {
		out = append(out, x.moneyMetric(&moneyMetrics[i]))
	}
	return out
}

func (x *explainer) moneyMetric(m *moneyMetric) Explanation {
	e := Explanation{
		ID: m.id, Title: m.title, TitleEn: m.titleEn, Unit: "万元/亩", Value: m.of(x.ps),
		Formula:   m.sum + " ÷ 用地面积；分摊按各企业占用建筑面积 × 天数，最大余额法到分",
		FormulaEn: m.sumEn + " ÷ land; each firm's amount is shared by floor area × days occupied, by largest remainder to the fen",
	}
	if m.kind == moneyTax {
		_, e.Rule = x.ref(KindEvaluation)
	}
	a := &allocator{ledger: x.run.ledger}
	lacking, away := 0, false
	for _, share := range x.ps.Firms {
		whole := x.run.moneyOf(share.Firm, x.run.in.Year)
		if !whole[m.kind].OK() {
			lacking++
		}
		e.Inputs = append(e.Inputs, x.firmOperands(m, share.Firm, whole)...)
		e.Inputs = append(e.Inputs, x.pieceOperands(m, share.Firm, a.firm(share.Firm, whole))...)
		if days, ok := x.daysOperand(a, share.Firm); ok {
			e.Inputs, away = append(e.Inputs, days), true
		}
	}
	if away {
		e.note("离园天数的金额不计入本地块：分摊额 = 金额 × 在园天数 ÷ 在营天数 × 占用权重", "money of days away is on no parcel: a share is the amount × days in the park ÷ days at work × weight")
	}
	e.Inputs = append(e.Inputs, x.landOperand())
	x.noteMoney(&e, lacking)
	return e
}

func (x *explainer) noteMoney(e *Explanation, lacking int) {
	switch n := len(x.ps.Firms); {
	case n == 0:
		e.note("本年度无企业占用", "no firm occupied the parcel in the year")
	case lacking == n:
		e.note("全部企业缺少该项数据，结果缺失而非零", "all firms lack the figure; the result is missing, not zero")
	case lacking > 0:
		e.note("不完整：%d 家企业中 %d 家缺少该项数据，结果为下限", "partial: of %d firms %d lack the figure; the result is a lower bound", n, lacking)
	}
	if !x.ps.LandIsTitle {
		e.note("缺证载面积，以图上面积代替", "the title area is missing; the drawn area stands in")
	}
	if x.site.withStoreys == 0 && len(x.ps.Firms) > 0 {
		e.note("缺建筑面积，按容积率 1 推定可分摊面积", "no floor area is on file; it is taken to equal the land")
	}
}

// firmOperands are a firm's own figures that a metric starts from.
func (x *explainer) firmOperands(m *moneyMetric, f int, whole money) []Operand {
	firm := &x.run.snap.Firms[f]
	key := fmt.Sprintf("figures %s|%d ", firm.USCC, x.run.in.Year)
	if m.column != "" {
		return []Operand{{Name: firm.Name + " " + m.whole, NameEn: firm.Name + " " + m.wholeEn, Value: wanText(whole[m.kind]), Unit: "万元", Source: key + m.column, Firm: firm.USCC}}
	}
	figures := x.run.snap.FiguresOf(firm.USCC, x.run.in.Year)
	mask := x.run.taxOf[f]
	var out []Operand
	for i, part := range taxParts {
		if !mask[i] {
			continue
		}
		value := missingText
		if figures != nil {
			value = wanText(taxesOf(figures)[i])
		}
		out = append(out, Operand{Name: firm.Name + " " + part.title, NameEn: firm.Name + " " + part.titleEn, Value: value, Unit: "万元", Source: key + part.name, Firm: firm.USCC})
	}
	return out
}

// pieceOperands are the parts of a firm's amount that fall on this parcel, with the occupancy each comes from.
func (x *explainer) pieceOperands(m *moneyMetric, f int, pieces []piece) []Operand {
	firm := &x.run.snap.Firms[f]
	whole, unit, per := uint64(0), "天", 1.0
	for i := range pieces {
		whole += pieces[i].weight
		if k := pieces[i].stake; k >= 0 && weightOf(x.run.ledger.stakes[k].floorDays) > 0 {
			unit, per = "m²·天", 100
		}
	}
	var out []Operand
	for i := range pieces {
		p := &pieces[i]
		if int(p.parcel) != x.p {
			continue
		}
		source := occupancyKey(&x.run.snap.Occupancies[x.run.ledger.stakes[p.stake].occ])
		out = append(out,
			Operand{Name: firm.Name + " 占用权重", NameEn: firm.Name + " weight", Value: textOf(float64(p.weight)/per, unit) + " / " + textOf(float64(whole)/per, unit), Unit: unit, Source: source, Firm: firm.USCC},
			Operand{Name: firm.Name + " " + m.sum, NameEn: firm.Name + " " + m.sumEn, Value: wanText(p.money[m.kind]), Unit: "万元", Source: source, Firm: firm.USCC})
	}
	return out
}

// daysOperand tells for a firm that occupied nothing on some of its days at work which part of its amount is shared at all.
func (x *explainer) daysOperand(a *allocator, f int) (Operand, bool) {
	days := a.ledger.daysOf[f]
	if days.away == 0 {
		return Operand{}, false
	}
	firm := &x.run.snap.Firms[f]
	return Operand{
		Name: firm.Name + " 在园天数 / 在营天数", NameEn: firm.Name + " days in the park / days at work",
		Value: fmt.Sprintf("%d / %d", days.covered, days.covered+days.away), Unit: "天", Source: "occupancies " + firm.USCC + " from to", Firm: firm.USCC,
	}, true
}

func occupancyKey(o *parcels.Occupancy) string {
	return "occupancies " + strings.Join([]string{o.Parcel, o.Building, o.USCC, o.From.String()}, "|") + " floor_m2"
}
